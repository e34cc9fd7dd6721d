package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.integration.real.RealDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same writes on each kind of server: they differ in nearly every result code. */
@Tag("real")
class WritesOnRealServersTest {
    @Nested
    class OpenLdap extends Writes {
        OpenLdap() {
            super(DirectoryType.OPENLDAP);
        }
    }

    @Nested
    class DirectoryServer389 extends Writes {
        DirectoryServer389() {
            super(DirectoryType.GENERIC);
        }
    }

    @Nested
    class ActiveDirectory extends Writes {
        ActiveDirectory() {
            super(DirectoryType.ACTIVE_DIRECTORY);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Writes {
        private final DirectoryType type;
        private RealDirectory server;
        private LDAPConnectionPool raw;
        private Directory directory;
        private String people;
        private String other;
        private int count;

        Writes(DirectoryType type) {
            this.type = type;
        }

        @BeforeAll
        void start() throws Exception {
            server = switch (type) {
                case OPENLDAP -> RealDirectory.openLdap();
                case ACTIVE_DIRECTORY -> RealDirectory.activeDirectory();
                case GENERIC -> RealDirectory.directoryServer389();
            };
            raw = server.pool(2);
            people = "ou=staff," + server.baseDn();
            other = "ou=elsewhere," + people;
            raw.add("dn: " + people, "objectClass: organizationalUnit", "ou: staff");
            raw.add("dn: " + other, "objectClass: organizationalUnit", "ou: elsewhere");
            LDAPConnectionPool pool = server.pool(4);
            directory = switch (type) {
                case OPENLDAP -> Directory.openLdap(pool).base(people).build();
                case ACTIVE_DIRECTORY ->
                    Directory.activeDirectory(pool).base(people).build();
                case GENERIC ->
                    Directory.generic(pool)
                            .base(people)
                            .disable("nsAccountLock", "true", "")
                            .build();
            };
        }

        @AfterAll
        void stop() {
            if (directory != null) {
                directory.close();
                raw.close();
            }
            if (server != null) {
                server.close();
            }
        }

        @Test
        void an_entry_is_made_changed_renamed_moved_and_deleted_and_keeps_its_id() throws LDAPException {
            DN dn = created("Ada");
            ReadOnlyEntry first = read(dn);
            String id = directory.id(first);

            done(modify(dn, change("sn", "", "Lovelace", first), change("title", "", "Countess", first)));
            done(modify(dn, change("title", "Countess", "countess")));
            assertThat(read(dn).getAttributeValue("title")).isEqualTo("countess");
            done(modify(dn, change("title", "countess", "")));
            assertThat(read(dn).getAttributeValue("title")).isNull();

            DN renamed = new DN(new RDN(dn.getRDN().getAttributeNames()[0], "Augusta"), dn.getParent());
            done(rename(dn, renamed));
            DN moved = new DN(dn.getRDN(), new DN(other));
            done(rename(renamed, moved));
            assertThat(directory.id(read(moved))).isEqualTo(id);

            DirectoryChange.Draft delete = draft(ChangeKind.DELETE, moved);
            delete.stage = DirectoryChange.Stage.DELETES;
            done(delete.build());
            assertThat(directory.exists(moved)).isFalse();
        }

        @Test
        void an_account_is_disabled_and_enabled_and_nothing_else_of_it_changes() throws LDAPException {
            DN dn = created("Switched");
            if (type == DirectoryType.ACTIVE_DIRECTORY) { // without a password it is made disabled
                assertThat(read(dn).getAttributeValue("userAccountControl")).isEqualTo("514");
                done(state(ChangeKind.ENABLE, dn, directory.enableModifications(read(dn))));
            }
            ReadOnlyEntry before = read(dn);

            done(state(ChangeKind.DISABLE, dn, directory.disableModifications(before, LocalDate.EPOCH)));
            assertThat(directory.state(read(dn))).isEqualTo(AccountState.DISABLED);
            assertThat(directory.disableModifications(read(dn), LocalDate.EPOCH))
                    .isEmpty();
            done(state(ChangeKind.ENABLE, dn, directory.enableModifications(read(dn))));

            assertThat(directory.state(read(dn))).isEqualTo(AccountState.ENABLED);
            assertThat(read(dn).getAttributeValue("userAccountControl"))
                    .isEqualTo(before.getAttributeValue("userAccountControl"));
        }

        @Test
        void what_someone_else_wrote_since_the_plan_stays() throws Exception {
            DN dn = created("Stale");
            done(modify(dn, change("title", "", "Baker")));
            DirectoryChange replaced = modify(dn, change("title", "Baker", "Cook"));
            DirectoryChange added = modify(dn, change("employeeType", "", "ours"));
            raw.modify("dn: " + dn, "changetype: modify", "replace: title", "title: Smith");
            raw.modify("dn: " + dn, "changetype: modify", "add: employeeType", "employeeType: theirs");

            assertThat(apply(replaced).failures())
                    .singleElement()
                    .extracting(Outcome::status)
                    .isEqualTo(Outcome.Status.STALE);
            assertThat(read(dn).getAttributeValue("title")).isEqualTo("Smith");
            Outcomes second = apply(added);
            if (type != DirectoryType.GENERIC) { // several values are allowed there, and no assertion control
                assertThat(second.failures())
                        .singleElement()
                        .extracting(Outcome::status)
                        .isEqualTo(Outcome.Status.STALE);
            }
            assertThat(read(dn).getAttributeValues("employeeType")).contains("theirs");
        }

        @Test
        void an_entry_that_was_moved_since_the_plan_is_left_alone() throws LDAPException {
            DN dn = created("Moved Away");
            DirectoryChange rename = rename(dn, new DN(new RDN("cn", "Nobody"), dn.getParent()));
            DirectoryChange modify = modify(dn, change("title", "", "Baker"));
            raw.getConnection().modifyDN(dn.toString(), dn.getRDN().toString(), true, other);

            assertThat(apply(rename).failures()).extracting(Outcome::status).containsExactly(Outcome.Status.STALE);
            assertThat(apply(modify).failures()).extracting(Outcome::status).containsExactly(Outcome.Status.STALE);
        }

        @Test
        void two_names_are_swapped() throws LDAPException {
            DN a = created("Swap A");
            DN b = created("Swap B");
            String idOfA = directory.id(read(a));
            DirectoryChange.Draft away = draft(ChangeKind.RENAME, a);
            DN temporary = new DN(new RDN("cn", "rollcall-temporary"), a.getParent());
            away.newDn = temporary;
            away.temporary = true;
            away.stage = DirectoryChange.Stage.NAMES;
            DirectoryChange.Draft first = draft(ChangeKind.RENAME, b);
            first.newDn = a;
            first.waits = true;
            first.stage = DirectoryChange.Stage.NAMES;
            DirectoryChange.Draft back = new DirectoryChange.Draft(ChangeKind.RENAME, away.key, temporary);
            back.id = away.id;
            back.newDn = b;
            back.waits = true;
            back.stage = DirectoryChange.Stage.NAMES;

            done(away.build(), first.build(), back.build());

            assertThat(directory.id(read(b))).isEqualTo(idOfA);
        }

        @Test
        void members_come_and_go_and_may_be_there_or_gone_already() throws Exception {
            DN one = created("Member One");
            DN two = created("Member Two");
            DN group = new DN("cn=Choir," + people);
            if (type == DirectoryType.ACTIVE_DIRECTORY) {
                raw.add("dn: " + group, "objectClass: group", "cn: Choir", "member: " + one);
            } else {
                raw.add("dn: " + group, "objectClass: groupOfNames", "cn: Choir", "member: " + one);
            }

            done(
                    member(ChangeKind.GROUP_ADD, one, group),
                    member(ChangeKind.GROUP_ADD, two, group),
                    member(ChangeKind.GROUP_REMOVE, one, group));
            done(member(ChangeKind.GROUP_REMOVE, one, group));

            String[] members = raw.getEntry(group.toString(), "member").getAttributeValues("member");
            assertThat(members).hasSize(1);
            assertThat(new DN(members[0])).isEqualTo(two);
        }

        @Test
        void a_new_account_gets_a_password_that_binds_and_that_only_the_file_knows(@TempDir Path folder)
                throws Exception {
            Path file = folder.resolve("passwords.csv");
            Applier.Settings settings = new Applier.Settings();
            settings.passwords =
                    PasswordPolicy.generate(20, PasswordDelivery.file(file)).forceChange(false);
            DN dn = name("With Password");

            Outcomes outcomes = new Applier(directory, settings).apply(plan(create(dn)));

            assertThat(outcomes.failures()).isEmpty();
            String line = Files.readAllLines(file).get(1);
            assertThat(line).startsWith("confirmed,");
            String password = line.substring(line.lastIndexOf(",\"") + 2, line.length() - 1);
            assertThat(raw.getConnection()
                            .bind(dn.toString(), password)
                            .getResultCode()
                            .intValue())
                    .isZero();
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }

        @Test
        void hostile_names_come_back_as_they_were() throws LDAPException {
            for (String hostile : List.of(
                    "O'Brien, \"Bob\" + <b>; = \\",
                    "*)(uid=*",
                    "cn=admin,dc=example",
                    "# leading",
                    "\u202eright to left\u202c",
                    "party \ud83c\udf89 popper",
                    "\u738b\u5c0f\u660e")) {
                DN dn = name(hostile);
                DirectoryChange create = create(dn, change("title", "", hostile));
                done(create);

                assertThat(read(dn).getAttributeValue("title")).isEqualTo(hostile);
                assertThat(directory.findByKeys("cn", List.of(hostile), Set.of("title")))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.getParsedDN()).isEqualTo(dn));
            }
        }

