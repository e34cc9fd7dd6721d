package dev.rollcall.provisioning.internal.journal;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.internal.spool.Digests;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Salted fingerprints, which stand in the journal for values that nobody may see. Each has a salt of its own, so that two
 * people with the same value have different fingerprints. Immutable and thread-safe.
 */
public final class ValueFingerprints {
    private static final int SALT = 16;
    private static final int LENGTH = 16;
    private static final String PREFIX = "fingerprint:";

    private ValueFingerprints() {}

    /** Returns a fingerprint for each value. */
    static List<ASN1OctetString> of(Collection<ASN1OctetString> values, RandomGenerator random) {
        return values.stream()
                .map(value -> {
                    byte[] salt = new byte[SALT];
                    random.nextBytes(salt);
                    return new ASN1OctetString(fingerprint(HexFormat.of().formatHex(salt), value));
                })
                .toList();
    }

    /** Whether these are the fingerprints of exactly these values, in any order. */
    public static boolean match(List<ASN1OctetString> fingerprints, Collection<ASN1OctetString> values) {
        return fingerprints.size() == values.size()
                && fingerprints.stream()
                        .allMatch(fingerprint -> values.stream().anyMatch(value -> matches(fingerprint, value)));
    }

    private static boolean matches(ASN1OctetString fingerprint, ASN1OctetString value) {
        String text = fingerprint.stringValue();
        int end = PREFIX.length() + 2 * SALT;
        return text.startsWith(PREFIX)
                && text.length() > end
                && text.equals(fingerprint(text.substring(PREFIX.length(), end), value));
    }

    private static String fingerprint(String salt, ASN1OctetString value) {
        MessageDigest digest = Digests.sha256();
        digest.update(HexFormat.of().parseHex(salt));
        digest.update(value.getValue());
        return PREFIX + salt + HexFormat.of().formatHex(digest.digest(), 0, LENGTH);
    }
}
