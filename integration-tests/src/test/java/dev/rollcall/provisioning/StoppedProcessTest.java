package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes make one directory agree, and the system stops one of them for longer than its lease ({@code SIGSTOP}). */
class StoppedProcessTest {
    private static final String FIRST = "cn=first";
    private static final String SECOND = "cn=second";
    private static final int BEFORE = 5;

    @TempDir
    private Path folder;

    /** Who added an entry, in the order of the requests. */
    private final List<String> writers = new CopyOnWriteArrayList<>();

    private InMemoryDirectoryServer server;

    private final class Writers extends InMemoryOperationInterceptor {
        private final Map<Long, String> bound = new ConcurrentHashMap<>();

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
            bound.put(request.getConnectionID(), request.getRequest().getBindDN());
        }

        @Override
        public void processAddRequest(InMemoryInterceptedAddRequest request) {
            writers.add(bound.getOrDefault(request.getConnectionID(), "the test"));
        }
    }

    @BeforeEach
    void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
        config.setSchema(null);
        config.addAdditionalBindCredentials(FIRST, "password");
        config.addAdditionalBindCredentials(SECOND, "password");
        config.addInMemoryOperationInterceptor(new Writers());
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
        server.add("dn: " + LeasedProcess.PEOPLE, "objectClass: organizationalUnit", "ou: people");
        writers.clear();
        server.startListening();
    }

    @AfterEach
    void stop() {
        server.shutDown(true);
    }

    private Process start(String who, int waitsBefore) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeasedProcess.class.getName(),
                        Integer.toString(server.getListenPort()),
                        folder.resolve("state").toString(),
                        who,
                        Integer.toString(waitsBefore))
                .redirectError(folder.resolve("errors-of-" + who).toFile())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void signal(Process process, String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors-of-" + FIRST))
                + (Files.exists(folder.resolve("errors-of-" + SECOND))
                        ? Files.readString(folder.resolve("errors-of-" + SECOND))
                        : "");
    }

    @Test
    void sends_nothing_more_when_it_wakes_up_after_another_has_taken_over() throws Exception {
        Process first = start(FIRST, BEFORE);
        try (BufferedReader saidByFirst = output(first)) {
            assertThat(saidByFirst.readLine()).as(errors()).isEqualTo("waiting");
            signal(first, "STOP");

            Process second = start(SECOND, 0);
            try (BufferedReader saidBySecond = output(second)) {
                assertThat(saidBySecond.readLine()).as(errors()).startsWith("ended: Optional.empty");
            }
            assertThat(writers).as("who wrote").filteredOn(SECOND::equals).hasSize(LeasedProcess.USERS - BEFORE + 1);

            signal(first, "CONT");
            first.getOutputStream().write('\n');
            first.getOutputStream().flush();

            assertThat(saidByFirst.readLine())
                    .as(errors())
                    .startsWith("ended: Optional[LEASE_LOST]")
                    .endsWith("not tried " + (LeasedProcess.USERS - BEFORE + 1));
        } finally {
            first.destroyForcibly();
        }
        assertThat(writers).filteredOn(FIRST::equals).hasSize(BEFORE - 1);
        assertThat(server.search(LeasedProcess.PEOPLE, SearchScope.ONE, "(objectClass=person)", "employeeNumber")
                        .getSearchEntries())
                .extracting((SearchResultEntry entry) -> entry.getAttributeValue("employeeNumber"))
                .hasSize(LeasedProcess.USERS)
                .doesNotHaveDuplicates();
    }
}
