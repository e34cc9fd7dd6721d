package dev.rollcall.rest.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * How a text may come back from elsewhere: as it is, or with some of its characters escaped as URLs, forms, JSON, HTML
 * and XML do, each in their own way; an ampersand may be {@code %26}, an escape of JSON or an entity. Letters and digits of ASCII
 * are escaped by nobody.
 */
final class Spellings {
    private static final HexFormat HEX = HexFormat.of();

    private static final String BLANK =
            "(?:\\s|\\+|%(?:25)*(?:20|2[bB]|0[9aAdD])|\\\\+[nrt]|&nbsp;|&#(?:0*(?:9|10|13|32)|[xX]0*(?:9|[aAdD]|20));)+";

    private static final Map<String, String> ENTITIES =
            Map.of("&", "amp", "<", "lt", ">", "gt", "\"", "quot", "'", "apos");

    private Spellings() {}

    /** {@return a pattern that finds a text in every spelling} */
    static Pattern of(String text) {
        StringBuilder pattern = new StringBuilder();
        text.replaceAll("\\s+", " ").codePoints().forEach(each -> {
            if (each == ' ') {
                pattern.append(BLANK);
            } else if (each < 128 && Character.isLetterOrDigit(each)) {
                pattern.append((char) each);
            } else {
                pattern.append(character(Character.toString(each)));
            }
        });
        return Pattern.compile(pattern.toString());
    }

    private static String character(String text) {
        StringJoiner spellings = new StringJoiner("|", "(?:", ")");
        // JSON writes a backslash before some, and text that holds JSON another one; Base64 has two characters of URLs.
        switch (text) {
            case "\\" -> spellings.add("\\\\+");
            case "'" -> spellings.add("\\\\*'{1,2}");
            case "+" -> spellings.add("\\\\*[+ -]"); // a blank, where it stood as it is in a query
            case "/" -> spellings.add("\\\\*[/_]");
            default -> spellings.add("\\\\*" + Pattern.quote(text));
        }
        StringBuilder percent = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            percent.append("%(?:25)*(?i:").append(HEX.toHexDigits(each)).append(')');
        }
        spellings.add(percent);
        StringBuilder json = new StringBuilder();
        text.chars()
                .forEach(each -> json.append("\\\\+u(?i:")
                        .append(HEX.toHexDigits((char) each))
                        .append(')'));
        spellings.add(json);
        int point = text.codePointAt(0);
        spellings.add("&(?:amp;)*#(?:0*" + point + "|[xX]0*(?i:" + Integer.toHexString(point) + "));");
        if (ENTITIES.containsKey(text)) {
            spellings.add("&(?:amp;)*" + ENTITIES.get(text) + ";");
        }
        return spellings.toString();
    }
}
