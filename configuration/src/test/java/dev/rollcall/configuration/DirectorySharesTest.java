package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MatchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sources that write into one directory, and mappings that would undo what tells their people apart. */
class DirectorySharesTest {
    private static final String DIRECTORY = """
            directory:
              url: ldap://127.0.0.1:1389
              type: openldap
              base: dc=example,dc=test
            """;

    @TempDir
    Path folder;

    private FileOfATest file() {
        return new FileOfATest(folder, Map.of("TOKEN", "t0ken", "LDAP_PASSWORD", "pa55word"), new Payroll());
    }

    private List<String> problems(String text) {
        return file().problems(text);
    }

    /** A data source, with more lines at its own level. */
    private static String source(String name, String... more) {
        return """
                  %s:
                    connector: payroll
                    settings: {url: https://payroll.example.test, token: "${env.TOKEN}"}
                    mapping:
                      key: {column: id, attribute: employeeNumber}
                      dn: uid=${uid},ou=people,dc=example,dc=test
                      objectClasses: [top, person, organizationalPerson, inetOrgPerson]
                      attributes: {sn: "${record.last}", cn: "${record.last}", uid: "${record.login}"}
                """.formatted(name)
                + String.join(
                        "",
                        List.of(more).stream().map(line -> "    " + line + "\n").toList());
    }

    private static String both(String... sources) {
        return DIRECTORY + "dataSources:\n" + String.join("", sources);
    }

    @Nested
    class Two_data_sources_that_end_accounts {
        @Test
        void in_one_base_without_marks_are_refused_with_path_and_line() {
            assertThat(problems(both(source("a"), source("b"))))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "people.yaml:14: dataSources.b: 'a' and 'b' both end accounts under dc=example,dc=test");
        }

        @Test
        void in_one_base_with_one_mark_are_refused() {
            String mark = "mark: {attribute: employeeType, value: \"rollcall:hr\"}";
            assertThat(problems(both(source("a", mark), source("b", mark)))).hasSize(1);
            assertThat(problems(both(source("a", mark), source("b")))).hasSize(1);
            String fax = mark.replace("employeeType", "fax");
            String otherName = mark.replace("employeeType", "facsimileTelephoneNumber");
            assertThat(problems(both(source("a", fax), source("b", otherName)))).hasSize(1);
            assertThat(problems(both(source("a"), source("b")).replace("  base:", "  " + mark + "\n  base:")))
                    .hasSize(1);
        }

