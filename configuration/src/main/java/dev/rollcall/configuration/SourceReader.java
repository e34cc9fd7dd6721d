package dev.rollcall.configuration;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what names a connector: a {@code source} block, one under {@code connectors}, or the source part of a data
 * source. The provider reads its own keys and says what is wrong with them. Not thread-safe: for one thread at a time.
 */
final class SourceReader {
    /** A connector and what it is opened with. */
    record Opened(
            String id,
            ConnectorProvider provider,
            Settings settings,
            Optional<String> primaryKey,
            Optional<String> name,
            Optional<ZoneId> zone) {}

    private static final List<String> DELIVERED =
            List.of("settings", "authorization", "primaryKey", "completeness", "endpoints", "http");

    /** What connectors read that names a file; its path starts at the configuration file. */
    private static final List<List<String>> FILES =
            List.of(List.of("authorization", "tokens", "file"), List.of("http", "trust", "caFile"));

    private final Connectors connectors;
    private final Path folder;
    private final Map<String, Block> named;
    private final Findings findings;
    private final Optional<ZoneId> zone;

    SourceReader(
            Connectors connectors, Path folder, Map<String, Block> named, Findings findings, Optional<ZoneId> zone) {
        this.connectors = connectors;
        this.folder = folder;
        this.named = named;
        this.findings = findings;
        this.zone = zone;
    }

    /**
     * Reads the keys of a source from a block; those of other parts are left to the caller.
     *
     * @param isSource whether users come from it, so that it may use one under {@code connectors}
     * @return the connector, or nothing after adding why
     */
    Optional<Opened> read(Block block, boolean isSource) {
        Map<String, Value> tree = new LinkedHashMap<>();
        for (String key : DELIVERED) {
            // Asked for in any case, so that each is a known key.
            if (block.has(key)) {
                tree.put(key, block.value(key));
            }
        }
        Optional<Block> used = isSource ? used(block) : Optional.empty();
        Optional<String> id = block.text("connector");
        if (used.isPresent()) {
            for (String own : List.of("connector", "settings", "authorization")) {
                if (block.has(own)) {
                    String remedy = "say it under " + used.get().path();
                    findings.add("contradiction", block.path(own), "belongs to the connector that is used", remedy);
                    tree.remove(own);
                }
            }
            Value own = tree.remove("endpoints");
            used.get().fields().asMap().forEach(tree::putIfAbsent);
            tree.remove("connector");
            if (own != null) {
                tree.put("endpoints", selected(own, used.get().fields().get("endpoints")));
            }
            id = used.get().fields().get("connector").text();
            if (id.isEmpty()) {
                return Optional.empty();
            }
        } else if (id.isEmpty()) {
            if (!block.has("use")) {
                String remedy = "name one of " + String.join(", ", connectors.ids())
                        + (isSource ? ", or use: one under connectors" : "");
                block.missing("connector", remedy);
            }
            return Optional.empty();
        }
        if (!connectors.ids().contains(id.get())) {
            if (used.isEmpty()) {
                String remedy = named.containsKey(id.get())
                        ? "what stands under connectors is used by its name: use: " + id.get()
                        : Suggestion.remedy(id.get(), connectors.ids());
                findings.add(
                        "unknown-connector",
                        block.path("connector"),
                        "there is no connector '" + id.get() + "'",
                        remedy);
            }
            return Optional.empty();
        }
        return opened(block, used, id.get(), tree, isSource);
    }

