package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of the network itself, made by {@link PacketFaults} in a network of its own. */
class PacketFaultTest {
    private static final Map<String, String> OUTCOMES = new TreeMap<>();

    @BeforeAll
    static void make_a_network_of_our_own() throws Exception {
        String probe = "ip link set lo up && tc qdisc add dev lo root tbf rate 8mbit burst 32k latency 50ms";
        assumeTrue(
                output("unshare", "-n", "sh", "-c", probe + " && echo fine").contains("fine"),
                "needs root, unshare, ip and tc, for a network whose packets can be dropped");
        String printed = output(
                "unshare",
                "-n",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PacketFaults.class.getName());
        printed.lines()
                .filter(line -> line.startsWith("= "))
                .forEach(line ->
                        OUTCOMES.put(line.substring(2, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
        assertThat(OUTCOMES).as(printed).hasSize(5);
    }

    private static String output(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "blackhole mid-body, TIMEOUT: page 1 of users: no answer in time (the body was silent for PT0.4S)",
        "SYN dropped, TIMEOUT: page 1 of users: no answer in time",
        "host unreachable, UNAVAILABLE: page 1 of users: the connection to https://10.9.9.9 failed: No route to host",
        "network unreachable, 'UNAVAILABLE: page 1 of users: the connection to https://10.7.7.7 failed: Network is'",
        "loss and little bandwidth, whole: 5000 records and some packets dropped",
    })
    void is_told_by_kind_and_words(String fault, String outcome) {
        assertThat(OUTCOMES.get(fault)).startsWith(outcome).doesNotContain(Sources.SECRET);
    }
}
