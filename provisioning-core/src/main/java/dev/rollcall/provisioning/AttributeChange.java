package dev.rollcall.provisioning;

import com.unboundid.asn1.ASN1OctetString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of one entry, before and after. Immutable and thread-safe.
 *
 * <p>A value that is in both lists stays as it is, byte for byte; writing means to delete {@link #removed()} and add
 * {@link #added()}.
 */
public final class AttributeChange {
    private final String name;
    private final List<ASN1OctetString> before;
    private final List<ASN1OctetString> after;
    private final String because;
    private final @Nullable String reference;
    private final boolean referenceIsNew;

    private AttributeChange(
            String name,
            List<ASN1OctetString> before,
            List<ASN1OctetString> after,
            String because,
            @Nullable String reference,
            boolean referenceIsNew) {
        this.name = Objects.requireNonNull(name, "name");
        this.before = List.copyOf(before);
        this.after = List.copyOf(after);
        this.because = Objects.requireNonNull(because, "because");
        this.reference = reference;
        this.referenceIsNew = referenceIsNew;
    }

    static AttributeChange of(String name, List<ASN1OctetString> before, List<ASN1OctetString> after, String because) {
        return new AttributeChange(name, before, after, because, null, false);
    }

    /**
     * A reference to the entry with a key.
     *
     * @param after the DN that it will have once the plan is carried out; empty while that is not known
     * @param isNew whether this plan makes that entry, so that the reference must wait for it
     */
    static AttributeChange reference(
            String name,
            List<ASN1OctetString> before,
            List<ASN1OctetString> after,
            String because,
            String key,
            boolean isNew) {
        return new AttributeChange(name, before, after, because, key, isNew);
    }

    /** {@return the attribute, as the mapping writes it} */
    public String name() {
        return name;
    }

    /** {@return the values that the entry had when the plan was made; empty if none} */
    public List<ASN1OctetString> before() {
        return before;
    }

    /** {@return the values that it shall have; empty if none} */
    public List<ASN1OctetString> after() {
        return after;
    }

    /** {@return what the change comes from, in a few words: {@code record.last_name}} */
    public String because() {
        return because;
    }

    /** {@return the key of the entry whose DN the value is, if this is a reference} */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** {@return whether the entry referred to is made by the same plan} */
    public boolean referenceIsNew() {
        return referenceIsNew;
    }

    /** {@return the values to delete} */
    public List<ASN1OctetString> removed() {
        return without(before, after);
    }

    /** {@return the values to add} */
    public List<ASN1OctetString> added() {
        return without(after, before);
    }

    /** {@return whether the entry had values and will have none} */
    public boolean isClearing() {
        return !before.isEmpty() && after.isEmpty() && reference == null;
    }

    private static List<ASN1OctetString> without(List<ASN1OctetString> some, List<ASN1OctetString> others) {
        List<ASN1OctetString> rest = new ArrayList<>(some);
        rest.removeAll(others);
        return rest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeChange that
                && name.equals(that.name)
                && before.equals(that.before)
                && after.equals(that.after)
                && because.equals(that.because)
                && Objects.equals(reference, that.reference)
                && referenceIsNew == that.referenceIsNew;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, before, after, because, reference);
    }

    /** {@return the name and how many values; values are people's data} */
    @Override
    public String toString() {
        return name + " " + before.size() + " -> " + after.size() + " values";
    }
}
