package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Makes connectors for one application. Found by {@link java.util.ServiceLoader}: public, with a public constructor
 * without parameters, named in {@code META-INF/services}. It keeps no state. Implementations are thread-safe.
 */
public interface ConnectorProvider {
    /** {@return what the connector is; the same every time} */
    ConnectorDescriptor descriptor();

    /**
     * Checks everything that can be checked without a connection. By default the settings that the descriptor declares,
     * and that no block is given which only a connector on the REST engine reads.
     *
     * @return every problem, with paths that start at the source block; empty if all is well
     */
    default List<Problem> check(Settings settings) {
        List<Problem> problems = new ArrayList<>(descriptor().check(settings));
        for (String block : List.of("endpoints", "authorization")) {
            if (!(settings.block(block) instanceof Value.Absent)) {
                problems.add(Problem.of(
                        "unknown-key",
                        block,
                        "the connector '" + descriptor().id() + "' reads no " + block,
                        "remove it"));
            }
        }
        return problems;
    }

    /**
     * Checks what a source of users needs beyond {@link #check}: a connector that only sends webhooks is whole without
     * it. By default nothing.
     *
     * @return every problem, with paths that start at the source block; empty if all is well
     */
    default List<Problem> checkSource(Settings settings) {
        return List.of();
    }

    /**
     * Checks the names of attributes that an {@link AccountWriter} is to be given, as far as that goes without a
     * connection. By default any name will do.
     *
     * @return every problem, with the attribute as its path; empty if all is well
     */
    default List<Problem> checkAccountAttributes(Collection<String> attributes) {
        return List.of();
    }

    /**
     * Makes a connector. No I/O happens here.
     *
     * @throws ConfigurationException if {@link #check} finds a problem in {@code settings}
     */
    Connector create(Settings settings, ConnectorContext context);
}
