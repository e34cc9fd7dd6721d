package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.SettingReader;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One map in the file. Each key is read through its declaration; a key that is not declared is unknown. Whatever is wrong
 * is added to the findings, and the caller goes on with the default. Not thread-safe: for one thread at a time.
 */
final class Block {
    private static final int MOST_SHOWN = 120;

    private final Value.Fields fields;
    private final String path;
    private final Findings findings;
    private final BlockKeys keys;
    private final Set<String> read = new LinkedHashSet<>();

    Block(Value.Fields fields, String path, BlockKeys keys, Findings findings) {
        this.fields = fields;
        this.keys = keys;
        this.path = path;
        this.findings = findings;
    }

    String path() {
        return path;
    }

    String path(String key) {
        return Document.child(path, key);
    }

    Findings findings() {
        return findings;
    }

    /** {@return what gives a problem that is found later, at a path of this map, its place in the file} */
    UnaryOperator<Problem> locator() {
        return problem -> findings.shown(problem.under(path));
    }

    Value.Fields fields() {
        return fields;
    }

    String path(Setting setting) {
        return path(keys.name(setting));
    }

    /** {@return whether the key is there, with a value or without} */
    boolean has(Setting setting) {
        return fields.asMap().containsKey(key(setting));
    }

    /** {@return the value as it is; absent if there is none, or none after the colon} */
    Value value(Setting setting) {
        String key = key(setting);
        return withoutNull(fields.get(key), path(key));
    }

    Optional<String> text(Setting setting) {
        return text(value(setting), path(setting));
    }

    /** {@return the text, or an empty one after adding that it is missing} */
    String requiredText(Setting setting) {
        Optional<String> text = text(setting);
        if (!has(setting)) {
            missing(setting, "set it");
        } else if (text.isPresent() && text.get().isBlank()) {
            findings.add("missing", path(setting), "is empty", "set it");
        }
        return text.orElse("");
    }

    void missing(Setting setting, String remedy) {
        findings.add("missing", path(setting), "is required", remedy);
    }

    Optional<Secret> secret(Setting setting) {
        keys.name(setting, Setting.Type.SECRET);
        Value value = value(setting);
        if (value instanceof Value.Sensitive sensitive) {
            return Optional.of(sensitive.secret());
        } else if (!(value instanceof Value.Absent)) {
            findings.add(
                    "secret-in-clear",
                    path(setting),
                    "a secret stands in clear",
                    "refer to it: ${env.NAME} or ${file.PATH}");
        }
        return Optional.empty();
    }

    /** {@return the time zone of a name as the tz database has it; empty if there is none, or after adding what is wrong} */
    Optional<ZoneId> zone(Setting setting) {
        Optional<String> name = text(setting);
        try {
            return name.map(String::strip).map(ZoneId::of);
        } catch (DateTimeException e) {
            String given = name.orElse("");
            findings.add(
                    "bad-zone",
                    path(setting),
                    "there is no time zone '" + given + "'",
                    Suggestion.nearest(given, ZoneId.getAvailableZoneIds())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("write it as Europe/Berlin, UTC or +02:00"));
            return Optional.empty();
        }
    }

    /** {@return true or false; its default where it is absent or wrong, false if it has none} */
    boolean flag(Setting setting) {
        return read(setting, Setting.Type.BOOLEAN, setting::flag).orElse(false);
    }

    /** {@return the number; its default where it is absent or wrong, 0 if it has none} */
    int integer(Setting setting) {
        return read(setting, Setting.Type.INTEGER, setting::integer).orElse(0L).intValue();
    }

    /** {@return the number, or the fallback where it is absent or wrong} */
    int integer(Setting setting, int fallback) {
        keys.name(setting, Setting.Type.INTEGER);
        Value value = value(setting);
        Optional<Long> number =
                value instanceof Value.Absent ? Optional.empty() : setting.integer(value, path(setting), findings::add);
        return number.orElse((long) fallback).intValue();
    }

