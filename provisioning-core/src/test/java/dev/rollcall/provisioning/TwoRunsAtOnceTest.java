package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.UserSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two runs that make the same people under different names, at the same time. */
class TwoRunsAtOnceTest {
    /** Holds each request of a run up for a time that the seed decides. */
    private static final class Delays extends InMemoryOperationInterceptor {
        private final Random random = new Random(15);

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            delay();
        }

        @Override
        public void processAddRequest(InMemoryInterceptedAddRequest request) {
            delay();
        }

        private void delay() {
            long nanos;
            synchronized (random) {
                nanos = random.nextInt(4) == 0 ? random.nextInt(600_000) : 0;
            }
            if (nanos > 0) {
                LockSupport.parkNanos(nanos);
            }
        }
    }

    @Test
    void leave_nobody_with_two_accounts_that_can_be_used() throws Exception {
        meet(100);
    }

    @Test
    @Tag("long")
    void leave_nobody_with_two_accounts_that_can_be_used_in_a_thousand_pairs() throws Exception {
        meet(1000);
    }

    private static void meet(int pairs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        int doubles = 0;
        try (Roll roll = new Roll(new Delays())) {
            Mapping byUid = named("uid=${record.id}a," + Roll.PEOPLE);
            Mapping byCn = named("cn=${record.id}b," + Roll.PEOPLE);
            for (int pair = 1; pair <= pairs; pair++) {
                roll.records.clear();
                roll.person(pair, "First", "Last");
                // The other run may make its entry between the scan and the question whether the base holds people.
                roll.policies = builder -> builder.allow(GuardrailName.UNLINKED_ENTRIES)
                        .keys(List.of(
                                "" + roll.records.get(0).value("id").text().orElse("")));
                List<Future<Outcomes>> runs = new ArrayList<>();
                roll.mapping = byUid;
                runs.add(threads.submit(run(roll)));
                roll.mapping = byCn;
                runs.add(threads.submit(run(roll)));
                for (Future<Outcomes> one : runs) {
                    one.get();
                }
                List<SearchResultEntry> made = roll.server
                        .search(Roll.PEOPLE, SearchScope.ONE, "(employeeNumber=" + pair + ")", "pwdAccountLockedTime")
                        .getSearchEntries();
                doubles += made.size() - 1;
                assertThat(made).isNotEmpty();
                assertThat(made.stream().filter(entry -> !entry.hasAttribute("pwdAccountLockedTime")))
                        .as("pair " + pair)
                        .hasSizeLessThanOrEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(doubles).as("runs that met").isPositive();
    }

    private static Callable<Outcomes> run(Roll roll) throws LDAPException {
        Reconciler reconciler = roll.reconciler(UserSource.of(List.copyOf(roll.records)));
        return () -> {
            try (Plan plan = reconciler.plan()) {
                return reconciler.apply(plan);
            }
        };
    }

    private static Mapping named(String dn) {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn(dn)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.id}b")
                .attribute("uid", "${record.id}a")
                .build();
    }
}
