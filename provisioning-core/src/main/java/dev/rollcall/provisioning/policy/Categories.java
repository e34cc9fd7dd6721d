package dev.rollcall.provisioning.policy;

import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Which kinds of change a run may make. What is not allowed is counted as withheld. Immutable and thread-safe. */
public final class Categories {
    private static final String GROUPS = "groups";

    private final Set<ChangeKind> allowed;

    private Categories(Set<ChangeKind> allowed) {
        this.allowed = Collections.unmodifiableSet(allowed);
    }

    /** {@return everything but link and delete, which must be named} */
    public static Categories defaults() {
        return new Categories(EnumSet.complementOf(EnumSet.of(ChangeKind.LINK, ChangeKind.DELETE)));
    }

    /** {@return every kind} */
    public static Categories all() {
        return new Categories(EnumSet.allOf(ChangeKind.class));
    }

    /**
     * Exactly these.
     *
     * @param words create, link, modify, rename, move, enable, disable, delete, groups
     * @throws IllegalArgumentException if one is none of them
     */
    public static Categories of(String... words) {
        return of(Arrays.asList(words));
    }

    /**
     * Exactly these.
     *
     * @param words create, link, modify, rename, move, enable, disable, delete, groups
     * @throws IllegalArgumentException if one is none of them
     */
    public static Categories of(Collection<String> words) {
        EnumSet<ChangeKind> allowed = EnumSet.noneOf(ChangeKind.class);
        for (String word : words) {
            if (word.equals(GROUPS)) {
                allowed.add(ChangeKind.GROUP_ADD);
                allowed.add(ChangeKind.GROUP_REMOVE);
            } else {
                allowed.add(ChangeKind.of(word)
                        .filter(kind -> words().contains(kind.word()))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no category is named " + word + "; there are " + String.join(", ", words()))));
            }
        }
        return new Categories(allowed);
    }

    /** {@return exactly these kinds} */
    public static Categories of(ChangeKind... kinds) {
        EnumSet<ChangeKind> allowed = EnumSet.noneOf(ChangeKind.class);
        allowed.addAll(Arrays.asList(kinds));
        return new Categories(allowed);
    }

    /** {@return the words of all categories, in their order} */
    public static Set<String> words() {
        Set<String> words = new java.util.LinkedHashSet<>();
        for (ChangeKind kind : ChangeKind.values()) {
            words.add(kind == ChangeKind.GROUP_ADD || kind == ChangeKind.GROUP_REMOVE ? GROUPS : kind.word());
        }
        return words;
    }

    /** {@return these and one more, by its word} */
    public Categories and(String word) {
        EnumSet<ChangeKind> more = EnumSet.copyOf(of(word).allowed);
        more.addAll(allowed);
        return new Categories(more);
    }

    /** {@return whether changes of this kind may be made} */
    public boolean allows(ChangeKind kind) {
        return allowed.contains(kind);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Categories that && allowed.equals(that.allowed);
    }

    @Override
    public int hashCode() {
        return allowed.hashCode();
    }

    @Override
    public String toString() {
        Set<String> words = new TreeSet<>();
        allowed.forEach(kind ->
                words.add(kind == ChangeKind.GROUP_ADD || kind == ChangeKind.GROUP_REMOVE ? GROUPS : kind.word()));
        return String.join(", ", words);
    }
}
