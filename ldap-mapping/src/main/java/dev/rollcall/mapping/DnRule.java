package dev.rollcall.mapping;

import dev.rollcall.mapping.rule.Apply;
import java.util.Objects;

/**
 * Where the entry of a user belongs. Immutable and thread-safe.
 *
 * <p>The format looks like a DN: {@code cn=${cn},ou=${record.department},ou=people,dc=example,dc=test}. Macros stand in
 * values only, so that whatever a record holds, the number of RDNs and their attributes stay.
 */
public final class DnRule {
    private final String format;
    private final Apply apply;
    private final boolean createParents;

    private DnRule(String format, Apply apply, boolean createParents) {
        this.format = Objects.requireNonNull(format, "format");
        this.apply = apply;
        this.createParents = createParents;
    }

    /** {@return a DN that entries are renamed and moved to, whenever the record says so} */
    public static DnRule format(String format) {
        return new DnRule(format, Apply.ALWAYS, false);
    }

    /** {@return this DN for new entries only; an entry that is there stays where it is} */
    public DnRule onCreate() {
        return new DnRule(format, Apply.ON_CREATE, createParents);
    }

    /** {@return this DN, whose missing parents are made} */
    public DnRule createParents() {
        return new DnRule(format, apply, true);
    }

    /** {@return the format, as it was given} */
    public String format() {
        return format;
    }

    /** {@return whether entries that are there are renamed and moved} */
    public Apply apply() {
        return apply;
    }

    /** {@return whether missing parents are made} */
    public boolean createsParents() {
        return createParents;
    }
}
