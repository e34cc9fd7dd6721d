package dev.rollcall.mapping.internal.values;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes values as a directory holds them: bytes, none empty, no two alike. Stateless, and thus thread-safe. */
public final class LdapValues {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private LdapValues() {}

    /** {@return every single value within a value, lists taken apart, white space and nothing left out} */
    public static List<Value> singles(Value value) {
        if (value instanceof Value.Items items) {
            List<Value> singles = new ArrayList<>(items.items().size());
            items.items().forEach(item -> singles.addAll(singles(item)));
            return singles;
        }
        return value.isEmpty() ? List.of() : List.of(value);
    }

    public static boolean isSensitive(List<Value> singles) {
        for (Value single : singles) {
            if (single instanceof Value.Sensitive) {
                return true;
            }
        }
        return false;
    }

    /** {@return a value whose texts are sensitive, so that what is made of it is so too} */
    public static Value hidden(Value value) {
        if (value instanceof Value.Text text) {
            return Value.of(Secret.of(text.value()));
        } else if (value instanceof Value.Items items) {
            return Value.of(items.items().stream().map(LdapValues::hidden).toList());
        }
        return value;
    }

    /** {@return the text that a directory holds for a single value} */
    public static String text(Value value, Failure failure) {
        if (value instanceof Value.Text text) {
            return text.value();
        } else if (value instanceof Value.Bool bool) {
            // RFC 4517: a Boolean is TRUE or FALSE, in capitals.
            return bool.value() ? "TRUE" : "FALSE";
        } else if (value instanceof Value.Sensitive sensitive) {
            return sensitive.secret().reveal();
        } else if (value instanceof Value.Num number) {
            return number.literal();
        } else if (value instanceof Value.Bytes) {
            throw failure.of("bytes", "expected a text, found bytes", "make it a text with base64, or map it binary");
        }
        throw failure.of(
                "not-a-value",
                "expected a value, found an object",
                "name one of its fields, such as record.manager.id");
    }

    /**
     * {@return bytes, or those that a text has in Base64} White space may stand in it, as in mails, and nothing else:
     * of an address where a picture is expected, a decoder that passes over the rest makes bytes too.
     */
    public static byte[] bytes(Value value, Failure failure) {
        if (value instanceof Value.Bytes bytes) {
            return bytes.content();
        }
        String text = WHITE_SPACE.matcher(text(value, failure)).replaceAll("");
        try {
            // A word of three letters is not Base64 of two bytes for want of padding.
            if (text.length() % 4 == 0) {
                return Base64.getDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            // It is reported below.
        }
        throw failure.of(
                "bad-base64",
                "expected bytes in Base64, found another text",
                "map only what is Base64, with an alternative and its when");
    }

    /** {@return a text with what cannot be written in UTF-8 refused} */
    public static String writable(String text, Failure failure) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw failure.of("forbidden-character", "the value has a NUL character", "take it out with a function");
            } else if (c >= Character.MIN_SURROGATE && Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw failure.of("forbidden-character", "the value has half of a character (a lone surrogate)", "");
                }
                i++;
            }
        }
        return text;
    }

    /** {@return the first {@code length} code points} */
    public static String cut(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(length, 0)));
    }

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** {@return the texts without those that a directory would take for one already there} */
    public static List<String> distinct(List<String> texts, boolean caseExact) {
        if (texts.size() < 2) {
            return texts;
        }
        Set<String> seen = new HashSet<>();
        List<String> distinct = new ArrayList<>();
        for (String text : texts) {
            if (seen.add(caseExact ? text : text.toLowerCase(Locale.ROOT))) {
                distinct.add(text);
            }
        }
        return distinct;
    }

    /** The bytes of a text, in UTF-8; made when they are asked for. */
    public static ASN1OctetString octets(String text) {
        return new ASN1OctetString(text);
    }
}
