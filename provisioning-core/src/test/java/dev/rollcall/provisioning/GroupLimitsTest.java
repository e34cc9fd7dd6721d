package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.source.Source;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Memberships that a server or Active Directory's own rules do not let a run change. */
class GroupLimitsTest {
    private static final String INNER = "cn=inner," + Roll.GROUPS;
    private static final String OUTER = "cn=outer," + Roll.GROUPS;
    private static final String TOP = "cn=top," + Roll.GROUPS;

    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @Nested
    class A_group_nested_in_a_privileged_one {
        A_group_nested_in_a_privileged_one() {
            roll.type = Directory::activeDirectory;
            roll.entry("dn: " + TOP, "objectClass: group", "cn: top", "adminCount: 1", "member: " + OUTER)
                    .entry("dn: " + OUTER, "objectClass: group", "cn: outer", "memberOf: " + TOP, "member: " + INNER)
                    .entry(
                            "dn: " + INNER,
                            "objectClass: group",
                            "cn: inner",
                            "memberOf: " + OUTER,
                            "memberOf: " + INNER);
            roll.mapping = Roll.mapping().group(INNER).build();
            roll.person(1, "Ada", "Lovelace");
        }

        @Test
        void takes_no_members() {
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isZero();
                assertThat(plan.conflicts())
                        .singleElement()
                        .extracting(Conflict::detail)
                        .asString()
                        .contains("nested in " + TOP, "adminCount is 1");
            }
        }

        @Test
        void takes_members_if_it_or_the_privileged_one_is_allowed() {
            roll.directorySettings = builder -> builder.allowPrivileged(TOP);
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isOne();
            }
            roll.directorySettings = builder -> builder.allowPrivileged(INNER);
            roll.reopen();
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isOne();
            }
        }
    }

    @Nested
    class A_primary_group {
        A_primary_group() throws Exception {
            roll.type = Directory::activeDirectory;
            roll.entry("dn: " + INNER, "objectClass: group", "cn: inner");
            byte[] sid = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 1, 2, 0, 0};
            roll.server.modify(INNER, new Modification(ModificationType.ADD, "objectSid", sid));
            roll.account("one", "employeeNumber: 1", "userAccountControl: 512", "primaryGroupID: 513");
            roll.person(1, "A", "One");
        }

        @Test
        void gets_nobody_added_who_is_in_it() {
            roll.mapping = Roll.mapping().group(INNER).build();
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_ADD)).isZero();
                assertThat(plan.conflicts()).isEmpty();
            }
        }

        @Test
        void is_reported_if_somebody_should_leave_it() {
            roll.mapping = Roll.mapping().group(INNER, "record.first == 'B'").build();
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.GROUP_REMOVE)).isZero();
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.situation()).isEqualTo(Situation.GROUP_UNAVAILABLE);
                    assertThat(conflict.detail()).contains("primary group", "uid=one");
                });
            }
        }
    }

    /** In a directory with the schema of OpenLDAP, in which a groupOfNames needs a member. */
    @Nested
    class The_last_member {
        private final String ada = "cn=Ada," + Roll.PEOPLE;
        private final InMemoryDirectoryServer server;

        The_last_member() throws Exception {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
            config.setSchema(schema());
            server = new InMemoryDirectoryServer(config);
            server.startListening();
            server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
            server.add("dn: " + Roll.PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.add("dn: " + Roll.GROUPS, "objectClass: organizationalUnit", "ou: groups");
            server.add("dn: " + INNER, "objectClass: groupOfNames", "cn: inner", "member: " + ada);
            server.add("dn: " + ada, "objectClass: inetOrgPerson", "cn: Ada", "sn: A", "employeeNumber: 1");
        }

        private static Schema schema() throws Exception {
            Entry entry = Schema.getDefaultStandardSchema().getSchemaEntry().duplicate();
            String[] classes = entry.getAttributeValues(Schema.ATTR_OBJECT_CLASS);
            for (int i = 0; i < classes.length; i++) {
                if (classes[i].contains("'groupOfNames'")) {
                    classes[i] = "( 2.5.6.9 NAME 'groupOfNames' SUP top STRUCTURAL MUST ( cn $ member ) )";
                }
            }
            entry.setAttribute(Schema.ATTR_OBJECT_CLASS, classes);
            return new Schema(entry);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        private Plan plan(UserRecord... records) throws Exception {
            Directory directory = Directory.openLdap(server.getConnectionPool(2))
                    .base(Roll.PEOPLE)
                    .filter("(objectClass=inetOrgPerson)")
                    .build();
            return Reconciler.builder(
                            Source.of(List.of(records)),
                            Roll.byName()
                                    .group(INNER, "record.last == 'member'")
                                    .build(),
                            directory)
                    .build()
                    .plan();
        }

        @Test
        void stays_and_is_reported() throws Exception {
            try (Plan plan = plan(Roll.record(1, "Ada", "A"))) {
                assertThat(plan.conflicts())
                        .extracting(Conflict::situation, Conflict::key)
                        .containsExactly(tuple(Situation.GROUP_UNAVAILABLE, "1"));
                assertThat(plan.counts().of(ChangeKind.GROUP_REMOVE)).isZero();
            }
        }

        /** Ada would be called Bob; Bob would be called Eve, which an entry that is not managed is, and so stays Bob. */
        @Test
        void is_not_looked_for_among_those_who_do_not_get_the_name_that_was_wanted() throws Exception {
            server.add(
                    "dn: cn=Bob," + Roll.PEOPLE, "objectClass: inetOrgPerson", "cn: Bob", "sn: B", "employeeNumber: 2");
            server.add("dn: cn=Eve," + Roll.PEOPLE, "objectClass: organizationalRole", "cn: Eve");

            try (Plan plan = plan(Roll.record(1, "Bob", "A"), Roll.record(2, "Eve", "B"))) {
                assertThat(plan.conflicts()).extracting(Conflict::situation).containsOnly(Situation.DN_TAKEN);
                assertThat(plan.counts().of(ChangeKind.GROUP_REMOVE)).isZero();
            }
        }
    }
}
