package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The connectors that are at hand, by id. Immutable and thread-safe.
 *
 * <pre>{@code
 * Connectors connectors = Connectors.discover(Thread.currentThread().getContextClassLoader());
 * try (Connector crm = connectors.open("pipedrive", settings, ConnectorContext.defaults())) { ... }
 * }</pre>
 */
public final class Connectors {
    private final SortedMap<String, ConnectorProvider> providers;
    private final List<Problem> failures;

    private Connectors(Collection<ConnectorProvider> found, List<Problem> failures) {
        TreeMap<String, ConnectorProvider> byId = new TreeMap<>();
        for (ConnectorProvider provider : found) {
            String id = provider.descriptor().id();
            ConnectorProvider other = byId.putIfAbsent(id, provider);
            if (other != null && other.getClass() != provider.getClass()) {
                throw new ConfigurationException(List.of(Problem.of(
                        "ambiguous-connector",
                        "",
                        "two providers have the id '" + id + "': "
                                + other.getClass().getName() + " and "
                                + provider.getClass().getName(),
                        "remove one from the class path")));
            }
        }
        this.providers = Collections.unmodifiableSortedMap(byId);
        this.failures = List.copyOf(failures);
    }

    /** {@return these providers and no others} */
    public static Connectors of(ConnectorProvider... providers) {
        return new Connectors(List.of(providers), List.of());
    }

    /**
     * Finds providers by {@link ServiceLoader}. One that cannot be loaded does not hide the others; see
     * {@link #failures()}.
     *
     * @param classLoader where to look; in a container usually the context class loader of the thread
     * @throws ConfigurationException if two providers have the same id
     */
    public static Connectors discover(ClassLoader classLoader) {
        List<ConnectorProvider> found = new ArrayList<>();
        List<Problem> failures = new ArrayList<>();
        Iterator<ConnectorProvider> iterator =
                ServiceLoader.load(ConnectorProvider.class, classLoader).iterator();
        while (iterator.hasNext()) {
            try {
                found.add(iterator.next());
            } catch (ServiceConfigurationError e) {
                failures.add(Problem.of(
                        "broken-provider", "", "a connector provider cannot be loaded: " + e.getMessage(), ""));
            }
        }
        return new Connectors(found, failures);
    }

    /** {@return the ids of the connectors, sorted} */
    public Set<String> ids() {
        return providers.keySet();
    }

    /** {@return what could not be loaded, for a log or a health check; empty if all went well} */
    public List<Problem> failures() {
        return failures;
    }

    /**
     * The provider of an id.
     *
     * @throws ConfigurationException if there is none
     */
    public ConnectorProvider provider(String id) {
        ConnectorProvider provider = providers.get(id);
        if (provider == null) {
            throw new ConfigurationException(List.of(Problem.of(
                    "unknown-connector",
                    "connector",
                    "there is no connector '" + id + "'",
                    Suggestion.remedy(id, providers.keySet()))));
        }
        return provider;
    }

    /**
     * Opens a connector.
     *
     * @throws ConfigurationException with every problem if there is no such connector or the settings are wrong
     */
    public Connector open(String id, Settings settings, ConnectorContext context) {
        ConnectorProvider provider = provider(id);
        List<Problem> problems = provider.check(settings);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return provider.create(settings, context);
    }
}
