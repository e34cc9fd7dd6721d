package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Values;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Codes of texts and bytes. Immutable and thread-safe. */
public final class EncodingFunctions {
    public static final List<FormatFunction> ALL =
            List.of(base64(), fromBase64(), hex(), hash(), urlEncode(), urlDecode());

    private static final Map<String, String> ALGORITHMS =
            Map.of("MD5", "MD5", "SHA1", "SHA-1", "SHA256", "SHA-256", "SHA384", "SHA-384", "SHA512", "SHA-512");

    private EncodingFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Codes");
    }

    private static byte[] bytes(Arguments arguments, int charset) {
        Value value = Values.single(arguments.value(0));
        return value instanceof Value.Bytes bytes
                ? bytes.content()
                : arguments.text(0).getBytes(charset(arguments.text(charset, "UTF-8")));
    }

    private static Charset charset(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "UTF-8" -> StandardCharsets.UTF_8;
            case "UTF-16LE" -> StandardCharsets.UTF_16LE;
            case "ISO-8859-1" -> StandardCharsets.ISO_8859_1;
            default -> throw FormatException.of("bad-argument", "a charset is UTF-8, UTF-16LE or ISO-8859-1");
        };
    }

    private static FormatFunction base64() {
        return named("base64")
                .documentation("A text or bytes in Base64; a text as UTF-8, or in the charset named.")
                .alsoKnownAs("Entra ConvertToBase64, which is UTF-16LE")
                .parameter(Parameter.of("value", ANY))
                .parameter(Parameter.of("charset", TEXT).optional())
                .example("base64('Hello world!', 'UTF-16LE')", "'SABlAGwAbABvACAAdwBvAHIAbABkACEA'")
                .example("base64('Ada')", "'QWRh'")
                .as(arguments -> Value.of(Base64.getEncoder().encodeToString(bytes(arguments, 1))));
    }

    private static FormatFunction fromBase64() {
        return named("fromBase64")
                .documentation("The bytes of a Base64 text, for attributes such as thumbnailPhoto.")
                .parameter(Parameter.of("text", TEXT))
                .example("hex(fromBase64('QWRh'))", "'416461'")
                .example("fromBase64('?')", "error: bad-argument")
                .as(arguments -> {
                    try {
                        return new Value.Bytes(Base64.getMimeDecoder().decode(strict(arguments.text(0))));
                    } catch (IllegalArgumentException e) {
                        throw FormatException.of("bad-argument", "the text is not Base64");
                    }
                });
    }

    /** The MIME decoder passes over what it does not know; only line breaks may be passed over. */
    private static String strict(String text) {
        if (!text.strip().matches("[A-Za-z0-9+/\\s]*={0,2}")) {
            throw FormatException.of("bad-argument", "the text is not Base64");
        }
        return text;
    }

    private static FormatFunction hex() {
        return named("hex")
                .documentation("A text (as UTF-8) or bytes in hexadecimal digits.")
                .parameter(Parameter.of("value", ANY))
                .example("hex('Ada')", "'416461'")
                .as(arguments -> Value.of(HexFormat.of().formatHex(bytes(arguments, 9))));
    }

    private static FormatFunction hash() {
        return named("hash")
                .documentation(
                        "The hash of a text (as UTF-8) or bytes in hexadecimal digits, by MD5, SHA-1, SHA-256, SHA-384"
                                + " or SHA-512. Not for passwords.")
                .parameter(Parameter.of("value", ANY))
                .parameter(Parameter.of("algorithm", TEXT))
                .example("left(hash('Ada', 'SHA-256'), 8)", "left(hash('Ada', 'sha256'), 8)")
                .example("hash('', 'MD5')", "'d41d8cd98f00b204e9800998ecf8427e'")
                .as(arguments -> {
                    String name = arguments.text(1).toUpperCase(Locale.ROOT).replace("-", "");
                    String algorithm = ALGORITHMS.get(name);
                    if (algorithm == null) {
                        throw FormatException.of(
                                "bad-argument", "unknown hash", "one of MD5, SHA-1, SHA-256, SHA-384, SHA-512");
                    }
                    try {
                        return Value.of(HexFormat.of()
                                .formatHex(MessageDigest.getInstance(algorithm).digest(bytes(arguments, 9))));
                    } catch (NoSuchAlgorithmException e) {
                        throw FormatException.of("bad-argument", "this Java has no " + algorithm);
                    }
                });
    }

    private static FormatFunction urlEncode() {
        return named("urlEncode")
                .documentation("A text percent-encoded. URLs of the configuration encode their macros anyway.")
                .alsoKnownAs("ADManager encode URI component")
                .parameter(Parameter.of("text", TEXT))
                .example("urlEncode('a b&c')", "'a%20b%26c'")
                .as(arguments -> Value.of(URLEncoder.encode(arguments.text(0), StandardCharsets.UTF_8)
                        .replace("+", "%20")));
    }

    private static FormatFunction urlDecode() {
        return named("urlDecode")
                .documentation("A percent-encoded text as it was.")
                .alsoKnownAs("ADManager decode URI component")
                .parameter(Parameter.of("text", TEXT))
                .example("urlDecode('a%20b+c')", "'a b+c'")
                .example("urlDecode('%zz')", "error: bad-argument")
                .as(arguments -> {
                    try {
                        return Value.of(
                                URLDecoder.decode(arguments.text(0).replace("+", "%2B"), StandardCharsets.UTF_8));
                    } catch (IllegalArgumentException e) {
                        throw FormatException.of("bad-argument", "the text is not percent-encoded");
                    }
                });
    }
}
