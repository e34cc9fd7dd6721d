package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.SubtreeDeleter;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.DirectorySource;
import dev.rollcall.provisioning.source.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Names, values and DNs in other spellings than the server's: each run but the first has nothing to do. */
@Tag("real")
class SpellingsOnRealServersTest {
    private static final String NFC = "Jos\u00e9";
    private static final String NFD = "Jose\u0301";

    /** One server, with a container of its own for each test. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnAServer {
        final Map<String, UserRecord> people = new LinkedHashMap<>();
        RealDirectory server;
        LDAPConnectionPool administrator;
        String base;
        int count;

        abstract RealDirectory start();

        abstract DirectoryBuilder builder(LDAPConnectionPool pool);

        abstract MappingBuilder mapping();

        /** An attribute that takes several strings. */
        String several() {
            return "description";
        }

        @BeforeAll
        void startServer() {
            server = start();
            administrator = server.pool(2);
        }

        @BeforeEach
        void makeContainer() throws Exception {
            base = "ou=t" + ++count + "," + server.baseDn();
            administrator.add("dn: " + base, "objectClass: organizationalUnit");
            people.clear();
        }

        /** OpenLDAP lets no two entries have the same key, wherever they are. */
        @AfterEach
        void deleteContainer() throws Exception {
            assertThat(new SubtreeDeleter().delete(administrator, base).completelySuccessful())
                    .isTrue();
        }

        @AfterAll
        void close() {
            administrator.close();
            server.close();
        }

        void person(int id, Object... more) {
            Map<String, Object> columns = new LinkedHashMap<>();
            columns.put("id", Integer.toString(id));
            columns.put("name", "p" + count + "x" + id);
            for (int i = 0; i < more.length; i += 2) {
                columns.put((String) more[i], more[i + 1]);
            }
            people.put(Integer.toString(id), UserRecord.of(columns));
        }

        /** What a run plans, and what it could not do. */
        String run(Mapping mapping) {
            return run(mapping, Leavers.disable());
        }

        String run(Mapping mapping, Leavers leavers) {
            try (Directory directory =
                    builder(server.pool(4)).base(base).searchBase(base).build()) {
                Reconciler reconciler = Reconciler.builder(Source.of(List.copyOf(people.values())), mapping, directory)
                        .categories(Categories.all())
                        .leavers(leavers)
                        .allow("maxModify")
                        .allow("maxDisableOrDelete")
                        .allow("maxAttributeChange")
                        .allow("maxCreate")
                        .allow("maxConflicts")
                        .allow("unlinkedEntries")
                        .build();
                try (Plan plan = reconciler.plan();
                        Outcomes outcomes = reconciler.apply(plan)) {
                    List<String> found = new ArrayList<>(List.of(plan.counts().toString()));
                    plan.conflicts().forEach(conflict -> found.add(conflict.key() + ": " + conflict.detail()));
                    outcomes.failures().forEach(failure -> found.add(failure.toString()));
                    return String.join("; ", found);
                }
            }
        }

        void rests(Mapping mapping) {
            assertThat(run(mapping)).isEqualTo("nothing");
        }

        SearchResultEntry entry(int id) throws Exception {
            return administrator.searchForEntry(base, SearchScope.SUB, "(employeeNumber=" + id + ")", "*");
        }

        List<String> values(int id, String attribute) throws Exception {
            String[] values = entry(id).getAttributeValues(attribute);
            return values == null ? List.of() : Arrays.asList(values);
        }

        List<DN> names(int id, String attribute) throws Exception {
            List<DN> names = new ArrayList<>();
            for (String value : values(id, attribute)) {
                names.add(new DN(value));
            }
            return names;
        }

