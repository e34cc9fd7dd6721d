package dev.rollcall.configuration;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.source.UserSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code tables}: what {@code lookup} finds, in rows of the file or of a CSV file. Thread-safe. */
final class TableReader {
    private TableReader() {}

    /** {@return the rows of each table, by its name} */
    static Map<String, Map<String, Value>> read(Block root, Path folder) {
        Map<String, Map<String, Value>> tables = new LinkedHashMap<>();
        root.named("tables").forEach((name, block) -> {
            tables.put(name, table(block, folder));
            block.done();
        });
        return tables;
    }

    private static Map<String, Value> table(Block block, Path folder) {
        Map<String, Value> rows = new LinkedHashMap<>();
        if (block.has("rows") == block.has("file")) {
            block.findings().add("wrong-value", block.path(), "takes either rows or a file", "give it one of the two");
        }
        block.block("rows").ifPresent(given -> rows.putAll(given.fields().asMap()));
        if (block.has("file")) {
            String key = block.requiredText("key");
            String value = block.requiredText("value");
            block.text("file").ifPresent(file -> {
                try {
                    block.findings().file(folder.resolve(file));
                    rows(block, folder.resolve(file), key, value, rows);
                } catch (ConnectorException e) {
                    block.findings()
                            .add("table", block.path("file"), e.problem().toString(), "a CSV file with a row of names");
                }
            });
        }
        return rows;
    }

    private static void rows(Block block, Path file, String key, String value, Map<String, Value> rows) {
        try (PageIterator<UserRecord> pages = UserSource.csv(file).fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                Page<UserRecord> page = pages.next();
                for (UserRecord row : page.items()) {
                    Map<String, Value> columns = row.fields().asMap();
                    if (!columns.containsKey(key) || !columns.containsKey(value)) {
                        String missing = columns.containsKey(key) ? "value" : "key";
                        block.findings()
                                .add(
                                        "unknown-column",
                                        block.path(missing),
                                        "there is no such column in the file",
                                        "known here: " + String.join(", ", columns.keySet()));
                        return;
                    }
                    String name = columns.get(key).text().orElse("");
                    if (rows.put(name, columns.get(value)) != null) {
                        block.findings()
                                .add(
                                        "duplicate-key",
                                        block.path("file"),
                                        row.origin() + ": '" + name + "' is in the table already",
                                        "leave one of the rows");
                    }
                }
            }
        }
    }
}
