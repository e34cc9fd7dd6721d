package dev.rollcall.examples;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.DataSource;
import dev.rollcall.configuration.DirectorySettings;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.directory.DirectoryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code lint FILE}: checks a configuration without any connection but the directory's schema, if it can be read. With
 * samples, the mapping is tried on them: from a file, or with {@code --fetch} from the first page of the application, whose
 * list is read once to find what contradicts in it. Not thread-safe: for one thread at a time.
 */
final class Lint {
    private static final Arguments.Shape SHAPE =
            new Arguments.Shape(List.of("FILE"), List.of(), Set.of("--fetch"), Set.of("--samples", "--data-source"));

    private final String file;
    private final Terminal terminal;
    private final List<Problem> findings = new ArrayList<>();
    private int sampled;

    private Lint(String file, Terminal terminal) {
        this.file = file;
        this.terminal = terminal;
    }

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<Configuration> configuration = given.configuration(arguments.name(0));
        boolean one = arguments.option("--samples").isPresent()
                || arguments.option("--data-source").isPresent();
        Map<String, DataSource> sources = new LinkedHashMap<>();
        configuration.ifPresent(it -> {
            if (one) {
                given.dataSource(it, arguments.option("--data-source"))
                        .ifPresent(source -> sources.put(source.name(), source));
            } else {
                sources.putAll(it.dataSources());
            }
        });
        Optional<List<UserRecord>> samples =
                arguments.option("--samples").flatMap(file -> SampleFile.read(file, given));
        if (samples.isPresent() && arguments.flag("--fetch")) {
            given.add(Problem.of("conflict", "--fetch", "there are samples in a file", "leave one of the two out"));
        }
        given.check();
        return new Lint(arguments.name(0), terminal)
                .run(configuration.orElseThrow(), sources, samples.orElse(List.of()), arguments.flag("--fetch"));
    }

    private ExitStatus run(
            Configuration configuration, Map<String, DataSource> sources, List<UserRecord> samples, boolean fetch) {
        Optional<LDAPConnectionPool> directory = configuration.directory().flatMap(this::connect);
        try {
            for (DataSource source : sources.values()) {
                lint(configuration, source, fetch ? fetch(configuration, source) : samples, directory);
            }
        } catch (ConnectorException e) {
            terminal.complain("source: " + e.kind() + ", " + e.getMessage());
            return ExitStatus.SOURCE;
        } finally {
            directory.ifPresent(LDAPConnectionPool::close);
        }
        boolean forced = sources.values().stream().anyMatch(Check::forcesChange);
        directory.ifPresent(reachable -> configuration.directory().ifPresent(settings -> policies(settings, forced)));
        findings.forEach(finding -> terminal.printText(finding + " [" + finding.code() + "]"));
        terminal.print(
                file + ": " + (findings.isEmpty() ? "no problem found" : Texts.count(findings.size(), "finding")) + " ("
                        + Texts.count(sources.size(), "data source") + ", "
                        + Texts.count(configuration.connectors().size(), "named connector")
                        + (sampled > 0 ? ", " + Texts.count(sampled, "sample") : "") + ")");
        return ExitStatus.DONE;
    }

    private void lint(
            Configuration configuration,
            DataSource source,
            List<UserRecord> samples,
            Optional<LDAPConnectionPool> directory) {
        sampled += samples.size();
        var lint = dev.rollcall.mapping.Lint.of(source.mapping())
                .samples(samples)
                .input(MappingInput.none().zone(configuration.zone()));
        if (directory.isPresent()) {
            try {
                lint = lint.directory(directory.get());
            } catch (LDAPException e) {
                unreadable(e);
            }
        }
        String path = source.name().equals("default") ? "mapping" : "dataSources." + source.name() + ".mapping";
        lint.findings().forEach(finding -> findings.add(configuration.locate(finding.under(path))));
    }

    /** Reads the list once, to find what in it contradicts that it is complete. {@return its first page} */
    private List<UserRecord> fetch(Configuration configuration, DataSource source) {
        ListReading reading = new ListReading();
        List<UserRecord> samples = new ArrayList<>();
        boolean first = true;
        try (Connector connector = source.connector().open(ConnectorContext.defaults());
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                Page<UserRecord> page = pages.next();
                reading.page(page);
                page.items().forEach(record -> note(source, record, reading));
                if (first) {
                    samples.addAll(page.items());
                    first = page.isContinued();
                }
            }
        }
        reading.end();
        String path = source.name().equals("default") ? "source" : "dataSources." + source.name() + ".source";
        reading.doubts().forEach(doubt -> findings.add(configuration.locate(doubt.under(path))));
        reading.doubtOfAbsence().ifPresent(doubt -> findings.add(configuration.locate(doubt.under(path))));
        return samples;
    }

    private static void note(DataSource source, UserRecord record, ListReading reading) {
        reading.record(source.mapping().key().of(record).orElse(null), record.fingerprint());
    }

    private Optional<LDAPConnectionPool> connect(DirectorySettings settings) {
        try {
            return Optional.of(settings.connect());
        } catch (DirectoryException e) {
            unreadable(e);
            return Optional.empty();
        }
    }

    /** Whether a disable would have an effect, and the duty to change a first password. */
    private void policies(DirectorySettings settings, boolean forced) {
        if (settings.type() != DirectoryType.OPENLDAP) {
            return;
        }
        try (Directory directory = settings.open()) {
            directory.disableProblem().ifPresent(findings::add);
            if (forced) {
                directory.forceChangeProblem().ifPresent(findings::add);
            }
        } catch (DirectoryException e) {
            unreadable(e);
        }
    }

    private void unreadable(Exception reason) {
        terminal.print(
                "the directory's schema could not be read, so what it allows is not checked: " + reason.getMessage());
    }
}
