package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.provisioning.state.StateStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Load, change, rename, move, swap, groups, disable and delete on OpenLDAP, each undone: the directory is what it was. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndoOnRealServersTest {
    /** What a server keeps by itself, and what an entry that is made anew has of its own. */
    private static final Set<String> OF_THE_SERVER = Set.of("memberOf");

    private final Map<Integer, UserRecord> people = new TreeMap<>();
    private final List<Map<String, Map<String, Set<String>>>> before = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private RealDirectory server;
    private LDAPConnectionPool administrator;
    private Journal journal;
    private Leavers leavers;
    private String base;
    private int count;

    @BeforeAll
    void startServer() {
        server = RealDirectory.openLdap();
        administrator = server.pool(4);
    }

    @AfterAll
    void close() {
        administrator.close();
        server.close();
    }

    @BeforeEach
    void a_life() throws Exception {
        base = "ou=u" + ++count + "," + server.baseDn();
        administrator.add("dn: " + base, "objectClass: organizationalUnit");
        administrator.add("dn: ou=people," + base, "objectClass: organizationalUnit");
        administrator.add("dn: cn=sales," + base, "objectClass: groupOfNames", "member: cn=nobody," + server.baseDn());
        journal = Journal.memory();
        leavers = Leavers.disable();
        people.clear();
        before.clear();
        runs.clear();
        for (int id = 1; id <= 12; id++) {
            person(id, "n" + id, "L", id % 3 == 0, id > 1 ? "1" : "", "people");
        }
        step();
        person(2, "n2", "Changed", true, "", "people");
        step();
        person(1, "n100", "L", false, "", "people");
        person(3, "n4", "L", true, "1", "people");
        person(4, "n3", "L", false, "1", "people");
        step();
        person(5, "n5", "L", false, "6", "far");
        step();
        people.remove(6);
        people.remove(7);
        step();
        person(6, "n6", "L", true, "1", "people");
        step();
        leavers = Leavers.delete();
        people.remove(8);
        people.remove(9);
        step();
    }

    private void person(int id, String name, String last, boolean sales, String manager, String unit) {
        people.put(
                id,
                // The server knows each employee number once, under whatever base.
                UserRecord.of(Map.of(
                        "id",
                        key(id),
                        "name",
                        name,
                        "last",
                        last,
                        "sales",
                        sales,
                        "manager",
                        manager.isEmpty() ? "" : key(Integer.parseInt(manager)),
                        "unit",
                        unit)));
    }

    private String key(int id) {
        return Integer.toString(count * 1000 + id);
    }

    private void step() {
        before.add(content());
        withReconciler(reconciler -> {
            try (Plan plan = reconciler.plan()) {
                assertThat(plan.conflicts()).isEmpty();
                assertThat(plan.isEmpty()).isFalse();
                assertThat(reconciler.apply(plan).failures()).isEmpty();
            }
            return null;
        });
        runs.add(newest().id());
    }

    @Test
    void each_run_is_undone_in_reverse_and_the_directory_is_what_it_was() {
        for (int i = runs.size() - 1; i >= 0; i--) {
            assertThat(undo(runs.get(i))).as("conflicts of undoing run %d", i).isEmpty();

            assertThat(content()).as("after undoing run %d", i).isEqualTo(before.get(i));
            assertThat(journal.run(runs.get(i)).orElseThrow().state()).isEqualTo(RunState.UNDONE);
        }
    }

    @Test
    void an_undo_is_undone() {
        List<Map<String, Map<String, Set<String>>>> after = new ArrayList<>();
        List<String> undos = new ArrayList<>();
        for (int i = runs.size() - 1; i >= 0; i--) {
            after.add(content());
            undo(runs.get(i));
            undos.add(newest().id());
        }
        for (int i = undos.size() - 1; i >= 0; i--) {
            assertThat(undo(undos.get(i))).as("conflicts of undoing undo %d", i).isEmpty();

            assertThat(content()).as("after undoing undo %d", i).isEqualTo(after.get(i));
        }
    }

    @Test
    void what_others_changed_since_is_not_touched() throws Exception {
        String second = "cn=n2,ou=people," + base;
        administrator.modify(second, new Modification(ModificationType.REPLACE, "sn", "Theirs"));

        List<Conflict> conflicts = undo(runs.get(1));

        assertThat(conflicts).singleElement().satisfies(conflict -> {
            assertThat(conflict.key()).isEqualTo(key(2));
            assertThat(conflict.detail()).contains("sn of");
        });
        assertThat(administrator.getEntry(second, "sn").getAttributeValues("sn"))
                .containsExactly("Theirs");
    }

    private List<Conflict> undo(String run) {
        return withReconciler(reconciler -> {
            try (Plan plan = reconciler.undo(run)) {
                assertThat(reconciler.apply(plan).failures()).isEmpty();
                return plan.conflicts();
            }
        });
    }

    private <T> T withReconciler(Function<Reconciler, T> use) {
        Mapping mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn(DnRule.format("cn=${record.name},ou=${record.unit}," + base).createParents())
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.last}")
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .attribute("mail", "${record.name}@u" + count + ".example.test")
                .group("cn=sales," + base, "record.sales")
                .build();
        try (Directory directory = Directory.openLdap(server.pool(4))
                .base(base)
                .searchBase(base)
                .filter("(objectClass=inetOrgPerson)")
                .mark("employeeType", "rollcall")
                .build()) {
            ReconcilerBuilder builder = Reconciler.builder(
                            UserSource.of(List.copyOf(people.values())), mapping, directory)
                    .leavers(leavers)
                    .categories(Categories.all())
                    .state(StateStore.memory(journal));
            for (GuardrailName name : GuardrailName.values()) {
                builder.allow(name);
            }
            return use.apply(builder.build());
        }
    }

    private RunRecord newest() {
        return journal.runs().findFirst().orElseThrow();
    }

    private Map<String, Map<String, Set<String>>> content() {
        try {
            Map<String, Map<String, Set<String>>> content = new TreeMap<>();
            for (SearchResultEntry entry : administrator
                    .search(base, SearchScope.SUB, "(objectClass=*)", "*", "pwdAccountLockedTime")
                    .getSearchEntries()) {
                Map<String, Set<String>> values = new TreeMap<>();
                for (Attribute attribute : entry.getAttributes()) {
                    if (!OF_THE_SERVER.contains(attribute.getName())) {
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
