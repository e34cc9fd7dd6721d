package dev.rollcall.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One account as an application tells it: only the attributes that were asked for, by the names that the
 * {@link AccountWriter} gives them. Immutable and thread-safe.
 *
 * <p>{@code toString} prints the id only, since the values are people's data.
 */
public final class Account {
    private final String id;
    private final String label;
    private final boolean active;
    private final boolean stateKnown;
    private final Map<String, List<String>> attributes;
    private final @Nullable String version;

    private Account(
            String id,
            String label,
            boolean active,
            boolean stateKnown,
            Map<String, List<String>> attributes,
            @Nullable String version) {
        this.id = Objects.requireNonNull(id, "id");
        this.label = Objects.requireNonNull(label, "label");
        this.active = active;
        this.stateKnown = stateKnown;
        Map<String, List<String>> copy = new LinkedHashMap<>();
        attributes.forEach((name, values) -> {
            if (!values.isEmpty()) {
                copy.put(name, List.copyOf(values));
            }
        });
        this.attributes = Collections.unmodifiableMap(copy);
        this.version = version;
    }

    /**
     * An account.
     *
     * @param id what the application knows it by, whatever else changes
     * @param label what a person knows it by, for reports; usually the name to log in with
     * @param active whether it can be used
     * @param attributes the values by attribute; an attribute without value is left out
     */
    public static Account of(String id, String label, boolean active, Map<String, List<String>> attributes) {
        return new Account(id, label, active, true, attributes, null);
    }

    /** {@return this account, with what the application calls this state of it; a write names it, and fails if it is gone} */
    public Account version(@Nullable String newVersion) {
        return new Account(id, label, active, stateKnown, attributes, newVersion);
    }

    /** {@return this account, of which it cannot be read whether it can be used: neither active nor inactive} */
    public Account withUnknownState() {
        return new Account(id, label, false, false, attributes, version);
    }

    /** {@return what the application knows it by} */
    public String id() {
        return id;
    }

    /** {@return what a person knows it by} */
    public String label() {
        return label;
    }

    /** {@return whether it is known that it can be used} */
    public boolean isActive() {
        return active;
    }

    /** {@return whether it is known that it cannot be used; such an account alone is enabled, every other one can end} */
    public boolean isInactive() {
        return stateKnown && !active;
    }

    /** {@return the values by attribute} */
    public Map<String, List<String>> attributes() {
        return attributes;
    }

    /** {@return the values of an attribute; an empty list if it has none} */
    public List<String> values(String attribute) {
        return attributes.getOrDefault(attribute, List.of());
    }

    /** {@return what the application calls this state of the account, if it tells states apart} */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Account that
                && id.equals(that.id)
                && label.equals(that.label)
                && active == that.active
                && stateKnown == that.stateKnown
                && attributes.equals(that.attributes)
                && Objects.equals(version, that.version);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "account " + id;
    }
}
