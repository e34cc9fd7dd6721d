package dev.rollcall.mappingtestkit;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.MappingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of one record: an entry or a failure. Immutable and thread-safe. */
final class Outcome {
    private final Mapping mapping;
    private final UserRecord record;
    private final Situation situation;
    private final @Nullable DesiredEntry entry;
    private final @Nullable MappingException failure;

    private Outcome(
            Mapping mapping,
            UserRecord record,
            Situation situation,
            @Nullable DesiredEntry entry,
            @Nullable MappingException failure) {
        this.mapping = mapping;
        this.record = record;
        this.situation = situation;
        this.entry = entry;
        this.failure = failure;
    }

    static Outcome of(Mapping mapping, UserRecord record, Situation situation) {
        try {
            return new Outcome(mapping, record, situation, mapping.map(record, situation.toInput()), null);
        } catch (MappingException e) {
            return new Outcome(mapping, record, situation, null, e);
        }
    }

    static List<Outcome> all(Mapping mapping, List<UserRecord> records, Situation first) {
        List<Outcome> outcomes = new ArrayList<>();
        Situation situation = first;
        for (UserRecord record : records) {
            Outcome outcome = of(mapping, record, situation);
            outcomes.add(outcome);
            situation = outcome.reserving(situation);
        }
        return outcomes;
    }

    /** {@return the situation of the next record, for which the names of this one are taken} */
    Situation reserving(Situation before) {
        Situation after = before;
        if (entry != null) {
            String holder = "reserved for key " + mapping.key().of(record).orElse("?");
            for (ChosenName name : entry.names()) {
                after = after.taken(name.attribute(), name.value(), holder);
            }
        }
        return after;
    }

    UserRecord record() {
        return record;
    }

    Mapping mapping() {
        return mapping;
    }

    Optional<DesiredEntry> entry() {
        return Optional.ofNullable(entry);
    }

    Optional<MappingException> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return the values that the attribute has afterwards, whether written or kept} */
    List<String> values(String attribute) {
        List<ASN1OctetString> present = present(attribute);
        AttributeIntent intent =
                entry == null ? null : entry.attribute(attribute).orElse(null);
        if (intent instanceof AttributeIntent.Set set) {
            return texts(set.over(present));
        } else if (intent instanceof AttributeIntent.Reference reference) {
            return reference.keys().stream().map(key -> "-> " + key).toList();
        }
        return texts(intent instanceof AttributeIntent.Clear clear ? clear.over(present) : present);
    }

    private List<ASN1OctetString> present(String attribute) {
        Entry existing = situation.existing();
        Attribute held = existing == null ? null : existing.getAttribute(attribute);
        return held == null ? List.of() : List.of(held.getRawValues());
    }

    private static List<String> texts(List<ASN1OctetString> values) {
        return values.stream().map(ASN1OctetString::stringValue).toList();
    }

    /** {@return how the attribute came to be} */
    String because(String attribute) {
        try {
            return mapping.explain(record, situation.toInput(), attribute)
                    .toString()
                    .strip();
        } catch (MappingException e) {
            return told(e.problem());
        }
    }

    /** {@return the whole outcome, as a golden file holds it} */
    String print() {
        if (failure != null) {
            return "rejected: " + failure.problem().code() + "\n" + indent(told(failure.problem())) + "\n";
        }
        StringBuilder text = new StringBuilder();
        DesiredEntry wanted = java.util.Objects.requireNonNull(entry);
        text.append("dn: ")
                .append(wanted.dn().map(Object::toString).orElse("(stays)"))
                .append('\n');
        wanted.objectClasses()
                .forEach(name -> text.append("objectClass: ").append(name).append('\n'));
        wanted.attributes().forEach((name, intent) -> {
            if (wanted.sensitiveAttributes().contains(name)) {
                text.append(name).append(": [redacted]\n");
            } else if (intent instanceof AttributeIntent.Set set) {
                set.texts()
                        .forEach(value -> text.append(name)
                                .append(": ")
                                .append(oneLine(value))
                                .append('\n'));
            } else {
                text.append(name).append(" (").append(intent).append(")\n");
            }
        });
        wanted.groups()
                .forEach(group -> text.append("group ")
                        .append(group.membership()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' '))
                        .append(": ")
                        .append(group.group())
                        .append('\n'));
        return text.toString();
    }

    private static String oneLine(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** {@return a problem as a person reads it, the remedy on a line of its own} */
    static String told(Problem problem) {
        String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
        String remedy = problem.remedy().isEmpty() ? "" : "\n" + indent(problem.remedy());
        return path + problem.message() + remedy;
    }

    static String indent(String text) {
        return "  " + text.strip().replace("\n", "\n  ");
    }
}
