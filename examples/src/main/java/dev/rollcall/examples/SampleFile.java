package dev.rollcall.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.source.UserSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sample records in a file: a JSON array of objects, or CSV if it is called so. Stateless, and thus thread-safe. */
final class SampleFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SampleFile() {}

    /** The records; a file that holds none is a problem. */
    static Optional<List<UserRecord>> read(String name, CommandInput given) {
        try {
            Path file = Path.of(name);
            List<UserRecord> records = name.endsWith(".csv") ? csv(file) : json(file);
            if (!records.isEmpty()) {
                return Optional.of(records);
            }
            given.add(problem(name, "has no records"));
        } catch (JsonProcessingException e) {
            given.add(problem(name, "is no JSON array of objects"));
        } catch (IOException | InvalidPathException | ConnectorException e) {
            given.add(problem(name, "cannot be read"));
        }
        return Optional.empty();
    }

    private static Problem problem(String name, String what) {
        return Problem.of(
                "bad-samples", "--samples", "'" + name + "' " + what, "name a file with records, in JSON or CSV");
    }

    private static List<UserRecord> csv(Path file) {
        try (PageIterator<UserRecord> pages = UserSource.csv(file).fetchUsers(UserQuery.all())) {
            return pages.hasNext() ? pages.next().items() : List.of();
        }
    }

    private static List<UserRecord> json(Path file) throws IOException {
        try (InputStream in = RegularFile.open(file)) {
            List<Map<String, Object>> records = JSON.readValue(in, new TypeReference<>() {});
            return records.stream().map(UserRecord::of).toList();
        }
    }
}
