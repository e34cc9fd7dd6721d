package dev.rollcall.examples;

import dev.rollcall.configuration.ConnectorSettings;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code authorize FILE [--revoke]}: sends a person to the application, waits for the way back, and keeps what was granted;
 * or gives it back.
 */
final class Authorize {
    private static final Arguments.Shape SHAPE =
            new Arguments.Shape(List.of("FILE"), List.of(), Set.of("--revoke"), Set.of("--connector"));

    private static final Duration WAIT = Duration.ofMinutes(10);

    private Authorize() {}

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<ConnectorSettings> chosen = given.configuration(arguments.name(0))
                .flatMap(configuration -> given.connector(configuration, arguments.option("--connector")));
        given.check();
        ConnectorSettings settings = chosen.orElseThrow();
        String id = settings.descriptor().id();
        try (Connector connector = settings.open(ConnectorContext.defaults())) {
            if (arguments.flag("--revoke")) {
                connector.authorize(AuthorizationRequest.revoke());
                terminal.print(id + ": given back");
                return ExitStatus.DONE;
            }
            AuthorizationResult result = connector.authorize(AuthorizationRequest.begin());
            if (result instanceof AuthorizationResult.SendPersonTo send) {
                return receive(connector, settings, send.address(), terminal);
            }
            terminal.print(id + ": " + (result instanceof AuthorizationResult.Granted ? "granted" : "needs no person"));
            return ExitStatus.DONE;
        } catch (ConnectorException e) {
            terminal.complain(id + ": " + e.kind() + ", " + e.getMessage());
            return ExitStatus.SOURCE;
        }
    }

    private static ExitStatus receive(Connector connector, ConnectorSettings settings, URI address, Terminal terminal) {
        Optional<URI> redirectUri = redirectUri(settings);
        if (redirectUri.isEmpty() || !LoopbackReceiver.canReceive(redirectUri.get())) {
            terminal.complain("authorization.redirectUri must be an http:// address on this machine, such as"
                    + " http://127.0.0.1:8765/callback, for this command to receive the answer");
            return ExitStatus.SOURCE;
        }
        try (LoopbackReceiver receiver = LoopbackReceiver.open(redirectUri.get())) {
            terminal.print("open this address in a browser, and agree:");
            terminal.print(address.toString());
            long end = System.nanoTime() + WAIT.toNanos();
            while (true) {
                Optional<URI> callback = receiver.await(Duration.ofNanos(end - System.nanoTime()));
                if (callback.isEmpty()) {
                    terminal.complain("nobody came back within " + WAIT.toMinutes() + " minutes");
                    return ExitStatus.SOURCE;
                }
                if (isFinished(connector, callback.get(), terminal)) {
                    terminal.print("granted");
                    return ExitStatus.DONE;
                }
            }
        } catch (IOException e) {
            terminal.complain("cannot wait at " + redirectUri.get() + ": " + e.getMessage());
            return ExitStatus.SOURCE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.SOURCE;
        }
    }

    /** {@return whether the callback was the right one; anybody can call the address, so another one ends nothing} */
    private static boolean isFinished(Connector connector, URI callback, Terminal terminal) {
        try {
            connector.authorize(AuthorizationRequest.finish(callback));
            return true;
        } catch (ConnectorException e) {
            if (!e.problem().code().equals(AuthorizationRequest.UNKNOWN_STATE)) {
                throw e;
            }
            terminal.complain("ignored a callback with a state that is not ours; still waiting");
            return false;
        }
    }

    private static Optional<URI> redirectUri(ConnectorSettings settings) {
        if (!(settings.settings().block("authorization") instanceof Value.Fields fields)) {
            return Optional.empty();
        }
        try {
            return fields.get("redirectUri").text().map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
