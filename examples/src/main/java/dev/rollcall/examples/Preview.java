package dev.rollcall.examples;

import dev.rollcall.configuration.ConnectorSettings;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.rest.RestConnector;
import dev.rollcall.rest.preview.RestPreview;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code preview FILE [--endpoint NAME] [--connector NAME]}: one call of an endpoint, looked at closely. */
final class Preview {
    private static final Arguments.Shape SHAPE =
            new Arguments.Shape(List.of("FILE"), List.of(), Set.of(), Set.of("--endpoint", "--connector"));

    private Preview() {}

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<ConnectorSettings> chosen = given.configuration(arguments.name(0))
                .flatMap(configuration -> given.connector(configuration, arguments.option("--connector")));
        given.check();
        return preview(chosen.orElseThrow(), arguments.option("--endpoint"), terminal);
    }

    private static ExitStatus preview(ConnectorSettings settings, Optional<String> endpoint, Terminal terminal) {
        try (Connector connector = settings.open(ConnectorContext.defaults())) {
            if (!(connector instanceof RestConnector rest)) {
                throw refused("no-preview", settings + " has no endpoints to look at", "");
            }
            if (endpoint.isPresent() && !rest.endpointNames().contains(endpoint.get())) {
                String remedy = Suggestion.remedy(endpoint.get(), rest.endpointNames());
                throw refused("unknown-name", "there is no endpoint '" + endpoint.get() + "'", remedy);
            }
            if (rest.endpointNames().isEmpty()) {
                throw refused("no-preview", settings + " has no endpoints to look at", "describe one under endpoints");
            }
            RestPreview preview = rest.preview(endpoint);
            preview.report().lines().forEach(terminal::print);
            return preview.failure().isPresent() ? ExitStatus.SOURCE : ExitStatus.DONE;
        } catch (ConnectorException e) {
            terminal.complain(settings.descriptor().id() + ": " + e.kind() + ", " + e.getMessage());
            return ExitStatus.SOURCE;
        }
    }

    private static ConfigurationException refused(String code, String message, String remedy) {
        return new ConfigurationException(List.of(Problem.of(code, "--endpoint", message, remedy)));
    }
}
