package dev.rollcall.mapping.internal.definition;

import dev.rollcall.formats.Functions;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a mapping as a builder collected them, unchecked. Immutable and thread-safe.
 *
 * @param previousKeyColumn the column of the key that a user had before; null for none
 * @param limits null for those that the object classes imply
 * @param accounts whether it makes accounts of an application rather than directory entries
 * @param names the first names of attributes, as far as a schema is known
 */
public record MappingDefinition(
        @Nullable String keyColumn,
        @Nullable String keyAttribute,
        KeyForm keyForm,
        @Nullable String previousKeyColumn,
        @Nullable Dn dn,
        @Nullable Limits limits,
        boolean accounts,
        Functions functions,
        AttributeNames names,
        List<String> objectClasses,
        List<Named<AttributeDefinition>> attributes,
        List<Match> match,
        List<Group> groups) {
    /** {@return the same rules, each attribute by its first name} */
    public MappingDefinition named(AttributeNames first) {
        return new MappingDefinition(
                keyColumn,
                keyAttribute == null ? null : first.first(keyAttribute),
                keyForm,
                previousKeyColumn,
                dn,
                limits,
                accounts,
                functions,
                first,
                objectClasses.stream().map(first::firstOfClass).toList(),
                attributes.stream()
                        .map(rule -> new Named<>(
                                first.first(rule.name()), rule.rule().named(first)))
                        .toList(),
                match.stream()
                        .map(rule -> new Match(first.first(rule.attribute()), rule.format(), rule.rehire()))
                        .toList(),
                groups);
    }

    /** A rule as it was given, by name. */
    public record Named<T>(String name, T rule) {}

    /** A rule by which a record finds an entry, as it was given. */
    public record Match(String attribute, String format, boolean rehire) {}

    /** A group as it was given. */
    public record Group(String dn, @Nullable String condition, boolean addsOnly) {}

    /** Where entries belong, as it was given. */
    public record Dn(String format, Apply apply, boolean createsParents) {}
}
