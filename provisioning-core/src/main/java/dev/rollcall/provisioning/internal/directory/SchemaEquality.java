package dev.rollcall.provisioning.internal.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.mapping.StandardSchema;
import dev.rollcall.provisioning.internal.directory.ValueEquality.Rule;
import dev.rollcall.provisioning.internal.directory.ValueEquality.Syntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The equality of each attribute, from the server's schema; by name where the schema says nothing. Thread-safe. */
public final class SchemaEquality {
    private static final Map<String, Syntax> BY_SYNTAX = Map.ofEntries(
            Map.entry("1.3.6.1.4.1.1466.115.121.1.12", Syntax.DN),
            Map.entry("1.3.6.1.4.1.1466.115.121.1.27", Syntax.INTEGER),
            Map.entry("1.2.840.113556.1.4.906", Syntax.INTEGER), // Active Directory's 64 bit integer
            Map.entry("1.3.6.1.4.1.1466.115.121.1.7", Syntax.BOOLEAN),
            Map.entry("1.3.6.1.4.1.1466.115.121.1.24", Syntax.TIME),
            Map.entry("1.3.6.1.4.1.1466.115.121.1.40", Syntax.BYTES),
            Map.entry("1.3.6.1.4.1.1466.115.121.1.28", Syntax.BYTES), // JPEG
            Map.entry("1.3.6.1.4.1.1466.115.121.1.5", Syntax.BYTES),
            Map.entry("1.3.6.1.4.1.1466.115.121.1.8", Syntax.BYTES), // certificate
            Map.entry("1.3.6.1.4.1.1466.115.121.1.4", Syntax.BYTES),
            Map.entry("1.2.840.113556.1.4.907", Syntax.BYTES)); // security descriptor

    /** Where no schema can be read; these are the same on every server. */
    private static final Map<String, Syntax> BY_NAME = Map.ofEntries(
            Map.entry("manager", Syntax.DN),
            Map.entry("secretary", Syntax.DN),
            Map.entry("assistant", Syntax.DN),
            Map.entry("seealso", Syntax.DN),
            Map.entry("owner", Syntax.DN),
            Map.entry("member", Syntax.DN),
            Map.entry("uniquemember", Syntax.DN),
            Map.entry("memberof", Syntax.DN),
            Map.entry("jpegphoto", Syntax.BYTES),
            Map.entry("thumbnailphoto", Syntax.BYTES),
            Map.entry("usercertificate", Syntax.BYTES));

    /** These have telephoneNumberMatch on every server that has matching rules. */
    private static final Set<String> TELEPHONES = Set.of("telephonenumber", "homephone", "mobile", "pager");

    private static final Set<String> WITHOUT_RULE = Set.of("jpegphoto", "audio", "photo");

    private final @Nullable Schema schema;
    private final DirectoryKind type;
    private final Map<String, ValueEquality> known = new ConcurrentHashMap<>();

    public SchemaEquality(@Nullable Schema schema, DirectoryKind type) {
        this.schema = schema;
        this.type = type;
    }

    public ValueEquality of(String attribute) {
        String name = Attribute.getBaseName(attribute).toLowerCase(Locale.ROOT);
        return known.computeIfAbsent(name, this::find);
    }

    /** {@return the first name of an attribute, under which the server returns it} */
    public String firstName(String attribute) {
        String base = Attribute.getBaseName(attribute);
        AttributeTypeDefinition definition = schema == null ? null : schema.getAttributeType(base);
        return definition == null ? attribute : definition.getNameOrOID() + attribute.substring(base.length());
    }

    /** {@return a DN with the first names of its attributes: those of the server, or else of the RFCs} */
    public DN firstNames(DN dn) {
        RDN[] rdns = dn.getRDNs().clone(); // the DN hands out its own array
        boolean changed = false;
        for (int i = 0; i < rdns.length; i++) {
            String[] names = rdns[i].getAttributeNames().clone();
            for (int j = 0; j < names.length; j++) {
                String known = knownName(names[j]);
                // The SDK takes some other names for the same, so that equality of the DNs does not tell.
                changed |= !known.equalsIgnoreCase(names[j]);
                names[j] = known.equalsIgnoreCase(names[j]) ? names[j] : known;
            }
            rdns[i] = new RDN(names, rdns[i].getByteArrayAttributeValues());
        }
        return changed ? new DN(rdns) : dn;
    }

