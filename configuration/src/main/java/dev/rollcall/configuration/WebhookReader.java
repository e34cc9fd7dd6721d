package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.rest.RestProvider;
import dev.rollcall.rest.WebhookDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the block {@code webhooks}. Not thread-safe: for one thread at a time. */
final class WebhookReader {
    private static final Setting USE = Setting.text("use")
            .description(
                    "the connector whose credentials are sent: one under `connectors`, or the id of one that needs no"
                            + " settings; default: the connector of `source`");

    /** The key that is read here; the connector reads the others. */
    static final BlockKeys KEYS = BlockKeys.of(USE).open();

    private final SourceReader sources;
    private final Map<String, ConnectorSettings> connectors;
    private final Optional<ConnectorSettings> source;
    private final Findings findings;

    /**
     * A reader.
     *
     * @param connectors those that a webhook may use by name; some of the file's may be missing, since they are wrong
     * @param source the connector that a webhook uses which names none
     */
    WebhookReader(
            SourceReader sources,
            Map<String, ConnectorSettings> connectors,
            Optional<ConnectorSettings> source,
            Findings findings) {
        this.sources = sources;
        this.connectors = connectors;
        this.source = source;
        this.findings = findings;
    }

    Map<String, Webhook> read(Map<String, Block> blocks, boolean hasSource) {
        Map<String, Webhook> webhooks = new LinkedHashMap<>();
        blocks.forEach((name, block) -> {
            Optional<ConnectorSettings> connector = connector(block, hasSource);
            Optional<WebhookDefinition> definition = definition(name, block, connector);
            if (connector.isPresent() && definition.isPresent()) {
                webhooks.put(name, new Webhook(definition.get(), connector.get()));
            }
        });
        return webhooks;
    }

    private Optional<ConnectorSettings> connector(Block block, boolean hasSource) {
        Optional<String> used = block.text(USE);
        if (used.isPresent()) {
            return connectors.containsKey(used.get())
                    ? Optional.of(connectors.get(used.get()))
                    : sources.byName(used.get(), block.path(USE)).map(ConnectorSettings::new);
        }
        if (!block.has(USE) && !hasSource) {
            block.missing(USE, "name one under connectors, whose credentials are sent");
        }
        return source;
    }

    private Optional<WebhookDefinition> definition(String name, Block block, Optional<ConnectorSettings> connector) {
        Settings settings = connector.map(ConnectorSettings::settings).orElseGet(Settings::none);
        try {
            return Optional.of(
                    connector.isPresent() && connector.get().provider() instanceof RestProvider rest
                            ? rest.webhook(name, block.fields(), settings)
                            : WebhookDefinition.read(name, block.fields(), settings));
        } catch (ConfigurationException e) {
            List<Problem> problems = e.problems();
            problems.stream()
                    // Which settings there are is not known of a connector that could not be read.
                    .filter(problem -> connector.isPresent() || !problem.code().equals("unknown-setting"))
                    .forEach(problem -> findings.add(problem.under(block.path())));
            return Optional.empty();
        }
    }
}
