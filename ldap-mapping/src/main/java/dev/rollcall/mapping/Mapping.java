package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.compile.MappingCompiler;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.definition.MappingDefinition;
import dev.rollcall.mapping.internal.definition.MappingFingerprint;
import dev.rollcall.mapping.internal.definition.SameAttributes;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.run.Explaining;
import dev.rollcall.mapping.internal.run.MappingRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * From a user record to the LDAP entry that is wanted: key, DN, object classes, attributes, groups. Checked as a whole
 * when it is built, and a pure function from then on. Immutable and thread-safe.
 *
 * <pre>{@code
 * Mapping people = Mapping.builder()
 *         .key("id", "employeeNumber")
 *         .dn("uid=${uid},ou=people,dc=example,dc=test")
 *         .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
 *         .attribute("sn", "${record.last_name}")
 *         .attribute("cn", "${join(' ', record.first_name, record.last_name)}")
 *         .attribute("uid", unique("${record.first_name | first(1) | lower}${record.last_name | lower}").maxLength(20))
 *         .build();
 * DesiredEntry wanted = people.map(record, MappingInput.none());
 * }</pre>
 */
public final class Mapping {
    private final MappingDefinition definition;
    private final CompiledMapping compiled;
    private final List<KeyRule.Normalization> normalizations;
    private final KeyRule key;
    private final List<MatchRule> match;
    private final List<GroupRule> groups;
    private final String fingerprint;

    Mapping(MappingDefinition definition, CompiledMapping compiled, List<KeyRule.Normalization> normalizations) {
        this(definition, compiled, normalizations, MappingFingerprint.of(definition));
    }

    private Mapping(
            MappingDefinition definition,
            CompiledMapping compiled,
            List<KeyRule.Normalization> normalizations,
            String fingerprint) {
        this.definition = definition;
        this.compiled = compiled;
        this.normalizations = List.copyOf(normalizations);
        this.fingerprint = fingerprint;
        this.key = new KeyRule(compiled.key(), normalizations);
        this.match = compiled.match().stream()
                .map(plan -> new MatchRule(plan.attribute(), plan.rehire(), plan.value()))
                .toList();
        this.groups = compiled.groupPlans().stream()
                .map(plan -> new GroupRule(plan.dn(), plan.when(), plan.addsOnly()))
                .toList();
    }

    /**
     * {@return this mapping with each attribute by the first name that a server's schema gives it, under which entries hold
     * it: {@code sn} for {@code surname}} A run does this by itself. The fingerprint stays the same.
     *
     * @throws dev.rollcall.connector.ConfigurationException if two rules name the same attribute, or one that no mapping
     *     may write
     */
    public Mapping named(Schema schema) {
        AttributeNames names = AttributeNames.of(schema, StandardSchema.get());
        Set<String> mentioned = new LinkedHashSet<>(compiled.readAttributes());
        mentioned.addAll(compiled.nameAttributes());
        match.forEach(rule -> mentioned.add(rule.attribute()));
        if (compiled.dn() != null) {
            mentioned.addAll(compiled.dn().attributes());
        }
        MappingDefinition named = definition.named(names);
        if (definition.accounts()
                || (groups.stream().allMatch(group -> names.dn(group.dn()).equals(group.dn()))
                        && mentioned.stream().allMatch(name -> names.first(name).equals(name))
                        && named.objectClasses().equals(definition.objectClasses()))) {
            return this;
        }
        SameAttributes.refuse(definition, names);
        return new Mapping(named, new MappingCompiler(named).compile(), normalizations, fingerprint);
    }

    CompiledMapping compiled() {
        return compiled;
    }

    /** {@return a builder without any rule} */
    public static MappingBuilder builder() {
        return new MappingBuilder();
    }

    /** {@return which column identifies a user, and which attribute holds it} */
    public KeyRule key() {
        return key;
    }

    /** {@return how records find entries without a key, in order} */
    public List<MatchRule> match() {
        return match;
    }

