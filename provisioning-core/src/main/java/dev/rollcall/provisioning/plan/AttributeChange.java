package dev.rollcall.provisioning.plan;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.util.Base64;
import com.unboundid.util.StaticUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * One attribute of one entry, before and after. Immutable and thread-safe.
 *
 * <p>A value that is in both lists stays as it is, byte for byte; writing means to delete {@link #removed()} and add
 * {@link #added()}.
 */
public final class AttributeChange {
    private static final String REDACTED = "[redacted]";
    private static final Set<String> PASSWORDS = Set.of(
            "userpassword", "unicodepwd", "authpassword", "sambantpassword", "sambalmpassword", "krbprincipalkey");

    private final String name;
    private final List<ASN1OctetString> before;
    private final List<ASN1OctetString> after;
    private final String because;
    private final List<EntryReference> references;
    private final boolean sensitive;

    private AttributeChange(
            String name,
            List<ASN1OctetString> before,
            List<ASN1OctetString> after,
            String because,
            List<EntryReference> references,
            boolean sensitive) {
        this.name = Objects.requireNonNull(name, "name");
        this.before = List.copyOf(before);
        this.after = List.copyOf(after);
        this.because = Objects.requireNonNull(because, "because");
        this.references = List.copyOf(references);
        this.sensitive = sensitive || holdsPassword(name);
    }

    /**
     * {@return a change of values}
     *
     * @param because what it comes from, in a few words
     */
    public static AttributeChange of(
            String name, List<ASN1OctetString> before, List<ASN1OctetString> after, String because) {
        return new AttributeChange(name, before, after, because, List.of(), false);
    }

    /**
     * {@return references to entries; the values after are the DNs that are known}
     *
     * @param references at least one
     */
    public static AttributeChange references(
            String name, List<ASN1OctetString> before, List<EntryReference> references, String because) {
        List<ASN1OctetString> after = references.stream()
                .filter(reference -> !reference.dn().isEmpty())
                .map(reference -> new ASN1OctetString(reference.dn()))
                .distinct()
                .toList();
        return new AttributeChange(name, before, after, because, references, false);
    }

    /** {@return this change with other values, and no longer a reference} */
    public AttributeChange values(List<ASN1OctetString> newBefore, List<ASN1OctetString> newAfter) {
        return new AttributeChange(name, newBefore, newAfter, because, List.of(), sensitive);
    }

    /** {@return this change, its values shown to nobody or shown; those of a password never are} */
    public AttributeChange sensitive(boolean newSensitive) {
        return new AttributeChange(name, before, after, because, references, newSensitive);
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

    /** {@return the entries whose DNs the values are; empty if this is no reference} */
    public List<EntryReference> references() {
        return references;
    }

    /** {@return whether an entry referred to is made by the same plan} */
    public boolean referenceIsNew() {
        return references.stream().anyMatch(EntryReference::isNew);
    }

    /** {@return whether no report, log or LDIF may show its values: it holds a password, or its format says so} */
    public boolean isSensitive() {
        return sensitive;
    }

    /** {@return {@link #before()} as text, for people; {@code [redacted]} for each value that nobody may see} */
    public List<String> beforeText() {
        return text(before);
    }

    /** {@return {@link #after()} as text, for people; {@code [redacted]} for each value that nobody may see} */
    public List<String> afterText() {
        return text(after);
    }

    /** Text as it is; bytes that are none in Base64, as LDIF does it. */
    private List<String> text(List<ASN1OctetString> values) {
        return values.stream()
                .map(value -> {
                    byte[] bytes = value.getValue();
                    String shown = StaticUtils.isValidUTF8(bytes) ? value.stringValue() : ":: " + Base64.encode(bytes);
                    return sensitive ? REDACTED : shown;
                })
                .toList();
    }

    private static boolean holdsPassword(String name) {
        int options = name.indexOf(';');
        return PASSWORDS.contains((options < 0 ? name : name.substring(0, options)).toLowerCase(Locale.ROOT));
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
        return !before.isEmpty() && after.isEmpty() && references.isEmpty();
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
                && references.equals(that.references)
                && sensitive == that.sensitive;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, before, after, because, references);
    }

    /** {@return the name and how many values; values are people's data} */
    @Override
    public String toString() {
        return name + " " + before.size() + " -> " + after.size() + " values";
    }
}
