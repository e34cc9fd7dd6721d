package dev.rollcall.rest.internal.decoding;

import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Failures;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the charset of a body. Thread-safe. */
final class BodyCharset {
    /** How many bytes of XML are looked at for its declaration. */
    static final int DECLARATION = 512;

    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']\\s*([A-Za-z0-9._:-]+)\\s*[\"']");
    /** The first characters of a declaration in the charsets of mainframes. */
    private static final byte[] EBCDIC = {0x4c, 0x6f, (byte) 0xa7, (byte) 0x94};

    private static final String EBCDIC_NAME = "IBM037";

    private BodyCharset() {}

    /** {@return the charset of this name, UTF-8 for an empty one and for ASCII, which is contained in it} */
    static Charset named(String name, Call call, Failures failures) throws AttemptFailed {
        try {
            return name.isEmpty() || name.equals("us-ascii") ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw failures.malformed(
                    call,
                    "charset",
                    "the charset '" + name + "' is not known",
                    "name the one that the application uses in response.charset, such as windows-1252");
        }
    }

    /**
     * {@return the charset of XML without a byte order mark: as configured, as the header says, as the document declares, else
     * UTF-8} Where header and declaration differ and one says UTF-8, it is UTF-8, which cannot be taken for it by mistake.
     */
    static Charset ofXml(PushbackInputStream body, String configured, String header, Call call, Failures failures)
            throws AttemptFailed, IOException {
        byte[] start = body.readNBytes(DECLARATION);
        body.unread(start);
        if (!configured.isEmpty()) {
            return named(configured, call, failures);
        }
        if (start.length > 3 && start[0] == 0 && start[1] == '<') {
            return StandardCharsets.UTF_16BE;
        } else if (start.length > 3 && start[0] == '<' && start[1] == 0) {
            return StandardCharsets.UTF_16LE;
        }
        String declared = declared(start);
        if (header.isEmpty() || header.equals("us-ascii")) {
            return named(declared, call, failures);
        }
        return named(declared.equals("utf-8") ? declared : header, call, failures);
    }

    private static String declared(byte[] start) {
        boolean ebcdic = start.length >= EBCDIC.length && Charset.isSupported(EBCDIC_NAME);
        for (int i = 0; ebcdic && i < EBCDIC.length; i++) {
            ebcdic = start[i] == EBCDIC[i];
        }
        Charset readable = ebcdic ? Charset.forName(EBCDIC_NAME) : StandardCharsets.ISO_8859_1;
        Matcher encoding = ENCODING.matcher(new String(start, readable));
        String name = encoding.find() ? encoding.group(1).toLowerCase(Locale.ROOT) : "";
        // A declaration that can be read byte by byte is in no charset of two bytes: it was written before the
        // encoding.
        return name.startsWith("utf-16") || name.startsWith("ucs-2") || name.startsWith("iso-10646-ucs-2") ? "" : name;
    }
}
