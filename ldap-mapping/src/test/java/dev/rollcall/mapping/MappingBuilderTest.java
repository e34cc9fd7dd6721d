package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.AttributeRule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.rule.OnNothing;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MappingBuilderTest {
    private static MappingBuilder minimal() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid},ou=people,dc=example,dc=test")
                .objectClasses("inetOrgPerson")
                .attribute("uid", "${record.login}");
    }

    private static List<Problem> problems(MappingBuilder builder) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, builder::build);
        assertThat(e).as("a mapping that is wrong").isNotNull();
        return e.problems();
    }

    private static Problem problem(MappingBuilder builder) {
        List<Problem> problems = problems(builder);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_place() {
        MappingBuilder builder = Mapping.builder()
                .key("id[", "employee number")
                .match("mail", "${uid}")
                .dn("${uid},dc=example")
                .attribute("sn", "${record.last_name | lowre}")
                .attribute("cn", "${nickname}")
                .attribute("mail", "${env.DOMAIN}")
                .attribute("memberOf", "x")
                .group("sales", "record.department ==");
        assertThat(problems(builder))
                .extracting(Problem::path)
                .contains(
                        "key.attribute",
                        "key.column",
                        "objectClasses",
                        "match[0].format",
                        "dn",
                        "attributes.sn",
                        "attributes.cn",
                        "attributes.mail",
                        "attributes.memberOf",
                        "groups[0].when",
                        "groups[0].dn");
    }

    @Test
    void an_empty_mapping_lacks_key_classes_and_dn() {
        assertThat(problems(Mapping.builder()))
                .extracting(Problem::code, Problem::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("missing", "key"),
                        org.assertj.core.groups.Tuple.tuple("missing", "objectClasses"),
                        org.assertj.core.groups.Tuple.tuple("missing", "dn"));
    }

    @Nested
    class a_name_that_stands_for_nothing {
        @Test
        void is_told_with_the_attribute_that_may_have_been_meant() {
            Problem problem = problem(minimal().attribute("cn", "x").attribute("mail", "${cnn}@example.test"));
            assertThat(problem.code()).isEqualTo("unknown-name");
            assertThat(problem.remedy()).isEqualTo("did you mean 'cn'?");
        }

        @Test
        void is_told_with_the_column_that_may_have_been_meant() {
            assertThat(problem(minimal().attribute("mail", "${first_name}")).remedy())
                    .contains("record.first_name");
        }

        @Test
        void may_be_a_secret_which_has_no_place_here() {
            assertThat(problem(minimal().attribute("mail", "${env.TOKEN}")).remedy())
                    .isEqualTo("secrets have no place in a mapping");
        }

        @Test
        void may_be_the_key_or_any_case_of_an_attribute() {
            minimal().attribute("cn", "${employeenumber} ${UID}").build();
        }
    }

    @Nested
    class attributes_made_of_each_other {
        @Test
        void are_told_as_a_circle() {
            Problem problem = problem(minimal()
                    .attribute("cn", "${displayName}")
                    .attribute("displayName", format("${record.x}").onNull(OnNothing.defaultTo("${sn}")))
                    .attribute("sn", firstOf(Alternative.when("cn is present", "x"), Alternative.otherwise("y"))));
            assertThat(problem.code()).isEqualTo("cycle");
            assertThat(problem.message()).isEqualTo("attributes are made of each other: cn -> displayName -> sn -> cn");
        }

        @Test
        void may_be_one_and_the_same() {
            assertThat(problem(minimal().attribute("cn", "${cn}")).remedy()).contains("entry.cn");
        }
    }

    @Nested
    class a_dn {
        @Test
        void has_macros_in_values_only() {
            assertThat(problem(minimal().dn("uid=${uid},${record.ou}")).remedy())
                    .startsWith("write every RDN out");
            assertThat(problem(minimal().dn("${record.type}=${uid},dc=test")).code())
                    .isEqualTo("bad-dn");
        }

        @Test
        void names_an_attribute_once_in_each_rdn() {
            assertThat(problem(minimal().dn("CN=${uid}+cn=${uid},dc=test")).message())
                    .isEqualTo("an RDN names each attribute once, found 'CN=${uid}+cn=${uid}'");
        }

        @Test
        void has_no_empty_values() {
            assertThat(problem(minimal().dn("uid=,dc=test")).message()).isEqualTo("uid has no value");
        }
    }

    @Test
    void settings_that_make_no_sense_are_told() {
        assertThat(problems(minimal()
                        .attribute("cn", format("x").counterFrom(1).alsoIn("mail"))
                        .attribute("sn", unique("x").counterWidth(0))
                        .attribute("l", firstOf(Alternative.otherwise("a"), Alternative.otherwise("b")))
                        .attribute("mail", unique("x").shareCounter("cn"))))
                .extracting(Problem::path)
                .containsExactly(
                        "attributes.cn.counter",
                        "attributes.cn.alsoIn",
                        "attributes.sn.counter.width",
                        "attributes.l[1]",
                        "attributes.mail.shareCounter");
    }

    @Test
    void an_attribute_is_mapped_once() {
        assertThat(problem(minimal().attribute("UID", "x")).code()).isEqualTo("duplicate");
    }

    @Test
    void the_key_may_be_listed_among_the_attributes_if_it_is_the_same() {
        minimal().attribute("employeeNumber", "${record.id}").build();
        assertThat(problem(minimal().attribute("employeeNumber", "${record.number}"))
                        .code())
                .isEqualTo("duplicate");
    }

    @Nested
    class a_place_is_told {
        @Test
        void of_a_match_rule_whose_attribute_has_no_name() {
            Problem problem = problem(minimal().match("e mail", "${record.email}"));

            assertThat(problem.path()).isEqualTo("match[0].attribute");
            assertThat(problem.message()).isEqualTo("'e mail' is no attribute name");
        }

        @Test
        void of_a_group_that_is_not_one_fixed_dn() {
            Problem problem = problem(minimal().group("cn=${record.team},dc=example,dc=test"));

            assertThat(problem.path()).isEqualTo("groups[0].dn");
            assertThat(problem.message()).isEqualTo("a group is one fixed DN");
        }

        @Test
        void of_a_rule_without_any_format() {
            assertThat(problem(minimal().attribute("title", firstOf())))
                    .extracting(Problem::path, Problem::message)
                    .containsExactly("attributes.title", "no format");
        }

        @Test
        void of_the_one_candidate_and_of_one_among_several() {
            assertThat(problem(minimal().attribute("mail", unique("${record.a | lowre}")))
                            .path())
                    .isEqualTo("attributes.mail.unique");
            assertThat(problem(minimal().attribute("mail", unique("${record.a}", "${record.b | lowre}")))
                            .path())
                    .isEqualTo("attributes.mail.unique[1]");
        }

        @Test
        void of_the_one_format_and_of_one_among_several() {
            assertThat(problem(minimal().attribute("mail", format("${record.a | lowre}")))
                            .path())
                    .isEqualTo("attributes.mail");
            assertThat(problem(minimal().attribute("mail", format("${record.a}", "${record.b | lowre}")))
                            .path())
                    .isEqualTo("attributes.mail.format[1]");
        }
    }

    @Test
    void who_may_make_containers_says_so() {
        Mapping makes = minimal()
                .dn(DnRule.format("uid=${uid},ou=${record.team},dc=example,dc=test")
                        .createParents())
                .build();

        assertThat(makes.createsParents()).isTrue();
        assertThat(minimal().build().createsParents()).isFalse();
    }
}
