package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.AttributeRule.reference;
import static dev.rollcall.mapping.AttributeRule.unique;
import static dev.rollcall.mapping.rule.OnNothing.CLEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {
    static MappingBuilder people() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid},ou=people,dc=example,dc=test")
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last_name}")
                .attribute("cn", "${join(' ', record.first_name, record.last_name)}")
                .attribute("mail", format("${record.email | lower}").onAbsent(CLEAR))
                .attribute(
                        "uid",
                        unique("${record.first_name | first(1) | lower}${record.last_name | lower}")
                                .maxLength(20));
    }

    static final Mapping PEOPLE = people().build();

    static UserRecord ada() {
        return UserRecord.of(
                Map.of("id", 7, "first_name", "Ada", "last_name", "Lovelace", "email", "ADA@example.test"));
    }

    static Entry entryOfAda(String... more) throws Exception {
        Entry entry = new Entry(
                "dn: uid=countess,ou=people,dc=example,dc=test",
                "objectClass: inetOrgPerson",
                "employeeNumber: 7",
                "uid: countess",
                "cn: Countess",
                "sn: Lovelace",
                "mail: old@example.test");
        for (String line : more) {
            String[] parts = line.split(": ", 2);
            entry.addAttribute(parts[0], parts[1]);
        }
        return entry;
    }

    @Nested
    class a_record_without_an_entry {
        private final DesiredEntry wanted = PEOPLE.map(ada());

        @Test
        void gets_a_dn_of_its_attributes() throws Exception {
            assertThat(wanted.dn()).contains(new DN("uid=alovelace,ou=people,dc=example,dc=test"));
        }

        @Test
        void gets_key_and_attributes_in_the_order_of_the_mapping() {
            assertThat(wanted.attributes())
                    .containsExactly(
                            Map.entry("employeeNumber", AttributeIntent.Set.of("7")),
                            Map.entry("sn", AttributeIntent.Set.of("Lovelace")),
                            Map.entry("cn", AttributeIntent.Set.of("Ada Lovelace")),
                            Map.entry("mail", AttributeIntent.Set.of("ada@example.test")),
                            Map.entry("uid", AttributeIntent.Set.of("alovelace")));
        }

        @Test
        void says_what_each_value_comes_from() {
            assertThat(wanted.because())
                    .containsEntry("sn", "record.last_name")
                    .containsEntry("employeeNumber", "record.id");
        }

        @Test
        void tells_its_new_name_for_the_next_record_not_to_take() {
            assertThat(wanted.names()).containsExactly(new ChosenName("uid", "alovelace", false));
        }
    }

    @Nested
    class a_record_with_an_entry {
        @Test
        void keeps_its_name_and_thus_its_dn() throws Exception {
            DesiredEntry wanted = PEOPLE.map(ada(), MappingInput.none().existing(entryOfAda()));
            assertThat(wanted.attributes().get("uid")).isInstanceOf(AttributeIntent.Keep.class);
            assertThat(wanted.dn()).contains(new DN("uid=countess,ou=people,dc=example,dc=test"));
            assertThat(wanted.names()).containsExactly(new ChosenName("uid", "countess", true));
        }

        @Test
        void is_none_if_only_a_blank_is_left_of_it() {
            Mapping mapping = people().key("id", "employeeNumber", KeyRule.Normalization.STRIP_LEADING_ZEROS)
                    .build();
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mapping.map(UserRecord.of(Map.of("id", "00 "))))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("no-key"));
        }

        @Test
        void keeps_a_key_that_counts_as_equal() throws Exception {
            Mapping mapping = people().key("id", "employeeNumber", KeyRule.Normalization.STRIP_LEADING_ZEROS)
                    .build();
            DesiredEntry wanted = mapping.map(
                    ada().with("id", Value.of("007")), MappingInput.none().existing(entryOfAda()));
            assertThat(wanted.attributes().get("employeeNumber")).isInstanceOf(AttributeIntent.Keep.class);
        }

        @Test
        void leaves_alone_what_is_written_on_creation_only() throws Exception {
            Mapping mapping = people().attribute("displayName", format("${cn}").onCreate())
                    .attribute("initials", "${displayName | first(1)}")
                    .build();
            MappingInput input = MappingInput.none().existing(entryOfAda("displayName: The Countess"));
            DesiredEntry wanted = mapping.map(ada(), input);
            assertThat(wanted.attributes().get("displayName")).isInstanceOf(AttributeIntent.Keep.class);
            assertThat(wanted.attributes().get("initials")).isEqualTo(AttributeIntent.Set.of("T"));
        }

        @Test
        void may_be_mapped_from_what_it_has() throws Exception {
            Mapping mapping =
                    people().attribute("description", "was ${entry.MAIL}").build();
            DesiredEntry wanted = mapping.map(ada(), MappingInput.none().existing(entryOfAda()));
            assertThat(wanted.attributes().get("description"))
                    .isEqualTo(AttributeIntent.Set.of("was old@example.test"));
            assertThat(mapping.readAttributes()).contains("mail", "uid", "employeeNumber", "objectClass");
            assertThat(mapping.ownedAttributes())
                    .containsExactly("employeeNumber", "sn", "cn", "mail", "uid", "description");
        }
    }

    @Nested
    class a_record_whose_key_is_missing {
        @Test
        void fails_whether_it_is_absent_or_blank() {
            for (UserRecord record : List.of(
                    UserRecord.of(Map.of("last_name", "L")),
                    ada().with("id", Value.of(" ")),
                    ada().with("id", Value.ofNull()))) {
                assertThatExceptionOfType(MappingException.class)
                        .isThrownBy(() -> PEOPLE.map(record))
                        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("no-key"));
            }
        }
    }

    @Nested
    class the_key {
        private final KeyRule rule = people().key("id", "employeeNumber", KeyRule.Normalization.values())
                .build()
                .key();

        @Test
        void is_the_text_of_the_source() {
            assertThat(PEOPLE.key().of(UserRecord.of(Map.of("id", 42L)))).contains("42");
            assertThat(PEOPLE.key().of(UserRecord.of(Map.of("id", new Value.Num("42.0")))))
                    .contains("42.0");
        }

        @Test
        void is_normalized_alike_on_both_sides() {
            assertThat(rule.normalize(" 00Ab7 ")).isEqualTo("ab7");
            assertThat(rule.normalize("000")).isEqualTo("0");
            assertThat(rule.of(UserRecord.of(Map.of("id", " 00Ab7")))).contains("ab7");
        }
    }

    @Nested
    class alternatives {
        private final Mapping mapping = people().attribute(
                        "title",
                        firstOf(
                                Alternative.when("record.chief", "Chief ${record.job}"),
                                Alternative.when("record.job is present", "${record.job}"),
                                Alternative.otherwise("Staff")))
                .build();

        private AttributeIntent title(UserRecord record) {
            return mapping.map(record).attributes().get("title");
        }

        @Test
        void apply_in_order() {
            assertThat(title(ada().with("job", Value.of("Engineer")).with("chief", Value.of(true))))
                    .isEqualTo(AttributeIntent.Set.of("Chief Engineer"));
            assertThat(title(ada().with("job", Value.of("Engineer")))).isEqualTo(AttributeIntent.Set.of("Engineer"));
            assertThat(title(ada())).isEqualTo(AttributeIntent.Set.of("Staff"));
        }

        @Test
        void leave_the_attribute_alone_if_the_column_they_ask_for_could_not_be_read() {
            assertThat(title(ada().with("chief", Value.unknown("timeout")))).isInstanceOf(AttributeIntent.Keep.class);
        }
    }

    @Nested
    class a_reference {
        private final Mapping mapping = people().key("id", "employeeNumber", KeyRule.Normalization.TRIM)
                .attribute("manager", reference("${record.boss}"))
                .build();

        private AttributeIntent manager(Value boss) {
            return mapping.map(ada().with("boss", boss)).attributes().get("manager");
        }

        @Test
        void is_a_key_normalized_as_keys_are() {
            assertThat(manager(Value.of(" 12 "))).isEqualTo(new AttributeIntent.Reference("12"));
        }

        @Test
        void is_cleared_by_null_alone() {
            assertThat(manager(Value.ofNull())).isEqualTo(new AttributeIntent.Clear());
            assertThat(manager(Value.of(""))).isInstanceOf(AttributeIntent.Keep.class);
        }
    }

    @Nested
    class groups {
        private final Mapping mapping = people().group("cn=all,ou=groups,dc=example,dc=test")
                .group("cn=sales,ou=groups,dc=example,dc=test", "record.department == 'Sales'")
                .groupToAddOnly("cn=news,ou=groups,dc=example,dc=test", "record.news")
                .build();

        private List<GroupIntent.Membership> of(UserRecord record) {
            return mapping.map(record).groups().stream()
                    .map(GroupIntent::membership)
                    .toList();
        }

        @Test
        void are_joined_and_left_as_their_conditions_say() {
            UserRecord sales = ada().with("department", Value.of("Sales")).with("news", Value.of("yes"));
            assertThat(of(sales))
                    .containsExactly(
                            GroupIntent.Membership.MEMBER,
                            GroupIntent.Membership.MEMBER,
                            GroupIntent.Membership.MEMBER);
            assertThat(of(ada().with("department", Value.of("IT")).with("news", Value.of(false))))
                    .containsExactly(
                            GroupIntent.Membership.MEMBER,
                            GroupIntent.Membership.NOT_MEMBER,
                            GroupIntent.Membership.KEEP);
        }

        @Test
        void are_neither_joined_nor_left_on_a_column_that_could_not_be_read() {
            assertThat(of(ada().with("department", Value.unknown("503"))).get(1))
                    .isEqualTo(GroupIntent.Membership.KEEP);
        }

        @Test
        void are_left_by_those_without_the_column() {
            assertThat(of(ada()).get(1)).isEqualTo(GroupIntent.Membership.NOT_MEMBER);
        }
    }

    @Nested
    class a_match_rule {
        private final MatchRule rule = people().match("mail", "${record.email | lower}")
                .build()
                .match()
                .get(0);

        @Test
        void gives_the_value_to_look_for() {
            assertThat(rule.attribute()).isEqualTo("mail");
            assertThat(rule.value(ada(), MappingInput.none())).contains("ada@example.test");
        }

        @Test
        void gives_nothing_for_a_record_without_the_column() {
            assertThat(rule.value(UserRecord.of(Map.of("id", 7)), MappingInput.none()))
                    .isEmpty();
        }

        @Test
        void does_not_take_what_could_not_be_read_for_nothing() {
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> rule.value(ada().with("email", Value.unknown("503")), MappingInput.none()))
                    .withMessageStartingWith("match[0].format: the value could not be read: 503");
        }
    }

    @Nested
    class several_values {
        @Test
        void are_those_of_a_list_without_nothing_and_without_doubles() {
            Mapping mapping =
                    people().attribute("telephoneNumber", "${record.phones}").build();
            Value phones =
                    Value.of(List.of(Value.of("1"), Value.ofNull(), Value.of(" "), Value.of("2"), Value.of("1")));
            assertThat(mapping.map(ada().with("phones", phones)).attributes().get("telephoneNumber"))
                    .isEqualTo(AttributeIntent.Set.of("1", "2"));
        }

        @Test
        void may_come_from_several_formats() {
            Mapping mapping = people().attribute(
                            "telephoneNumber", format("${record.office}", "${record.home}", "${record.mobile}"))
                    .build();
            UserRecord record = ada().with("office", Value.of("1")).with("mobile", Value.of("3"));
            assertThat(mapping.map(record).attributes().get("telephoneNumber"))
                    .isEqualTo(AttributeIntent.Set.of("1", "3"));
        }

        @Test
        void of_an_object_are_none() {
            Mapping mapping = people().attribute("o", "${record.org}").build();
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mapping.map(ada().with("org", Value.of(Map.of("name", Value.of("x"))))))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("not-a-value"));
        }

        @Test
        void merge_with_those_that_are_not_ours() {
            ValuesPolicy policy = ValuesPolicy.merge("crm:.*");
            AttributeIntent.Set set =
                    new AttributeIntent.Set(AttributeIntent.Set.of("crm:new").values(), policy);
            assertThat(set.over(AttributeIntent.Set.of("crm:old", "theirs", "CRM:new")
                            .values()))
                    .extracting(com.unboundid.asn1.ASN1OctetString::stringValue)
                    .containsExactly("crm:new", "theirs");
        }
    }

    @Nested
    class bytes {
        @Test
        void are_written_as_they_are_and_read_from_base64() {
            Mapping mapping = people().attribute("jpegPhoto", "${record.photo}").build();
            byte[] picture = {(byte) 0xff, (byte) 0xd8, 0, 1};
            for (Value photo : List.of(new Value.Bytes(picture), Value.of("/9gAAQ=="))) {
                AttributeIntent intent =
                        mapping.map(ada().with("photo", photo)).attributes().get("jpegPhoto");
                assertThat(((AttributeIntent.Set) intent).values().get(0).getValue())
                        .isEqualTo(picture);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://cdn.example.test/u/12.png",
                    "https://example.test/photos/1234",
                    "data:image/jpeg;base64,/9gAAQ==",
                    "n/a",
                    "/9gAAQ"
                })
        void are_made_of_no_other_text(String photo) {
            Mapping mapping = people().attribute("jpegPhoto", "${record.photo}").build();
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mapping.map(ada().with("photo", Value.of(photo))))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad-base64"));
        }

        @Test
        void may_be_wrapped_in_lines() {
            Mapping mapping = people().attribute("jpegPhoto", "${record.photo}").build();
            AttributeIntent intent = mapping.map(ada().with("photo", Value.of(" /9gA\r\n AQ==\n")))
                    .attributes()
                    .get("jpegPhoto");
            assertThat(((AttributeIntent.Set) intent).values().get(0).getValue())
                    .isEqualTo(new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1});
        }
    }
}
