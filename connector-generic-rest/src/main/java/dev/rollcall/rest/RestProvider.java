package dev.rollcall.rest;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes connectors for one application on the REST engine: a descriptor and presets are all it takes. Implementations
 * are thread-safe.
 *
 * <pre>{@code
 * public final class BambooProvider extends RestProvider {
 *     public BambooProvider() {
 *         super(ConnectorDescriptor.builder("bamboo").primaryKey("id").setting(Setting.uri("baseUrl").required()).build());
 *     }
 *     protected RestPresets presets(Settings given) {
 *         return RestPresets.builder()
 *                 .endpoint(Endpoint.get("users", "${settings.baseUrl}/employees").build())
 *                 .build();
 *     }
 * }
 * }</pre>
 */
public abstract class RestProvider implements ConnectorProvider {
    private final ConnectorDescriptor descriptor;

    /** A provider of connectors that are so described. */
    protected RestProvider(ConnectorDescriptor descriptor) {
        this.descriptor = Objects.requireNonNull(descriptor, "descriptor");
    }

    @Override
    public final ConnectorDescriptor descriptor() {
        return descriptor;
    }

    /**
     * {@return what the connector brings along; what a configuration says is put over it, key by key}
     *
     * @param given what the configuration says, on which a preset may depend
     */
    protected abstract RestPresets presets(Settings given);

    /** What a source block says, with the presets that stand under it. */
    private record Reading(Value.Fields presets, RestSettings settings) {}

    private Reading read(Settings settings) {
        return settings.once(this, Reading.class, given -> {
            Value.Fields presets = presets(given).block();
            return new Reading(presets, RestSettings.read(given, descriptor, presets));
        });
    }

    @Override
    public List<Problem> check(Settings settings) {
        return read(settings).settings().problems();
    }

    @Override
    public List<Problem> checkSource(Settings settings) {
        boolean none = settings.block("endpoints") instanceof Value.Absent
                && read(settings).presets().get("endpoints") instanceof Value.Absent;
        return none
                ? List.of(Problem.of("missing", "endpoints", "is required", "say at least one, with name and url"))
                : List.of();
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        return RestConnector.of(read(settings).settings(), context);
    }

    /**
     * {@return the webhook that a block describes}
     *
     * <p>The key {@code preset} names a webhook that comes with the connector, and what else the block says is put over
     * it, key by key. A block without {@code url} is over the preset of its own name.
     *
     * @param name for messages
     * @param block its keys
     * @param settings of the connector that sends it
     * @throws ConfigurationException with every problem, with paths that start at the block; one of them is that it leads
     *     to another origin than the credentials belong to
     */
    public final WebhookDefinition webhook(String name, Value.Fields block, Settings settings) {
        Value.Fields presets = read(settings).presets();
        Value.Fields known = Presets.block(presets, "webhooks");
        Map<String, Value> own = new LinkedHashMap<>(block.asMap());
        Value named = Objects.requireNonNullElse(own.remove("preset"), Value.absent());
        String preset = named.text().orElse(own.containsKey("url") ? "" : name);
        if (!(named instanceof Value.Absent) && !known.asMap().containsKey(preset)) {
            String message = "the connector '" + descriptor.id() + "' brings no webhook '" + preset + "'";
            String remedy = known.asMap().isEmpty()
                    ? "describe it, with method and url"
                    : Suggestion.remedy(preset, known.asMap().keySet());
            throw new ConfigurationException(List.of(Problem.of("unknown-webhook", "preset", message, remedy)));
        }
        Value.Fields whole = Presets.over(Presets.block(known, preset), Value.of(own));
        WebhookDefinition definition =
                WebhookDefinition.read(name, whole, Settings.of(Presets.over(presets, settings.source())));
        List<Problem> problems = read(settings).settings().problemsOf(definition.url());
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return definition;
    }
}
