package dev.rollcall.configuration;

import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what names a connector: a {@code source} block, one under {@code connectors}, or the source part of a data
 * source. The provider reads its own keys and says what is wrong with them. Not thread-safe: for one thread at a time.
 */
final class SourceReader {
    /** A connector and what it is opened with. */
    record Opened(String id, ConnectorProvider provider, Settings settings, Optional<String> primaryKey) {}

    private static final Set<String> DELIVERED =
            Set.of("settings", "authorization", "primaryKey", "completeness", "endpoints", "http");

    private final Connectors connectors;
    private final Map<String, Block> named;
    private final Findings findings;

    SourceReader(Connectors connectors, Map<String, Block> named, Findings findings) {
        this.connectors = connectors;
        this.named = named;
        this.findings = findings;
    }

    /**
     * Reads the keys of a source from a block; those of other parts are left to the caller.
     *
     * @return the connector, or nothing after adding why
     */
    Optional<Opened> read(Block block, boolean mayUse) {
        Map<String, Value> tree = new LinkedHashMap<>();
        for (String key : DELIVERED) {
            // Asked for in any case, so that each is a known key.
            if (block.has(key)) {
                tree.put(key, block.value(key));
            }
        }
        Optional<Block> used = mayUse ? used(block) : Optional.empty();
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
                        + (mayUse ? ", or use: one under connectors" : "");
                block.missing("connector", remedy);
            }
            return Optional.empty();
        }
        if (!connectors.ids().contains(id.get())) {
            if (used.isEmpty()) {
                String remedy = Suggestion.remedy(id.get(), connectors.ids());
                findings.add(
                        "unknown-connector",
                        block.path("connector"),
                        "there is no connector '" + id.get() + "'",
                        remedy);
            }
            return Optional.empty();
        }
        return opened(block, used, id.get(), tree);
    }

    private Optional<Opened> opened(Block block, Optional<Block> used, String id, Map<String, Value> tree) {
        ConnectorProvider provider = connectors.provider(id);
        Settings settings = Settings.of(Value.of(tree));
        for (Problem problem : provider.check(settings)) {
            String first = problem.path().split("[.\\[]", 2)[0];
            boolean own = used.isEmpty() || block.fields().asMap().containsKey(first);
            findings.add(problem.under(own ? block.path() : used.get().path()));
        }
        Optional<String> primaryKey = settings.block("primaryKey")
                .text()
                .or(() -> provider.descriptor().primaryKey());
        return Optional.of(new Opened(id, provider, settings, primaryKey));
    }

    private Optional<Block> used(Block block) {
        Optional<String> name = block.text("use");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Block used = named.get(name.get());
        if (used == null) {
            String message = "there is no connector '" + name.get() + "' under connectors";
            findings.add("unknown-name", block.path("use"), message, Suggestion.remedy(name.get(), named.keySet()));
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
