package dev.rollcall.mapping.internal.plan;

import dev.rollcall.connector.Problem;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Format;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.internal.values.Failure;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rule of one attribute, checked and ready to run. Immutable and thread-safe.
 *
 * @param index its place among the attributes of the mapping
 * @param name the attribute, as the mapping writes it
 * @param id the same in small letters
 * @param path where the rule stands, for problems
 * @param branches the formats, with their conditions
 * @param values what becomes of other values
 * @param facts what is known of the attribute
 * @param maxLength the least of all limits on its length; 0 for none
 * @param mandatory whether a class of the entry cannot be without it
 * @param named whether the DN is made of it
 * @param rdn whether it stands in the entry's own RDN
 * @param because what its value comes from, in a few words
 */
public record AttributePlan(
        int index,
        String name,
        String id,
        String path,
        AttributeDefinition rule,
        List<Branch> branches,
        Reaction onAbsent,
        Reaction onNull,
        Reaction onEmpty,
        ValuesPolicy values,
        AttributeFacts facts,
        int maxLength,
        boolean mandatory,
        boolean named,
        boolean rdn,
        String because)
        implements Failure {

    /** One format, when it applies, and what its value comes from in a few words. */
    public record Branch(String path, @Nullable Condition when, Format format, String because) {}

    /**
     * What to do if there is no value.
     *
     * @param given whether the user chose it, rather than a default of ours
     * @param because what the other format is made of, in a few words
     */
    public record Reaction(
            OnNothing what, boolean given, @Nullable Format other, String because) {}

    public OnLimit onLimit() {
        return rule.onLimit().orElse(OnLimit.FAIL);
    }

    public Optional<Sanitizer> sanitizer() {
        return rule.sanitizer();
    }

    /** {@return what is wrong with this attribute of a record} */
    @Override
    public MappingException of(String code, String message, String remedy) {
        return new MappingException(name, Problem.of(code, path, message, remedy));
    }

    /** {@return whether a format calls {@code redact}, or names one of these attributes} */
    public boolean mayBeRedacted(Set<String> redacted) {
        Stream<Format> others =
                Stream.of(onAbsent, onNull, onEmpty).map(Reaction::other).filter(Objects::nonNull);
        return Stream.concat(branches.stream().map(Branch::format), others)
                .anyMatch(format -> format.toString().contains("redact")
                        || format.toString().equals("[secret]")
                        || format.names().stream().anyMatch(name -> redacted.contains(lastPart(name.toString()))));
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    public boolean isBinary() {
        return rule.isBinary() || facts.binary();
    }

    /** {@return whether its values are addresses of which one is the primary one} */
    public boolean holdsAddresses() {
        return id.equals("proxyaddresses");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
