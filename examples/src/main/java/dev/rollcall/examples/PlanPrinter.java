package dev.rollcall.examples;

import com.unboundid.asn1.ASN1OctetString;
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
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.source.UnknownColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a plan as a person reads it. Not thread-safe: for one thread at a time. */
final class PlanPrinter {
    private static final int MOST_CHANGES = 40;
    private static final int MOST_CONFLICTS = 20;
    private static final int MOST_VALUE = 60;
    private final Terminal terminal;

    /** Containers are made once, with the first who needs them. */
    private final Set<DN> containers = new HashSet<>();

    PlanPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Plan plan) {
        terminal.print("source: " + Texts.count(plan.source().records(), "record")
                + plan.source().reason().map(why -> ", not whole: " + why).orElse(", whole") + "; " + target(plan));
        plan.source().unknown().stream().limit(MOST_CONFLICTS).forEach(this::unknown);
        situations(plan);
        terminal.print(
                "plan " + plan.hash().substring(0, Math.min(12, plan.hash().length())) + ": "
                        + (plan.isEmpty() ? nothing(plan) : numbers(plan.counts())) + "; unchanged "
                        + Texts.number(plan.unchanged()));
        try (Stream<Change> changes = plan.changes()) {
            changes.limit(MOST_CHANGES).forEach(this::change);
        }
        long all = plan.counts().byKind().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        if (all > MOST_CHANGES) {
            terminal.print("  ... and more; --report has all of them");
        }
        plan.notes().stream().limit(MOST_CONFLICTS).forEach(note -> terminal.print("note: " + note));
        explained(plan);
        notFound(plan);
        conflicts(plan.conflicts());
        if (!plan.unresolved().isEmpty()) {
            terminal.print(
                    "unresolved references: " + Texts.number(plan.unresolved().size()));
        }
        guardrails(plan);
    }

    private void unknown(UnknownColumn one) {
        terminal.print(
                "unknown: " + one.column() + " of " + Texts.count(one.records(), "record") + ", " + one.reason());
    }

    /** Of a source that broke off there is no plan. */
    private static String nothing(Plan plan) {
        return plan.source().wasCutShort() ? "nothing was planned" : "nothing to do";
    }

    private static String target(Plan plan) {
        if (plan.target().isPresent()) {
            return plan.target().get() + ": " + Texts.count(plan.managed(), "account");
        }
        String entries = plan.managed() == 1 ? "1 entry" : Texts.number(plan.managed()) + " entries";
        return "directory: " + plan.server() + ", " + entries;
    }

    private void situations(Plan plan) {
        Map<Situation, Integer> all = plan.situations();
        if (!all.isEmpty()) {
            terminal.print("situations: "
                    + all.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + Texts.number(entry.getValue()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void change(Change change) {
        if (isTemporary(change)) {
            return;
        }
        if (change instanceof DirectoryChange entry) {
            entry.missingParents().stream()
                    .filter(containers::add)
                    .forEach(parent -> terminal.print("  + create  " + parent + "  (container)"));
        }
        summary(change, false);
        if (change.kind() == ChangeKind.MODIFY || change.kind() == ChangeKind.LINK) {
            change.attributes().forEach(this::attribute);
        }
    }

    /** One line for a change, with the reason for each if {@code always}, else for those that need one. */
    private void summary(Change change, boolean always) {
        StringBuilder what = new StringBuilder(change.label());
        String why;
        if (change instanceof DirectoryChange entry) {
            entry.newDn().map(DN::toString).ifPresent(dn -> what.append(" to ").append(dn));
            entry.group().map(DN::toString).ifPresent(dn -> what.append(" in ").append(dn));
            why = always || entry.isLeaver() ? entry.situation().name() : "";
        } else {
            AccountChange account = (AccountChange) change;
            why = account.isReplacement()
                    ? "replaced"
                    : always || account.isLeaver() ? account.situation().name() : "";
        }
        String sign = switch (change.kind()) {
            case CREATE, GROUP_ADD -> "+";
            case DISABLE, DELETE, GROUP_REMOVE -> "-";
            case LINK, MODIFY, RENAME, MOVE, ENABLE -> "~";
        };
        String kind = String.format(Locale.ROOT, "%-7s ", change.kind().word());
        terminal.print("  " + sign + ' ' + kind + what + (why.isEmpty() ? "" : "  (" + why + ")"));
    }

    private void attribute(AttributeChange change) {
        boolean hidden = change.isSensitive();
        String before = hidden ? "[redacted]" : values(change.before());
        String after = hidden ? "[redacted]" : values(change.after());
        String line = "      " + change.name() + ": " + before + " -> " + after;
        if (change.because().indexOf('\n') < 0) {
            terminal.print(line + "  (" + change.because() + ")");
        } else {
            terminal.print(line);
            change.because().lines().forEach(reason -> terminal.print("        " + reason));
        }
    }

    private static String values(List<ASN1OctetString> values) {
        if (values.isEmpty()) {
            return "nothing";
        }
        return values.stream().map(PlanPrinter::value).collect(Collectors.joining(", "));
    }

    private static String value(ASN1OctetString value) {
        String text = value.stringValue();
        if (text.indexOf('\uFFFD') >= 0) {
            return value.getValueLength() + " bytes";
        }
        return text.length() <= MOST_VALUE ? text : text.substring(0, MOST_VALUE) + "...";
    }

    private void explained(Plan plan) {
        for (Explained one : plan.explained().stream().limit(MOST_CHANGES).toList()) {
            terminal.print(
                    "explained: " + one.key() + ' ' + one.name() + "  (" + one.situation() + "): " + one.reason());
            one.because().values().forEach(because -> because.lines().forEach(line -> terminal.print("      " + line)));
        }
        if (plan.explained().size() > MOST_CHANGES) {
            terminal.print("  ... and more; --report has them under explained");
        }
    }

    private void notFound(Plan plan) {
        List<String> keys = plan.notFound();
        if (keys.isEmpty()) {
            return;
        }
        String more = keys.size() > MOST_CONFLICTS ? ", ... and more" : "";
        terminal.print("not found: " + Texts.count(keys.size(), "key") + " that neither the source nor "
                + plan.target().orElse("the directory") + " has: "
                + keys.stream()
                        .limit(MOST_CONFLICTS)
                        .map(key -> "'" + key + "'")
                        .collect(Collectors.joining(", "))
                + more + "; check the spelling in --keys");
    }

    private void conflicts(List<Conflict> conflicts) {
        if (conflicts.isEmpty()) {
            return;
        }
        terminal.print("conflicts, for a person to look at: " + Texts.number(conflicts.size()));
        conflicts.stream()
                .limit(MOST_CONFLICTS)
                .forEach(it -> terminal.print(
                        "  ! " + it.situation() + (it.key().isEmpty() ? "" : " " + it.key()) + ": " + it.detail()));
        if (conflicts.size() > MOST_CONFLICTS) {
            terminal.print("  ... and more; --report has all of them");
        }
    }

    private void guardrails(Plan plan) {
        for (Guardrail guardrail : plan.guardrails().tripped()) {
            terminal.print("guardrail " + guardrail);
        }
        switch (plan.guardrails().decision()) {
            case PASSED -> {}
            case REDUCED ->
                terminal.print("blocked, so that nobody is lost by mistake: " + numbers(plan.blocked())
                        + "; if it is meant, say --allow " + firstTripped(plan));
            case STOPPED ->
                terminal.print("stopped, nothing is written; if it is meant, say --allow " + firstTripped(plan));
        }
        blocked(plan);
        if (!plan.withheld().isEmpty()) {
            terminal.print("withheld, since the categories do not allow it: " + numbers(plan.withheld()));
        }
    }

    /** Who is blocked; how their entries would be changed is in the plan that --allow makes. */
    private void blocked(Plan plan) {
        try (Stream<Change> changes = plan.blockedChanges()) {
            List<Change> first = changes.filter(change -> !isTemporary(change))
                    .limit(MOST_CHANGES + 1L)
                    .toList();
            if (!first.isEmpty()) {
                terminal.print("not done:");
            }
            first.stream().limit(MOST_CHANGES).forEach(change -> summary(change, true));
            if (first.size() > MOST_CHANGES) {
                terminal.print("  ... and more; --report has all of them under blockedChanges");
            }
        }
    }

    private static boolean isTemporary(Change change) {
        return change instanceof DirectoryChange entry && entry.isTemporary();
    }

    private static String firstTripped(Plan plan) {
        return plan.guardrails().tripped().stream()
                .filter(guardrail -> !guardrail.allowed())
                .map(guardrail -> guardrail.name().word())
                .distinct()
                .collect(Collectors.joining(" --allow "));
    }

    static String numbers(Counts counts) {
        return counts.isEmpty()
                ? "nothing"
                : counts.byKind().entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getKey().word() + " " + Texts.number(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
