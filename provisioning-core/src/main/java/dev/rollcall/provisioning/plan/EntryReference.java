package dev.rollcall.provisioning.plan;

import java.util.Objects;

/**
 * One entry whose DN an attribute shall hold. Immutable and thread-safe.
 *
 * @param key the key of that entry; empty for a DN that the attribute has and keeps, whatever entry it names
 * @param dn the DN that the entry will have once the plan is carried out; empty while that is not known
 * @param isNew whether this plan makes that entry, so that the reference must wait for it
 */
public record EntryReference(String key, String dn, boolean isNew) {
    /** A key and a DN are required. */
    public EntryReference {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(dn, "dn");
    }

    /** {@return a DN that stays in the attribute} */
    public static EntryReference kept(String dn) {
        return new EntryReference("", dn, false);
    }

    /** {@return this reference with another DN} */
    public EntryReference at(String newDn) {
        return new EntryReference(key, newDn, isNew);
    }
}
