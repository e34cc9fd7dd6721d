package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.internal.lease.LeaseTaking;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.provisioning.state.RunLease;
import dev.rollcall.state.jdbc.JdbcState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that makes a directory agree, with a lease of a second and a half.
 *
 * <p>Arguments: the port of the directory, the folder of the state, the name to bind with, and before which change it waits for a
 * byte on its input (0 for none). It prints {@code waiting} then, and at its end how that was.
 */
final class LeasedProcess {
    static final String PEOPLE = "ou=people,dc=example,dc=test";
    static final int USERS = 20;
    static final Duration LENGTH = Duration.ofMillis(1_500);

    private LeasedProcess() {}

    public static void main(String[] args) throws Exception {
        int waitsBefore = Integer.parseInt(args[3]);
        List<UserRecord> users = new ArrayList<>();
        for (int each = 1; each <= USERS; each++) {
            users.add(UserRecord.of(Map.of("id", each, "name", "Person " + each)));
        }
        Mapping people = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn}," + PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.name}")
                .build();
        LDAPConnection connection = new LDAPConnection("127.0.0.1", Integer.parseInt(args[0]), args[2], "password");
        try (LDAPConnectionPool pool = new LDAPConnectionPool(connection, 1, 2);
                Directory directory = Directory.openLdap(pool).base(PEOPLE).build();
                JdbcState state = JdbcState.sqlite(Path.of(args[1])).build()) {
            Reconciler reconciler = Reconciler.builder(UserSource.of(users), people, directory)
                    .state(state)
                    .gate(new Waiting(waitsBefore))
                    .build()
                    .taking(new LeaseTaking(
                            System::nanoTime,
                            pause -> LockSupport.parkNanos(Duration.ofMillis(50).toNanos()),
                            () -> args[2],
                            LENGTH));
            try (RunLease lease = reconciler.lease(Duration.ZERO);
                    Plan plan = reconciler.plan(lease);
                    Outcomes outcomes = reconciler.apply(plan, lease)) {
                System.out.println("ended: " + outcomes.stopped() + ", " + outcomes.counts() + ", not tried "
                        + outcomes.notTried());
            }
        }
    }

    private static final class Waiting implements ChangeGate {
        private final int before;
        private int asked;

        Waiting(int before) {
            this.before = before;
        }

        @Override
        public Decision decide(dev.rollcall.provisioning.plan.Change change) {
            asked++;
            if (asked == before) {
                System.out.println("waiting");
                try {
                    System.in.read();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
            return Decision.ALLOW;
        }
    }
}
