package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a connector is, as a host shows it before opening one: its id, settings, capabilities and presets. Immutable and
 * thread-safe.
 */
public final class ConnectorDescriptor {
    private final String id;
    private final Optional<String> primaryKey;
    private final Optional<String> active;
    private final Map<String, Setting> settings;
    private final Set<Capability> capabilities;
    private final List<String> endpoints;
    private final List<String> webhooks;

    private ConnectorDescriptor(Builder builder) {
        this.id = builder.id;
        this.primaryKey = builder.primaryKey;
        this.active = builder.active;
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(builder.settings));
        this.capabilities = Set.copyOf(builder.capabilities);
        this.endpoints = List.copyOf(builder.endpoints);
        this.webhooks = List.copyOf(builder.webhooks);
    }

    /**
     * Starts a descriptor.
     *
     * @param id how configurations name the connector, in kebab-case
     * @throws IllegalArgumentException if it is not
     */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** {@return how configurations name the connector} */
    public String id() {
        return id;
    }

    /** {@return the column that identifies a user, unless the configuration says otherwise} */
    public Optional<String> primaryKey() {
        return primaryKey;
    }

    /** {@return the condition under which a user is active, unless the configuration says otherwise} */
    public Optional<String> active() {
        return active;
    }

    /** {@return the settings by name, in the order they were declared} */
    public Map<String, Setting> settings() {
        return settings;
    }

    /** {@return what the connector can do beyond fetching all users} */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** {@return the names of the endpoints that come with the connector} */
    public List<String> endpoints() {
        return endpoints;
    }

    /** {@return the names of the webhooks that come with the connector} */
    public List<String> webhooks() {
        return webhooks;
    }

    /**
     * Checks the connector's own settings: unknown names, missing ones, wrong types, secrets in clear.
     *
     * @return every problem, with paths that start at the source block ({@code settings.url}); empty if all is well
     */
    public List<Problem> check(Settings given) {
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, Value> entry : given.own().asMap().entrySet()) {
            String path = "settings." + entry.getKey();
            Setting setting = settings.get(entry.getKey());
            if (setting != null && setting.isRequired() && entry.getValue().isEmpty()) {
                continue; // told below, as missing
            }
            if (setting == null) {
                String remedy = Suggestion.remedy(entry.getKey(), settings.keySet());
                problems.add(Problem.of("unknown-key", path, "the connector '" + id + "' has no such setting", remedy));
            } else if (setting.type() == Setting.Type.SECRET && !(entry.getValue() instanceof Value.Sensitive)) {
                problems.add(Problem.of(
                        "secret-in-clear",
                        path,
                        "a secret stands in clear",
                        "refer to it: ${env.NAME} or ${file.PATH}"));
            } else {
                setting.check(entry.getValue(), path, problems::add);
            }
        }
        for (Setting setting : settings.values()) {
            if (setting.isRequired() && given.value(setting.name()).isEmpty()) {
                String remedy = setting.description().isEmpty() ? "set it" : setting.description();
                problems.add(Problem.of("missing", "settings." + setting.name(), "is required", remedy));
            }
        }
        return problems;
    }

    @Override
    public String toString() {
        return "connector " + id;
    }

    /** Builds a descriptor. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final String id;
        private Optional<String> primaryKey = Optional.empty();
        private Optional<String> active = Optional.empty();
        private final Map<String, Setting> settings = new LinkedHashMap<>();
        private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        private final List<String> endpoints = new ArrayList<>();
        private final List<String> webhooks = new ArrayList<>();

        private Builder(String id) {
            if (!Objects.requireNonNull(id, "id").matches("[a-z0-9]+(-[a-z0-9]+)*")) {
                throw new IllegalArgumentException("a connector id is written in kebab-case, '" + id + "' is not");
            }
            this.id = id;
        }

        /** Names the column that identifies a user. */
        public Builder primaryKey(String column) {
            primaryKey = Optional.of(column);
            return this;
        }

        /** Says when a user is active, as a condition on the columns, such as {@code record.active_flag}. */
        public Builder active(String condition) {
            active = Optional.of(condition);
            return this;
        }

        /**
         * Declares a setting.
         *
         * @throws IllegalArgumentException if one of this name was declared
         */
        public Builder setting(Setting setting) {
            if (settings.putIfAbsent(setting.name(), setting) != null) {
                throw new IllegalArgumentException("the setting '" + setting.name() + "' is declared twice");
            }
            return this;
        }

        /** Declares what the connector can do. */
        public Builder capability(Capability... capability) {
            Collections.addAll(capabilities, capability);
            return this;
        }

        /** Names endpoints that come with the connector. */
        public Builder endpoint(String... name) {
            Collections.addAll(endpoints, name);
            return this;
        }

        /** Names webhooks that come with the connector. */
        public Builder webhook(String... name) {
            Collections.addAll(webhooks, name);
            return this;
        }

        /** {@return the descriptor} */
        public ConnectorDescriptor build() {
            return new ConnectorDescriptor(this);
        }
    }
}