        @Test
        void values_that_the_server_takes_for_one_are_written_once() throws Exception {
            Mapping mapping = mapping()
                    .attribute(several(), AttributeRule.format("${record.about}"))
                    .build();
            person(1, "about", List.of(NFD, NFC, "Dee  B", "dee b", "de\u00a0la Cruz", "de la cruz"));
            person(2, "about", "Dee B");
            assertThat(run(mapping)).isEqualTo("create 2");
            assertThat(values(1, several())).containsExactlyInAnyOrder(NFD, "Dee  B", "de\u00a0la Cruz");
            rests(mapping);

            person(1, "about", List.of("de la Cruz", "DEE B", NFC));
            person(2, "about", List.of("dee  b", "Dee B"));
            assertThat(run(mapping)).isEqualTo("modify 1");
            rests(mapping);
            assertThat(values(2, several())).containsExactly("Dee B");
        }

        @Test
        void containers_in_another_spelling_are_the_same() throws Exception {
            DnRule dn =
                    DnRule.format("cn=${record.name},ou=${record.unit}," + base).createParents();
            Mapping mapping = mapping().dn(dn).build();
            List<String> units = List.of(
                    "Sales",
                    "SALES ",
                    "Field  Sales",
                    "field Sales",
                    "K\u00f6ln",
                    "Ko\u0308ln",
                    "HR\u00a0East",
                    "HR East");
            for (int i = 0; i < units.size(); i++) {
                person(i + 1, "unit", units.get(i));
            }
            assertThat(run(mapping)).isEqualTo("create 8");
            rests(mapping);
        }

        @Test
        void references_are_several_and_to_whom_the_same_run_makes_links_and_moves() throws Exception {
            administrator.add("dn: ou=old," + base, "objectClass: organizationalUnit");
            administrator.add("dn: ou=new," + base, "objectClass: organizationalUnit");
            Mapping mapping = mapping()
                    .match("displayName", "${record.name}")
                    .dn("cn=${record.name},ou=${record.unit ?? 'new'}," + base)
                    .attribute("displayName", "${record.name}")
                    .attribute("manager", AttributeRule.reference("${record.boss}"))
                    .attribute("seeAlso", AttributeRule.reference("${record.also}"))
                    .build();
            person(1, "unit", "old");
            person(2, "unit", "old");
            assertThat(run(mapping)).isEqualTo("create 2");
            // One who is to be linked, and moved at once.
            administrator.modify(
                    "dn: cn=p" + count + "x1,ou=old," + base, "changetype: modify", "delete: employeeNumber", "-");

            person(1);
            person(2, "boss", "1", "also", List.of("4", "1", "1"));
            person(3, "boss", "1", "also", List.of("2", "1"));
            person(4, "boss", "3", "also", List.of("3", "99"));
            assertThat(run(mapping)).startsWith("create 2, link 1, ");
            DN one = new DN("cn=p" + count + "x1,ou=new," + base);
            DN two = new DN("cn=p" + count + "x2,ou=new," + base);
            DN three = new DN("cn=p" + count + "x3,ou=new," + base);
            DN four = new DN("cn=p" + count + "x4,ou=new," + base);
            assertThat(names(2, "manager")).containsExactly(one);
            assertThat(names(3, "manager")).containsExactly(one);
            assertThat(names(4, "manager")).containsExactly(three);
            assertThat(names(2, "seeAlso")).containsExactlyInAnyOrder(four, one);
            assertThat(names(3, "seeAlso")).containsExactlyInAnyOrder(two, one);
            assertThat(names(4, "seeAlso")).containsExactly(three);
            rests(mapping);

            person(3, "boss", "2", "also", "4");
            person(4, "also", List.of("1", "99"));
            assertThat(run(mapping)).isEqualTo("modify 2");
            assertThat(names(3, "seeAlso")).containsExactly(four);
            assertThat(names(4, "seeAlso")).containsExactlyInAnyOrder(three, one);
            rests(mapping);
        }

