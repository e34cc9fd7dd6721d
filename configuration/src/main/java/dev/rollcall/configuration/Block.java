package dev.rollcall.configuration;

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

/**
 * The keys of one map in the file: each is asked for by name and type, and what nobody asked for is unknown. Whatever
 * is wrong is added to the findings, and the caller goes on with a fallback. Not thread-safe: for one thread at a time.
 */
final class Block {
    private static final int MOST_SHOWN = 120;

    private final Value.Fields fields;
    private final String path;
    private final Findings findings;
    private final Set<String> known = new LinkedHashSet<>();

    Block(Value.Fields fields, String path, Findings findings) {
        this.fields = fields;
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

    Value.Fields fields() {
        return fields;
    }

    /** {@return whether the key is there, with a value or without} */
    boolean has(String key) {
        known.add(key);
        return fields.asMap().containsKey(key);
    }

    /** {@return the value as it is; absent if there is none, or none after the colon} */
    Value value(String key) {
        known.add(key);
        Value value = fields.get(key);
        if (value instanceof Value.Null) {
            findings.add("missing", path(key), "has no value", "give it one, or remove the key");
            return Value.absent();
        }
        return value;
    }

    Optional<String> text(String key) {
        return text(value(key), path(key));
    }

    /** {@return the text, or an empty one after adding that it is missing} */
    String requiredText(String key) {
        boolean there = has(key);
        Optional<String> text = text(key);
        if (!there) {
            missing(key, "set it");
        } else if (text.isPresent() && text.get().isBlank()) {
            findings.add("missing", path(key), "is empty", "set it");
        }
        return text.orElse("");
    }

    void missing(String key, String remedy) {
        findings.add("missing", path(key), "is required", remedy);
    }

    Optional<Secret> secret(String key) {
        Value value = value(key);
        if (value instanceof Value.Sensitive sensitive) {
            return Optional.of(sensitive.secret());
        } else if (!(value instanceof Value.Absent)) {
            findings.add(
                    "secret-in-clear",
                    path(key),
                    "a secret stands in clear",
                    "refer to it: ${env.NAME} or ${file.PATH}");
        }
        return Optional.empty();
    }

    /** {@return the time zone of a name as the tz database has it; empty if there is none, or after adding what is wrong} */
    Optional<ZoneId> zone(String key) {
        Optional<String> name = text(key);
        try {
            return name.map(String::strip).map(ZoneId::of);
        } catch (DateTimeException e) {
            String given = name.orElse("");
            findings.add(
                    "bad-zone",
                    path(key),
                    "there is no time zone '" + given + "'",
                    Suggestion.nearest(given, ZoneId.getAvailableZoneIds())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("write it as Europe/Berlin, UTC or +02:00"));
            return Optional.empty();
        }
    }

    boolean flag(String key, boolean fallback) {
        return SettingReader.flag(value(key), path(key), findings::add).orElse(fallback);
    }

    /** {@return the number; its default where it is absent or wrong, 0 if it has none} */
    int integer(Setting setting) {
        return setting.integer(value(setting.name()), path(setting.name()), findings::add)
                .or(() -> setting.integer(Value.absent(), "", problem -> {}))
                .orElse(0L)
                .intValue();
    }

    /** {@return the number, of which a percent sign may be the end} */
    Optional<Double> number(String key, double least, double most) {
        Value value = value(key);
        boolean percent = value.text().filter(text -> text.endsWith("%")).isPresent();
        Value plain = percent ? Value.of(value.text().orElse("").replaceFirst("\\s*%$", "")) : value;
        return SettingReader.number(plain, path(key), least, most, findings::add);
    }

    /** {@return the duration; its default, if it has one, where it is absent or wrong} */
    Optional<Duration> duration(Setting setting) {
        return setting.duration(value(setting.name()), path(setting.name()), findings::add)
                .or(() -> setting.duration(Value.absent(), "", problem -> {}));
    }

    /** {@return one of a few words, or the fallback} */
    <T> T choice(String key, Map<String, T> choices, T fallback) {
        return SettingReader.choice(value(key), path(key), choices, findings::add)
                .orElse(fallback);
    }

    /** Adds that a word is none of the known ones; a word that came by reference is not shown. */
    void unknownWord(String where, Value value, Set<String> choices) {
        Map<String, String> words = new LinkedHashMap<>();
        choices.forEach(word -> words.put(word, word));
        SettingReader.choice(value, where, words, findings::add);
    }

    /** {@return the file of this name, which can be written; a relative one is sought in the folder} */
    Optional<Path> writable(String key, String name, Path folder) {
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
                path(key),
                "'" + name + "' cannot be written",
                "its path is relative to the configuration file");
        return Optional.empty();
    }

    Optional<Block> block(String key) {
        return block(value(key), path(key));
    }

    Optional<Block> block(Value value, String where) {
        if (value instanceof Value.Fields inner) {
            return Optional.of(new Block(inner, where, findings));
        } else if (!(value instanceof Value.Absent)) {
            findings.add("wrong-type", where, "must be a map of keys" + was(value), "");
        }
        return Optional.empty();
    }

    /** {@return the items of a list; a value that is no list is one item} */
    List<Value> items(String key) {
        Value value = value(key);
        if (value instanceof Value.Items items) {
            return items.items();
        }
        return value instanceof Value.Absent ? List.of() : List.of(value);
    }

    /** {@return where the item of a list is; a single value that stands for a list is at the key itself} */
    String itemPath(String key, int index) {
        return fields.get(key) instanceof Value.Items ? Document.item(path(key), index) : path(key);
    }

    /** {@return the texts of a list; a single text is a list of one} */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        List<Value> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            text(items.get(i), itemPath(key, i)).ifPresent(texts::add);
        }
        return texts;
    }

    /** {@return the maps of a list; a single map is a list of one} */
    List<Block> blocks(String key) {
        List<Block> blocks = new ArrayList<>();
        List<Value> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            block(items.get(i), itemPath(key, i)).ifPresent(blocks::add);
        }
        return blocks;
    }

    /** {@return the named maps under a key, in order} */
    Map<String, Block> named(String key) {
        Map<String, Block> named = new LinkedHashMap<>();
        block(key)
                .ifPresent(outer -> outer.fields()
                        .asMap()
                        .keySet()
                        .forEach(name -> outer.block(name).ifPresent(inner -> named.put(name, inner))));
        return named;
    }

    /** Accepts a key of a part that does not exist yet and changes nothing by its absence. */
    void notBuiltYet(String key, String consequence) {
        if (has(key)) {
            findings.note("not-built-yet", path(key), "not built yet", consequence);
        }
    }

    /** Adds a problem for every key that nobody asked for. */
    void done() {
        for (String key : fields.asMap().keySet()) {
            if (!known.contains(key)) {
                findings.unknownKey(path(key), key, known);
            }
        }
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