    /** {@return the number, of which a percent sign may be the end} */
    Optional<Double> number(Setting setting) {
        keys.name(setting, Setting.Type.NUMBER);
        Value value = value(setting);
        boolean percent = value.text().filter(text -> text.endsWith("%")).isPresent();
        Value plain = percent ? Value.of(value.text().orElse("").replaceFirst("\\s*%$", "")) : value;
        return setting.number(plain, path(setting), findings::add);
    }

    /** {@return the duration; its default, if it has one, where it is absent or wrong} */
    Optional<Duration> duration(Setting setting) {
        return read(setting, Setting.Type.DURATION, setting::duration);
    }

    /** {@return one of a few words; its default, if it has one, where it is absent or wrong} */
    Optional<String> word(Setting setting) {
        return read(setting, Setting.Type.CHOICE, setting::word);
    }

    /** {@return one of the constants of an enum; its default, if it has one, where it is absent or wrong} */
    <T extends Enum<T>> Optional<T> choice(Setting setting, Class<T> words) {
        return read(
                setting,
                Setting.Type.CHOICE,
                (value, where, problems) -> setting.choice(value, where, words, problems));
    }

    private interface Reading<T> {
        Optional<T> read(Value value, String path, Consumer<Problem> problems);
    }

    private <T> Optional<T> read(Setting setting, Setting.Type type, Reading<T> reading) {
        keys.name(setting, type);
        return reading.read(value(setting), path(setting), findings::add)
                .or(() -> reading.read(Value.absent(), "", problem -> {}));
    }

    /** Adds that a word is none of the known ones; a word that came by reference is not shown. */
    void unknownWord(String where, Value value, Set<String> choices) {
        Map<String, String> words = new LinkedHashMap<>();
        choices.forEach(word -> words.put(word, word));
        SettingReader.choice(value, where, words, findings::add);
    }

    /** {@return the file of this name, which can be written; a relative one is sought in the folder} */
    Optional<Path> writable(Setting setting, String name, Path folder) {
        try {
            Path file = folder.resolve(Path.of(name));
            Path parent = file.toAbsolutePath().getParent();
            RegularFile.check(file);
            if (!name.isBlank() && parent != null && Files.isWritable(parent)) {
                findings.file(file);
                return Optional.of(file);
            }
        } catch (IOException | InvalidPathException e) {
            // Told below: nothing can be written there.
        }
        findings.add(
                "unwritable",
                path(setting),
                "'" + name + "' cannot be written",
                "its path is relative to the configuration file");
        return Optional.empty();
    }

    Optional<Block> block(Setting setting) {
        return block(value(setting), path(setting), setting.keys());
    }

    private Optional<Block> block(Value value, String where, BlockKeys inside) {
        return of(value, where, inside, findings);
    }

    /** {@return the block that a value is; empty if it is absent, or after adding that it is none} */
    static Optional<Block> of(Value value, String where, BlockKeys inside, Findings findings) {
        if (value instanceof Value.Fields inner) {
            return Optional.of(new Block(inner, where, inside, findings));
        } else if (!(value instanceof Value.Absent)) {
            findings.add("wrong-type", where, "must be a map of keys" + was(value), "");
        }
        return Optional.empty();
    }

    /** {@return the items of a list; a value that is no list is one item} */
    List<Value> items(Setting setting) {
        Value value = value(setting);
        if (value instanceof Value.Items items) {
            return items.items();
        }
        return value instanceof Value.Absent ? List.of() : List.of(value);
    }

    /** {@return where the item of a list is; a single value that stands for a list is at the key itself} */
    String itemPath(Setting setting, int index) {
        String path = path(setting);
        return fields.get(setting.name()) instanceof Value.Items ? Document.item(path, index) : path;
    }

