package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.MappingTest.PEOPLE;
import static dev.rollcall.mapping.MappingTest.ada;
import static dev.rollcall.mapping.MappingTest.entryOfAda;
import static dev.rollcall.mapping.MappingTest.people;
import static dev.rollcall.mapping.rule.OnNothing.CLEAR;
import static dev.rollcall.mapping.rule.OnNothing.FAIL;
import static dev.rollcall.mapping.rule.OnNothing.SKIP;
import static dev.rollcall.mapping.rule.OnNothing.defaultTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of an attribute whose columns have nothing. */
class MissingValuesTest {
    @Nested
    class a_column_without_a_value {
        private AttributeIntent mail(Value value, AttributeRule rule) throws Exception {
            Mapping mapping = people().attribute("o", rule).build();
            UserRecord record = value instanceof Value.Absent ? ada() : ada().with("org", value);
            return mapping.map(record, MappingInput.none().existing(entryOfAda("o: Old")))
                    .attributes()
                    .get("o");
        }

        private final AttributeRule org = format("${record.org}");

        @Test
        void is_skipped_when_absent_and_cleared_when_null_or_blank() throws Exception {
            assertThat(mail(Value.absent(), org)).isInstanceOf(AttributeIntent.Keep.class);
            assertThat(mail(Value.ofNull(), org)).isEqualTo(new AttributeIntent.Clear());
            assertThat(mail(Value.of(" \t"), org)).isEqualTo(new AttributeIntent.Clear());
            assertThat(mail(Value.of(List.of()), org)).isEqualTo(new AttributeIntent.Clear());
        }

        @Test
        void is_kept_when_it_could_not_be_read_whatever_the_policies() throws Exception {
            assertThat(mail(Value.unknown("503"), org.onNothing(CLEAR)))
                    .isEqualTo(new AttributeIntent.Keep("unknown: 503"));
        }

        @Test
        void follows_the_policy_for_its_kind_of_nothing() throws Exception {
            AttributeRule rule = org.onAbsent(CLEAR).onNull(SKIP).onEmpty(defaultTo("${record.last_name} Ltd"));
            assertThat(mail(Value.absent(), rule)).isEqualTo(new AttributeIntent.Clear());
            assertThat(mail(Value.ofNull(), rule)).isInstanceOf(AttributeIntent.Keep.class);
            assertThat(mail(Value.of(""), rule)).isEqualTo(AttributeIntent.Set.of("Lovelace Ltd"));
        }

        @Test
        void fails_where_that_is_the_policy() {
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mail(Value.ofNull(), org.onNull(FAIL)))
                    .withMessageStartingWith("attributes.o: o has no value: record.org is null")
                    .satisfies(e -> assertThat(e.attribute()).isEqualTo("o"));
        }

