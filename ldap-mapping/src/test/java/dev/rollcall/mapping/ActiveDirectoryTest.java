package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.AttributeRule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveDirectoryTest {
    private static MappingBuilder users() {
        return Mapping.builder()
                .key("id", "employeeID")
                .dn("CN=${cn},OU=Staff,DC=example,DC=test")
                .objectClasses("top", "person", "organizationalPerson", "user")
                .attribute("cn", "${record.name}");
    }

    private static AttributeIntent mapped(String attribute, AttributeRule rule, Value value) {
        return mapped(attribute, rule, value, MappingInput.none());
    }

    private static AttributeIntent mapped(String attribute, AttributeRule rule, Value value, MappingInput input) {
        UserRecord record = UserRecord.of(Map.of("id", 1, "name", "Ada")).with("v", value);
        Mapping mapping = users().attribute(attribute, rule).build();
        return Objects.requireNonNull(mapping.map(record, input).attributes().get(attribute));
    }

    private static final AttributeRule V = format("${record.v}");

    private static void assertRejected(String code, String attribute, AttributeRule rule, Value value) {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapped(attribute, rule, value))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"srv$", "SYSTEM", "Self", "network service"})
    void a_logon_name_of_a_computer_or_of_windows_itself_fails(String name) {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapped("sAMAccountName", V, Value.of(name)))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"srv$, srv", "a$b$., a$b", "System, System2", "PROXY, PROXY2", "ada, ada"})
    void a_unique_logon_name_gets_around_them(String given, String name) {
        AttributeRule rule = unique("${record.v}").sanitize(Sanitizer.SAM_ACCOUNT_NAME);
        assertThat(mapped("sAMAccountName", rule, Value.of(given))).isEqualTo(AttributeIntent.Set.of(name));
    }

    @ParameterizedTest
    @CsvSource({
        "pwdLastSet, forceChange",
        "lockoutTime, administrator",
        "primaryGroupID, groups",
        "sIDHistory, migration",
        "directReports, manager",
        "name, cn",
        "whenCreated, server"
    })
    void an_attribute_that_no_mapping_may_write_is_refused_with_what_to_do(String attribute, String remedy) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> users().attribute(attribute, V).build())
                .withMessageContaining(attribute + " cannot be mapped")
                .withMessageContaining(remedy);
    }

    @Test
    void a_group_that_is_named_by_its_sid_is_refused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> users().group("<SID=S-1-5-21-1-2-3-512>").build())
                .withMessageContaining("groups[0].dn: '<SID=S-1-5-21-1-2-3-512>' names a group by its id");
    }

    @Nested
    class a_value_that_is_too_long {
        private final Value seventy = Value.of("x".repeat(70));

        @Test
        void fails_unless_told_otherwise() {
            assertRejected("too-long", "department", V, seventy);
        }

        @Test
        void is_cut_off_or_left_alone_where_that_is_the_policy() {
            assertThat(mapped("department", V.onLimit(OnLimit.TRUNCATE), seventy))
                    .isEqualTo(AttributeIntent.Set.of("x".repeat(64)));
            assertThat(mapped("department", V.onLimit(OnLimit.SKIP), seventy)).isInstanceOf(AttributeIntent.Keep.class);
        }

        @Test
        void is_taken_where_no_limits_hold() {
            Mapping mapping =
                    users().limits(Limits.NONE).attribute("department", V).build();
            UserRecord record = UserRecord.of(Map.of("id", 1, "name", "Ada")).with("v", seventy);
            assertThat(mapping.map(record).attributes())
                    .containsEntry("department", AttributeIntent.Set.of("x".repeat(70)));
        }

        @Test
        void is_never_half_a_picture() {
            Value picture = new Value.Bytes(new byte[102_401]);
            assertRejected("too-long", "thumbnailPhoto", V.onLimit(OnLimit.TRUNCATE), picture);
            assertThat(mapped("thumbnailPhoto", V, new Value.Bytes(new byte[102_400])))
                    .isInstanceOf(AttributeIntent.Set.class);
        }
    }

    @Nested
    class a_logon_name {
        @Test
        void with_forbidden_characters_fails_unless_told_otherwise() {
            assertRejected("forbidden-character", "sAMAccountName", V, Value.of("a/b"));
            assertRejected("forbidden-character", "sAMAccountName", V, Value.of("ab."));
            assertThat(mapped("sAMAccountName", V.onLimit(OnLimit.TRUNCATE), Value.of("[a/b].")))
                    .isEqualTo(AttributeIntent.Set.of("ab"));
            assertRejected("nothing-left", "sAMAccountName", V.onLimit(OnLimit.TRUNCATE), Value.of("[/]"));
        }

        @Test
        void is_made_fit_by_its_profile_and_never_ends_with_a_dot() {
            AttributeRule rule = unique("${record.v}").sanitize(Sanitizer.SAM_ACCOUNT_NAME);
            assertThat(mapped("sAMAccountName", rule, Value.of("Jürgen von.Großkreutzmann. Meier")))
                    .isEqualTo(AttributeIntent.Set.of("Jurgenvon.Grosskreut"));
            assertThat(mapped("sAMAccountName", rule, Value.of("abcdefghijklmnopqrs.xyz")))
                    .isEqualTo(AttributeIntent.Set.of("abcdefghijklmnopqrs"));
        }

        @Test
        void of_which_nothing_is_left_fails() {
            assertRejected("nothing-left", "sAMAccountName", V.sanitize(Sanitizer.SAM_ACCOUNT_NAME), Value.of("@@@"));
            assertRejected(
                    "unmappable-letters", "userPrincipalName", V.sanitize(Sanitizer.UPN), Value.of("Иван@x.test"));
        }
    }

    /** The schema allows several descriptions, and the server refuses the second one of a user. */
    @ParameterizedTest
    @ValueSource(strings = {"title", "description", "Description"})
    void a_list_is_refused_where_one_value_is_taken(String attribute) {
        assertRejected("several-values", attribute, V, Value.of(List.of(Value.of("a"), Value.of("b"))));
    }

    @Test
    void a_list_is_written_where_several_values_are_taken() {
        assertThat(mapped("otherTelephone", V, Value.of(List.of(Value.of("1"), Value.of("2")))))
                .isEqualTo(AttributeIntent.Set.of("1", "2"));
    }

    @Test
    void several_formats_of_a_description_are_refused_when_the_mapping_is_built() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> users().attribute("description", format("${record.a}", "${record.b}"))
                        .build())
                .withMessageContaining("description");
    }

    @Nested
    class mail_addresses {
        private List<String> addresses(String... values) {
            List<Value> items = new ArrayList<>();
            List.of(values).forEach(value -> items.add(Value.of(value)));
            return ((AttributeIntent.Set) mapped("proxyAddresses", V, Value.of(items))).texts();
        }

        @Test
        void have_one_primary() {
            assertThat(addresses("a@x.test", "b@x.test")).containsExactly("SMTP:a@x.test", "smtp:b@x.test");
            assertThat(addresses("smtp:a@x.test", "SMTP:b@x.test")).containsExactly("smtp:a@x.test", "SMTP:b@x.test");
            assertThat(addresses("smtp:A@x.test", "SMTP:a@x.test")).containsExactly("SMTP:a@x.test");
            assertThat(addresses("X500:/o=Org", "a@x.test")).containsExactly("X500:/o=Org", "SMTP:a@x.test");
        }

        @Test
        void with_two_primaries_fail() {
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> addresses("SMTP:a@x.test", "SMTP:b@x.test"))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("several-primaries"));
        }

        @Test
        void that_are_none_fail() {
            for (String bad : List.of("smtp:", "smtp:ada", "smtp:a:b@x.test", "smtp:zoë@x.test")) {
                assertThatExceptionOfType(MappingException.class)
                        .isThrownBy(() -> addresses(bad))
                        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad-address"));
            }
        }

        @Test
        void leave_addresses_of_other_types_in_the_entry() {
            AttributeIntent.Set set = (AttributeIntent.Set) mapped("proxyAddresses", V, Value.of("new@x.test"));
            assertThat(set.over(AttributeIntent.Set.of("SMTP:old@x.test", "X500:/o=Org", "sip:ada@x.test")
                            .values()))
                    .extracting(ASN1OctetString::stringValue)
                    .containsExactly("SMTP:new@x.test", "X500:/o=Org", "sip:ada@x.test");
        }

        @Test
        void that_are_not_ours_never_make_a_second_primary() {
            AttributeRule rule = V.values(ValuesPolicy.merge("smtp:.*@ours[.]test"));
            AttributeIntent.Set set = (AttributeIntent.Set) mapped("proxyAddresses", rule, Value.of("a@ours.test"));
            assertThat(set.over(AttributeIntent.Set.of("SMTP:a@theirs.test").values()))
                    .extracting(ASN1OctetString::stringValue)
                    .containsExactly("SMTP:a@ours.test", "smtp:a@theirs.test");
        }
    }

    @Nested
    class the_end_of_an_account {
        private final MappingInput auckland = MappingInput.none().zone(ZoneId.of("Pacific/Auckland"));

        @ParameterizedTest
        @CsvSource({
            "2020-12-30, UTC, 132538464000000000",
            "2020-12-31T23:59:59Z, Pacific/Auckland, 132539327990000000",
            "2020-12-31 23:59:59, UTC, 132539327990000000",
            "20201230, UTC, 132538464000000000",
            "2020-12-30, America/Los_Angeles, 132538752000000000",
            "2020-12-31T12:59:59-1100, UTC, 132539327990000000",
            "2020-12-31 23:59:59+00, Pacific/Auckland, 132539327990000000",
            "132539327990000000, UTC, 132539327990000000",
            "0, UTC, 0",
            "never, UTC, 9223372036854775807"
        })
        void is_a_date_that_is_the_last_day_or_a_time_or_a_number(String text, String zone, String expected) {
            MappingInput input = MappingInput.none().zone(ZoneId.of(zone));
            assertThat(mapped("accountExpires", V, Value.of(text), input)).isEqualTo(AttributeIntent.Set.of(expected));
        }

        @Test
        void is_midnight_in_the_zone_of_the_run() {
            AttributeIntent here = mapped("accountExpires", V, Value.of("2020-12-31"), auckland);
            assertThat(here).isEqualTo(AttributeIntent.Set.of("132538860000000000"));
        }

        @Test
        void is_never_when_the_record_says_null() throws Exception {
            Entry entry = new Entry("dn: CN=Ada,DC=test", "objectClass: user", "accountExpires: 132538860000000000");
            assertThat(mapped(
                            "accountExpires",
                            V,
                            Value.ofNull(),
                            MappingInput.none().existing(entry)))
                    .isEqualTo(AttributeIntent.Set.of("9223372036854775807"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "soon",
                    "2027-02-29",
                    "20270229",
                    "2026-04-31T10:00:00",
                    "2026-02-30T00:00:00+11:00",
                    "31.03.2027"
                })
        void is_no_other_text(String text) {
            assertRejected("bad-date", "accountExpires", V, Value.of(text));
        }
    }

    @Nested
    class a_country {
        @ParameterizedTest
        @CsvSource({
            "DE, DE, Germany, 276",
            "deu, DE, Germany, 276",
            "276, DE, Germany, 276",
            "Germany, DE, Germany, 276",
            "004, AF, Afghanistan, 4",
            "UK, GB, United Kingdom, 826"
        })
        void is_written_three_times(String given, String code, String name, String number) {
            Mapping mapping = users().attribute("c", V).build();
            UserRecord record = UserRecord.of(Map.of("id", 1, "name", "Ada", "v", given));
            assertThat(mapping.map(record).attributes())
                    .containsEntry("c", AttributeIntent.Set.of(code))
                    .containsEntry("co", AttributeIntent.Set.of(name))
                    .containsEntry("countryCode", AttributeIntent.Set.of(number));
        }

        @Test
        void may_have_a_name_of_ones_own() {
            Mapping mapping =
                    users().attribute("c", V).attribute("co", "Deutschland").build();
            UserRecord record = UserRecord.of(Map.of("id", 1, "name", "Ada", "v", "DE"));
            assertThat(mapping.map(record).attributes()).containsEntry("co", AttributeIntent.Set.of("Deutschland"));
        }

        @Test
        void that_is_gone_goes_three_times() throws Exception {
            Entry entry =
                    new Entry("dn: CN=Ada,DC=test", "objectClass: user", "c: DE", "co: Germany", "countryCode: 276");
            Mapping mapping = users().attribute("c", V).build();
            UserRecord record = UserRecord.of(Map.of("id", 1, "name", "Ada")).with("v", Value.ofNull());
            assertThat(mapping.map(record, MappingInput.none().existing(entry)).attributes())
                    .containsEntry("c", new AttributeIntent.Clear())
                    .containsEntry("co", new AttributeIntent.Clear())
                    .containsEntry("countryCode", AttributeIntent.Set.of("0"));
        }

        @Test
        void that_is_none_fails() {
            assertRejected("unknown-country", "c", V, Value.of("Atlantis"));
        }
    }

    @Test
    void a_surname_is_not_demanded() {
        UserRecord record = UserRecord.of(Map.of("id", 1, "name", "Ada"));
        assertThat(users().attribute("sn", V).build().map(record).attributes().get("sn"))
                .isInstanceOf(AttributeIntent.Keep.class);
    }

    @Test
    void the_name_of_an_entry_that_stays_where_it_is_is_not_written() throws Exception {
        Mapping mapping =
                users().dn(DnRule.format("CN=${cn},DC=test").onCreate()).build();
        Entry entry = new Entry("dn: CN=Countess,DC=test", "objectClass: user", "cn: Countess");
        DesiredEntry wanted = mapping.map(
                UserRecord.of(Map.of("id", 1, "name", "Ada")),
                MappingInput.none().existing(entry));
        assertThat(wanted.dn()).isEmpty();
        assertThat(wanted.attributes().get("cn")).isInstanceOf(AttributeIntent.Keep.class);
    }
}
