package dev.rollcall.mapping;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.formats.FormatFunction;
import dev.rollcall.formats.Functions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the rules of a {@link Mapping}. Not thread-safe: for one thread at a time. */
public final class MappingBuilder {
    /** A rule as it was given, by name. */
    record Named<T>(String name, T rule) {}

    /** A group as it was given. */
    record Group(String dn, @Nullable String condition, boolean addsOnly) {}

    @Nullable
    String keyColumn;

    @Nullable
    String keyAttribute;

    List<KeyRule.Normalization> normalizations = List.of();

    @Nullable
    DnRule dn;

    @Nullable
    Limits limits;

    boolean accounts;

    Functions functions = Functions.standard();

    final List<String> objectClasses = new ArrayList<>();
    final List<Named<AttributeRule>> attributes = new ArrayList<>();
    final List<Named<String>> match = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();

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

    /** Adds a rule by which a record finds an entry that has no key yet; in the order of the calls. */
    public MappingBuilder match(String attribute, String format) {
        match.add(new Named<>(attribute, format));
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
        attributes.add(new Named<>(name, rule));
        return this;
    }

    /** Adds a group in which every user belongs. */
    public MappingBuilder group(String dn) {
        groups.add(new Group(dn, null, false));
        return this;
    }

    /** Adds a group in which those users belong for whom a condition holds; others are taken out. */
    public MappingBuilder group(String dn, String condition) {
        groups.add(new Group(dn, condition, false));
        return this;
    }

    /** Adds a group to which users are added for whom a condition holds, and from which nobody is taken. */
    public MappingBuilder groupToAddOnly(String dn, String condition) {
        groups.add(new Group(dn, condition, true));
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
        return new Mapping(new MappingCompiler(this).compile(), MappingFingerprint.of(this));
    }
}