        @Test
        void fails_where_the_classes_demand_the_attribute() {
            UserRecord record = UserRecord.of(Map.of("id", 7, "first_name", "Ada", "email", "a@example.test"));
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> PEOPLE.map(record))
                    .withMessageStartingWith("attributes.sn: sn has no value: record.last_name is absent")
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("no-value"));
        }

        @Test
        void fails_where_the_dn_is_made_of_it() {
            Mapping mapping = people().dn("uid=${uid},ou=${record.department},dc=example,dc=test")
                    .build();
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mapping.map(ada()))
                    .withMessageStartingWith("dn: the DN needs ou=${record.department}, which has no value");
        }
    }

    @Nested
    class a_column_that_could_not_be_read {
        @Test
        void keeps_the_dn_of_an_entry_and_makes_no_new_one() throws Exception {
            Mapping mapping = people().dn("uid=${uid},ou=${record.department},dc=example,dc=test")
                    .build();
            UserRecord record = ada().with("department", Value.unknown("503"));
            assertThat(mapping.map(record, MappingInput.none().existing(entryOfAda()))
                            .dn())
                    .isEmpty();
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mapping.map(record))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("unknown-value"));
        }

        @Test
        void keeps_what_is_made_of_what_is_made_of_it() throws Exception {
            Mapping mapping = people().attribute("displayName", "${cn}!").build();
            DesiredEntry wanted = mapping.map(
                    ada().with("first_name", Value.unknown("503")),
                    MappingInput.none().existing(entryOfAda("displayName: Ada")));
            assertThat(wanted.attributes().get("displayName")).isInstanceOf(AttributeIntent.Keep.class);
        }
    }

    @Nested
    class one_of_several_formats {
        private AttributeIntent phones(UserRecord record) throws Exception {
            return people().attribute("telephoneNumber", format("${record.office}", "${record.home}"))
                    .build()
                    .map(record, MappingInput.none().existing(entryOfAda("telephoneNumber: 0")))
                    .attribute("telephoneNumber")
                    .orElseThrow();
        }

        @Test
        void that_could_not_be_read_keeps_all() throws Exception {
            assertThat(phones(ada().with("office", Value.of("1")).with("home", Value.unknown("503"))))
                    .isEqualTo(new AttributeIntent.Keep("unknown: 503"));
        }

        @Test
        void that_has_nothing_is_left_out_and_if_none_has_anything_the_first_says_why() throws Exception {
            assertThat(phones(ada().with("office", Value.ofNull()).with("home", Value.of("2"))))
                    .isEqualTo(AttributeIntent.Set.of("2"));
            assertThat(phones(ada().with("office", Value.ofNull()))).isEqualTo(new AttributeIntent.Clear());
            assertThat(phones(ada().with("home", Value.ofNull()))).isInstanceOf(AttributeIntent.Keep.class);
        }
    }

    @Nested
    class a_default {
        private AttributeIntent organization(Value fallback) throws Exception {
            return people().attribute("o", format("${record.org}").onNull(defaultTo("${record.fallback}")))
                    .build()
                    .map(
                            ada().with("org", Value.ofNull()).with("fallback", fallback),
                            MappingInput.none().existing(entryOfAda("o: Old")))
                    .attribute("o")
                    .orElseThrow();
        }

        @Test
        void is_a_format_with_all_that_may_become_of_one() throws Exception {
            assertThat(organization(Value.of("New"))).isEqualTo(AttributeIntent.Set.of("New"));
            assertThat(organization(Value.unknown("503"))).isEqualTo(new AttributeIntent.Keep("unknown: 503"));
            assertThat(organization(Value.ofNull())).isEqualTo(new AttributeIntent.Clear());
        }

        @Test
        void without_a_value_fails_where_the_dn_is_made_of_the_attribute() {
            Mapping mapping = people().dn("uid=${uid},ou=${ou},dc=example,dc=test")
                    .attribute("ou", format("${record.team}").onNull(defaultTo("${record.fallback}")))
                    .build();
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> mapping.map(ada().with("team", Value.ofNull())))
                    .withMessageStartingWith("attributes.ou: ou has no value, nor has its default");
        }
    }

    @Test
    void several_columns_without_a_value_are_each_told_once() {
        Mapping mapping = people().attribute(
                        "o",
                        format("${join(' ', record.a, record.b, record.a)}").onNothing(FAIL))
                .build();
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapping.map(ada().with("b", Value.of(" ")).with("a", Value.ofNull())))
                .withMessageContaining("o has no value: record.a is null, record.b is empty");
    }

    @Test
    void a_record_that_could_not_be_read_whole_is_not_mapped() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> PEOPLE.map(ada().faulty("page 2 failed")))
                .withMessageContaining("the record could not be read whole: page 2 failed")
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("incomplete-record"));
    }

    @Test
    void attributes_agree_with_the_name_of_the_entry() {
        Mapping mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${record.first_name}+employeeType=${record.kind},ou=people,dc=example,dc=test")
                .objectClasses("inetOrgPerson")
                .attribute("sn", "${record.last_name}")
                .attribute("cn", "${record.first_name} ${record.last_name}")
                .build();
        DesiredEntry wanted = mapping.map(ada().with("kind", Value.of("staff")));
        assertThat(wanted.attributes().get("cn")).isEqualTo(AttributeIntent.Set.of("Ada Lovelace", "Ada"));
        assertThat(wanted.attributes().get("employeeType")).isEqualTo(AttributeIntent.Set.of("staff"));
    }

    @Test
    void the_name_of_the_entry_takes_the_place_of_what_is_cleared_and_of_nothing_else() throws Exception {
        ValuesPolicy policy = ValuesPolicy.merge("ours-.*");
        Mapping mapping = people().dn("o=${record.first_name},dc=test")
                .attribute("o", format("${record.org}").onNull(CLEAR).values(policy))
                .build();
        DesiredEntry wanted = mapping.map(
                ada().with("org", Value.ofNull()), MappingInput.none().existing(entryOfAda("o: theirs")));
        assertThat(wanted.attribute("o"))
                .hasValue(new AttributeIntent.Set(AttributeIntent.Set.of("Ada").values(), policy));
    }

    @Test
    void the_same_record_gives_the_same_entry() {
        assertThat(PEOPLE.map(ada())).isEqualTo(PEOPLE.map(ada())).hasSameHashCodeAs(PEOPLE.map(ada()));
    }
}
