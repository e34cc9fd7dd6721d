package dev.rollcall.mapping.internal.lint;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.util.StaticUtils;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.run.MappedEntry;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.mapping.rule.LintCode;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Findings that the directory's schema brings to light. Not thread-safe: for one thread at a time. */
public final class LintSchema {
    private static final String SYNTAX = "1.3.6.1.4.1.1466.115.121.1.";

    private final CompiledMapping mapping;
    private final Schema schema;
    private final List<LintSample> samples;
    private final LintFindings findings;

    public LintSchema(CompiledMapping mapping, Schema schema, List<LintSample> samples, LintFindings findings) {
        this.mapping = mapping;
        this.schema = schema;
        this.samples = samples;
        this.findings = findings;
    }

    public void run() {
        List<ObjectClassDefinition> classes = classes();
        for (String attribute : mapping.ownedAttributes()) {
            attribute(attribute, classes);
        }
        if (classes.size() == mapping.objectClasses().size()) {
            mandatory(classes);
        }
    }

    private List<ObjectClassDefinition> classes() {
        List<ObjectClassDefinition> classes = new ArrayList<>();
        for (String name : mapping.objectClasses()) {
            ObjectClassDefinition definition = schema.getObjectClass(name);
            if (definition == null) {
                List<String> known = new ArrayList<>();
                schema.getObjectClasses().forEach(c -> known.add(c.getNameOrOID()));
                findings.add(
                        LintCode.UNKNOWN_OBJECT_CLASS,
                        "objectClasses",
                        "the directory knows no class " + name,
                        near(name, known));
            } else {
                classes.add(definition);
            }
        }
        return classes;
    }

    private static String near(String name, List<String> known) {
        return dev.rollcall.connector.Suggestion.nearest(name, known)
                .map(found -> "did you mean '" + found + "'?")
                .orElse("load the schema that has it, or leave it out");
    }

    private void attribute(String name, List<ObjectClassDefinition> classes) {
        String path = mapping.pathOf(name);
        AttributeTypeDefinition type = schema.getAttributeType(AttributeFacts.base(name));
        if (type == null) {
            List<String> known = new ArrayList<>();
            schema.getAttributeTypes().forEach(t -> known.add(t.getNameOrOID()));
            findings.add(
                    LintCode.UNKNOWN_ATTRIBUTE, path, "the directory knows no attribute " + name, near(name, known));
            return;
        }
        if (type.isNoUserModification()) {
            findings.add(
                    LintCode.ATTRIBUTE_READ_ONLY, path, "the directory writes " + name + " itself", "do not map it");
        }
        AttributePlan plan = mapping.plans().get(name.toLowerCase(Locale.ROOT));
        if (type.isSingleValued() && plan != null && givesSeveral(plan)) {
            findings.add(
                    LintCode.SINGLE_VALUED,
                    path,
                    "the directory keeps one value of " + name + ", and the mapping gives several",
                    "take one with first or last, or all with join");
        }
        // Active Directory allows what auxiliary classes of its classes allow, which its schema entry does not tell.
        if (mapping.limits() != Limits.ACTIVE_DIRECTORY && !isAllowed(type, classes)) {
            findings.add(
                    LintCode.ATTRIBUTE_NOT_ALLOWED,
                    path,
                    "none of the object classes allows " + name,
                    "add a class that does, such as inetOrgPerson, or map another attribute");
        }
        syntax(name, type, path);
    }

    private boolean givesSeveral(AttributePlan plan) {
        if (plan.rule().kind() == AttributeDefinition.Kind.FORMATS
                && plan.branches().size() > 1) {
            return true;
        }
        return values(plan.name()).stream().anyMatch(values -> values.size() > 1);
    }

    private List<List<String>> values(String attribute) {
        List<List<String>> values = new ArrayList<>();
        for (LintSample sample : samples) {
            MappedEntry entry = sample.entry();
            if (entry != null && entry.attributes().get(attribute) instanceof AttributeIntent.Set set) {
                values.add(set.texts());
            }
        }
        return values;
    }

    private boolean isAllowed(AttributeTypeDefinition type, List<ObjectClassDefinition> classes) {
        for (ObjectClassDefinition definition : classes) {
            if (StaticUtils.toLowerCase(definition.getNameOrOID()).equals("extensibleobject")
                    || definition.getRequiredAttributes(schema, true).contains(type)
                    || definition.getOptionalAttributes(schema, true).contains(type)) {
                return true;
            }
        }
        return type.isOperational() || classes.isEmpty();
    }

    private void mandatory(List<ObjectClassDefinition> classes) {
        Set<String> missing = new LinkedHashSet<>();
        for (ObjectClassDefinition definition : classes) {
            for (AttributeTypeDefinition type : definition.getRequiredAttributes(schema, true)) {
                boolean owned = mapping.ownedAttributes().stream().anyMatch(type::hasNameOrOID);
                boolean byDirectory = mapping.limits() == Limits.ACTIVE_DIRECTORY || type.hasNameOrOID("objectClass");
                if (!owned && !byDirectory) {
                    missing.add(type.getNameOrOID());
                }
            }
        }
        missing.forEach(attribute -> findings.missing(attribute));
    }

    private void syntax(String name, AttributeTypeDefinition type, String path) {
        String oid = type.getSyntaxOID(schema);
        AttributePlan plan = mapping.plans().get(name.toLowerCase(Locale.ROOT));
        if (oid == null || (plan != null && plan.isBinary())) {
            return;
        }
        String base = oid.contains("{") ? oid.substring(0, oid.indexOf('{')) : oid;
        for (List<String> values : values(name)) {
            for (String value : values) {
                Optional<String> expected = expected(base, value);
                if (expected.isPresent()) {
                    findings.add(
                            LintCode.WRONG_SYNTAX,
                            path,
                            name + " takes " + expected.get() + ", and a sample gives '" + LdapValues.cut(value, 40)
                                    + "'",
                            "make it one in the format");
                    return;
                }
            }
        }
    }

    private static Optional<String> expected(String syntax, String value) {
        if (!syntax.startsWith(SYNTAX)) {
            return Optional.empty();
        }
        return switch (syntax.substring(SYNTAX.length())) {
            case "27" -> value.matches("-?[0-9]{1,100}") ? Optional.empty() : Optional.of("a whole number");
            case "7" -> value.matches("TRUE|FALSE") ? Optional.empty() : Optional.of("TRUE or FALSE");
            case "12" -> DN.isValidDN(value) ? Optional.empty() : Optional.of("a DN");
            case "24" -> isTime(value) ? Optional.empty() : Optional.of("a time such as 20270331120000Z");
            case "26" -> value.chars().allMatch(c -> c < 128) ? Optional.empty() : Optional.of("ASCII characters");
            case "36" -> value.matches("[0-9 ]+") ? Optional.empty() : Optional.of("digits");
            case "44", "50" ->
                value.matches("[A-Za-z0-9 '()+,./:?=-]+") ? Optional.empty() : Optional.of("plain characters");
            default -> Optional.empty();
        };
    }

    private static boolean isTime(String value) {
        try {
            StaticUtils.decodeGeneralizedTime(value);
            return true;
        } catch (ParseException e) {
            return false;
        }
    }
}