        @Test
        void in_bases_of_which_one_holds_the_other_are_refused() {
            assertThat(problems(both(source("a", "base: ou=people,dc=example,dc=test"), source("b"))))
                    .singleElement()
                    .asString()
                    .contains("under ou=people,dc=example,dc=test");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "organizationalUnitName=people,dc=example,dc=test",
                    "2.5.4.11=People, DC=example, domainComponent=test",
                    "ou=p\\65ople,dc=example,0.9.2342.19200300.100.1.25=test",
                    "ou=staff,organizationalUnitName=people,dc=example,dc=test"
                })
        void in_one_base_of_two_spellings_are_refused(String base) {
            assertThat(problems(both(
                            source("a", "base: ou=people,dc=example,dc=test"), source("b", "base: '" + base + "'"))))
                    .singleElement()
                    .asString()
                    .contains("'a' and 'b' both end accounts under");
        }

        @Test
        void with_marks_of_their_own_are_accepted() {
            assertThat(problems(both(
                            source("a", "mark: {attribute: employeeType, value: \"rollcall:a\"}"),
                            source("b", "mark: {attribute: employeeType, value: \"rollcall:b\"}"))))
                    .isEmpty();
        }

        @Test
        void in_bases_of_their_own_are_accepted() {
            assertThat(problems(both(
                            source("a", "base: ou=a,dc=example,dc=test"),
                            source("b", "base: ou=b,dc=example,dc=test"))))
                    .isEmpty();
        }

        @Test
        void are_accepted_if_one_of_them_ends_nobody() {
            assertThat(problems(both(source("a"), source("b", "policy: {leavers: {action: ignore}}"))))
                    .isEmpty();
            assertThat(problems(both(source("a"), source("b", "policy: {categories: [create, modify]}"))))
                    .isEmpty();
            assertThat(problems(both(source("a"), source("b", "completeness: delta"))))
                    .isEmpty();
        }

        @Test
        void are_refused_if_one_of_them_is_the_file_itself() {
            String itself = source("x").lines().skip(1).map(line -> line.substring(4)).toList().stream()
                    .reduce("", (all, line) -> all + line + "\n");
            String source = "source:\n  connector: payroll\n"
                    + "  settings: {url: https://payroll.example.test, token: \"${env.TOKEN}\"}\n"
                    + itself.substring(itself.indexOf("mapping:"));
            assertThat(problems(source + both(source("b"))))
                    .singleElement()
                    .asString()
                    .contains("'default' and 'b'");
        }
    }

    @Test
    void a_base_outside_the_directorys_is_refused() {
        assertThat(problems(both(source("a", "base: ou=people,dc=other,dc=test"))))
                .singleElement()
                .asString()
                .contains("dataSources.a.base: is not under directory.base");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ou=people,domainComponent=example,dc=test",
                "2.5.4.11=people,dc=example,dc=test",
                "DC=Example,dc=test"
            })
    void a_base_under_another_spelling_of_the_directorys_is_accepted(String base) {
        assertThat(problems(both(source("a", "base: " + base)))).isEmpty();
        assertThat(problems(both(source("a", "base: ou=people,dc=example,dc=test"))
                        .replace("  base: dc=", "  searchBase: domainComponent=example,dc=test\n  base: dc=")))
                .isEmpty();
    }

    @Test
    void leavers_are_not_moved_above_a_base_of_another_spelling() {
        assertThat(problems(both(source(
                        "a",
                        "base: ou=people,dc=example,dc=test",
                        "policy: {leavers: {action: disable-and-move, moveTo: 'domainComponent=example,dc=test'}}"))))
                .singleElement()
                .asString()
                .contains("policy.leavers.moveTo: is above directory.base");
    }

    @Nested
    class A_mapping {
        private static final String MARK = "mark: {attribute: description, value: \"rollcall:hr\"}";

        private static String writing(String attribute, String format) {
            return source("a", MARK).replace("attributes: {", "attributes: {" + attribute + ": " + format + ", ");
        }

        @Test
        void that_writes_the_attribute_of_a_mark_is_refused() {
            assertThat(problems(both(writing("description", "\"${record.bio}\""))))
                    .singleElement()
                    .asString()
                    .startsWith("people.yaml:13: dataSources.a.mapping.attributes.description: holds the mark");
        }

        @Test
        void that_writes_the_attribute_of_another_data_sources_mark_is_refused() {
            assertThat(problems(both(
                            writing("title", "\"${record.title}\""),
                            source("b", "mark: {attribute: title, value: \"rollcall:b\"}"))))
                    .singleElement()
                    .asString()
                    .contains("dataSources.a.mapping.attributes.title: holds the mark of data source 'b'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"2.5.4.13", "'2.5.4.13'", "DESCRIPTION"})
        void that_writes_the_attribute_of_a_mark_by_another_name_is_refused(String name) {
            assertThat(problems(both(writing("description", "\"${record.bio}\""))
                            .replace("{attribute: description", "{attribute: " + name)))
                    .singleElement()
                    .asString()
                    .contains("dataSources.a.mapping.attributes.description: holds the mark");
            assertThat(problems(both(writing(name, "\"${record.bio}\""))))
                    .singleElement()
                    .asString()
                    .contains("dataSources.a.mapping.attributes." + name.replace("'", "") + ": holds the mark");
        }

        @ParameterizedTest
        @ValueSource(strings = {"pwdAccountLockedTime", "1.3.6.1.4.1.42.2.27.8.1.17"})
        void that_writes_what_disables_accounts_is_refused_by_any_name(String name) {
            assertThat(problems(both(writing(name, "\"${record.locked}\""))))
                    .singleElement()
                    .asString()
                    .startsWith("people.yaml:13: dataSources.a.mapping.attributes." + name + ": ");
        }

        @ParameterizedTest
        @CsvSource({"title, 2.5.4.12", "2.5.4.12, title", "sn, surname", "surname, 2.5.4.4", "uid, userid"})
        void that_writes_what_the_filter_looks_at_by_another_name_is_refused(String written, String asked) {
            String text = both(source("a", MARK)
                            .replace("sn: ", written.equals("surname") ? "surname: " : "sn: ")
                            .replace(
                                    "attributes: {",
                                    written.contains("t") || written.contains("2")
                                            ? "attributes: {" + written + ": \"${record.title}\", "
                                            : "attributes: {"))
                    .replace("  base:", "  filter: (" + asked + "=staff)\n  base:");
            assertThat(problems(text))
                    .singleElement()
                    .asString()
                    .contains("dataSources.a.mapping.attributes." + written + ": directory.filter looks at it");
        }

        @Test
        void that_writes_what_the_filter_looks_at_is_refused_but_for_a_constant() {
            String filtered = both(writing("title", "\"${record.title}\""))
                    .replace("  base:", "  filter: (&(objectClass=person)(title=staff))\n  base:");
            assertThat(problems(filtered))
                    .singleElement()
                    .asString()
                    .contains("dataSources.a.mapping.attributes.title: directory.filter looks at it");
            assertThat(problems(filtered.replace("\"${record.title}\"", "staff")))
                    .isEmpty();
        }
    }

    @Nested
    class A_note_says {
        private List<String> notes(String text) {
            return file().read(text).notes().stream().map(Problem::code).toList();
        }

        @Test
        void that_without_a_mark_people_who_return_stay_disabled() {
            String generic = both(source("a")).replace("type: openldap", "type: active-directory");
            assertThat(notes(generic)).containsExactly("no-mark");
            assertThat(notes(both(source("a")))).isEmpty();
            assertThat(notes(generic.replace("  base:", "  mark: {attribute: info, value: \"rollcall:hr\"}\n  base:")))
                    .isEmpty();
        }

        @Test
        void that_every_account_has_the_key() {
            String uid = both(source("a"))
                    .replace("attribute: employeeNumber", "attribute: uid")
                    .replace(", uid: \"${record.login}\"", "");
            assertThat(notes(uid)).containsExactly("key-of-every-account");
            assertThat(notes(uid.replace("attribute: uid", "attribute: userid").replace("uid=${uid}", "uid=${userid}")))
                    .containsExactly("key-of-every-account");
            assertThat(notes(uid + "    policy: {neverSeen: leaver}\n")).isEmpty();
        }
    }

    @Test
    void people_who_return_with_another_key_get_their_entry_if_the_mapping_says_so() {
        String file = both(source("a")
                .replace("attribute: employeeNumber}", "attribute: employeeNumber, previous: old}")
                .replace(
                        "      dn:",
                        "      match: [{attribute: mail, format: \"${record.mail}\", rehire: true},"
                                + " {attribute: cn, format: \"${record.last}\"}]\n      dn:"));
        Mapping mapping = file().read(file).dataSources().get("a").mapping();

        assertThat(mapping.key().previousColumn()).hasToString("Optional[old]");
        assertThat(mapping.match()).extracting(MatchRule::takesRehires).containsExactly(true, false);
        assertThat(problems(file.replace("rehire: true", "rehire: perhaps")))
                .singleElement()
                .asString()
                .contains("mapping.match[0].rehire", "perhaps");
    }

    @Test
    void a_tree_is_deleted_only_if_the_policy_deletes() {
        assertThat(problems(both(source("a", "policy: {leavers: {deleteTree: true}}"))))
                .singleElement()
                .asString()
                .contains("policy.leavers.deleteTree: nobody is to be deleted");
        assertThat(file().read(both(source("a", "policy: {leavers: {action: delete, deleteTree: true}}")))
                        .dataSources()
                        .get("a")
                        .policy()
                        .leavers()
                        .deletesTree())
                .isTrue();
    }
}