    /** {@return the texts of a list; a single text is a list of one} */
    List<String> texts(Setting setting) {
        keys.name(setting, Setting.Type.LIST);
        List<String> texts = new ArrayList<>();
        List<Value> items = items(setting);
        for (int i = 0; i < items.size(); i++) {
            text(items.get(i), itemPath(setting, i)).ifPresent(texts::add);
        }
        return texts;
    }

    /** {@return the maps of a list; a single map is a list of one} */
    List<Block> blocks(Setting setting) {
        keys.name(setting, Setting.Type.LIST);
        List<Block> blocks = new ArrayList<>();
        List<Value> items = items(setting);
        for (int i = 0; i < items.size(); i++) {
            block(items.get(i), itemPath(setting, i), setting.keys()).ifPresent(blocks::add);
        }
        return blocks;
    }

    /** {@return the values of a map whose names the file chooses, in order; one without a value is absent} */
    Map<String, Value> values(Setting setting) {
        Map<String, Value> values = new LinkedHashMap<>();
        String where = path(setting);
        block(value(setting), where, BlockKeys.of())
                .ifPresent(outer -> outer.fields
                        .asMap()
                        .forEach((name, value) -> values.put(name, withoutNull(value, Document.child(where, name)))));
        return values;
    }

    /** {@return the maps whose names the file chooses, in order} */
    Map<String, Block> named(Setting setting) {
        keys.name(setting, Setting.Type.NAMED);
        Map<String, Block> named = new LinkedHashMap<>();
        values(setting)
                .forEach((name, value) -> block(value, Document.child(path(setting), name), setting.keys())
                        .ifPresent(inner -> named.put(name, inner)));
        return named;
    }

    /** Accepts a key of a part that does not exist yet and changes nothing by its absence. */
    void notBuiltYet(Setting setting, String consequence) {
        if (has(setting)) {
            findings.note("not-built-yet", path(setting), "not built yet", consequence);
        }
    }

    /** Adds a problem for keys that mean nothing beside the others of this block. */
    void unused(String why, Setting... settings) {
        for (Setting setting : settings) {
            if (has(setting)) {
                findings.add("unused", path(setting), why, "remove it");
            }
        }
    }

    /**
     * Adds a problem for every key that is not declared, and for one that no reader asked for although nothing else is wrong: it
     * would be in the file and have no effect.
     */
    void done() {
        keys.check(fields, path, findings::add);
        if (findings.isEmpty()) {
            for (String name : fields.asMap().keySet()) {
                if (!read.contains(name)) {
                    findings.add(
                            "unused",
                            Document.child(path, name),
                            "has no meaning beside the other keys of this block",
                            "remove it");
                }
            }
        }
    }

    private String key(Setting setting) {
        String key = keys.name(setting);
        read.add(key);
        return key;
    }

    private Value withoutNull(Value value, String where) {
        if (value instanceof Value.Null) {
            findings.add("missing", where, "has no value", "give it one, or remove the key");
            return Value.absent();
        }
        return value;
    }

    private Optional<String> text(Value value, String where) {
        if (value instanceof Value.Absent) {
            return Optional.empty();
        }
        Optional<String> text = reveal(value);
        if (text.isEmpty()) {
            findings.add("wrong-type", where, "must be a text" + was(value), "");
        }
        return text;
    }

    /** What was given instead, for the end of a message: nothing of a secret, and not all of a long text. */
    static String was(Value value) {
        if (value instanceof Value.Sensitive) {
            return "";
        } else if (value instanceof Value.Fields) {
            return "; was a map";
        } else if (value instanceof Value.Items) {
            return "; was a list";
        }
        String text = value.text().orElse("");
        String shown = text.length() > MOST_SHOWN ? text.substring(0, text.offsetByCodePoints(0, 60)) + "…" : text;
        return text.isBlank() ? "; was empty" : "; was '" + shown + "'";
    }

    private static Optional<String> reveal(Value value) {
        return value instanceof Value.Sensitive sensitive
                ? Optional.of(sensitive.secret().reveal())
                : value.text();
    }
}