    /**
     * {@return a filter with the first names of its attributes: those of the server, and of the RFCs for names that the
     * server does not know}
     */
    public Filter firstNames(Filter filter) {
        Filter negated = filter.getNOTComponent();
        if (negated != null) {
            return Filter.createNOTFilter(firstNames(negated));
        }
        List<Filter> components =
                Arrays.stream(filter.getComponents()).map(this::firstNames).toList();
        String name = filter.getAttributeName();
        String first = name == null ? null : knownName(name);
        ASN1OctetString value = filter.getRawAssertionValue();
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(components);
            case Filter.FILTER_TYPE_OR -> Filter.createORFilter(components);
            case Filter.FILTER_TYPE_EQUALITY -> Filter.createEqualityFilter(first, value.getValue());
            case Filter.FILTER_TYPE_GREATER_OR_EQUAL -> Filter.createGreaterOrEqualFilter(first, value.getValue());
            case Filter.FILTER_TYPE_LESS_OR_EQUAL -> Filter.createLessOrEqualFilter(first, value.getValue());
            case Filter.FILTER_TYPE_APPROXIMATE_MATCH -> Filter.createApproximateMatchFilter(first, value.getValue());
            case Filter.FILTER_TYPE_PRESENCE -> Filter.createPresenceFilter(first);
            case Filter.FILTER_TYPE_SUBSTRING ->
                Filter.createSubstringFilter(
                        first,
                        bytes(filter.getRawSubInitialValue()),
                        Arrays.stream(filter.getRawSubAnyValues())
                                .map(ASN1OctetString::getValue)
                                .toArray(byte[][]::new),
                        bytes(filter.getRawSubFinalValue()));
            default -> filter;
        };
    }

    private static byte @Nullable [] bytes(@Nullable ASN1OctetString value) {
        return value == null ? null : value.getValue();
    }

    /** {@return the first name that the server gives an attribute, or else the RFCs} */
    public String knownName(String attribute) {
        String base = Attribute.getBaseName(attribute);
        if (schema != null && schema.getAttributeType(base) != null) {
            return firstName(attribute);
        }
        String standard = standardName(base);
        return firstName(standard) + attribute.substring(base.length());
    }

    /** {@return the first name that the RFCs give an attribute; a name that no RFC has as it is} */
    static String standardName(String name) {
        AttributeTypeDefinition definition = StandardSchema.get().getAttributeType(name);
        return definition == null ? name : definition.getNameOrOID();
    }

    /** {@return all names under which an entry may hold what a filter asks for, subtypes included, in lower case} */
    Set<String> namesOf(String attribute) {
        Set<String> names = new LinkedHashSet<>();
        names.add(lower(attribute));
        names.add(lower(knownName(attribute)));
        for (Schema each : schemas()) {
            types(each, attribute).forEach(type -> {
                names.add(lower(type.getOID()));
                for (String name : type.getNames()) {
                    names.add(lower(name));
                }
            });
        }
        return names;
    }

    /** {@return the names to ask a server for, so that it returns what a filter asks for, subtypes included} */
    Set<String> readNamesOf(String attribute) {
        Set<String> names = new LinkedHashSet<>();
        for (Schema each : schemas()) {
            types(each, attribute).forEach(type -> names.add(type.getNameOrOID()));
        }
        return names;
    }

    /** {@return the first name of an object class} */
    String firstNameOfClass(String name) {
        for (Schema each : schemas()) {
            ObjectClassDefinition definition = each.getObjectClass(name);
            if (definition != null) {
                return definition.getNameOrOID();
            }
        }
        return name;
    }

    /** The server's own schema decides, where there is one and it knows more than nothing. */
    private List<Schema> schemas() {
        return schema == null || schema.getAttributeTypes().isEmpty() ? List.of(StandardSchema.get()) : List.of(schema);
    }

    private List<AttributeTypeDefinition> types(Schema in, String attribute) {
        AttributeTypeDefinition type = in.getAttributeType(Attribute.getBaseName(knownName(attribute)));
        if (type == null) {
            return List.of();
        }
        List<AttributeTypeDefinition> types = new ArrayList<>(List.of(type));
        types.addAll(in.getSubordinateAttributeTypes(type));
        return types;
    }

    private static String lower(String attribute) {
        return Attribute.getBaseName(attribute).toLowerCase(Locale.ROOT);
    }

    @Nullable
    public Schema schema() {
        return schema;
    }

    /** Whether values can be compared by the server, as far as the name alone tells. */
    public static boolean hasRuleByName(String attribute) {
        return !WITHOUT_RULE.contains(Attribute.getBaseName(attribute).toLowerCase(Locale.ROOT));
    }

    private ValueEquality find(String name) {
        AttributeTypeDefinition definition = schema == null ? null : schema.getAttributeType(name);
        boolean single = definition != null && definition.isSingleValued();
        if (type == DirectoryKind.ACTIVE_DIRECTORY) {
            // Its schema names no matching rules, but it can compare every attribute.
            return new ValueEquality(syntax(name, definition), single, true, Rule.CASE_IGNORED);
        }
        boolean rule = (definition == null || schema == null)
                ? hasRuleByName(name)
                : definition.getEqualityMatchingRule(schema) != null;
        return new ValueEquality(syntax(name, definition), single, rule, rule(name, definition));
    }

    private Rule rule(String name, @Nullable AttributeTypeDefinition definition) {
        if (definition == null || schema == null) {
            return TELEPHONES.contains(name) ? Rule.TELEPHONE : Rule.CASE_IGNORED;
        }
        String rule = definition.getEqualityMatchingRule(schema);
        if (rule == null) {
            return Rule.OCTETS;
        }
        return switch (rule.toLowerCase(Locale.ROOT)) {
            case "telephonenumbermatch", "2.5.13.20" -> Rule.TELEPHONE;
            case "numericstringmatch", "2.5.13.8" -> Rule.NUMERIC;
            case "caseexactmatch", "2.5.13.5", "caseexactia5match", "1.3.6.1.4.1.1466.109.114.1" -> Rule.CASE_EXACT;
            default -> Rule.CASE_IGNORED;
        };
    }

    private Syntax syntax(String name, @Nullable AttributeTypeDefinition definition) {
        if (name.equals("accountexpires")) {
            return Syntax.ACCOUNT_EXPIRES;
        }
        if (name.equals("useraccountcontrol")) {
            return Syntax.USER_ACCOUNT_CONTROL;
        }
        String oid = definition == null || schema == null ? null : definition.getSyntaxOID(schema);
        if (oid == null) {
            return BY_NAME.getOrDefault(name, Syntax.TEXT);
        }
        int length = oid.indexOf('{'); // a length bound, as in 1.3.6.1.4.1.1466.115.121.1.15{64}
        return BY_SYNTAX.getOrDefault(length < 0 ? oid : oid.substring(0, length), Syntax.TEXT);
    }
}
