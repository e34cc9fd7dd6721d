package dev.rollcall.mappingtestkit;

import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.AttributeRule.reference;
import static dev.rollcall.mapping.AttributeRule.unique;
import static dev.rollcall.mappingtestkit.MappingAssertions.assertThat;
import static dev.rollcall.mappingtestkit.MappingAssertions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.Sanitizer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MappingAssertTest {
    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${uid},ou=people,dc=example,dc=test")
            .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
            .attribute("sn", "${record.last_name}")
            .attribute("cn", "${join(' ', record.first_name, record.last_name)}")
            .attribute("mail", format("${record.email | lower}"))
            .attribute("manager", reference("${record.boss}"))
            .attribute(
                    "uid",
                    unique("${record.first_name | first(1) | lower}${record.last_name | lower}")
                            .maxLength(20))
            .group("cn=sales,dc=example,dc=test", "record.department == 'Sales'")
            .build();

    private static final String AL = "{'id': 8, 'first_name': 'Al', 'last_name': 'Lovelace'}";

    private static String failure(ThrowingCallable test) {
        AssertionError error = org.assertj.core.api.Assertions.catchThrowableOfType(AssertionError.class, test);
        assertThat(error).as("a failing assertion").isNotNull();
        return java.util.Objects.requireNonNull(error.getMessage());
    }

    @Test
    void a_taken_name_gets_a_number() {
        assertThat(PEOPLE).taken("uid", "alovelace").given(json(AL)).hasAttribute("uid", "alovelace2");
    }

    @Test
    void a_record_becomes_an_entry() {
        assertThat(PEOPLE)
                .given(json("{'id': 8, 'first_name': 'Al', 'last_name': 'Lovelace', 'boss': 3, 'department': 'Sales'}"))
                .hasDn("UID=alovelace, ou=people,dc=example,dc=test")
                .hasAttribute("cn", "Al Lovelace")
                .hasNoAttribute("mail")
                .keeps("mail")
                .refersTo("manager", "3")
                .isIn("cn=sales,dc=example,dc=test");
    }

    @Test
    void an_entry_keeps_what_is_not_written() {
        assertThat(PEOPLE)
                .existing("dn: uid=al,ou=people,dc=example,dc=test", "uid: al", "employeeNumber: 8", "mail: al@x.test")
                .given(json("{'id': 8, 'first_name': 'Al', 'last_name': 'Lovelace', 'email': null}"))
                .hasAttribute("uid", "al")
                .hasDn("uid=al,ou=people,dc=example,dc=test")
                .clears("mail")
                .isNotIn("cn=sales,dc=example,dc=test");
    }

    @Test
    void an_entry_keeps_what_is_not_ours_where_values_are_merged() {
        Mapping merging = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("employeeNumber=${employeeNumber},dc=test")
                .objectClasses("user")
                .attribute("proxyAddresses", "SMTP:${record.email}")
                .build();
        assertThat(merging)
                .existing("dn: employeeNumber=8,dc=test", "proxyAddresses: SMTP:al@x.test", "proxyAddresses: sip:al")
                .given(json("{'id': 8, 'email': null}"))
                .clears("proxyAddresses")
                .hasAttribute("proxyAddresses", "sip:al");
    }

    @Test
    void a_record_may_be_rejected() {
        assertThat(PEOPLE).given(json("{'id': 9, 'first_name': 'Cher'}")).rejects("no-value", "sn");
    }

    @Test
    void several_records_reserve_their_names() {
        assertThat(PEOPLE)
                .given(List.of(json(AL), json("{'id': 9, 'first_name': 'Ada', 'last_name': 'Lovelace'}")))
                .haveAttribute("uid", "alovelace", "alovelace2")
                .record(1)
                .explains("uid", "alovelace is taken by reserved for key 8", "alovelace2 is free", "lower('A') = 'a'");
    }

    @Test
    void a_table_says_much_in_few_lines() {
        assertThat(PEOPLE).table("""
                        first_name | last_name  | email   || uid        | cn            | mail
                        Ada        | Lovelace   | A@X.org || alovelace  | Ada Lovelace  | a@x.org
                        Al         | Lovelace   | null    || alovelace2 | Al Lovelace   |
                        'Anna  B'  | ['Lee']    |         || alee       | Anna  B Lee   |
                        Cher       |            |         || !no-value  |               |
                        """);
    }

    @Test
    void any_record_is_mapped_or_rejected() {
        assertThat(PEOPLE).holdsForAnyRecord();
    }

    @Test
    void any_record_keeps_the_limits_of_the_directory() {
        assertThat(Mapping.builder()
                        .key("id", "employeeID")
                        .dn("CN=${cn}+l=${record.town},OU=${record.department},DC=test")
                        .objectClasses("user")
                        .attribute("cn", format("${record.name}").onLimit(OnLimit.TRUNCATE))
                        .attribute("sAMAccountName", unique("${record.name}").sanitize(Sanitizer.SAM_ACCOUNT_NAME))
                        .attribute(
                                "userPrincipalName",
                                unique("${record.name}@example.test").sanitize(Sanitizer.UPN))
                        .attribute(
                                "mail",
                                format("${record.mail}")
                                        .sanitize(Sanitizer.MAIL)
                                        .maxLength(12)
                                        .onLimit(OnLimit.TRUNCATE))
                        .attribute("title", format("${record.title}").onLimit(OnLimit.SKIP))
                        .attribute("accountExpires", "${record.end}")
                        .attribute("c", "${record.country}")
                        .attribute("proxyAddresses", "${record.mail}")
                        .attribute("manager", reference("${record.boss.id}"))
                        .group("CN=x,DC=test", "record.title is present and record.town != 'x'")
                        .build())
                .holdsForAnyRecord(3_000);
    }

    @Nested
    class a_failure {
        @Test
        void tells_expected_and_found_and_how_it_came_to_be() {
            assertThat(failure(() -> assertThat(PEOPLE)
                            .takenBy("uid=alovelace,ou=people,dc=example,dc=test", "uid", "alovelace")
                            .given(json(AL))
                            .hasAttribute("uid", "alovelace")))
                    .isEqualTo("""

                            expected uid: alovelace
                             but was uid: alovelace2
                            because
                              uid: set [alovelace2]
                                ${record.first_name | first(1) | lower}${record.last_name | lower}
                                  record.first_name = 'Al'
                                  first('Al', 1) = 'A'
                                  lower('A') = 'a'
                                  record.last_name = 'Lovelace'
                                  lower('Lovelace') = 'lovelace'
                                  gives 'alovelace'
                                alovelace is taken by uid=alovelace,ou=people,dc=example,dc=test
                                alovelace2 is free
                            for the record
                              {id=8, first_name='Al', last_name='Lovelace'}""");
        }

        @Test
        void tells_why_a_record_was_rejected() {
            assertThat(failure(() -> assertThat(PEOPLE).given(json("{'id': 9}")).hasAttribute("cn", "x")))
                    .contains("expected the record to be mapped\n but it was rejected with no-value")
                    .contains("attributes.sn: sn has no value: record.last_name is absent");
        }

        @Test
        void tells_that_an_attribute_is_not_mapped() {
            assertThat(failure(() -> assertThat(PEOPLE).given(json(AL)).hasAttribute("title", "x")))
                    .contains("the mapping does not map title");
        }

        @Test
        void of_each_other_sort_says_what_it_is_about() {
            OutcomeAssert al = assertThat(PEOPLE).given(json(AL));
            assertThat(failure(() -> al.hasNoAttribute("cn"))).contains("expected no cn\n but was cn: Al Lovelace");
            assertThat(failure(() -> al.keeps("cn"))).contains("expected cn to be kept");
            assertThat(failure(() -> al.clears("cn"))).contains("expected cn to be cleared");
            assertThat(failure(() -> al.refersTo("manager", "3"))).contains("to be the entry with key 3");
            assertThat(failure(() -> al.hasDn("uid=x,dc=test")))
                    .contains("expected dn: uid=x,dc=test\n but was dn: uid=al");
            assertThat(failure(al::keepsDn)).contains("expected the DN to stay");
            assertThat(failure(() -> al.isIn("cn=sales,dc=example,dc=test"))).contains("but was not member");
            assertThat(failure(() -> al.isIn("cn=x,dc=test"))).contains("the mapping has no group cn=x,dc=test");
            assertThat(failure(() -> al.rejects("no-value"))).contains("but it was mapped");
            assertThat(failure(() -> al.explains("uid", "nonsense"))).contains("to tell: nonsense");
        }

        @Test
        void of_a_table_tells_every_row_that_differs() {
            assertThat(failure(() -> assertThat(PEOPLE).table("""
                                    first_name | last_name || uid       | cn
                                    Ada        | Lovelace  || ada       | Ada Lovelace
                                    Al         | Lovelace  || alovelace |
                                    """)))
                    .contains("row 1 (Ada | Lovelace)\n  uid: expected ada, but was alovelace")
                    .contains("row 2 (Al | Lovelace)\n  uid: expected alovelace, but was alovelace2")
                    .contains("row 2 (Al | Lovelace)\n  cn: expected no value, but was Al Lovelace");
        }
    }

    @Test
    void a_table_that_is_none_is_told() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> assertThat(PEOPLE).table("a | b\n1 | 2"))
                .withMessageContaining("no ||");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> assertThat(PEOPLE).table("a || b\n1 | 2 || 3"))
                .withMessageContaining("row 1 has 2 and 1 cells");
    }

    @Test
    void clock_zone_and_seed_are_fixed() {
        Mapping dated = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${record.id},dc=test")
                .objectClasses("device")
                .attribute("description", "${now() | date('yyyy-MM-dd HH:mm')}")
                .build();
        assertThat(dated).given(json("{'id': 1}")).hasAttribute("description", "2026-01-15 12:00");
        assertThat(dated)
                .at("2027-06-30T22:00:00Z")
                .zone("Pacific/Auckland")
                .given(json("{'id': 1}"))
                .hasAttribute("description", "2027-07-01 10:00");
    }
}
