package dev.rollcall.provisioning.internal.planning;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassType;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.util.StaticUtils;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.plan.AttributeChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the server's schema says about writes, so that a plan holds none that the server refuses: values that a syntax does
 * not take, structural classes that cannot be added, groups without an attribute for members. Says nothing where the schema
 * cannot be read, and nothing about the values of an Active Directory, whose syntaxes are wider. Thread-safe.
 */
final class SchemaCheck {
    private static final String SYNTAXES = "1.3.6.1.4.1.1466.115.121.1.";
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9'()+,./:=? -]+");
    private static final Pattern NUMERIC = Pattern.compile("[0-9 ]+");

    /**
     * What an attribute takes.
     *
     * @param syntax the number of its syntax (RFC 4517), without the length that may follow it; empty if there is none
     */
    private record Rule(boolean known, boolean singleValued, String syntax) {}

    private static final Rule NONE = new Rule(false, false, "");

    private final @Nullable Schema schema;
    private final DirectoryKind type;

    /** By name, as the mapping writes it: each is looked up once, for all the entries of a run. */
    private final Map<String, Rule> rules = new ConcurrentHashMap<>();

    SchemaCheck(@Nullable Schema schema, DirectoryKind type) {
        this.schema = schema;
        this.type = type;
    }

    /** Why the server does not take the new values of an attribute. */
    Optional<String> refusal(AttributeChange change) {
        if (change.name().equalsIgnoreCase("objectClass")) {
            return type == DirectoryKind.OPENLDAP ? structural(change) : Optional.empty();
        }
        Rule rule = rules.computeIfAbsent(change.name(), this::rule);
        int count = Math.max(change.after().size(), change.references().size());
        if (rule.singleValued() && count > 1) {
            return Optional.of("the directory's schema takes one value in " + change.name() + ", found " + count
                    + (change.because().isEmpty() ? "" : " of " + change.because())
                    + ": take one with first or last");
        }
        if (type == DirectoryKind.ACTIVE_DIRECTORY || !rule.known() || change.isSensitive()) {
            return Optional.empty();
        }
        for (ASN1OctetString value : change.after()) {
            if (!isTaken(rule.syntax(), value) && !change.before().contains(value)) {
                return Optional.of("the directory's syntax of " + change.name() + " does not take the value \""
                        + value.stringValue() + "\"" + (change.because().isEmpty() ? "" : " of " + change.because()));
            }
        }
        return Optional.empty();
    }

    private Rule rule(String attribute) {
        AttributeTypeDefinition definition =
                schema == null ? null : schema.getAttributeType(Attribute.getBaseName(attribute));
        if (definition == null) {
            return NONE;
        }
        String oid = String.valueOf(definition.getSyntaxOID(schema));
        int length = oid.indexOf('{');
        String number = length < 0 ? oid : oid.substring(0, length);
        String syntax = number.startsWith(SYNTAXES) ? number.substring(SYNTAXES.length()) : "";
        return new Rule(true, definition.isSingleValued(), syntax);
    }

    private static boolean isTaken(String syntax, ASN1OctetString value) {
        return switch (syntax) {
            case "26" -> StaticUtils.isASCIIString(value.getValue());
            case "27" -> INTEGER.matcher(value.stringValue()).matches();
            case "36" -> NUMERIC.matcher(value.stringValue()).matches();
            case "44", "50" -> PRINTABLE.matcher(value.stringValue()).matches();
            default -> true;
        };
    }

    /** Classes that an entry cannot get, since its structural class stays for good. */
    private Optional<String> structural(AttributeChange change) {
        Schema known = schema;
        if (known == null || change.before().isEmpty()) {
            return Optional.empty();
        }
        List<ObjectClassDefinition> present = change.before().stream()
                .map(value -> known.getObjectClass(value.stringValue()))
                .filter(found -> found != null && isStructural(found))
                .map(java.util.Objects::requireNonNull)
                .toList();
        for (ASN1OctetString value : change.added()) {
            ObjectClassDefinition added = known.getObjectClass(value.stringValue());
            boolean above = added == null
                    || !isStructural(added)
                    || present.isEmpty()
                    || present.stream()
                            .anyMatch(one -> one.getSuperiorClasses(known, true).contains(added));
            if (!above) {
                String own = present.stream()
                        .map(ObjectClassDefinition::getNameOrOID)
                        .collect(Collectors.joining(", "));
                return Optional.of("an entry of the structural class " + own + " cannot become " + value.stringValue()
                        + ": delete it or name its class under objectClasses");
            }
        }
        return Optional.empty();
    }

    private boolean isStructural(ObjectClassDefinition found) {
        return found.getObjectClassType(schema) == ObjectClassType.STRUCTURAL;
    }

    /** Whether a new entry cannot be without this attribute. */
    boolean isNeeded(AttributeChange attribute, List<AttributeChange> all, DN dn) {
        RDN rdn = dn.getRDN();
        boolean names =
                rdn != null && Arrays.stream(rdn.getAttributeNames()).anyMatch(attribute.name()::equalsIgnoreCase);
        return names
                || attribute.name().equalsIgnoreCase("objectClass")
                || all.stream()
                        .filter(one -> one.name().equalsIgnoreCase("objectClass"))
                        .flatMap(one -> one.after().stream())
                        .anyMatch(value -> needs(value.stringValue(), attribute.name()));
    }

    private boolean needs(String objectClass, String attribute) {
        ObjectClassDefinition definition = schema == null ? null : schema.getObjectClass(objectClass);
        return definition != null
                && definition.getRequiredAttributes(schema, true).stream().anyMatch(one -> one.hasNameOrOID(attribute));
    }

    /** Why a group of these classes has no members that can be written. */
    Optional<String> withoutMembers(String[] classes, String attribute) {
        Set<String> names = Arrays.stream(classes)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        boolean allowed = names.contains("extensibleobject");
        boolean known = false;
        for (String name : names) {
            ObjectClassDefinition definition = schema == null ? null : schema.getObjectClass(name);
            if (definition != null) {
                known |= definition.getObjectClassType(schema) == ObjectClassType.STRUCTURAL;
                List<AttributeTypeDefinition> all = new ArrayList<>(definition.getRequiredAttributes(schema, true));
                all.addAll(definition.getOptionalAttributes(schema, true));
                allowed |= all.stream().anyMatch(one -> one.hasNameOrOID(attribute));
            }
        }
        boolean refused = known ? !allowed : schema == null && names.contains("posixgroup") && names.size() <= 2;
        return refused && type != DirectoryKind.ACTIVE_DIRECTORY
                ? Optional.of("its classes (" + String.join(", ", classes) + ") have no attribute " + attribute
                        + ", so its members cannot be written by DN")
                : Optional.empty();
    }
}