        @Test
        void managers_in_a_cycle_get_each_other() throws LDAPException {
            DN a = name("Cycle A");
            DN b = name("Cycle B");
            DirectoryChange first =
                    create(a, AttributeChange.reference("manager", List.of(), List.of(), "test", key(b), true));
            DirectoryChange second =
                    create(b, AttributeChange.reference("manager", List.of(), List.of(), "test", key(a), true));

            done(first, second);

            assertThat(new DN(read(a).getAttributeValue("manager"))).isEqualTo(b);
            assertThat(new DN(read(b).getAttributeValue("manager"))).isEqualTo(a);
        }

        @Test
        void a_name_that_is_taken_fails_alone_and_says_why() throws LDAPException {
            DN dn = created("Taken");

            Outcomes outcomes = apply(create(dn), create(name("Free")));

            assertThat(outcomes.failures())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.code()).isEqualTo("entryAlreadyExists"));
            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(1);
        }

        private DN created(String cn) throws LDAPException {
            DN dn = name(cn);
            done(create(dn));
            return dn;
        }

        private DN name(String cn) throws LDAPException {
            return new DN(new RDN("cn", cn), new DN(people));
        }

        private static String key(DN dn) {
            return dn.getRDN().getAttributeValues()[0];
        }

        private DirectoryChange create(DN dn, AttributeChange... more) {
            DirectoryChange.Draft draft = new DirectoryChange.Draft(ChangeKind.CREATE, key(dn), dn);
            List<AttributeChange> attributes = new ArrayList<>();
            boolean activeDirectory = type == DirectoryType.ACTIVE_DIRECTORY;
            attributes.add(change("objectClass", "", activeDirectory ? "user" : "inetOrgPerson"));
            attributes.add(change("cn", "", key(dn)));
            if (activeDirectory) {
                attributes.add(change("sAMAccountName", "", "user" + count++));
            } else {
                attributes.add(change("sn", "", key(dn)));
            }
            attributes.addAll(Arrays.asList(more));
            draft.attributes = attributes;
            return draft.build();
        }

        private DirectoryChange.Draft draft(ChangeKind kind, DN dn) {
            DirectoryChange.Draft draft = new DirectoryChange.Draft(kind, key(dn), dn);
            ReadOnlyEntry entry = read(dn);
            draft.id = directory.id(entry);
            draft.fingerprint = new EntryFingerprint(directory, Set.of("title")).of(entry);
            return draft;
        }

        private DirectoryChange modify(DN dn, AttributeChange... attributes) {
            DirectoryChange.Draft draft = draft(ChangeKind.MODIFY, dn);
            draft.attributes = Arrays.asList(attributes);
            return draft.build();
        }

        private DirectoryChange rename(DN from, DN to) {
            boolean moves = !from.getParent().equals(to.getParent());
            DirectoryChange.Draft draft = draft(moves ? ChangeKind.MOVE : ChangeKind.RENAME, from);
            draft.newDn = to;
            draft.stage = DirectoryChange.Stage.NAMES;
            return draft.build();
        }

        private DirectoryChange member(ChangeKind kind, DN dn, DN group) {
            DirectoryChange.Draft draft = draft(kind, dn);
            draft.group = group;
            draft.stage = DirectoryChange.Stage.GROUPS;
            return draft.build();
        }

        private DirectoryChange state(ChangeKind kind, DN dn, List<Modification> modifications) {
            DirectoryChange.Draft draft = draft(kind, dn);
            List<ASN1OctetString> before = new ArrayList<>();
            List<ASN1OctetString> after = new ArrayList<>();
            for (Modification modification : modifications) {
                boolean adds = modification
                        .getModificationType()
                        .getName()
                        .toLowerCase(Locale.ROOT)
                        .equals("add");
                (adds ? after : before).addAll(Arrays.asList(modification.getRawValues()));
            }
            draft.attributes =
                    List.of(AttributeChange.of(modifications.get(0).getAttributeName(), before, after, "state"));
            return draft.build();
        }

        private void done(Change... changes) {
            Outcomes outcomes = apply(changes);
            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.isComplete()).isTrue();
            assertThat(outcomes.normalized()).isEmpty();
        }

        private Outcomes apply(Change... changes) {
            Applier.Settings settings = new Applier.Settings();
            settings.owned = Set.of("title");
            return new Applier(directory, settings).apply(plan(changes));
        }

        private static Plan plan(Change... changes) {
            return PlanSummary.of(new Plan.Draft(), () -> Stream.of(changes));
        }

        private ReadOnlyEntry read(DN dn) {
            return directory
                    .find(dn, Set.of("*", "userAccountControl"))
                    .orElseThrow(() -> new AssertionError(dn + " is not there"));
        }

        private AttributeChange change(String name, String before, String after, ReadOnlyEntry entry) {
            String present = entry.getAttributeValue(name);
            return change(name, present == null ? before : present, after);
        }

        private static AttributeChange change(String name, String before, String after) {
            return AttributeChange.of(name, values(before), values(after), "test");
        }

        private static List<ASN1OctetString> values(String text) {
            return text.isEmpty() ? List.of() : List.of(new ASN1OctetString(text));
        }
    }
}
