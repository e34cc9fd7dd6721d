package dev.rollcall.examples;

import java.util.List;
import java.util.Set;

/** {@code lint FILE}: checks a configuration without any connection. */
final class Lint {
    private static final Arguments.Shape SHAPE = new Arguments.Shape(List.of("FILE"), List.of(), Set.of(), Set.of());

    private Lint() {}

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        Given given = new Given(arguments, terminal);
        var configuration = given.configuration(arguments.name(0));
        given.check();
        configuration.ifPresent(it -> {
            int sources = it.dataSources().size();
            int connectors = it.connectors().size();
            terminal.print(arguments.name(0) + ": no problem found (" + Texts.count(sources, "data source") + ", "
                    + Texts.count(connectors, "named connector") + ")");
        });
        return ExitStatus.DONE;
    }
}
