package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory is lost while a run makes its changes; the next run finishes the work. */
@Tag("real")
class LossInMidApplyTest {
    /** More than a batch whose outcome is known only once it was read back, and the window after it. */
    private static final int PEOPLE = 400;

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private RealDirectory server;
    private int port;

    @BeforeEach
    void start() {
        server = RealDirectory.openLdap();
        port = Integer.parseInt(server.setting("LDAP_URL").replaceAll(".*:", ""));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_server_that_is_killed_ends_the_run_and_the_next_one_finishes() throws Exception {
        losesTheDirectory(port, server::kill, UnaryOperator.identity());
        server.restart();

        theNextRunFinishes();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_connection_that_hangs_ends_the_run_and_the_next_one_finishes(boolean passwords, @TempDir Path folder)
            throws Exception {
        PasswordPolicy policy = passwords(folder.resolve("passwords.csv"));
        try (HangingProxy proxy = new HangingProxy(port)) {
            losesTheDirectory(proxy.port(), proxy::hang, run -> passwords ? run.passwords(policy) : run);
        }

        theNextRunFinishes();
    }

    @Test
    void accounts_that_were_made_and_not_given_their_password_get_it_from_the_next_run(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("passwords.csv");
        losesTheDirectory(port, server::kill, run -> run.passwords(passwords(file)));
        server.restart();
        assertThat(withoutPassword())
                .as("accounts that the loss left without password")
                .isPositive();

        try (Directory directory = directory(port)) {
            Reconciler reconciler = run(directory).passwords(passwords(file)).build();
            try (Plan plan = reconciler.plan();
                    Outcomes outcomes = reconciler.apply(plan)) {
                assertThat(outcomes.isComplete()).isTrue();
            }
        }

        assertThat(withoutPassword()).isZero();
        Map<String, String> delivered = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("confirmed,")) {
                String[] fields = line.replaceAll("^\\w+,\"|\"$", "").split("\",\"", 3);
                delivered.put(fields[1], fields[2]);
            }
        }
        assertThat(delivered).hasSize(PEOPLE);
        try (LDAPConnection anybody = new LDAPConnection("127.0.0.1", port)) {
            for (Map.Entry<String, String> account : delivered.entrySet()) {
                anybody.bind(account.getKey(), account.getValue());
            }
        }
    }

    private static PasswordPolicy passwords(Path file) {
        return PasswordPolicy.generate(20, PasswordDelivery.file(file)).forceChange(false);
    }

    private int withoutPassword() throws LDAPException {
        try (LDAPConnection administrator =
                new LDAPConnection("127.0.0.1", port, server.setting("BIND_DN"), server.setting("BIND_PASSWORD"))) {
            return administrator
                    .search(
                            "ou=people," + server.baseDn(),
                            SearchScope.ONE,
                            "(&(objectClass=person)(!(userPassword=*)))",
                            "1.1")
                    .getEntryCount();
        }
    }

    private void losesTheDirectory(int through, Runnable loss, UnaryOperator<ReconcilerBuilder> settings)
            throws Exception {
        AtomicInteger finished = new AtomicInteger();
        ChangeListener listener = outcome -> {
            if (finished.incrementAndGet() == 50) {
                loss.run();
            }
        };
        try (Directory directory = directory(through)) {
            Reconciler reconciler =
                    settings.apply(run(directory).listener(listener)).build();
            try (Plan plan = reconciler.plan()) {
                Instant started = Instant.now();
                Outcomes outcomes = reconciler.apply(plan);

                assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
                assertThat(outcomes.isComplete()).isFalse();
                assertThat(outcomes.cause()).isPresent();
                assertThat(outcomes.stopped()).contains(StopReason.DIRECTORY_LOST);
                assertThat(outcomes.failures()).extracting(Outcome::status).containsOnly(Outcome.Status.UNKNOWN);
                assertThat(outcomes.notTried()).isGreaterThan(100);
                assertThat(outcomes.counts().of(ChangeKind.CREATE)
                                + outcomes.failures().size()
                                + outcomes.notTried())
                        .isEqualTo(PEOPLE);
            }
        }
    }

    private void theNextRunFinishes() throws LDAPException {
        try (Directory directory = directory(port)) {
            Reconciler reconciler = run(directory).build();
            try (Plan plan = reconciler.plan();
                    Outcomes outcomes = reconciler.apply(plan)) {
                assertThat(plan.counts().of(ChangeKind.CREATE)).isBetween(100, PEOPLE - 50);
                assertThat(outcomes.isComplete()).isTrue();
            }
            try (Plan again = reconciler.plan()) {
                assertThat(again.isEmpty()).isTrue();
                assertThat(again.conflicts()).isEmpty();
            }
        }
    }

    private Directory directory(int through) throws LDAPException {
        LDAPConnection connection =
                new LDAPConnection("127.0.0.1", through, server.setting("BIND_DN"), server.setting("BIND_PASSWORD"));
        return Directory.openLdap(new LDAPConnectionPool(connection, 1, 4))
                .base("ou=people," + server.baseDn())
                .timeout(TIMEOUT)
                .build();
    }

    private ReconcilerBuilder run(Directory directory) {
        List<UserRecord> people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> UserRecord.of(Map.of("id", "n" + i, "name", "Person " + i)))
                .toList();
        Mapping mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=people," + server.baseDn())
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.id}")
                .build();
        return Reconciler.builder(Source.of(people), mapping, directory).allow("maxCreate");
    }
}
