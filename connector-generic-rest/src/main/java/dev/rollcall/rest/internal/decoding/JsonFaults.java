package dev.rollcall.rest.internal.decoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** Says what is wrong with a text that is no JSON, without the names of settings of the parser. Thread-safe. */
final class JsonFaults {
    private static final Pattern CHARACTER =
            Pattern.compile("Unexpected character \\('(.{1,2})' \\(code \\d+(?: / 0x[0-9a-fA-F]+)?\\)\\)");
    /** {@code NaN} and the infinities, with or without a sign. */
    private static final Pattern TOKEN = Pattern.compile("^Non-standard token '([^']{1,40})'.*");

    private static final Pattern SETTING = Pattern.compile(":? *(enable|Feature) [`'].*");
    private static final Pattern BRACKET = Pattern.compile(" \\(.*");

    private JsonFaults() {}

    static String reason(JsonProcessingException fault) {
        String message = fault.getOriginalMessage().replaceAll("\\s+", " ");
        String named = TOKEN.matcher(message).replaceFirst("$1 is not a value of JSON");
        String plain = CHARACTER.matcher(named).replaceAll("Unexpected character '$1'");
        return BRACKET.matcher(SETTING.matcher(plain).replaceAll("")).replaceAll("");
    }

    /** {@return what to do; empty if nothing is known} */
    static String remedy(JsonProcessingException fault) {
        String message = fault.getOriginalMessage();
        if (message.startsWith("Invalid UTF-8")) {
            return "JSON is UTF-8, whatever the header says; if the application sends another charset, name it in"
                    + " response.charset, such as windows-1252";
        }
        return TOKEN.matcher(message.replaceAll("\\s+", " ")).matches()
                ? "the application must send null, or leave the column out: ask its vendor"
                : "";
    }
}
