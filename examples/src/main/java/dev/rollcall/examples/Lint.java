package dev.rollcall.examples;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.DirectorySettings;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.DirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code lint FILE}: checks a configuration without any connection but the directory's schema, if it can be read. */
final class Lint {
    private static final Arguments.Shape SHAPE = new Arguments.Shape(List.of("FILE"), List.of(), Set.of(), Set.of());

    private Lint() {}

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        Given given = new Given(arguments, terminal);
        var configuration = given.configuration(arguments.name(0));
        given.check();
        configuration.ifPresent(it -> {
            List<Problem> findings = findings(it, terminal);
            findings.forEach(finding -> terminal.print(finding + " [" + finding.code() + "]"));
            int sources = it.dataSources().size();
            int connectors = it.connectors().size();
            terminal.print(arguments.name(0) + ": "
                    + (findings.isEmpty() ? "no problem found" : Texts.count(findings.size(), "finding")) + " ("
                    + Texts.count(sources, "data source") + ", " + Texts.count(connectors, "named connector") + ")");
        });
        return ExitStatus.DONE;
    }

    private static List<Problem> findings(Configuration configuration, Terminal terminal) {
        Optional<Schema> schema = configuration.directory().flatMap(settings -> schema(settings, terminal));
        List<Problem> findings = new ArrayList<>();
        configuration.dataSources().forEach((name, source) -> {
            dev.rollcall.mapping.Lint lint = dev.rollcall.mapping.Lint.of(source.mapping());
            String path = name.equals("default") ? "mapping" : "dataSources." + name + ".mapping";
            schema.map(lint::schema).orElse(lint).findings().forEach(finding -> findings.add(finding.under(path)));
        });
        return findings;
    }

    private static Optional<Schema> schema(DirectorySettings settings, Terminal terminal) {
        try (LDAPConnectionPool pool = settings.connect()) {
            return Optional.ofNullable(pool.getSchema());
        } catch (DirectoryException | LDAPException e) {
            terminal.print("the directory's schema could not be read, so what it allows is not checked");
            return Optional.empty();
        }
    }
}
