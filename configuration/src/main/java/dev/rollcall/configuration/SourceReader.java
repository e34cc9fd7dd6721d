package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.net.URI;
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

    static final Setting CONNECTOR = Setting.text("connector")
            .description("the id of a connector on the class path: `generic-rest`, `pipedrive`, ...");
    static final Setting USE = Setting.text("use")
            .description("in its place, the name of one under `connectors`; `settings` and `authorization` are given"
                    + " there");
    private static final Setting SETTINGS =
            Setting.any("settings").description("the connector's own settings; formats refer to them as `settings.`");
    private static final Setting AUTHORIZATION =
            Setting.any("authorization").description("how calls are authenticated");
    private static final Setting PRIMARY_KEY =
            Setting.any("primaryKey").description("the column that identifies a user; default: the connector's");
    private static final Setting COMPLETENESS = Setting.choice("completeness", "full", "delta")
            .byDefault("full")
            .description("whether the source lists all users, or only those that changed");
    private static final Setting ENDPOINTS =
            Setting.any("endpoints").description("the calls that return users; default: the connector's presets");
    private static final Setting HTTP = Setting.any("http")
            .description("`connectTimeout`, `proxy` and `trust` of a [REST connector](rest-connections.md)");

    /** The keys that the connector itself reads, and checks. */
    private static final List<Setting> DELIVERED =
            List.of(SETTINGS, AUTHORIZATION, PRIMARY_KEY, COMPLETENESS, ENDPOINTS, HTTP);

    static final BlockKeys KEYS = BlockKeys.of(CONNECTOR, USE).and(DELIVERED.toArray(Setting[]::new));

    /** What nobody reads but people; of each part of the file that has a name. */
    static final Setting DESCRIPTION = Setting.text("description").description("for people; not used");

    /** The keys of a connector that several places use. */
    static final BlockKeys CONNECTOR_KEYS = KEYS.without(USE).and(DESCRIPTION);

    /** The keys that belong to a source and not to a target. */
    static final List<Setting> OF_SOURCES = List.of(ENDPOINTS, PRIMARY_KEY, COMPLETENESS);

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
        for (Setting key : DELIVERED) {
            if (block.has(key)) {
                tree.put(key.name(), block.value(key));
            }
        }
        Optional<Block> used = isSource ? used(block) : Optional.empty();
        Optional<String> id = block.text(CONNECTOR);
        if (used.isPresent()) {
            for (Setting own : List.of(CONNECTOR, SETTINGS, AUTHORIZATION)) {
                if (block.has(own)) {
                    String remedy = "say it under " + used.get().path();
                    findings.add("contradiction", block.path(own), "belongs to the connector that is used", remedy);
                    tree.remove(own.name());
                }
            }
            Value own = tree.remove(ENDPOINTS.name());
            used.get().fields().asMap().forEach(tree::putIfAbsent);
            tree.remove(CONNECTOR.name());
            if (own != null) {
                tree.put(ENDPOINTS.name(), selected(own, used.get().value(ENDPOINTS)));
            }
            id = used.get().value(CONNECTOR).text();
            if (id.isEmpty()) {
                return Optional.empty();
            }
        } else if (id.isEmpty()) {
            if (!isSource || !block.has(USE)) {
                String remedy = "name one of " + String.join(", ", connectors.ids())
                        + (isSource ? ", or use: one under connectors" : "");
                block.missing(CONNECTOR, remedy);
            }
            return Optional.empty();
        }
        if (!connectors.ids().contains(id.get())) {
            if (used.isEmpty()) {
                String remedy = named.containsKey(id.get())
                        ? "what stands under connectors is used by its name: use: " + id.get()
                        : Suggestion.remedy(id.get(), connectors.ids());
                findings.add(
                        "unknown-connector", block.path(CONNECTOR), "there is no connector '" + id.get() + "'", remedy);
            }
            return Optional.empty();
        }
        return opened(block, used, id.get(), tree, isSource);
    }

    /**
     * Finds the connector that a block uses by a name under {@code connectors} or, without settings, by its id.
     *
     * @param where the block says so, for problems
     * @return the connector, or nothing after adding why
     */
    Optional<Opened> byName(String name, String where) {
        if (named.containsKey(name)) {
            return Optional.empty(); // what is wrong with it is reported there
        }
        if (!connectors.ids().contains(name)) {
            Set<String> known = new LinkedHashSet<>(named.keySet());
            known.addAll(connectors.ids());
            String message = "there is no connector '" + name + "'";
            findings.add("unknown-name", where, message, Suggestion.remedy(name, known));
            return Optional.empty();
        }
        ConnectorProvider provider = connectors.provider(name);
        List<Problem> problems = provider.check(Settings.none());
        if (!problems.isEmpty()) {
            String message = "the connector '" + name + "' needs more: "
                    + problems.stream().map(Problem::path).distinct().collect(Collectors.joining(", "));
            findings.add("missing", where, message, "describe it under connectors, and use it by its name");
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
        source = withFiles(source);
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

    /** {@return a source whose endpoints name files by absolute paths; a relative one starts at the configuration file} */
    private Value.Fields withFiles(Value.Fields source) {
        if (!(source.get(ENDPOINTS.name()) instanceof Value.Items items)) {
            return source;
        }
        List<Value> endpoints = new ArrayList<>();
        for (Value item : items.items()) {
            Optional<String> url = item instanceof Value.Fields endpoint
                            && endpoint.get("url") instanceof Value.Text text
                    ? Optional.of(text.value().strip()).filter(value -> value.regionMatches(true, 0, "file:", 0, 5))
                    : Optional.empty();
            Optional<Path> file = url.flatMap(this::fileOf);
            file.ifPresent(findings::file);
            endpoints.add(
                    file.isPresent()
                            ? ((Value.Fields) item)
                                    .with("url", Value.of(file.get().toUri().toString()))
                            : item);
        }
        return source.with(ENDPOINTS.name(), Value.of(endpoints));
    }

    private Optional<Path> fileOf(String url) {
        try {
            String rest = url.substring("file:".length());
            return rest.isBlank() || rest.contains("${")
                    ? Optional.empty()
                    : Optional.of(
                            rest.startsWith("//")
                                    ? Path.of(URI.create(url))
                                    : folder.resolve(rest).toAbsolutePath().normalize());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the connector reports it
        }
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
        Optional<String> name = block.text(USE);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Block used = named.get(name.get());
        if (used == null) {
            String message = "there is no connector '" + name.get() + "' under connectors";
            String remedy = named.isEmpty()
                    ? "describe it under connectors, as source says it"
                    : Suggestion.remedy(name.get(), named.keySet());
            findings.add("unknown-name", block.path(USE), message, remedy);
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
