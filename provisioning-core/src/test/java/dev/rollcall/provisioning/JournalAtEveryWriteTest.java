package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServerSnapshot;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.provisioning.directory.DirectoryOverPort;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.internal.port.FaultyConnections;
import dev.rollcall.provisioning.internal.port.FaultyConnections.Fault;
import dev.rollcall.provisioning.internal.port.InMemoryConnections;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.provisioning.state.StateStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run is killed at each of its writes in turn: what the journal says afterwards is what the directory holds, and undoing
 * the run takes back exactly that.
 */
@ParameterizedClass(name = "controls {0}")
@ValueSource(booleans = {true, false})
class JournalAtEveryWriteTest {
    private static final String SALES = "cn=sales," + Roll.GROUPS;

    @Parameter
    private boolean controls;

    private final Roll roll = new Roll();
    private Journal journal = Journal.memory();
    private FaultyConnections faulty;
    private InMemoryDirectoryServerSnapshot snapshot;
    private Map<String, Map<String, Set<String>>> before;
    private int writes;
    private boolean killed;

    @BeforeEach
    void a_run_with_changes_of_every_kind() {
        faulty = new FaultyConnections(new InMemoryConnections(roll.server, controls));
        roll.type = pool -> {
            pool.close();
            return DirectoryOverPort.openLdap(faulty);
        };
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.mapping = Roll.byName()
                .dn(DnRule.format("cn=${cn},ou=${record.department ?? 'people'},dc=example,dc=test")
                        .createParents())
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .attribute("mail", "${record.email}")
                .group(SALES, "record.team == 'sales'")
                .build();
        roll.policies = builder -> {
            for (GuardrailName name : GuardrailName.values()) {
                builder.allow(name);
            }
            return builder.leavers(Leavers.delete())
                    .categories(Categories.all())
                    .state(StateStore.memory(killed ? new JournalOfTheKilled(journal) : journal));
        };
        roll.entry("dn: " + SALES, "objectClass: groupOfNames", "cn: sales", "member: cn=nobody");
        for (int id = 1; id <= 16; id++) {
            roll.person(
                    id,
                    "N" + id,
                    "L",
                    "team",
                    id % 4 == 0 ? "sales" : "none",
                    "manager",
                    id % 5 == 0 ? "16" : id == 7 ? "8" : "");
        }
        roll.sync();
        snapshot = roll.server.createSnapshot();
        before = content();
        roll.records.clear();
        // 1 and 4 are gone; 6 and 7 change, 8 gets another name, 9 moves, 10 to 12 exchange names, 20 to 23 are new.
        for (int id = 5; id <= 16; id++) {
            String name = "N" + (id == 8 ? 108 : id == 10 ? 11 : id == 11 ? 12 : id == 12 ? 10 : id);
            String[] more = {"team", id % 3 == 0 ? "sales" : "none", "manager", id % 5 == 0 ? "20" : id == 7 ? "9" : "8"
            };
            String[] moved = {"team", "none", "manager", "", "department", "far"};
            roll.person(id, name, id < 8 ? "Changed" : "L", id == 9 ? moved : more);
        }
        for (int id = 20; id < 24; id++) {
            roll.person(id, "N" + id, "L", "team", id % 2 == 0 ? "sales" : "none", "manager", "2" + (23 - id) % 4);
        }
        faulty.heal();
        roll.sync();
        writes = faulty.writes();
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void the_run_has_many_writes_and_the_journal_has_each_of_them() {
        List<ChangeRecord> changes = changes(journal.runs().findFirst().orElseThrow());

        assertThat(writes).isGreaterThan(30);
        assertThat(changes).hasSizeGreaterThanOrEqualTo(writes);
        assertThat(changes).noneMatch(ChangeRecord::isUnsettled);
        assertThat(changes)
                .extracting(ChangeRecord::kind)
                .contains(ChangeKind.CREATE, ChangeKind.DELETE, ChangeKind.MOVE);
    }

    @ParameterizedTest
    @EnumSource(names = {"GONE_BEFORE", "GONE_AFTER"})
    void what_a_killed_run_did_is_settled_by_the_next(Fault fault) {
        for (int at = 0; at < writes; at++) {
            kill(fault, at);
            RunRecord dead = journal.runs().findFirst().orElseThrow();
            Map<String, Map<String, Set<String>>> left = content();

            undo(dead);

            assertThat(journal.changes(dead.id()))
                    .as("%s at write %d: %s", fault, at, left)
                    .noneMatch(ChangeRecord::isUnsettled)
                    .noneMatch(change -> change.result().orElseThrow().result() == Result.CONFLICT);
            assertThat(content()).as("%s at write %d, undone", fault, at).isEqualTo(before);
            assertThat(journal.run(dead.id()).orElseThrow().state()).isEqualTo(RunState.UNDONE);
        }
    }

    @Test
    void a_run_that_goes_on_after_losing_its_connection_is_undone_as_well() {
        for (int at = 0; at < writes; at += controls ? 1 : 4) {
            restore(Fault.LOST_AFTER, at);
            roll.sync();
            faulty.heal();

            undo(journal.runs().findFirst().orElseThrow());

            assertThat(content()).as("at write %d, undone", at).isEqualTo(before);
        }
    }

    @Test
    void a_run_of_which_one_write_is_refused_is_undone_as_well() {
        for (int at = 0; at < writes; at += controls ? 1 : 4) {
            restore(Fault.REFUSED, at);
            roll.sync();
            faulty.heal();

            undo(journal.runs().findFirst().orElseThrow());

            assertThat(content()).as("at write %d, undone", at).isEqualTo(before);
        }
    }

    /** The server is gone for the run, and the journal has heard of no outcome and no end. */
    private void kill(Fault fault, int at) {
        restore(fault, at);
        killed = true;
        roll.sync();
        killed = false;
        faulty.heal();
    }

    private void restore(Fault fault, int at) {
        roll.server.restoreSnapshot(snapshot);
        journal = Journal.memory();
        faulty.meet(fault, at);
        roll.reopen();
    }

    private void undo(RunRecord run) {
        Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));
        try (Plan plan = reconciler.undo(run.id())) {
            assertThat(plan.conflicts()).isEmpty();
            assertThat(reconciler.apply(plan).failures()).isEmpty();
        }
    }

    private List<ChangeRecord> changes(RunRecord run) {
        try (Stream<ChangeRecord> changes = journal.changes(run.id())) {
            return changes.toList();
        }
    }

    /** What a client reads: every entry, with the values of each attribute. */
    private Map<String, Map<String, Set<String>>> content() {
        try {
            Map<String, Map<String, Set<String>>> content = new TreeMap<>();
            for (SearchResultEntry entry : roll.server
                    .search("dc=example,dc=test", SearchScope.SUB, "(objectClass=*)", "*", "pwdAccountLockedTime")
                    .getSearchEntries()) {
                Map<String, Set<String>> values = new TreeMap<>();
                for (Attribute attribute : entry.getAttributes()) {
                    values.put(attribute.getName(), new TreeSet<>(Arrays.asList(attribute.getValues())));
                }
                values.keySet()
                        .removeAll(Set.of(
                                "createTimestamp",
                                "creatorsName",
                                "entryDN",
                                "entryUUID",
                                "modifiersName",
                                "modifyTimestamp",
                                "subschemaSubentry"));
                content.put(entry.getDN(), values);
            }
            return content;
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }
}
