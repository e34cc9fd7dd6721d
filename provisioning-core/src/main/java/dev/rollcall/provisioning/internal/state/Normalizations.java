package dev.rollcall.provisioning.internal.state;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.internal.spool.Digests;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.state.StateStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Leaves out what would be written in vain: values that a server keeps in its own way, and did when they were written
 * before. Immutable and thread-safe.
 */
public final class Normalizations {
    private static final int SALT = 8;

    private final List<StateStore.Normalization> remembered;

    /** From entry and attribute to the place in the list. */
    private final HashIndex known = new HashIndex();

    private Normalizations(List<StateStore.Normalization> remembered) {
        this.remembered = remembered;
        int number = 0;
        for (StateStore.Normalization each : remembered) {
            known.put(place(each.id(), each.attribute()), number++);
        }
    }

    public static Normalizations of(StateStore state, String target) {
        return new Normalizations(state.normalizations(target));
    }

    /** Knows of none. */
    public static Normalizations none() {
        return new Normalizations(List.of());
    }

    private static String place(String id, String attribute) {
        return id + '\n' + attribute.toLowerCase(Locale.ROOT);
    }

    /** What of these changes of one entry is not known to be in vain. */
    public List<AttributeChange> unknown(String id, List<AttributeChange> changes) {
        return known.size() == 0
                ? changes
                : changes.stream().filter(change -> !isInVain(id, change)).toList();
    }

    private boolean isInVain(String id, AttributeChange change) {
        boolean[] inVain = new boolean[1];
        known.each(place(id, change.name()), number -> {
            StateStore.Normalization one = remembered.get(number);
            if (one.id().equals(id) && one.attribute().equalsIgnoreCase(change.name())) {
                // Of several, the last one counts.
                inVain[0] = matches(one.wanted(), change.after()) && matches(one.stored(), change.before());
            }
        });
        return inVain[0];
    }

    /** What was learnt by writing {@code wanted} and finding {@code stored}. */
    public static StateStore.Normalization learnt(
            String id, String attribute, List<ASN1OctetString> wanted, List<ASN1OctetString> stored) {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        return new StateStore.Normalization(id, attribute, fingerprint(salt, wanted), fingerprint(salt, stored));
    }

    private static boolean matches(String fingerprint, List<ASN1OctetString> values) {
        try {
            byte[] salt = HexFormat.of().parseHex(fingerprint, 0, 2 * SALT);
            return fingerprint.equals(fingerprint(salt, values));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOne) {
            return false; // It is written once more, and another one takes its place.
        }
    }

    /** Salted, so that nobody finds out a value by comparing it with those of others. */
    private static String fingerprint(byte[] salt, Collection<ASN1OctetString> values) {
        List<byte[]> sorted = new ArrayList<>();
        values.forEach(value -> sorted.add(value.getValue()));
        sorted.sort(Arrays::compare);
        MessageDigest digest = Digests.sha256();
        digest.update(salt);
        for (byte[] value : sorted) {
            digest.update((value.length + ":").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            digest.update(value);
        }
        return HexFormat.of().formatHex(salt) + HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
