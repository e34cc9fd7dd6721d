package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.internal.lint.DirectorySchema;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.mapping.rule.LintCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LintTest {
    private static MappingBuilder people() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=people,dc=example,dc=test")
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.name}");
    }

    private static UserRecord ada() {
        return UserRecord.of(Map.of("id", 1, "name", "Ada", "department", "Research"));
    }

    private static void assertFinds(List<Problem> findings, LintCode code, String path, String message) {
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).code()).isEqualTo(code.code());
        assertThat(findings.get(0).path()).isEqualTo(path);
        assertThat(findings.get(0).message()).isEqualTo(message);
        assertThat(findings.get(0).remedy()).isNotEmpty();
    }

    @Test
    void a_sound_mapping_has_no_findings() throws Exception {
        assertThat(Lint.of(people().build())
                        .samples(List.of(ada()))
                        .schema(Schema.getDefaultStandardSchema())
                        .findings())
                .isEmpty();
    }

    @Nested
    class rules_alone {
        @Test
        void show_conditions_that_hold_for_nobody() {
            Mapping mapping = people().attribute(
                            "title", firstOf(Alternative.when("'a' == 'b'", "x"), Alternative.otherwise("y")))
                    .build();
            assertFinds(
                    Lint.of(mapping).findings(),
                    LintCode.CONDITION_NEVER_HOLDS,
                    "attributes.title[0].when",
                    "''a' == 'b'' holds for nobody");
        }

        @Test
        void show_alternatives_that_another_hides() {
            Mapping mapping = people().attribute(
                            "title", firstOf(Alternative.when("record.x", "1"), Alternative.when("record.x", "2")))
                    .build();
            assertFinds(
                    Lint.of(mapping).findings(),
                    LintCode.ALTERNATIVE_HIDDEN,
                    "attributes.title[1]",
                    "an alternative before this one has the same condition");
        }

        @Test
        void show_constants_that_do_not_fit() {
            Mapping mapping = people().limits(Limits.ACTIVE_DIRECTORY)
                    .attribute("initials", "too long")
                    .build();
            assertFinds(
                    Lint.of(mapping).findings(),
                    LintCode.CONSTANT_DOES_NOT_FIT,
                    "attributes.initials",
                    "initials takes 6 characters, found 8: 'too long'");
        }

        @Test
        void show_what_the_classes_demand() {
            Mapping mapping = Mapping.builder()
                    .key("id", "employeeNumber")
                    .dn("cn=${record.name},dc=test")
                    .objectClasses("inetOrgPerson")
                    .build();
            assertFinds(
                    Lint.of(mapping).findings(),
                    LintCode.MANDATORY_UNMAPPED,
                    "attributes",
                    "the object classes demand sn, which is not mapped");
        }
    }

    @Nested
    class samples {
        private List<Problem> findings(MappingBuilder builder, UserRecord record) {
            return Lint.of(builder.build()).samples(List.of(record)).findings();
        }

        @Test
        void show_columns_that_are_not_there() {
            List<Problem> findings = findings(people().attribute("ou", "${record.deparment}"), ada());
            assertFinds(findings, LintCode.UNKNOWN_COLUMN, "attributes.ou", "no sample of 1 has the column deparment");
            assertThat(findings.get(0).remedy()).isEqualTo("did you mean 'department'?");
        }

        @Test
        void show_conditions_that_hold_for_none_of_them() {
            assertFinds(
                    findings(people().group("cn=r,dc=test", "record.department == 'research'"), ada()),
                    LintCode.CONDITION_NEVER_HOLDS,
                    "groups[0].when",
                    "'record.department == 'research'' holds for no sample of 1");
        }

        @Test
        void show_lists_for_single_values() {
            Value two = Value.of(List.of(Value.of("a"), Value.of("b")));
            assertFinds(
                    findings(
                            people().limits(Limits.ACTIVE_DIRECTORY).attribute("department", "${record.department}"),
                            ada().with("department", two)),
                    LintCode.LIST_FOR_SINGLE,
                    "attributes.department",
                    "1 of 1 samples: department takes one value, found 2");
        }

        @Test
        void show_what_is_rejected_and_how_often() {
            List<Problem> findings = Lint.of(people().build())
                    .samples(List.of(ada(), ada().with("name", Value.ofNull()), ada().with("name", Value.of(""))))
                    .findings();
            assertFinds(
                    findings,
                    LintCode.SAMPLE_REJECTED,
                    "attributes.cn",
                    "2 of 3 samples: cn has no value: record.name is null");
        }

        @Test
        void show_values_longer_than_the_directory_takes() {
            List<Problem> findings = Lint.of(people().build())
                    .samples(List.of(ada()))
                    .lengths(Map.of("CN", 2))
                    .findings();
            assertFinds(
                    findings,
                    LintCode.LONGER_THAN_SCHEMA,
                    "attributes.cn",
                    "the directory takes a length of 2 in cn, and a sample gives 3");
        }
    }

    @Nested
    class a_schema {
        private List<Problem> findings(MappingBuilder builder) throws Exception {
            return Lint.of(builder.build())
                    .samples(List.of(ada()))
                    .schema(Schema.getDefaultStandardSchema())
                    .findings();
        }

        @Test
        void shows_attributes_and_classes_that_do_not_exist() throws Exception {
            List<Problem> findings =
                    findings(people().objectClasses("inetOrgPersn").attribute("displayNam", "${record.name}"));
            assertThat(findings)
                    .extracting(Problem::code, Problem::remedy)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    "unknown-object-class", "did you mean 'inetOrgPerson'?"),
                            org.assertj.core.groups.Tuple.tuple("unknown-attribute", "did you mean 'displayName'?"));
        }

        @Test
        void shows_attributes_that_the_classes_do_not_allow() throws Exception {
            assertFinds(
                    findings(people().attribute("associatedDomain", "${record.id}")),
                    LintCode.ATTRIBUTE_NOT_ALLOWED,
                    "attributes.associatedDomain",
                    "none of the object classes allows associatedDomain");
        }

        @Test
        void shows_attributes_that_only_the_directory_writes() throws Exception {
            assertFinds(
                    findings(people().attribute("governingStructureRule", "1")),
                    LintCode.ATTRIBUTE_READ_ONLY,
                    "attributes.governingStructureRule",
                    "the directory writes governingStructureRule itself");
        }

        @Test
        void shows_several_values_for_one() throws Exception {
            assertFinds(
                    findings(people().attribute("displayName", AttributeRule.format("${record.name}", "x"))),
                    LintCode.SINGLE_VALUED,
                    "attributes.displayName",
                    "the directory keeps one value of displayName, and the mapping gives several");
        }

        @Test
        void shows_values_of_another_syntax() throws Exception {
            assertFinds(
                    findings(people().attribute("secretary", "${record.name}")),
                    LintCode.WRONG_SYNTAX,
                    "attributes.secretary",
                    "secretary takes a DN, and a sample gives 'Ada'");
        }
    }

    @Nested
    class a_directory {
        /** Describes how long values may be in entries of their own, as Active Directory does. */
        private InMemoryDirectoryServer withDefinitions(String... definitions) throws Exception {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("cn=schema,dc=test");
            config.setSchema(null);
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: cn=schema,dc=test", "objectClass: dMD", "cn: schema");
            for (String definition : definitions) {
                String[] words = definition.split(" ");
                server.add(
                        "dn: cn=" + words[0] + ",cn=schema,dc=test",
                        "objectClass: attributeSchema",
                        "lDAPDisplayName: " + words[0],
                        "rangeUpper: " + words[1]);
            }
            return server;
        }

        @Test
        void is_asked_for_its_schema() throws Exception {
            InMemoryDirectoryServer server = new InMemoryDirectoryServer("dc=test");

            assertFinds(
                    Lint.of(people().attribute("displayNam", "${record.name}").build())
                            .directory(server)
                            .findings(),
                    LintCode.UNKNOWN_ATTRIBUTE,
                    "attributes.displayNam",
                    "the directory knows no attribute displayNam");
        }

        @Test
        void is_asked_how_long_values_may_be() throws Exception {
            InMemoryDirectoryServer server = withDefinitions("title 64", "cn 64", "sn 2");

            assertThat(DirectorySchema.lengths(server, "cn=schema,dc=test", List.of("title", "CN;lang-de", "mail")))
                    .containsOnly(Map.entry("title", 64), Map.entry("cn", 64));
        }

        @Test
        void with_narrower_attributes_than_the_mapping_allows_for_is_told() {
            Mapping mapping = people().attribute(
                            "title", AttributeRule.format("${record.name}").maxLength(100))
                    .build();

            assertFinds(
                    Lint.of(mapping).lengths(Map.of("title", 64, "cn", 64)).findings(),
                    LintCode.LONGER_THAN_SCHEMA,
                    "attributes.title",
                    "the directory takes a length of 64 in title, and the mapping allows 100");
        }

        @Test
        void that_takes_smaller_pictures_is_told_in_bytes() {
            Mapping mapping = people().attribute("jpegPhoto", "${record.photo}").build();
            Value photo = new Value.Bytes(new byte[] {(byte) 0xC3, (byte) 0xA9, 1});

            assertFinds(
                    Lint.of(mapping)
                            .samples(List.of(ada().with("photo", photo)))
                            .lengths(Map.of("jpegPhoto", 2))
                            .findings(),
                    LintCode.LONGER_THAN_SCHEMA,
                    "attributes.jpegPhoto",
                    "the directory takes a length of 2 in jpegPhoto, and a sample gives 3");
        }
    }

    @Test
    void the_page_shows_what_is_told() throws Exception {
        Mapping mapping = people().attribute("mail", "${record.emial}").build();
        List<UserRecord> records = List.of(ada().with("email", Value.of("ada@example.test")), ada(), ada());
        try (InMemoryDirectoryServer server = new InMemoryDirectoryServer("dc=example,dc=test")) {
            server.startListening();
            LDAPConnection connection = server.getConnection();
            List<Problem> findings = Lint.of(mapping)
                    .samples(records) // as the application gives them, or a test's files
                    .directory(connection) // its schema; from Active Directory also how long values may be
                    .findings();
            Problem shown = findings.get(0).under("mapping").at("people.yaml:24");
            assertThat(Files.readString(Path.of("../docs/lint.md")))
                    .contains("\n" + shown + " [" + shown.code() + "]\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_code_is_explained_in_the_documentation(LintCode code) throws Exception {
        assertThat(Files.readString(Path.of("../docs/lint.md")))
                .containsPattern("(?s)\n### `" + code.code() + "`\n[^#]+\\*\\*Remedy:\\*\\*");
    }
}
