package dev.rollcall.connectortestkit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One exchange as it stands in a file. Immutable and thread-safe.
 *
 * @param method of the request
 * @param target path and query of the request
 * @param request its body
 * @param status of the answer
 * @param headers of the answer, those that mean something to a connector
 * @param answer its body
 */
record Recording(String method, String target, String request, int status, Map<String, String> headers, String answer) {
    /** Stands in a recording for the origin of the application. */
    static final String ORIGIN = "{{origin}}";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static List<Recording> read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), new TypeReference<List<Recording>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("the recording " + file + " cannot be read", e);
        }
    }

    static void write(Path file, List<Recording> recordings) {
        try {
            Files.writeString(file, JSON.writeValueAsString(recordings) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the recording " + file + " cannot be written", e);
        }
    }
}
