package dev.rollcall.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.util.Base64;
import com.unboundid.util.StaticUtils;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.journal.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs of the journal and their changes as JSON. Thread-safe. */
final class RunJson {
    private static final String REDACTED = "[redacted]";

    private final ObjectMapper json = new ObjectMapper();

    /** {@return a run, as the list has it} */
    ObjectNode run(RunRecord run) {
        ObjectNode node = json.createObjectNode();
        node.put("id", run.id());
        node.put("dataSource", run.dataSource());
        node.put("start", time(run.start()));
        node.put("end", time(run.end()));
        node.put("status", run.state().word());
        ObjectNode counts = node.putObject("counts");
        run.counts().byKind().forEach((kind, count) -> counts.put(kind.word(), count));
        node.putNull("approval");
        node.put("undoes", run.undoes());
        return node;
    }

    /** {@return a change with what became of it} */
    ObjectNode change(ChangeRecord change) {
        ObjectNode node = json.createObjectNode();
        node.put("action", change.kind().word());
        node.put("key", change.key());
        node.put("dn", change.dn());
        node.put("id", change.id());
        node.put("newDn", change.newDn());
        node.put("group", change.group());
        ArrayNode attributes = node.putArray("attributes");
        for (RecordedAttribute attribute : change.attributes()) {
            ObjectNode one = attributes.addObject();
            one.put("name", attribute.name());
            values(one.putArray("before"), attribute.before(), attribute.fingerprints());
            values(one.putArray("after"), attribute.after(), attribute.fingerprints());
        }
        node.put("outcome", outcome(change));
        node.put("problem", change.result().map(ChangeOutcome::problem).orElse(null));
        return node;
    }

    /** {@return what became of a change, in a word} */
    static String outcome(ChangeRecord change) {
        return change.result()
                .map(result -> result.result().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse("unknown");
    }

    private static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static void values(ArrayNode to, List<ASN1OctetString> values, boolean fingerprints) {
        for (ASN1OctetString value : values) {
            byte[] bytes = value.getValue();
            String text = StaticUtils.isValidUTF8(bytes) ? value.stringValue() : ":: " + Base64.encode(bytes);
            to.add(fingerprints ? REDACTED : text);
        }
    }
}
