package dev.rollcall.benchmarks;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs the programs one after the other, each over an OpenLDAP of its own, and all of them as many times as there are
 * rounds: a first load, three runs without changes, of which the median counts, one more in a process that did the same often
 * before, one with a change for 1 %, one in which 1 % are gone; {@code scale} also with a filter that finds
 * nobody. What counts is the median of the ratios of each round.
 * {@code Compare people folder rounds program...} expects the project's root as its working directory.
 */
final class Compare {
    private static final int UNCHANGED_RUNS = 3;
    /** Fewer, and the JVM is still compiling. */
    private static final int WARM_RUNS = 30;
    /** Of more people a run without changes takes long enough that one counts, and thirty would take half an hour. */
    private static final int MANY = 50_000;
    /** As {@code -Xmx} has it. */
    private static final String HEAP = System.getProperty("benchmarks.heap", "512m");

    /** For a process that lives for seconds, as {@code examples/run} starts it; who stays up has the JVM's own choice. */
    private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final int number;
    private final Path folder;
    private final PeopleServer people;

    private Compare(int number, Path folder, PeopleServer people) {
        this.number = number;
        this.folder = folder;
        this.people = people;
    }

    public static void main(String[] arguments) throws Exception {
        int number = Integer.parseInt(arguments[0]);
        System.out.printf(
                Locale.ROOT,
                "%n%,d people over HTTP into OpenLDAP, %d processors, Java %s%n",
                number,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        try (PeopleServer people = new PeopleServer(number)) {
            Compare compare = new Compare(number, Path.of(arguments[1]), people);
            int rounds = Integer.parseInt(arguments[2]);
            List<String> programs = Arrays.asList(arguments).subList(3, arguments.length);
            Comparison comparison = new Comparison(number);
            for (String program : programs) {
                compare.archive(program);
            }
            for (int round = 0; round < rounds; round++) {
                for (String program : programs) {
                    compare.measure(program, round == 0)
                            .forEach((situation, run) -> comparison.add(program, situation, run));
                }
            }
            System.exit(comparison.judge() ? 0 : 1);
        }
    }

    /** Has the JVM archive the classes that a program loads, as {@code examples/run} does on first use. */
    private void archive(String program) throws IOException, InterruptedException {
        Path archive = archiveOf(program);
        if (!Files.exists(archive)) {
            script("reset");
            Map<String, String> server = start();
            start(program, "/users", 1, server, List.of());
            start(program, "/gone", 1, server, List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive));
        }
    }

    private Path archiveOf(String program) {
        return folder.resolve(program + ".jsa");
    }

    private Map<String, Comparison.Run> measure(String program, boolean isFirst)
            throws IOException, InterruptedException, LDAPException {
        script("reset");
        Map<String, String> server = start();
        try (LDAPConnection monitor = monitor(server)) {
            Map<String, Comparison.Run> results = new LinkedHashMap<>();
            results.put("first load", run(program, "first load", "/users", 1, server, monitor));
            Comparison.Run[] unchanged = new Comparison.Run[number < MANY ? UNCHANGED_RUNS : 1];
            for (int i = 0; i < unchanged.length; i++) {
                unchanged[i] = run(program, "no change", "/users", 1, server, monitor);
            }
            Arrays.sort(unchanged, Comparator.comparingLong(Comparison.Run::milliseconds));
            results.put("no change", unchanged[unchanged.length / 2]);
            if (isFirst && number < MANY && !program.equals("connid-lookup")) {
                // Its pool hands the pages of the next sweep to several connections, and the server refuses the cookie.
                results.put("warm", run(program, "warm", "/users", WARM_RUNS, server, monitor));
            }
            results.put("1 % changed", run(program, "1 % changed", "/changed", 1, server, monitor));
            results.put("1 % gone", run(program, "1 % gone", "/gone", 1, server, monitor));
            if (program.equals("scale")) {
                results.put(
                        "all in conflict", run("scale-wrong-filter", "all in conflict", "/users", 1, server, monitor));
            }
            return results;
        } finally {
            script("reset");
        }
    }

    /** Starts the directory, and returns where it is. */
    private Map<String, String> start() throws IOException, InterruptedException {
        Map<String, String> server = new HashMap<>();
        for (String line : script("start").split("\n", -1)) {
            int equals = line.indexOf('=');
            server.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        return server;
    }

    private String start(String program, String path, int times, Map<String, String> server, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(times == 1 ? SHORT_LIVED : List.of());
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx" + HEAP,
                "-Dbenchmarks.folder=" + folder,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.identityconnectors.common.logging.class=" + QuietLog.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                program,
                people.url(path),
                server.getOrDefault("LDAP_URL", ""),
                server.getOrDefault("BIND_DN", ""),
                server.getOrDefault("BIND_PASSWORD", ""),
                "ou=people," + server.get("BASE_DN"),
                Integer.toString(times)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program + " failed");
        }
        return said;
    }

    private Comparison.Run run(
            String program,
            String situation,
            String path,
            int times,
            Map<String, String> server,
            LDAPConnection monitor)
            throws IOException, InterruptedException, LDAPException {
        Map<String, Long> before = operations(monitor);
        List<String> archived =
                List.of("-XX:SharedArchiveFile=" + archiveOf(program.startsWith("scale") ? "scale" : program));
        String said = start(program, path, times, server, times == 1 ? archived : List.of());
        Map<String, Long> counted = new TreeMap<>(operations(monitor));
        // The searches for these very counts are ours.
        counted.replaceAll((name, count) -> count - before.getOrDefault(name, 0L) - (name.equals("Search") ? 1 : 0));
        counted.values().removeIf(count -> count == 0);
        String last = said.substring(said.lastIndexOf('\n') + 1);
        System.out.printf(Locale.ROOT, "%-12s %-13s %s %s%n", situation, program, last, counted);
        String megabytes = last.substring(last.indexOf("with ") + "with ".length(), last.indexOf(" MB"));
        return new Comparison.Run(
                Long.parseLong(last.substring(0, last.indexOf(' '))),
                Long.parseLong(megabytes),
                last.substring(last.indexOf(": ") + 2),
                counted);
    }

    private static LDAPConnection monitor(Map<String, String> server) throws LDAPException {
        URI url = URI.create(server.getOrDefault("LDAP_URL", ""));
        return new LDAPConnection(url.getHost(), url.getPort(), server.get("BIND_DN"), server.get("BIND_PASSWORD"));
    }

    private static Map<String, Long> operations(LDAPConnection monitor) throws LDAPException {
        Map<String, Long> counts = new TreeMap<>();
        for (SearchResultEntry entry : monitor.search(
                        "cn=Operations,cn=Monitor", SearchScope.ONE, "(objectClass=*)", "cn", "monitorOpCompleted")
                .getSearchEntries()) {
            counts.put(entry.getAttributeValue("cn"), Long.parseLong(entry.getAttributeValue("monitorOpCompleted")));
        }
        return counts;
    }

    private String script(String command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        // A file and not a pipe: the server inherits it and would keep a pipe open for ever.
        ProcessBuilder builder = new ProcessBuilder("bash", "ci/directories/openldap.sh", command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OPENLDAP_DIR", folder.resolve("openldap").toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("openldap.sh " + command + " failed");
        }
        return Files.readString(out);
    }
}