    /** {@return the groups whose membership this mapping decides, in order} */
    public List<GroupRule> groups() {
        return groups;
    }

    /** {@return the classes that every entry must have} */
    public List<String> objectClasses() {
        return compiled.objectClasses();
    }

    /** {@return whether missing parents of the DN are made} */
    public boolean createsParents() {
        return compiled.createsParents();
    }

    /** {@return the attributes that this mapping writes, the key and those that the DN names included} */
    public Set<String> ownedAttributes() {
        return compiled.ownedAttributes();
    }

    /** {@return the attributes that must be read from an entry, so that it can be mapped and compared} */
    public Set<String> readAttributes() {
        return compiled.readAttributes();
    }

    /**
     * {@return how long a value of an attribute may be at most, by the rule itself, its sanitizer or the directory's
     * limits: in characters, of a binary attribute in bytes; empty if there is no limit}
     */
    public OptionalInt maxLength(String attribute) {
        AttributePlan plan = compiled.plans().get(attribute.toLowerCase(Locale.ROOT));
        return plan == null || plan.maxLength() == 0 ? OptionalInt.empty() : OptionalInt.of(plan.maxLength());
    }

    /**
     * {@return the attributes whose values may be redacted, in lower case: a format of theirs calls {@code redact}, or
     * names such an attribute}
     */
    public Set<String> redactedAttributes() {
        Set<String> redacted = new TreeSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (AttributePlan plan : compiled.plans().values()) {
                if (plan.mayBeRedacted(redacted)) {
                    more |= redacted.add(plan.name().toLowerCase(Locale.ROOT));
                }
            }
        }
        return redacted;
    }

    /** {@return the columns of a record that this mapping looks at, the key first} */
    public Set<ColumnPath> columns() {
        return compiled.columns();
    }

    /** {@return the attributes in which {@link dev.rollcall.mapping.entry.Names Names} will be asked for names, those of {@code alsoIn} included} */
    public Set<String> nameAttributes() {
        return compiled.nameAttributes();
    }

    /**
     * {@return SHA-256 of all rules in hexadecimal: two mappings with the same fingerprint make the same of a record, as
     * far as functions of the same name do the same}
     */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * {@return whether the DN of a new entry holds a name that is made unique, so that namesakes get DNs alike, or has no
     * format of its own}
     */
    public boolean hasUniqueDn() {
        return compiled.hasUniqueDn();
    }

    /** {@return the values that every entry gets in this attribute, whatever its record says; empty if they differ} */
    Optional<List<String>> constants(String attribute) {
        return compiled.constants(attribute);
    }

    /** {@return whether every entry has a value there: the key, unique names, and what the DN or a class needs} */
    boolean isAlwaysSet(String attribute) {
        return compiled.isAlwaysSet(attribute);
    }

    /**
     * Maps one record.
     *
     * @param record what the application told
     * @param input the entry that is there, the names that are taken, the clock
     * @throws dev.rollcall.mapping.entry.MappingException if this record cannot be mapped
     */
    public DesiredEntry map(UserRecord record, MappingInput input) {
        return new DesiredEntry(
                input.isExplained()
                        ? new Explaining(compiled, record, input).wanted()
                        : new MappingRun(compiled, record, input, null).run());
    }

    /**
     * Maps one record to a new entry, with every name free.
     *
     * @throws dev.rollcall.mapping.entry.MappingException if this record cannot be mapped
     */
    public DesiredEntry map(UserRecord record) {
        return map(record, MappingInput.none());
    }

    /**
     * Explains how an attribute of one record comes to be what it is.
     *
     * @param attribute the attribute, or {@code dn}
     * @throws dev.rollcall.mapping.entry.MappingException if the record has no key
     */
    public Explanation explain(UserRecord record, MappingInput input, String attribute) {
        return new Explanation(new Explaining(compiled, record, input).of(attribute));
    }
}
