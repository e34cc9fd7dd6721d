package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServerSnapshot;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.directory.DirectoryOverPort;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.internal.port.FaultyConnections;
import dev.rollcall.provisioning.internal.port.FaultyConnections.Fault;
import dev.rollcall.provisioning.internal.port.InMemoryConnections;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.Leavers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each write of a run of some forty changes of every kind meets a fault in turn; the next run finishes the work. */
@ParameterizedClass(name = "controls {0}")
@ValueSource(booleans = {true, false})
class LossAtEveryWriteTest {
    @Parameter
    private boolean controls;

    /** What differs from run to run. */
    private static final Set<String> OPERATIONAL = Set.of(
            "createTimestamp",
            "creatorsName",
            "entryDN",
            "entryUUID",
            "modifiersName",
            "modifyTimestamp",
            "subschemaSubentry");

    private static final String SALES = "cn=sales," + Roll.GROUPS;

    private final Roll roll = new Roll();
    private FaultyConnections faulty;
    private InMemoryDirectoryServerSnapshot before;
    private Map<String, Map<String, Set<String>>> finished;
    private Duration timeout = Duration.ofSeconds(30);
    private long planned;
    private int writes;

    @BeforeEach
    void run_without_a_fault() {
        faulty = new FaultyConnections(new InMemoryConnections(roll.server, controls));
        roll.type = pool -> {
            pool.close();
            return DirectoryOverPort.openLdap(faulty).timeout(timeout);
        };
        roll.mapping = Roll.byName()
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .attribute("mail", "${record.email}")
                .group(SALES, "record.team == 'sales'")
                .build();
        roll.policies = builder -> {
            for (GuardrailName name : GuardrailName.values()) {
                builder.allow(name);
            }
            return builder.leavers(Leavers.disable());
        };
        roll.entry("dn: " + SALES, "objectClass: groupOfNames", "cn: sales", "member: cn=nobody");
        for (int id = 1; id <= 24; id++) {
            roll.person(id, "N" + id, "L", "team", id % 4 == 0 ? "sales" : "none", "manager", id % 5 == 0 ? "1" : "");
        }
        roll.sync();
        before = roll.server.createSnapshot();
        roll.records.clear();
        // 1 to 5 are gone; 6 to 11 change, 12 to 14 get other names, 15 and 16 exchange theirs, 30 to 39 are new.
        for (int id = 6; id <= 24; id++) {
            String name = "N" + (id == 15 ? 16 : id == 16 ? 15 : id < 12 || id > 14 ? id : id + 100);
            String last = id < 12 ? "Changed" : "L";
            roll.person(id, name, last, "team", id % 3 == 0 ? "sales" : "none", "manager", id % 5 == 0 ? "30" : "");
        }
        for (int id = 30; id < 40; id++) {
            roll.person(id, "N" + id, "L", "team", id % 2 == 0 ? "sales" : "none", "manager", "3" + (39 - id));
        }
        faulty.heal();
        try (Plan plan = roll.plan()) {
            planned = plan.changes().count();
        }
        assertThat(roll.sync().isComplete()).isTrue();
        writes = faulty.writes();
        finished = content();
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void the_run_has_changes_of_many_kinds() {
        assertThat(planned).isGreaterThan(40);
        assertThat((long) writes).isGreaterThanOrEqualTo(planned);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE", "LOST_AFTER", "LATE", "BUSY"})
    void a_run_whose_server_comes_back_makes_every_change(Fault fault) {
        for (int at = 0; at < writes; at += step(fault)) {
            restore(fault, at);

            Outcomes outcomes = roll.sync();

            assertThat(outcomes.failures()).as("%s at write %d", fault, at).isEmpty();
            assertThat(outcomes.isComplete()).as("%s at write %d", fault, at).isTrue();
            assertThat(content()).as("%s at write %d", fault, at).isEqualTo(finished);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GONE_BEFORE", "GONE_AFTER", "SILENT"})
    void a_run_whose_server_does_not_come_back_stops_and_the_next_one_finishes(Fault fault) {
        for (int at = 0; at < writes; at += step(fault)) {
            restore(fault, at);
            try (Plan plan = roll.plan()) {
                Outcomes outcomes = roll.apply(plan);

                assertThat(outcomes.stopped()).as("%s at write %d", fault, at).contains(StopReason.DIRECTORY_LOST);
                assertThat(outcomes.failures())
                        .as("%s at write %d", fault, at)
                        .extracting(Outcome::status)
                        .isSubsetOf(Outcome.Status.UNKNOWN, Outcome.Status.FAILED);
                accountsForEveryChange(outcomes, fault, at);
            }
            finishes(fault, at);
        }
    }

    @Test
    void a_run_of_which_one_write_is_refused_reports_it_and_the_next_one_finishes() {
        for (int at = 0; at < writes; at += step(Fault.REFUSED)) {
            restore(Fault.REFUSED, at);
            try (Plan plan = roll.plan()) {
                Outcomes outcomes = roll.apply(plan);

                assertThat(outcomes.stopped()).as("at write %d", at).isEmpty();
                accountsForEveryChange(outcomes, Fault.REFUSED, at);
            }
            finishes(Fault.REFUSED, at);
        }
    }

    /** A lost connection is met at every write, the rest at every third, and without controls at every sixth. */
    private int step(Fault fault) {
        boolean lost = fault == Fault.LOST_BEFORE || fault == Fault.LOST_AFTER || fault == Fault.GONE_AFTER;
        return lost && controls ? 1 : controls ? 3 : 6;
    }

    private void restore(Fault fault, int at) {
        roll.server.restoreSnapshot(before);
        faulty.meet(fault, at);
        timeout = fault == Fault.SILENT ? Duration.ofMillis(40) : Duration.ofSeconds(30);
        roll.reopen();
    }

    /** Every change is reported once, and what is said to be done is not planned again. */
    private void accountsForEveryChange(Outcomes outcomes, Fault fault, int at) {
        List<String> made = outcomes.changes().map(LossAtEveryWriteTest::name).toList();
        // An entry that was made is reported as well if the reference that it gets afterwards is refused.
        long failed = outcomes.failures().stream()
                .filter(outcome -> !made.contains(name(outcome.change())))
                .count();
        assertThat(made.size() + failed + outcomes.notTried())
                .as("%s at write %d: done, failed and not tried", fault, at)
                .isEqualTo(planned);
        faulty.heal();
        try (Plan next = roll.plan()) {
            assertThat(next.changes().filter(change -> !isReferenceOnly(change)).map(LossAtEveryWriteTest::name))
                    .as("%s at write %d: planned again", fault, at)
                    .noneMatch(made::contains);
        }
    }

    private void finishes(Fault fault, int at) {
        assertThat(roll.sync().isComplete()).as("%s at write %d", fault, at).isTrue();
        assertThat(content()).as("%s at write %d", fault, at).isEqualTo(finished);
        try (Plan again = roll.plan()) {
            assertThat(again.isEmpty()).as("%s at write %d", fault, at).isTrue();
        }
    }

    /** A reference to an entry that was not made is left for the next run, whatever else was written. */
    private static boolean isReferenceOnly(Change change) {
        return change.kind() == ChangeKind.MODIFY
                && change.attributes().stream()
                        .allMatch(attribute -> attribute.name().equals("manager"));
    }

    private static String name(Change change) {
        return change.kind() + " " + change.key() + " " + ((DirectoryChange) change).newDn();
    }

    /** What a client reads: every entry, with the values of each attribute. */
    private Map<String, Map<String, Set<String>>> content() {
        try {
            List<SearchResultEntry> entries = roll.server
                    .search("dc=example,dc=test", SearchScope.SUB, "(objectClass=*)", "*", "pwdAccountLockedTime")
                    .getSearchEntries();
            Map<String, Map<String, Set<String>>> content = new TreeMap<>();
            for (SearchResultEntry entry : entries) {
                Map<String, Set<String>> values = new TreeMap<>();
                for (Attribute attribute : entry.getAttributes()) {
                    if (!OPERATIONAL.contains(attribute.getName())) {
                        values.put(attribute.getName(), new TreeSet<>(Arrays.asList(attribute.getValues())));
                    }
                }
                content.put(entry.getDN(), values);
            }
            return content;
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }
}
