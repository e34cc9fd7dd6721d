package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.AttributeRule.reference;
import static dev.rollcall.mapping.AttributeRule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.internal.definition.KeyForm;
import dev.rollcall.mapping.internal.plan.KeyPlan;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.mapping.rule.NameScope;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of one attribute that make no sense, alone or together, and what a mapping says about itself. */
class MappingRulesTest {
    private static MappingBuilder people() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=people,dc=example,dc=test")
                .objectClasses("top", "person", "inetOrgPerson")
                .attribute("cn", "${record.name}");
    }

    private static List<String> problems(MappingBuilder builder) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, builder::build);
        return e == null
                ? List.of()
                : e.problems().stream()
                        .map(problem -> problem.path() + " " + problem.code())
                        .toList();
    }

    private static Arguments wrong(String attribute, AttributeRule rule, String... problems) {
        return Arguments.of(attribute, rule, problems);
    }

    static Stream<Arguments> wrong() {
        AttributeRule text = format("${record.v}");
        AttributeRule name = unique("${record.v}");
        return Stream.of(
                wrong("title", text.counterFrom(2), "attributes.title.counter bad-rule"),
                wrong("title", text.counterWidth(3), "attributes.title.counter bad-rule"),
                wrong("title", text.scope(NameScope.CONTAINER), "attributes.title.scope bad-rule"),
                wrong("title", text.shareCounter("cn"), "attributes.title.shareCounter bad-rule"),
                wrong("title", text.alsoIn("mail"), "attributes.title.alsoIn bad-rule"),
                wrong("uid", name.counterFrom(-1), "attributes.uid.counter.start bad-rule"),
                wrong("uid", name.counterFrom(1_000_000), "attributes.uid.counter.start bad-rule"),
                wrong("uid", name.counterFrom(0)),
                wrong("uid", name.counterFrom(999_999)),
                wrong("uid", name.counterWidth(0), "attributes.uid.counter.width bad-rule"),
                wrong("uid", name.counterWidth(10), "attributes.uid.counter.width bad-rule"),
                wrong("uid", name.counterWidth(9)),
                wrong("title", text.maxLength(-1), "attributes.title.maxLength bad-rule"),
                wrong("title", text.maxLength(1_000_001), "attributes.title.maxLength bad-rule"),
                wrong("title", text.maxLength(1_000_000)),
                wrong("uid", name.values(ValuesPolicy.merge()), "attributes.uid.values bad-rule"),
                wrong(
                        "manager",
                        reference("${record.v}").values(ValuesPolicy.merge()),
                        "attributes.manager.values bad-rule"),
                wrong("employeeType", text.values(ValuesPolicy.merge())),
                wrong("employeeType", text.values(ValuesPolicy.replace())),
                wrong("uid", name.values(ValuesPolicy.replace())),
                wrong("uid", name.binary(), "attributes.uid.binary bad-rule"),
                wrong("manager", reference("${record.v}").binary(), "attributes.manager.binary bad-rule"),
                wrong("title", text.sanitize(Sanitizer.UID).binary(), "attributes.title.binary bad-rule"),
                wrong("jpegPhoto", text.binary()),
                wrong("employeeType", format("${record.v}", "${record.w}")),
                wrong(
                        "title",
                        firstOf(
                                Alternative.otherwise("a"),
                                Alternative.when("record.x", "b"),
                                Alternative.otherwise("c")),
                        "attributes.title[1] unreachable"),
                wrong("title", firstOf(Alternative.when("record.x", "b"), Alternative.otherwise("c"))),
                wrong("title", firstOf(Alternative.when("record.x", "b"))),
                wrong("title", firstOf(Alternative.when("entrie.x", "b")), "attributes.title[0].when unknown-name"),
                wrong("title", firstOf(Alternative.when("recrod", "b")), "attributes.title[0].when unknown-name"),
                wrong(
                        "title",
                        text.onAbsent(OnNothing.defaultTo("${nobody}")),
                        "attributes.title.onAbsent unknown-name"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_setting_is_refused_where_it_makes_no_sense_and_only_there(
            String attribute, AttributeRule rule, String... expected) {
        assertThat(problems(people().attribute(attribute, rule)))
                .as(attribute + " " + rule)
                .containsExactly(expected);
    }

    @Test
    void of_active_directory_an_attribute_of_one_value_takes_no_several_and_no_merge() {
        MappingBuilder users = people().limits(Limits.ACTIVE_DIRECTORY);
        assertThat(problems(users.attribute("title", format("${record.v}", "${record.w}"))))
                .containsExactly("attributes.title.format bad-rule");
        assertThat(problems(people().limits(Limits.ACTIVE_DIRECTORY)
                        .attribute("title", format("${record.v}").values(ValuesPolicy.merge()))))
                .containsExactly("attributes.title.values bad-rule");
    }

    @Test
    void a_rehire_is_matched_by_what_is_the_persons_own_and_in_directories_only() {
        assertThat(problems(people().matchRehires("mail", "${record.mail}").previousKey("old")))
                .isEmpty();
        assertThat(problems(people().attribute("uid", unique("${record.v}")).matchRehires("UID", "${record.v}")))
                .containsExactly("match[0].rehire unsafe-match");
        assertThat(problems(people().attribute("uid", unique("${record.v}").alsoIn("mail"))
                        .matchRehires("mail", "${record.v}")))
                .containsExactly("match[0].rehire unsafe-match");
        assertThat(problems(people().previousKey("id"))).containsExactly("key.previous duplicate");
        assertThat(problems(people().previousKey("a..b"))).containsExactly("key.previous bad-path");
        assertThat(problems(Mapping.builder()
                        .forAccounts()
                        .key("id", "externalId")
                        .previousKey("old")
                        .attribute("userName", "${record.mail}")
                        .matchRehires("userName", "${record.mail}")))
                .containsExactlyInAnyOrder("key.previous not-for-accounts", "match[0].rehire not-for-accounts");
    }

    @Test
    void names_in_keys_matches_dns_and_groups_are_known_or_refused() {
        assertThat(problems(people().match("mail", "${recrod.mail}"))).containsExactly("match[0].format unknown-name");
        assertThat(problems(people().dn("cn=${cn},ou=${recrod.x},dc=test"))).containsExactly("dn unknown-name");
        assertThat(problems(people().group("cn=a,dc=test", "recrod.x"))).containsExactly("groups[0].when unknown-name");
        assertThat(problems(people().group("cn=${recrod.x},dc=test", "record.x")))
                .singleElement()
                .asString()
                .startsWith("groups[0].dn");
        assertThat(problems(people().dn("cn=${cn},1bad=x,dc=test"))).containsExactly("dn bad-dn");
        assertThat(problems(people().dn("cn=${cn},ou=,dc=test"))).containsExactly("dn bad-dn");
        assertThat(problems(people().dn("=x,dc=test"))).containsExactly("dn bad-dn");
        assertThat(problems(people().dn("2.5.4.3=${cn},dc=test"))).isEmpty();
    }

    @Nested
    class a_mapping_tells {
        private final Mapping mapping = people().attribute(
                        "title", format("${record.job}").maxLength(12))
                .attribute("uid", unique("${record.login}").sanitize(Sanitizer.SAM_ACCOUNT_NAME))
                .group("cn=a,dc=test", "record.chief")
                .build();

        @Test
        void how_long_values_may_be() {
            assertThat(mapping.maxLength("TITLE")).hasValue(12);
            assertThat(mapping.maxLength("uid")).hasValue(20);
            assertThat(mapping.maxLength("cn")).isEmpty();
            assertThat(mapping.maxLength("nothing")).isEmpty();
        }

        @Test
        void which_columns_it_looks_at_the_key_first() {
            assertThat(mapping.columns())
                    .extracting(Object::toString)
                    .startsWith("id")
                    .contains("name", "job", "login", "chief");
        }

        @Test
        void its_classes_and_what_it_reads() {
            assertThat(mapping.objectClasses()).containsExactly("top", "person", "inetOrgPerson");
            assertThat(mapping.readAttributes()).contains("employeeNumber", "cn", "title", "uid");
            assertThat(mapping.groups()).hasSize(1);
            assertThat(mapping.createsParents()).isFalse();
        }
    }

    @Nested
    class a_key {
        private KeyRule key(KeyRule.Normalization... normalizations) {
            return people().key("id", "employeeNumber", normalizations).build().key();
        }

        private static Optional<String> written(KeyRule rule, Object id) {
            KeyForm form = KeyRule.form(List.copyOf(rule.normalizations()));
            return new KeyPlan(rule.column(), rule.attribute(), form, null).written(record(id));
        }

        private static UserRecord record(Object id) {
            return UserRecord.of(Map.of("id", id));
        }

        @Test
        void is_compared_as_it_was_asked_for_and_written_as_it_came() {
            KeyRule all = key(
                    KeyRule.Normalization.TRIM,
                    KeyRule.Normalization.CASE_FOLD,
                    KeyRule.Normalization.STRIP_LEADING_ZEROS);
            assertThat(all.of(record(" 00Ab "))).hasValue("ab");
            assertThat(written(all, " 00Ab ")).hasValue("00Ab");
            assertThat(all.normalize("000")).isEqualTo("0");
            assertThat(all.normalizations()).hasSize(3);
            assertThat(all).hasToString("id = employeeNumber");
        }

        @Test
        void is_left_alone_otherwise() {
            KeyRule none = key();
            assertThat(none.normalizations()).isEmpty();
            assertThat(none.of(record(" 0A "))).hasValue(" 0A ");
            assertThat(written(none, " 0A ")).hasValue(" 0A ");
        }

        @Test
        void is_none_if_it_is_blank_or_several() {
            KeyRule trimmed = key(KeyRule.Normalization.TRIM);
            assertThat(trimmed.of(record("  "))).isEmpty();
            assertThat(written(trimmed, "  ")).isEmpty();
            assertThat(trimmed.of(record(List.of("1", "2")))).isEmpty();
            assertThat(trimmed.of(record(List.of("1")))).hasValue("1");
            assertThat(written(trimmed, List.of("1"))).hasValue("1");
            assertThat(trimmed.of(UserRecord.of(Map.of()).with("id", Value.of(42))))
                    .hasValue("42");
        }

        @Test
        void names_its_normalizations_as_the_file_does() {
            assertThat(Stream.of(KeyRule.Normalization.values()).map(KeyRule.Normalization::word))
                    .containsExactly("trim", "caseFold", "stripLeadingZeros");
        }
    }
}