        @Test
        void references_in_another_spelling_are_the_same() throws Exception {
            Mapping mapping = mapping()
                    .attribute("manager", AttributeRule.reference("${record.boss}"))
                    .build();
            person(1);
            person(2);
            run(mapping);
            String name =
                    "CN=P" + count + "X1,OU=T" + count + "," + server.baseDn().replace("dc=", "DC=");
            administrator.modify(
                    "dn: " + entry(2).getDN(), "changetype: modify", "add: manager", "manager: " + name, "-");
            person(2, "boss", "1");
            rests(mapping);
        }
    }

    /** Servers whose attributes have several names. */
    abstract static class WithAliases extends OnAServer {
        @Override
        MappingBuilder mapping() {
            return Mapping.builder()
                    .key("id", "employeeNumber")
                    .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                    .dn("cn=${record.name}," + base)
                    .attribute("sn", "${record.name}");
        }

        @Test
        void attributes_may_have_any_of_their_names() throws Exception {
            administrator.add(
                    "dn: cn=g" + count + "," + server.baseDn(), "objectClass: groupOfNames", "member: cn=nobody");
            MappingBuilder rules = Mapping.builder()
                    .key("id", "2.16.840.1.113730.3.1.3")
                    .match("rfc822Mailbox", "${record.name}@example.test")
                    .objectClasses("top", "person", "organizationalPerson", "2.16.840.1.113730.3.2.2")
                    .attribute("userid", AttributeRule.unique("${record.name}").alsoIn("rfc822Mailbox"))
                    .attribute("surname", "${record.last}")
                    .attribute("commonName", "${join(' ', entry.gn ?? record.name, surname)}")
                    .attribute("commonName;lang-de", "${record.last}")
                    .attribute("fax", "${record.fax}")
                    .attribute("localityName", "${record.city}")
                    .attribute("rfc822Mailbox", "${userid}@example.test")
                    .group("commonName=g" + count + "," + server.baseDn());
            Mapping mapping = rules.dn("userid=${userid},organizationalUnitName=t" + count + "," + server.baseDn())
                    .build();
            person(1, "last", "Byron", "fax", "+44 1", "city", "London");
            person(2, "last", "Hopper", "city", List.of("Yale", "yale"));
            assertThat(run(mapping)).isEqualTo("create 2, groupAdd 2");
            rests(mapping);

            person(1, "last", "Lovelace", "fax", "+44 2", "city", "Bath");
            assertThat(run(mapping)).isEqualTo("modify 1");
            rests(mapping);
            assertThat(values(1, "sn")).containsExactly("Lovelace");
            assertThat(values(1, "cn;lang-de")).containsExactly("Lovelace");
            assertThat(values(1, "facsimileTelephoneNumber")).containsExactly("+44 2");
            assertThat(values(1, "l")).containsExactly("Bath");

            administrator.modify("dn: " + entry(2).getDN(), "changetype: modify", "delete: employeeNumber", "-");
            assertThat(run(mapping)).isEqualTo("link 1");
            rests(mapping);
        }

        @Test
        void leavers_are_moved_to_a_container_by_any_name_of_its_attributes() throws Exception {
            String gone = "ou=gone," + base;
            administrator.add("dn: " + gone, "objectClass: organizationalUnit");
            for (String container : List.of("organizationalUnitName=gone," + base, "2.5.4.11=gone," + base)) {
                people.clear();
                person(1);
                person(2);
                Leavers leavers = Leavers.disableAndMove(container);
                assertThat(run(mapping().build(), leavers)).startsWith("create");
                people.remove("1");
                assertThat(run(mapping().build(), leavers)).contains("move 1").doesNotContain(":");
                assertThat(new DN(entry(1).getDN()).getParent()).isEqualTo(new DN(gone));
                assertThat(run(mapping().build(), leavers)).isEqualTo("nothing");
                administrator.delete(entry(1).getDN());
                administrator.delete(entry(2).getDN());
            }
        }

        @Test
        void the_directory_is_a_source_whose_columns_have_any_name_of_an_attribute() throws Exception {
            person(1, "fax", "+44 1");
            assertThat(run(mapping()
                            .attribute("fax", AttributeRule.format("${record.fax}"))
                            .build()))
                    .isEqualTo("create 1");
            List<String> columns = List.of("surname", "2.5.4.4", "fax", "facsimileTelephoneNumber", "title");
            try (Directory directory = builder(server.pool(4)).base(base).build();
                    PageIterator<UserRecord> pages =
                            DirectorySource.of(directory, columns).fetchUsers(UserQuery.all())) {
                UserRecord record = pages.next().items().get(0);
                String name = "p" + count + "x1";
                assertThat(columns)
                        .map(column -> record.fields().get(column).toString())
                        .satisfiesExactly(
                                value -> assertThat(value).contains(name),
                                value -> assertThat(value).contains(name),
                                value -> assertThat(value).contains("+44 1"),
                                value -> assertThat(value).contains("+44 1"),
                                value -> assertThat(value).isEqualTo("null"));
            }
        }

        @Test
        void telephone_numbers_and_digits_go_by_their_matching_rules() throws Exception {
            Mapping mapping = mapping()
                    .attribute("telephoneNumber", AttributeRule.format("${record.phone}"))
                    .attribute("x121Address", AttributeRule.format("${record.digits}"))
                    .build();
            person(1, "phone", List.of("+49 30 1234", "+49301234", "+49-30-1234", "+49 30 5"));
            person(2, "digits", List.of("12 34", "1234"));
            assertThat(run(mapping)).isEqualTo("create 2");
            assertThat(values(1, "telephoneNumber")).containsExactlyInAnyOrder("+49 30 1234", "+49 30 5");
            rests(mapping);

            person(1, "phone", List.of("+49301234", "+49 30 6"));
            person(2, "digits", List.of("1234", "12 34"));
            assertThat(run(mapping)).isEqualTo("modify 1");
            assertThat(values(1, "telephoneNumber")).containsExactlyInAnyOrder("+49301234", "+49 30 6");
            rests(mapping);
        }

        @Test
        void managers_may_be_stored_by_the_other_names_of_attributes() throws Exception {
            Mapping mapping = mapping()
                    .attribute("manager", AttributeRule.reference("${record.boss}"))
                    .build();
            person(1);
            person(2);
            run(mapping);
            String name = "commonName = \\70" + count + "x1 ,organizationalUnitName=T" + count + "," + server.baseDn();
            administrator.modify(
                    "dn: " + entry(2).getDN(), "changetype: modify", "add: manager", "manager: " + name, "-");
            person(2, "boss", "1");
            rests(mapping);
        }
    }

    @Nested
    class On_openldap extends WithAliases {
        @Override
        RealDirectory start() {
            return RealDirectory.openLdap();
        }

        @Override
        DirectoryBuilder builder(LDAPConnectionPool pool) {
            return Directory.openLdap(pool);
        }
    }

    @Nested
    class On_389 extends WithAliases {
        @Override
        RealDirectory start() {
            return RealDirectory.directoryServer389();
        }

        @Override
        DirectoryBuilder builder(LDAPConnectionPool pool) {
            return Directory.generic(pool).disable("nsAccountLock", "true", "");
        }
    }

    @Nested
    class On_samba extends OnAServer {
        @Override
        RealDirectory start() {
            return RealDirectory.activeDirectory();
        }

        @Override
        DirectoryBuilder builder(LDAPConnectionPool pool) {
            return Directory.activeDirectory(pool);
        }

        @Override
        MappingBuilder mapping() {
            return Mapping.builder()
                    .key("id", "employeeNumber")
                    .objectClasses("top", "person", "organizationalPerson", "user")
                    .dn("cn=${record.name}," + base)
                    .attribute("sAMAccountName", "${record.name}");
        }

        @Override
        String several() {
            return "otherTelephone";
        }
    }
}
