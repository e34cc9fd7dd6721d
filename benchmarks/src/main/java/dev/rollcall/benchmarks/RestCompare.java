package dev.rollcall.benchmarks;

import dev.rollcall.connector.ConnectorContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Measures the REST source: beside a loop written by hand, over a slow line, and with little memory. {@code RestCompare
 * people} compares; {@code RestCompare read URL} only reads, in a process whose heap somebody else chose.
 */
final class RestCompare {
    private static final int ROUNDS = 7;
    private static final int DELAY_MILLIS = 50;
    private static final int SLOW_PAGES = 40;
    private static final double MOST_TIMES_BY_HAND = 1.3;
    private static final double LEAST_TIMES_FASTER = 4;
    private static final String SMALL_HEAP = "-Xmx64m";

    private RestCompare() {}

    /** Something whose time is taken, and which returns how many people it saw. */
    private interface Reading {
        long read() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("read")) {
            System.out.println(RestReaders.byConnector(arguments[1], ConnectorContext.defaults()));
            return;
        }
        int people = Integer.parseInt(arguments[0]);
        Process server = java("-Xmx256m", RestServer.class.getName());
        ExecutorService threads = Executors.newCachedThreadPool();
        boolean met;
        try (BufferedReader port =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            String url = "http://127.0.0.1:" + port.readLine() + "/users?of=";
            System.out.printf(
                    Locale.ROOT,
                    "%,d people of 40 columns, %d processors, Java %s%n",
                    people,
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.version"));
            met = throughput(url + people + "&size=1000", people, threads);
            met &= latency(url + SLOW_PAGES * 100 + "&size=100&delay=" + DELAY_MILLIS, threads);
            met &= memory(url + people + "&size=" + people, people);
        } finally {
            threads.shutdownNow();
            server.destroy();
        }
        System.exit(met ? 0 : 1);
    }

    private static boolean throughput(String url, int people, ExecutorService threads) throws Exception {
        ConnectorContext alone = ConnectorContext.defaults();
        List<Reading> readings = List.of(
                () -> RestReaders.byHand(url),
                () -> RestReaders.byConnector(url, alone),
                () -> RestReaders.byConnector(url, alone.executor(threads)));
        double[] seconds = medians(readings, people);
        double ratio = seconds[1] / seconds[0];
        System.out.printf(
                Locale.ROOT,
                "throughput  by hand %.2f s, connector %.2f s, connector fetching ahead %.2f s: %.2f times (target %.1f)%n",
                seconds[0],
                seconds[1],
                seconds[2],
                ratio,
                MOST_TIMES_BY_HAND);
        return ratio <= MOST_TIMES_BY_HAND;
    }

    private static boolean latency(String url, ExecutorService threads) throws Exception {
        ConnectorContext alone = ConnectorContext.defaults();
        List<Reading> readings = List.of(
                () -> RestReaders.byConnector(url, alone), () -> RestReaders.byConnector(url, alone.executor(threads)));
        double[] seconds = medians(readings, SLOW_PAGES * 100);
        double times = seconds[0] / seconds[1];
        System.out.printf(
                Locale.ROOT,
                "latency     %d pages of 100, each after %d ms: one by one %.2f s, ahead %.2f s: %.1f times faster (target %.0f)%n",
                SLOW_PAGES,
                DELAY_MILLIS,
                seconds[0],
                seconds[1],
                times,
                LEAST_TIMES_FASTER);
        return times >= LEAST_TIMES_FASTER;
    }

    private static boolean memory(String url, int people) throws IOException, InterruptedException {
        Process reader = java(SMALL_HEAP, RestCompare.class.getName(), "read", url);
        String said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        boolean whole = reader.waitFor() == 0 && said.equals(Integer.toString(people));
        System.out.printf(
                Locale.ROOT,
                "memory      one page of %,d people with %s: %s%n",
                people,
                SMALL_HEAP,
                whole ? "read" : "failed: " + said);
        return whole;
    }

    /** The readings take turns, so that what else the machine does meets all of them; the first turn warms up. */
    private static double[] medians(List<Reading> readings, long people) throws Exception {
        double[][] taken = new double[readings.size()][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            for (int i = 0; i < readings.size(); i++) {
                long start = System.nanoTime();
                long seen = readings.get(i).read();
                if (seen != people) {
                    throw new IllegalStateException("read " + seen + " people of " + people);
                }
                if (round >= 0) {
                    taken[i][round] = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        return Arrays.stream(taken)
                .mapToDouble(times -> Arrays.stream(times).sorted().toArray()[ROUNDS / 2])
                .toArray();
    }

    private static Process java(String heap, String... program) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(program));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
