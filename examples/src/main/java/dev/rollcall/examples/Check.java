package dev.rollcall.examples;

import dev.rollcall.configuration.ConnectorSettings;
import dev.rollcall.configuration.DataSource;
import dev.rollcall.configuration.DirectorySettings;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code check FILE}: one authorized call per connector, one bind, and what a disable would do; nothing else. */
final class Check {
    private static final Arguments.Shape SHAPE = new Arguments.Shape(List.of("FILE"), List.of(), Set.of(), Set.of());

    private Check() {}

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        var configuration = given.configuration(arguments.name(0));
        given.check();
        List<ExitStatus> results = new ArrayList<>();
        configuration.ifPresent(it -> {
            CommandInput.connectors(it).forEach((name, settings) -> results.add(connector(name, settings, terminal)));
            boolean forced = it.dataSources().values().stream().anyMatch(Check::forcesChange);
            it.directory().ifPresent(settings -> results.add(directory(settings, forced, terminal)));
        });
        return ExitStatus.first(results);
    }

    private static ExitStatus connector(String name, ConnectorSettings settings, Terminal terminal) {
        String who = name + " (" + settings.descriptor().id() + "): ";
        try (Connector connector = settings.open(ConnectorContext.defaults())) {
            if (connector.authorize(AuthorizationRequest.begin()) instanceof AuthorizationResult.SendPersonTo) {
                terminal.complain(who + "a person must authorize; run authorize");
                return ExitStatus.SOURCE;
            }
            try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                Page<UserRecord> page = pages.hasNext() ? pages.next() : Page.last(List.of());
                terminal.print(
                        who + "answers, with " + Texts.count(page.items().size(), "user") + " on the first page");
                return ExitStatus.DONE;
            }
        } catch (ConnectorException e) {
            terminal.complain(who + e.kind() + ", " + e.getMessage());
            return ExitStatus.SOURCE;
        }
    }

    /** Whether new accounts of a data source get a password that has to be changed. */
    static boolean forcesChange(DataSource source) {
        return source.policy().passwords().filter(PasswordPolicy::forcesChange).isPresent();
    }

    private static ExitStatus directory(DirectorySettings settings, boolean forced, Terminal terminal) {
        String who = "directory (" + String.join(", ", settings.servers()) + "): ";
        try {
            try (Directory directory = settings.open()) {
                terminal.print(
                        who + settings.bindDn().map(dn -> "accepts " + dn).orElse("answers"));
                directory.disableProblem().ifPresent(problem -> terminal.complain(who + problem));
                if (forced) {
                    directory.forceChangeProblem().ifPresent(problem -> terminal.complain(who + problem));
                }
                directory.protectionProblems().forEach(problem -> terminal.complain(who + problem));
            }
            return ExitStatus.DONE;
        } catch (DirectoryException e) {
            terminal.complain(who + e.kind() + ", " + e.getMessage());
            return ExitStatus.DIRECTORY;
        }
    }
}
