package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.source.UserSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code tables}: what {@code lookup} finds, in rows of the file or of a CSV file. Thread-safe. */
final class TableReader {
    private static final Setting ROWS =
            Setting.any("rows").description("a map from what is looked up to what is found");
    private static final Setting FILE =
            Setting.text("file").description("a CSV file, relative to the configuration file");
    private static final Setting KEY = Setting.text("key")
            .description("the column of the file that holds what is looked up; required with `file`");
    private static final Setting VALUE =
            Setting.text("value").description("the column of the file that holds what is found; required with `file`");

    /** The keys of one table. */
    static final BlockKeys KEYS = BlockKeys.of(ROWS, FILE, KEY, VALUE);

    private TableReader() {}

    /** {@return the rows of each table, by its name} */
    static Map<String, Map<String, Value>> read(Map<String, Block> blocks, Path folder) {
        Map<String, Map<String, Value>> tables = new LinkedHashMap<>();
        blocks.forEach((name, block) -> {
            tables.put(name, table(block, folder));
            block.done();
        });
        return tables;
    }

    private static Map<String, Value> table(Block block, Path folder) {
        Map<String, Value> rows = new LinkedHashMap<>();
        if (block.has(ROWS) == block.has(FILE)) {
            block.findings().add("wrong-value", block.path(), "takes either rows or a file", "give it one of the two");
        }
        rows.putAll(block.values(ROWS));
        if (block.has(FILE)) {
            String key = block.requiredText(KEY);
            String value = block.requiredText(VALUE);
            block.text(FILE).ifPresent(file -> {
                try {
                    block.findings().file(folder.resolve(file));
                    rows(block, folder.resolve(file), key, value, rows);
                } catch (ConnectorException e) {
                    block.findings()
                            .add("table", block.path(FILE), e.problem().toString(), "a CSV file with a row of names");
                }
            });
        } else {
            block.unused("names a column of a file, and this table has none", KEY, VALUE);
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
                        Setting missing = columns.containsKey(key) ? VALUE : KEY;
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
                                        block.path(FILE),
                                        row.origin() + ": '" + name + "' is in the table already",
                                        "leave one of the rows");
                    }
                }
            }
        }
    }
}
