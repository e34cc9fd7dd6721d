package dev.rollcall.mapping.internal.definition;

import dev.rollcall.formats.Functions;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a mapping as a builder collected them, unchecked. Immutable and thread-safe.
 *
 * @param limits null for those that the object classes imply
 * @param accounts whether it makes accounts of an application rather than directory entries
 */
public record MappingDefinition(
        @Nullable String keyColumn,
        @Nullable String keyAttribute,
        KeyForm keyForm,
        @Nullable Dn dn,
        @Nullable Limits limits,
        boolean accounts,
        Functions functions,
        List<String> objectClasses,
        List<Named<AttributeDefinition>> attributes,
        List<Named<String>> match,
        List<Group> groups) {
    /** A rule as it was given, by name. */
    public record Named<T>(String name, T rule) {}

    /** A group as it was given. */
    public record Group(String dn, @Nullable String condition, boolean addsOnly) {}

    /** Where entries belong, as it was given. */
    public record Dn(String format, Apply apply, boolean createsParents) {}
}
