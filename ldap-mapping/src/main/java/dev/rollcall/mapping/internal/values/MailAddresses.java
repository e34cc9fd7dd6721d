package dev.rollcall.mapping.internal.values;

import dev.rollcall.mapping.internal.text.SmtpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The values of {@code proxyAddresses}: each with a type, one of type SMTP the primary. Stateless, and thus thread-safe. */
public final class MailAddresses {
    private MailAddresses() {}

    /** {@return the addresses with types; the first mail address is the primary if none is marked as such} */
    public static List<String> of(List<String> texts, Failure failure) {
        Map<String, String> addresses = new LinkedHashMap<>();
        String primary = "";
        for (String text : texts) {
            int colon = text.indexOf(':');
            String typed = colon < 0 ? "smtp:" + text : text;
            String address = typed.substring(typed.indexOf(':') + 1);
            check(typed, address, failure);
            String id = typed.toLowerCase(Locale.ROOT);
            if (SmtpPrefix.isPrimary(typed)) {
                if (!primary.isEmpty() && !primary.equals(id)) {
                    throw failure.of(
                            "several-primaries",
                            "one address may be the primary (SMTP:), found '" + addresses.get(primary) + "' and '"
                                    + typed + "'",
                            "write the others with smtp:");
                }
                primary = id;
                addresses.put(id, typed);
            } else {
                addresses.putIfAbsent(id, typed);
            }
        }
        List<String> result = new ArrayList<>(addresses.values());
        for (int i = 0; i < result.size() && primary.isEmpty(); i++) {
            if (result.get(i).regionMatches(true, 0, "smtp:", 0, 5)) {
                result.set(i, "SMTP:" + result.get(i).substring(5));
                break;
            }
        }
        return result;
    }

    private static void check(String typed, String address, Failure failure) {
        if (address.isBlank() || address.indexOf(':') >= 0) {
            throw failure.of(
                    "bad-address", "'" + typed + "' is no address of the form type:address", "write smtp:name@domain");
        }
        boolean mail = typed.regionMatches(true, 0, "smtp:", 0, 5);
        if (mail
                && (address.indexOf('@') <= 0
                        || address.endsWith("@")
                        || !address.chars().allMatch(c -> c < 128))) {
            throw failure.of("bad-address", "'" + typed + "' is no mail address", "make one with ascii and sanitize");
        }
    }
}
