package dev.rollcall.connectortestkit;

import dev.rollcall.connector.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a secret in a text in every form in which programs write one: in clear, URL-encoded (once or more), escaped as in
 * JSON, in Base64 of either alphabet and at any place of what is encoded ({@code user:secret} of Basic too), and in
 * hexadecimal digits. Immutable and thread-safe.
 */
final class SecretSearch {
    private static final Pattern ESCAPED =
            Pattern.compile("(?<url>(?:%[0-9a-fA-F]{2})+)|\\\\u(?<json>[0-9a-fA-F]{4})|\\\\(?<slash>[/\"\\\\])");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Text that was encoded twice, such as a URL in the parameter of another one, is read back this many times. */
    private static final int DEPTH = 3;

    private static final int MARGIN = 60;

    private final String secret;
    private final List<String> base64;
    private final String hex;

    SecretSearch(Secret secret) {
        this.secret = secret.reveal();
        byte[] bytes = this.secret.getBytes(StandardCharsets.UTF_8);
        // OAuth has the secret encoded as in a form before it is put into Base64 (RFC 6749, 2.3.1).
        String form = URLEncoder.encode(this.secret, StandardCharsets.UTF_8);
        this.base64 = Stream.of(bytes, form.getBytes(StandardCharsets.UTF_8))
                .flatMap(each -> base64(each).stream())
                .distinct()
                .toList();
        this.hex = HexFormat.of().formatHex(bytes);
    }

    /** Base64 of the secret as it stands behind 0, 1 and 2 other bytes, without the characters that others share. */
    private static List<String> base64(byte[] secret) {
        Set<String> forms = new LinkedHashSet<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            int shared = before == 0 ? 0 : before + 1;
            int behind = shifted.length % 3 == 0 ? 0 : 1;
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.withoutPadding().encodeToString(shifted);
                forms.add(text.substring(shared, text.length() - behind));
            }
        }
        return List.copyOf(forms);
    }

    /** {@return how the secret stands in a text, and what stands around it; empty if it does not} */
    Optional<String> find(String text) {
        String decoded = text;
        for (int depth = 0; depth <= DEPTH; depth++) {
            if (decoded.contains(secret)) {
                return Optional.of((depth == 0 ? "in clear" : "URL-encoded or escaped") + around(decoded, secret));
            }
            for (String base : List.of(decoded, SPACE.matcher(decoded).replaceAll(""))) { // MIME breaks it into lines
                for (String form : base64) {
                    if (base.contains(form)) {
                        return Optional.of("in Base64" + around(base, form));
                    }
                }
            }
            String digits = decoded.toLowerCase(Locale.ROOT);
            if (digits.contains(hex)) {
                return Optional.of("in hexadecimal digits" + around(digits, hex));
            }
            if (secret.contains(" ") && decoded.replace('+', ' ').contains(secret.replace('+', ' '))) {
                return Optional.of("as in a form, where + is a space");
            }
            String next = unescape(decoded);
            if (next.equals(decoded)) {
                break;
            }
            decoded = next;
        }
        return Optional.empty();
    }

    private static String around(String text, String found) {
        int at = text.indexOf(found);
        String before = text.substring(Math.max(0, at - MARGIN), at);
        int end = at + found.length();
        String after = text.substring(end, Math.min(text.length(), end + MARGIN));
        return ": " + (before + "[the secret]" + after).strip();
    }

    private static String unescape(String escaped) {
        Matcher matcher = ESCAPED.matcher(escaped);
        StringBuilder unescaped = new StringBuilder();
        while (matcher.find()) {
            String url = matcher.group("url");
            String json = matcher.group("json");
            String text;
            if (url != null) {
                text = new String(HexFormat.of().parseHex(url.replace("%", "")), StandardCharsets.UTF_8);
            } else if (json != null) {
                text = Character.toString(Integer.parseInt(json, 16));
            } else {
                text = matcher.group("slash");
            }
            matcher.appendReplacement(unescaped, Matcher.quoteReplacement(text));
        }
        return matcher.appendTail(unescaped).toString();
    }
}
