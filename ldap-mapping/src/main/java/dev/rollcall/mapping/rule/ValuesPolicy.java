package dev.rollcall.mapping.rule;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.mapping.internal.text.SmtpPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the values that an attribute has besides those that a mapping wants: {@link #replace()} takes them
 * all away, {@link #merge()} takes away only what is ours. Immutable and thread-safe.
 */
public final class ValuesPolicy {
    private static final ValuesPolicy REPLACE = new ValuesPolicy(false, null, false);
    private static final ValuesPolicy MERGE = new ValuesPolicy(true, null, false);
    private static final ValuesPolicy MAIL_ADDRESSES = new ValuesPolicy(true, Pattern.compile("(?i)smtp:.*"), true);

    private final boolean merge;
    private final @Nullable Pattern owns;
    private final boolean onePrimary;

    private ValuesPolicy(boolean merge, @Nullable Pattern owns, boolean onePrimary) {
        this.merge = merge;
        this.owns = owns;
        this.onePrimary = onePrimary;
    }

    /** {@return the wanted values and nothing else} */
    public static ValuesPolicy replace() {
        return REPLACE;
    }

    /** {@return the wanted values beside those that are there; no present value is ours to remove} */
    public static ValuesPolicy merge() {
        return MERGE;
    }

    /**
     * The wanted values beside those that are there and not ours.
     *
     * @param owns a regular expression; a present value that it matches as a whole is ours, and is removed if it is not
     *     wanted any more
     * @throws java.util.regex.PatternSyntaxException if {@code owns} is not one
     */
    public static ValuesPolicy merge(String owns) {
        return new ValuesPolicy(true, Pattern.compile(owns), false);
    }

    /** {@return merge, owning every SMTP address, with at most one primary: for {@code proxyAddresses}} */
    public static ValuesPolicy mailAddresses() {
        return MAIL_ADDRESSES;
    }

    /** {@return this policy for an attribute of which one value at most may begin with {@code SMTP:}} */
    public ValuesPolicy withOnePrimary() {
        return new ValuesPolicy(merge, owns, true);
    }

    /** {@return whether values that are not ours stay} */
    public boolean isMerge() {
        return merge;
    }

    /** {@return the expression that tells a present value as ours, if there is one} */
    public Optional<String> owns() {
        return Optional.ofNullable(owns).map(Pattern::pattern);
    }

    /** {@return whether a value that is present may be removed when it is not wanted} */
    public boolean mayRemove(String value) {
        return !merge || (owns != null && owns.matcher(value).matches());
    }

    /** {@return what the attribute should hold: {@code wanted}, and what is present and not ours, in this order} */
    public List<ASN1OctetString> over(Collection<ASN1OctetString> present, Collection<ASN1OctetString> wanted) {
        List<ASN1OctetString> result = new ArrayList<>(wanted);
        boolean primary = wanted.stream().anyMatch(value -> SmtpPrefix.isPrimary(value.stringValue()));
        for (ASN1OctetString value : present) {
            String text = value.stringValue();
            if (!merge || mayRemove(text) || holds(result, value)) {
                continue;
            }
            // Two primaries make mail go nowhere in particular; ours wins, theirs stays as an alias.
            boolean demote = onePrimary && primary && SmtpPrefix.isPrimary(text);
            result.add(demote ? new ASN1OctetString("smtp:" + text.substring(5)) : value);
        }
        return result;
    }

    private static boolean holds(List<ASN1OctetString> values, ASN1OctetString value) {
        String folded = value.stringValue().toLowerCase(Locale.ROOT);
        return values.stream()
                .anyMatch(other -> other.stringValue().toLowerCase(Locale.ROOT).equals(folded));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValuesPolicy that
                && merge == that.merge
                && onePrimary == that.onePrimary
                && owns().equals(that.owns());
    }

    @Override
    public int hashCode() {
        return Objects.hash(merge, onePrimary, owns());
    }

    @Override
    public String toString() {
        return (merge ? "merge" : "replace") + owns().map(o -> " owning " + o).orElse("");
    }
}
