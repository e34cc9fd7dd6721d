package dev.rollcall.mapping;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.formats.Functions;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.mapping.internal.compile.MappingCompiler;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.definition.MappingDefinition;
import dev.rollcall.mapping.rule.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the rules of a {@link Mapping}. Not thread-safe: for one thread at a time. */
public final class MappingBuilder {
    private @Nullable String keyColumn;

    private @Nullable String keyAttribute;

    private List<KeyRule.Normalization> normalizations = List.of();

    private @Nullable String previousKeyColumn;

    private @Nullable DnRule dn;

    private @Nullable Limits limits;

    private boolean accounts;

    private Functions functions = Functions.standard();

    private final List<String> objectClasses = new ArrayList<>();
    private final List<MappingDefinition.Named<AttributeDefinition>> attributes = new ArrayList<>();
    private final List<MappingDefinition.Match> match = new ArrayList<>();
    private final List<MappingDefinition.Group> groups = new ArrayList<>();

    MappingBuilder() {}

    /**
     * Sets which column identifies a user.
     *
     * @param column a path, such as {@code id} or {@code ids.hr}
     * @param attribute the LDAP attribute that holds it
     * @param normalizations what makes both sides comparable
     */
    public MappingBuilder key(String column, String attribute, KeyRule.Normalization... normalizations) {
        this.keyColumn = column;
        this.keyAttribute = attribute;
        this.normalizations = List.of(normalizations);
        return this;
    }

    /** As {@link #key(String, String, KeyRule.Normalization...)}, for a column whose path is at hand. */
    public MappingBuilder key(ColumnPath column, String attribute, KeyRule.Normalization... normalizations) {
        return key(column.toString(), attribute, normalizations);
    }

    /**
     * Sets the column that holds the key which a user had before a renumbering. An entry that has this key, which no record
     * has any more, gets the new one.
     *
     * @param column a path, such as {@code old_id}
     */
    public MappingBuilder previousKey(String column) {
        this.previousKeyColumn = column;
        return this;
    }

    /** Adds a rule by which a record finds an entry that has no key yet; in the order of the calls. */
    public MappingBuilder match(String attribute, String format) {
        match.add(new MappingDefinition.Match(attribute, format, false));
        return this;
    }

    /**
     * Adds a rule as {@link #match} does, by which a record also finds an entry that has the key of somebody who is in no
     * record any more: a person who returns with a new key gets the old account. The format must make a value that only one
     * person has; a name that the mapping makes unique is refused.
     */
    public MappingBuilder matchRehires(String attribute, String format) {
        match.add(new MappingDefinition.Match(attribute, format, true));
        return this;
    }

    /** Sets where entries belong: see {@link DnRule}. */
    public MappingBuilder dn(String format) {
        return dn(DnRule.format(format));
    }

    /** Sets where entries belong, and when. */
    public MappingBuilder dn(DnRule rule) {
        this.dn = rule;
        return this;
    }

    /** Adds classes that every entry must have. */
    public MappingBuilder objectClasses(String... classes) {
        objectClasses.addAll(List.of(classes));
        return this;
    }

    /** Maps an attribute by a format. */
    public MappingBuilder attribute(String name, String format) {
        return attribute(name, AttributeRule.format(format));
    }

    /** Maps an attribute by a rule; static imports of {@link AttributeRule} make it read well. */
    public MappingBuilder attribute(String name, AttributeRule rule) {
        attributes.add(new MappingDefinition.Named<>(name, rule.definition()));
        return this;
    }

    /** Adds a group in which every user belongs. */
    public MappingBuilder group(String dn) {
        groups.add(new MappingDefinition.Group(dn, null, false));
        return this;
    }

    /** Adds a group in which those users belong for whom a condition holds; others are taken out. */
    public MappingBuilder group(String dn, String condition) {
        groups.add(new MappingDefinition.Group(dn, condition, false));
        return this;
    }

    /** Adds a group to which users are added for whom a condition holds, and from which nobody is taken. */
    public MappingBuilder groupToAddOnly(String dn, String condition) {
        groups.add(new MappingDefinition.Group(dn, condition, true));
        return this;
    }

    /**
     * Sets whose rules about lengths and characters the values must keep. Unless this is called, they are Active
     * Directory's where the object classes say {@code user}, and none elsewhere.
     */
    public MappingBuilder limits(Limits limits) {
        this.limits = limits;
        return this;
    }

    /** Sets the functions that formats and conditions may call; the standard ones unless this is called. */
    public MappingBuilder functions(Functions functions) {
        this.functions = functions;
        return this;
    }

    /** Adds functions to those that formats and conditions may call. */
    public MappingBuilder functions(FormatFunction... more) {
        this.functions = functions.with(more);
        return this;
    }

    /**
     * Says that this mapping makes accounts of an application rather than directory entries: its attributes may have any
     * name, there are no object classes and no DN.
     */
    public MappingBuilder forAccounts() {
        this.accounts = true;
        return this;
    }

    /**
     * Checks all rules and builds the mapping.
     *
     * @throws ConfigurationException with every problem, at paths such as {@code attributes.sn}
     */
    public Mapping build() {
        DnRule where = dn;
        MappingDefinition definition = new MappingDefinition(
                keyColumn,
                keyAttribute,
                KeyRule.form(normalizations),
                previousKeyColumn,
                where == null ? null : new MappingDefinition.Dn(where.format(), where.apply(), where.createsParents()),
                limits,
                accounts,
                functions,
                AttributeNames.asGiven(),
                List.copyOf(objectClasses),
                List.copyOf(attributes),
                List.copyOf(match),
                List.copyOf(groups));
        return new Mapping(definition, new MappingCompiler(definition).compile(), normalizations);
    }
}
