package dev.rollcall.connector;

import java.util.ArrayList;
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
    /** A class path that cannot be read fails again at every step; this ends it. */
    private static final int MOST_FAILURES = 1000;

    private final SortedMap<String, ConnectorProvider> providers;
    private final List<Problem> failures;

    private Connectors(SortedMap<String, ConnectorProvider> providers, List<Problem> failures) {
        this.providers = Collections.unmodifiableSortedMap(providers);
        this.failures = List.copyOf(failures);
    }

    /**
     * These providers and no others.
     *
     * @throws ConfigurationException if two have the same id
     */
    public static Connectors of(ConnectorProvider... providers) {
        SortedMap<String, ConnectorProvider> byId = new TreeMap<>();
        for (ConnectorProvider provider : providers) {
            String id = provider.descriptor().id();
            ConnectorProvider other = byId.putIfAbsent(id, provider);
            if (other != null) {
                throw ambiguous(id, other, provider);
            }
        }
        return new Connectors(byId, List.of());
    }

    /**
     * Finds providers by {@link ServiceLoader}. One that cannot be loaded does not hide the others; see
     * {@link #failures()}.
     *
     * @param classLoader where to look; in a container usually the context class loader of the thread
     * @throws ConfigurationException if two providers have the same id; the same one found twice is one
     */
    public static Connectors discover(ClassLoader classLoader) {
        SortedMap<String, ConnectorProvider> byId = new TreeMap<>();
        List<Problem> failures = new ArrayList<>();
        Iterator<ConnectorProvider> iterator =
                ServiceLoader.load(ConnectorProvider.class, classLoader).iterator();
        while (failures.size() < MOST_FAILURES) {
            ConnectorProvider provider;
            String id;
            try {
                // Both calls load classes, and a class made for a newer Java fails here as an Error of its own.
                if (!iterator.hasNext()) {
                    break;
                }
                provider = iterator.next();
                id = provider.descriptor().id();
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                failures.add(
                        Problem.of("broken-provider", "", "a connector provider cannot be loaded: " + reason(e), ""));
                continue;
            }
            ConnectorProvider other = byId.putIfAbsent(id, provider);
            if (other != null && other.getClass() != provider.getClass()) {
                throw ambiguous(id, other, provider);
            }
        }
        return new Connectors(byId, failures);
    }

    private static String reason(Throwable e) {
        Throwable cause = e.getCause();
        return e instanceof ServiceConfigurationError
                ? e.getMessage() + (cause == null ? "" : " (" + cause + ")")
                : e.toString();
    }

    private static ConfigurationException ambiguous(String id, ConnectorProvider one, ConnectorProvider other) {
        String message = "two providers have the id '" + id + "': "
                + one.getClass().getName() + " and " + other.getClass().getName();
        return new ConfigurationException(
                List.of(Problem.of("ambiguous-connector", "", message, "remove one from the class path")));
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
