package dev.rollcall.mapping.internal.lint;

import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.rule.LintCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds values of another type than their attribute expects: booleans that become strings, and the ways in which
 * applications express that a user has no manager. Not thread-safe: for one thread at a time.
 */
public final class LintShapes {
    private static final String BOOLEAN = "1.3.6.1.4.1.1466.115.121.1.7";

    private final CompiledMapping mapping;
    private final Schema schema;
    private final List<LintSample> samples;
    private final LintFindings findings;

    /** @param schema the directory's, or that of the RFCs while it is not known */
    public LintShapes(CompiledMapping mapping, Schema schema, List<LintSample> samples, LintFindings findings) {
        this.mapping = mapping;
        this.schema = schema;
        this.samples = samples;
        this.findings = findings;
    }

    public void run() {
        for (AttributePlan plan : mapping.plans().values()) {
            if (plan.rule().kind() == AttributeDefinition.Kind.REFERENCE) {
                kept(plan);
                falseAsKey(plan);
            } else if (isNoBoolean(plan.name())) {
                booleans(plan);
            }
        }
    }

    /** An attribute that the schema does not have may be a boolean of the directory's own. */
    private boolean isNoBoolean(String attribute) {
        AttributeTypeDefinition type = schema.getAttributeType(AttributeFacts.base(attribute));
        String syntax = type == null ? null : type.getSyntaxOID(schema);
        return syntax != null && !syntax.equals(BOOLEAN);
    }

    private void booleans(AttributePlan plan) {
        long count = 0;
        String column = "";
        for (LintSample sample : samples) {
            Optional<String> found = booleanColumn(plan, sample, null);
            if (found.isPresent()
                    && intent(plan, sample) instanceof AttributeIntent.Set set
                    && set.texts().stream().anyMatch(text -> text.equals("TRUE") || text.equals("FALSE"))) {
                count++;
                column = found.get();
            }
        }
        if (count > 0) {
            findings.add(
                    LintCode.BOOLEAN_AS_TEXT,
                    plan.path(),
                    count + " of " + samples.size() + " samples write TRUE or FALSE as a string to " + plan.name()
                            + ", which is not a boolean: " + column + " is one",
                    "write the string that is meant: ${if(" + column + ", 'active', 'former')}");
        }
    }

    private void kept(AttributePlan plan) {
        if (plan.onAbsent().given() && plan.onEmpty().given()) {
            return;
        }
        long kept = samples.stream()
                .filter(sample -> intent(plan, sample) instanceof AttributeIntent.Keep)
                .count();
        boolean some = samples.stream().anyMatch(sample -> intent(plan, sample) instanceof AttributeIntent.Reference);
        if (some && kept > 0) {
            findings.add(
                    LintCode.REFERENCE_KEPT,
                    plan.path(),
                    kept + " of " + samples.size() + " samples have neither a value nor null for " + plan.name()
                            + ": an entry keeps the value that it has",
                    "set onAbsent (the column is left out) and onEmpty ('' or []): to clear if the application means that"
                            + " there is no value, to skip if it does not");
        }
    }

    private void falseAsKey(AttributePlan plan) {
        long count = 0;
        String column = "";
        for (LintSample sample : samples) {
            Optional<String> found = booleanColumn(plan, sample, false);
            if (found.isPresent() && intent(plan, sample) instanceof AttributeIntent.Reference) {
                count++;
                column = found.get();
            }
        }
        if (count > 0) {
            findings.add(
                    LintCode.REFERENCE_KEPT,
                    plan.path(),
                    count + " of " + samples.size() + " samples have false as the key for " + plan.name()
                            + ", which no entry has: an entry keeps the value that it has",
                    "treat false as no value: ${if(" + column + " == false, clear(), " + column + ")}");
        }
    }

    private static @Nullable AttributeIntent intent(AttributePlan plan, LintSample sample) {
        return sample.entry() == null ? null : sample.entry().attributes().get(plan.name());
    }

    /** {@return a column that a format of the attribute names, and that is a boolean in the sample, as formats write it} */
    private static Optional<String> booleanColumn(AttributePlan plan, LintSample sample, @Nullable Boolean wanted) {
        for (AttributePlan.Branch branch : plan.branches()) {
            for (Name name : branch.format().names()) {
                ColumnPath path = name.path();
                if (name.namespace().equals("record")
                        && sample.record().value(path) instanceof Value.Bool bool
                        && (wanted == null || wanted == bool.value())) {
                    return Optional.of(name.toString());
                }
            }
        }
        return Optional.empty();
    }
}
