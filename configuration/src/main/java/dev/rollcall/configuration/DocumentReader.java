package dev.rollcall.configuration;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads the bytes of a file as UTF-8, and these as YAML or, if it is named so or looks like it, as JSON. */
final class DocumentReader {
    private DocumentReader() {}

    /**
     * Reads a file; what is wrong with its YAML or JSON is in {@link Document#problems()}.
     *
     * @throws ConfigurationException if there is no text to read at all
     */
    static Document read(Path file) {
        String name = String.valueOf(file.getFileName());
        Document document = new Document(name);
        String text = text(file, name);
        if (isJson(name.toLowerCase(Locale.ROOT), text)) {
            JsonReader.read(text, document);
        } else {
            YamlReader.read(text, document);
        }
        return document;
    }

    private static String text(Path file, String name) {
        byte[] bytes;
        try (InputStream in = RegularFile.open(file)) {
            bytes = in.readNBytes(Document.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw unreadable(name, "no-such-file", "there is no file '" + file + "'", "check the name");
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            throw unreadable(name, "unreadable-file", "'" + file + "' cannot be read: " + why, "");
        }
        if (bytes.length > Document.MAX_BYTES) {
            throw unreadable(name, "too-large", "the file is larger than 4 MiB", "");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        out.flip();
        if (result.isError()) {
            long line = out.chars().filter(c -> c == '\n').count() + 1;
            throw unreadable(name + ":" + line, "not-utf-8", "the file is not UTF-8", "save it as UTF-8");
        }
        String text = out.toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean isJson(String name, String text) {
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return false;
        }
        return name.endsWith(".json") || text.stripLeading().startsWith("{");
    }

    private static ConfigurationException unreadable(String where, String code, String message, String remedy) {
        return new ConfigurationException(
                List.of(Problem.of(code, "", message, remedy).at(where)));
    }

    /** Reads the text of a small file that a reference names, without a line end at its end. */
    static String secret(Path file) throws IOException {
        try (InputStream in = RegularFile.open(file)) {
            byte[] bytes = in.readNBytes((64 << 10) + 1);
            if (bytes.length > 64 << 10) {
                throw new IOException("it is larger than 64 KiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return start.replaceFirst("\\r?\\n\\z", "");
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }
}
