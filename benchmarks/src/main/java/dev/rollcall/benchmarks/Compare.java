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
 * Runs the programs one after the other, each over an OpenLDAP of its own: a first load, three runs without changes, of
 * which the median counts, one more in a process that did the same often before, one with a change for 1 %, one in which
 * 1 % are gone. {@code Compare people folder program...} expects the project's root as its working directory.
 */
final class Compare {
    private static final int UNCHANGED_RUNS = 3;
    /** Fewer, and the JVM is still compiling. */
    private static final int WARM_RUNS = 30;

    private static final double MINIMAL_TARGET = 1.4;

    /** For a process that lives for seconds, as {@code examples/run} starts it; who stays up has the JVM's own choice. */
    private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** How many times faster than ConnId, with its sweep and with its lookups. */
    private static final Map<String, Double> CONNID_TARGETS = Map.of("connid-bulk", 2.0, "connid-lookup", 4.0);

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
            Map<String, Map<String, Result>> results = new LinkedHashMap<>();
            for (String program : Arrays.asList(arguments).subList(2, arguments.length)) {
                compare.archive(program);
                results.put(program, compare.measure(program));
            }
            System.exit(compare.judge(results) ? 0 : 1);
        }
    }

    /** What a run took, and what the server counted meanwhile. */
    private record Result(long milliseconds, String counts, Map<String, Long> operations) {}

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

    private Map<String, Result> measure(String program) throws IOException, InterruptedException, LDAPException {
        script("reset");
        Map<String, String> server = start();
        try (LDAPConnection monitor = monitor(server)) {
            Map<String, Result> results = new LinkedHashMap<>();
            results.put("first load", run(program, "first load", "/users", 1, server, monitor));
            Result[] unchanged = new Result[UNCHANGED_RUNS];
            for (int i = 0; i < UNCHANGED_RUNS; i++) {
                unchanged[i] = run(program, "no change", "/users", 1, server, monitor);
            }
            Arrays.sort(unchanged, Comparator.comparingLong(Result::milliseconds));
            results.put("no change", unchanged[UNCHANGED_RUNS / 2]);
            if (!program.equals("connid-lookup")) {
                // Its pool hands the pages of the next sweep to several connections, and the server refuses the cookie.
                results.put("warm", run(program, "warm", "/users", WARM_RUNS, server, monitor));
            }
            results.put("1 % changed", run(program, "1 % changed", "/changed", 1, server, monitor));
            results.put("1 % gone", run(program, "1 % gone", "/gone", 1, server, monitor));
            return results;
        } finally {
            script("reset");
        }
    }

    /** Whether all targets are met, and all programs did the same. */
    private boolean judge(Map<String, Map<String, Result>> results) {
        Map<String, Result> ours = results.getOrDefault("rollcall", Map.of());
        boolean met = true;
        for (Map.Entry<String, Map<String, Result>> program : results.entrySet()) {
            for (String situation : ours.keySet()) {
                Result rollcall = ours.get(situation);
                Result other = program.getValue().get(situation);
                if (rollcall == null || other == null || program.getKey().equals("rollcall")) {
                    continue;
                }
                if (!rollcall.counts().equals(other.counts())) {
                    System.out.printf("%s: %s did something else: %s%n", situation, program.getKey(), other.counts());
                    met = false;
                }
                met &= judge(situation, rollcall.milliseconds(), program.getKey(), other.milliseconds());
            }
        }
        Result firstLoad = ours.get("first load");
        if (firstLoad != null) {
            long searches = firstLoad.operations().getOrDefault("Search", 0L);
            System.out.printf(
                    Locale.ROOT, "first load   %,d searches beside the adds (target %,d)%n", searches, number / 200);
            met &= searches <= number / 200;
        }
        return met;
    }

    private static boolean judge(String situation, long rollcall, String program, long other) {
        if (program.equals("minimal")) {
            System.out.printf(
                    Locale.ROOT,
                    "%-12s takes %.2f times as long as by hand (target %.1f)%n",
                    situation,
                    (double) rollcall / other,
                    MINIMAL_TARGET);
            return (double) rollcall / other <= MINIMAL_TARGET;
        }
        double target = CONNID_TARGETS.getOrDefault(program, 1.0);
        System.out.printf(
                Locale.ROOT,
                "%-12s is %.1f times as fast as %s (target %.0f)%n",
                situation,
                (double) other / rollcall,
                program,
                target);
        return (double) other / rollcall >= target;
    }

    /** Starts the directory, and tells where it is. */
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
                "-Xmx512m",
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

    private Result run(
            String program,
            String situation,
            String path,
            int times,
            Map<String, String> server,
            LDAPConnection monitor)
            throws IOException, InterruptedException, LDAPException {
        Map<String, Long> before = operations(monitor);
        List<String> archived = List.of("-XX:SharedArchiveFile=" + archiveOf(program));
        String said = start(program, path, times, server, times == 1 ? archived : List.of());
        Map<String, Long> counted = new TreeMap<>(operations(monitor));
        // The searches for these very counts are ours.
        counted.replaceAll((name, count) -> count - before.getOrDefault(name, 0L) - (name.equals("Search") ? 1 : 0));
        counted.values().removeIf(count -> count == 0);
        String last = said.substring(said.lastIndexOf('\n') + 1);
        System.out.printf(Locale.ROOT, "%-12s %-13s %s %s%n", situation, program, last, counted);
        return new Result(
                Long.parseLong(last.substring(0, last.indexOf(' '))), last.substring(last.indexOf(": ") + 2), counted);
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
