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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs both programs one after the other: a first load into an empty directory, then three runs without changes, of
 * which the median counts. {@code Compare people folder} expects the project's root as its working directory.
 */
final class Compare {
    private static final int UNCHANGED_RUNS = 3;
    private static final double TARGET = 1.6;

    private final Path folder;
    private final PeopleServer people;

    private Compare(Path folder, PeopleServer people) {
        this.folder = folder;
        this.people = people;
    }

    public static void main(String[] arguments) throws Exception {
        int number = Integer.parseInt(arguments[0]);
        System.out.printf(
                Locale.ROOT,
                "%,d people over HTTP into OpenLDAP, %d processors, Java %s%n",
                number,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        try (PeopleServer people = new PeopleServer(number)) {
            Compare compare = new Compare(Path.of(arguments[1]), people);
            Results minimal = compare.measure("minimal");
            Results rollcall = compare.measure("rollcall");
            boolean loaded = within("first load", rollcall.firstLoad(), minimal.firstLoad());
            boolean unchanged = within("no change", rollcall.noChange(), minimal.noChange());
            long searches = rollcall.firstLoad().operations().getOrDefault("Search", 0L);
            System.out.printf(
                    Locale.ROOT, "first load   %,d searches beside the adds (target %,d)%n", searches, number / 200);
            System.exit(loaded && unchanged && searches <= number / 200 ? 0 : 1);
        }
    }

    /** What a run took, and what the server counted meanwhile. */
    private record Result(long milliseconds, Map<String, Long> operations) {}

    private record Results(Result firstLoad, Result noChange) {}

    private static boolean within(String situation, Result rollcall, Result minimal) {
        double ratio = (double) rollcall.milliseconds() / minimal.milliseconds();
        System.out.printf(
                Locale.ROOT, "%-12s rollcall takes %.2f times as long (target %.1f)%n", situation, ratio, TARGET);
        return ratio <= TARGET;
    }

    private Results measure(String program) throws IOException, InterruptedException, LDAPException {
        script("reset");
        Map<String, String> server = new HashMap<>();
        for (String line : script("start").split("\n", -1)) {
            int equals = line.indexOf('=');
            server.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        try (LDAPConnection monitor = monitor(server)) {
            Result firstLoad = run(program, "first load", server, monitor);
            Result[] unchanged = new Result[UNCHANGED_RUNS];
            for (int i = 0; i < UNCHANGED_RUNS; i++) {
                unchanged[i] = run(program, "no change", server, monitor);
            }
            Arrays.sort(unchanged, Comparator.comparingLong(Result::milliseconds));
            return new Results(firstLoad, unchanged[UNCHANGED_RUNS / 2]);
        } finally {
            script("reset");
        }
    }

    private Result run(String program, String situation, Map<String, String> server, LDAPConnection monitor)
            throws IOException, InterruptedException, LDAPException {
        Map<String, Long> before = operations(monitor);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        program,
                        people.url(),
                        server.getOrDefault("LDAP_URL", ""),
                        server.getOrDefault("BIND_DN", ""),
                        server.getOrDefault("BIND_PASSWORD", ""),
                        "ou=people," + server.get("BASE_DN")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program + " failed");
        }
        Map<String, Long> counted = new TreeMap<>(operations(monitor));
        // The searches for these very counts are ours.
        counted.replaceAll((name, count) -> count - before.getOrDefault(name, 0L) - (name.equals("Search") ? 1 : 0));
        counted.values().removeIf(count -> count == 0);
        String last = said.substring(said.lastIndexOf('\n') + 1);
        System.out.printf(Locale.ROOT, "%-12s %-9s %s %s%n", situation, program, last, counted);
        return new Result(Long.parseLong(last.substring(0, last.indexOf(' '))), counted);
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
