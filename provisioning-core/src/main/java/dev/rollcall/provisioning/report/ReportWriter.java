package dev.rollcall.provisioning.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.plan.Unresolved;
import dev.rollcall.provisioning.source.UnknownColumn;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes one {@link Report}. Not thread-safe: for one thread at a time. */
final class ReportWriter {
    private final JsonGenerator json;
    private final Plan plan;
    private final @Nullable Outcomes outcomes;

    /** Containers are made once, with the first who needs them. */
    private final Set<DN> containers = new HashSet<>();

    ReportWriter(JsonGenerator json, Plan plan, @Nullable Outcomes outcomes) {
        this.json = json;
        this.plan = plan;
        this.outcomes = outcomes;
    }

    void write(String id, @Nullable Instant start, @Nullable Instant end) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("run");
        json.writeStringField("id", id);
        text("start", start == null ? null : start.toString());
        text("end", end == null ? null : end.toString());
        json.writeStringField("planHash", plan.hash());
        json.writeEndObject();
        json.writeObjectFieldStart("source");
        json.writeNumberField("records", plan.source().records());
        json.writeBooleanField("complete", plan.source().isComplete());
        text("reason", plan.source().reason().orElse(null));
        json.writeNumberField("readings", plan.source().readings());
        json.writeArrayFieldStart("doubts");
        for (String doubt : plan.source().doubts()) {
            json.writeString(doubt);
        }
        json.writeEndArray();
        json.writeEndObject();
        if (plan.target().isPresent()) {
            json.writeObjectFieldStart("target");
            json.writeStringField("name", plan.target().get());
            json.writeEndObject();
        }
        json.writeObjectFieldStart("directory");
        text("server", plan.server().isEmpty() ? null : plan.server());
        json.writeEndObject();
        counts();
        notes();
        guardrails();
        failures();
        conflicts();
        unresolved();
        unknown();
        normalized();
        unreadable();
        explained();
        changes();
        json.writeEndObject();
    }

    private void notes() throws IOException {
        json.writeArrayFieldStart("notes");
        for (String note : plan.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
    }

    private void counts() throws IOException {
        json.writeObjectFieldStart("situations");
        for (Map.Entry<Situation, Integer> situation : plan.situations().entrySet()) {
            json.writeNumberField(situation.getKey().name(), situation.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("planned");
        fields(plan.counts());
        json.writeNumberField("unchanged", plan.unchanged());
        json.writeNumberField("conflicts", plan.conflicts().size());
        json.writeEndObject();
        json.writeObjectFieldStart("blocked");
        fields(plan.blocked());
        json.writeEndObject();
        blockedChanges();
        json.writeObjectFieldStart("withheld");
        fields(plan.withheld());
        json.writeEndObject();
        texts("notFound", plan.notFound());
        if (outcomes == null) {
            json.writeNullField("applied");
        } else {
            json.writeObjectFieldStart("applied");
            fields(outcomes.counts());
            json.writeEndObject();
            if (outcomes.stopped().isPresent()) {
                json.writeObjectFieldStart("stopped");
                json.writeStringField("reason", outcomes.stopped().get().text());
                json.writeNumberField("notTried", outcomes.notTried());
                json.writeEndObject();
            }
        }
    }

    /** Who was blocked, and what would have become of them. */
    private void blockedChanges() throws IOException {
        json.writeArrayFieldStart("blockedChanges");
        try (Stream<Change> changes = plan.blockedChanges()) {
            for (Iterator<Change> each = changes.iterator(); each.hasNext(); ) {
                Change next = each.next();
                if (next instanceof DirectoryChange change && !change.isTemporary()) {
                    json.writeStartObject();
                    json.writeStringField("key", change.key());
                    json.writeStringField("dn", change.dn().toString());
                    json.writeStringField("action", change.kind().word());
                    if (change.group().isPresent()) {
                        json.writeStringField("group", change.group().get().toString());
                    }
                    json.writeStringField("because", change.situation().name());
                    json.writeEndObject();
                } else if (next instanceof AccountChange account) {
                    json.writeStartObject();
                    json.writeStringField("key", account.key());
                    text("id", account.id().orElse(null));
                    json.writeStringField("account", account.label());
                    json.writeStringField("action", account.kind().word());
                    json.writeStringField("because", account.situation().name());
                    json.writeEndObject();
                }
            }
        }
        json.writeEndArray();
    }

    private void fields(Counts counts) throws IOException {
        for (Map.Entry<ChangeKind, Integer> count : counts.byKind().entrySet()) {
            json.writeNumberField(count.getKey().word(), count.getValue());
        }
    }

    /** Those that stand in the way; what the caller allowed does not. */
    private void guardrails() throws IOException {
        json.writeArrayFieldStart("guardrails");
        List<Guardrail> tripped = new ArrayList<>(plan.guardrails().tripped());
        if (outcomes != null) {
            outcomes.tripped().ifPresent(tripped::add);
        }
        for (Guardrail guardrail : tripped) {
            if (!guardrail.allowed()) {
                json.writeStartObject();
                json.writeStringField("name", guardrail.label());
                json.writeStringField("limit", guardrail.limitText());
                json.writeStringField("actual", guardrail.actualText());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void failures() throws IOException {
        json.writeArrayFieldStart("failures");
        for (Outcome outcome : outcomes == null ? List.<Outcome>of() : outcomes.failures()) {
            json.writeStartObject();
            json.writeStringField("key", outcome.change().key());
            if (outcome.change() instanceof DirectoryChange change) {
                json.writeStringField("dn", change.dn().toString());
            } else if (outcome.change() instanceof AccountChange account) {
                text("id", account.id().orElse(null));
                json.writeStringField("account", account.label());
            }
            json.writeStringField("action", outcome.change().kind().word());
            json.writeStringField("code", outcome.code());
            json.writeStringField("message", outcome.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void conflicts() throws IOException {
        json.writeArrayFieldStart("conflicts");
        for (Conflict conflict : outcomes == null ? plan.conflicts() : outcomes.conflicts()) {
            json.writeStartObject();
            json.writeStringField("situation", conflict.situation().name());
            json.writeStringField("key", conflict.key());
            json.writeStringField("detail", conflict.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void unresolved() throws IOException {
        json.writeArrayFieldStart("unresolved");
        for (Unresolved reference : plan.unresolved()) {
            json.writeStartObject();
            json.writeStringField("key", reference.key());
            json.writeStringField("attribute", reference.attribute());
            json.writeStringField("reference", reference.reference());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void normalized() throws IOException {
        json.writeArrayFieldStart("normalized");
        for (Normalized one : outcomes == null ? List.<Normalized>of() : outcomes.normalized()) {
            json.writeStartObject();
            json.writeStringField("key", one.key());
            json.writeStringField("dn", one.dn());
            json.writeStringField("attribute", one.attribute());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Attributes that were written and cannot be read back; left out if there are none. */
    private void unreadable() throws IOException {
        if (outcomes != null && !outcomes.unreadable().isEmpty()) {
            json.writeArrayFieldStart("unreadable");
            for (String attribute : outcomes.unreadable()) {
                json.writeString(attribute);
            }
            json.writeEndArray();
        }
    }

    /** Why nothing changes for people, and who is missing; left out unless that was asked for. */
    private void explained() throws IOException {
        if (plan.explained().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("explained");
        for (Explained one : plan.explained()) {
            json.writeStartObject();
            json.writeStringField("key", one.key());
            json.writeStringField(plan.target().isPresent() ? "account" : "dn", one.name());
            json.writeStringField("situation", one.situation().name());
            json.writeStringField("because", one.reason());
            json.writeArrayFieldStart("attributes");
            for (Map.Entry<String, String> attribute : one.because().entrySet()) {
                json.writeStartObject();
                json.writeStringField("name", attribute.getKey());
                json.writeStringField("because", attribute.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void changes() throws IOException {
        json.writeArrayFieldStart("changes");
        try (Stream<Change> changes = plan.changes()) {
            for (Iterator<Change> each = changes.iterator(); each.hasNext(); ) {
                Change next = each.next();
                if (next instanceof AccountChange account) {
                    account(account);
                } else if (next instanceof DirectoryChange change && !change.isTemporary()) {
                    change(change);
                }
            }
        }
        json.writeEndArray();
    }

    private void change(DirectoryChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", change.key());
        text("id", change.id().orElse(null));
        json.writeStringField("dn", change.dn().toString());
        text("newDn", change.newDn().map(Object::toString).orElse(null));
        json.writeStringField("action", change.kind().word());
        if (change.group().isPresent()) {
            json.writeStringField("group", change.group().get().toString());
        }
        List<DN> made = change.missingParents().stream().filter(containers::add).toList();
        if (!made.isEmpty()) {
            json.writeArrayFieldStart("parents");
            for (DN parent : made) {
                json.writeString(parent.toString());
            }
            json.writeEndArray();
        }
        attributes(change);
        json.writeEndObject();
    }

    private void account(AccountChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", change.key());
        text("id", change.id().orElse(null));
        json.writeStringField("account", change.label());
        json.writeStringField("action", change.kind().word());
        attributes(change);
        json.writeEndObject();
    }

    private void attributes(Change change) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (AttributeChange attribute : change.attributes()) {
            json.writeStartObject();
            json.writeStringField("name", attribute.name());
            texts("before", attribute.beforeText());
            texts("after", attribute.afterText());
            json.writeStringField("because", attribute.because());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void texts(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private void unknown() throws IOException {
        json.writeArrayFieldStart("unknown");
        for (UnknownColumn one : plan.source().unknown()) {
            json.writeStartObject();
            text("column", one.column());
            text("reason", one.reason());
            json.writeNumberField("records", one.records());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }
}