    /**
     * Finds the connector that a block uses by a name under {@code connectors} or, without settings, by its id.
     *
     * @return the connector, or nothing after adding why
     */
    Optional<Opened> byName(Block block, String name) {
        if (named.containsKey(name)) {
            return Optional.empty(); // what is wrong with it is told there
        }
        if (!connectors.ids().contains(name)) {
            Set<String> known = new LinkedHashSet<>(named.keySet());
            known.addAll(connectors.ids());
            String message = "there is no connector '" + name + "'";
            findings.add("unknown-name", block.path("use"), message, Suggestion.remedy(name, known));
            return Optional.empty();
        }
        ConnectorProvider provider = connectors.provider(name);
        List<Problem> problems = provider.check(Settings.none());
        if (!problems.isEmpty()) {
            String message = "the connector '" + name + "' needs more: "
                    + problems.stream().map(Problem::path).distinct().collect(Collectors.joining(", "));
            findings.add("missing", block.path("use"), message, "describe it under connectors, and use it by its name");
            return Optional.empty();
        }
        return Optional.of(new Opened(
                name, provider, Settings.none(), provider.descriptor().primaryKey(), Optional.empty(), zone));
    }

    private Optional<Opened> opened(
            Block block, Optional<Block> used, String id, Map<String, Value> tree, boolean isSource) {
        ConnectorProvider provider = connectors.provider(id);
        Value.Fields source = Value.of(tree);
        for (List<String> file : FILES) {
            source = (Value.Fields) located(source, file);
        }
        Settings settings = Settings.of(source);
        List<Problem> problems = new ArrayList<>(provider.check(settings));
        if (isSource) {
            problems.addAll(provider.checkSource(settings));
        }
        for (Problem problem : problems) {
            String first = problem.path().split("[.\\[]", 2)[0];
            boolean own = used.isEmpty() || block.fields().asMap().containsKey(first);
            findings.add(problem.under(own ? block.path() : used.get().path()));
        }
        Optional<String> primaryKey = settings.block("primaryKey")
                .text()
                .or(() -> provider.descriptor().primaryKey());
        Optional<String> name = used.or(() -> Optional.of(block)).flatMap(this::nameOf);
        return Optional.of(new Opened(id, provider, settings, primaryKey, name, zone));
    }

    /** {@return the ids of connectors that write accounts, those that are named after another one first} */
    List<String> writers(String like) {
        return connectors.ids().stream()
                .filter(id ->
                        connectors.provider(id).descriptor().capabilities().contains(Capability.WRITES_ACCOUNTS))
                .sorted(Comparator.comparing((String id) -> !id.startsWith(like + "-"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private Optional<String> nameOf(Block block) {
        return named.entrySet().stream()
                .filter(entry -> entry.getValue().equals(block))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** {@return a tree in which the path of a file is an absolute one} */
    private Value located(Value value, List<String> names) {
        if (names.isEmpty()) {
            try {
                if (value instanceof Value.Text text) {
                    Path file = folder.resolve(text.value());
                    findings.file(file);
                    return Value.of(file.toString());
                }
                return value;
            } catch (InvalidPathException e) {
                return value; // the connector tells
            }
        }
        String name = names.get(0);
        return value instanceof Value.Fields fields && fields.asMap().containsKey(name)
                ? fields.with(name, located(fields.get(name), names.subList(1, names.size())))
                : value;
    }

    private Optional<Block> used(Block block) {
        Optional<String> name = block.text("use");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Block used = named.get(name.get());
        if (used == null) {
            String message = "there is no connector '" + name.get() + "' under connectors";
            String remedy = named.isEmpty()
                    ? "describe it under connectors, as source says it"
                    : Suggestion.remedy(name.get(), named.keySet());
            findings.add("unknown-name", block.path("use"), message, remedy);
        }
        return Optional.ofNullable(used);
    }

    /** A name in a list of endpoints stands for the endpoint of that name at the connector; presets stay names. */
    private static Value selected(Value own, Value defined) {
        if (!(own instanceof Value.Items items) || !(defined instanceof Value.Items definitions)) {
            return own;
        }
        List<Value> selected = new ArrayList<>();
        for (Value item : items.items()) {
            Value found = item;
            for (Value definition : definitions.items()) {
                if (item.text().isPresent()
                        && definition instanceof Value.Fields fields
                        && fields.get("name").text().equals(item.text())) {
                    found = definition;
                }
            }
            selected.add(found);
        }
        return Value.of(selected);
    }
}
