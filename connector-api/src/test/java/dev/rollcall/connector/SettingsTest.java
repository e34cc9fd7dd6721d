package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final ConnectorDescriptor PAYROLL = ConnectorDescriptor.builder("payroll")
            .primaryKey("id")
            .setting(Setting.uri("url").required().description("where the payroll answers"))
            .setting(Setting.text("company"))
            .setting(Setting.integer("pageSize"))
            .setting(Setting.flag("archived"))
            .setting(Setting.secret("token").required())
            .capability(Capability.BY_KEYS)
            .endpoint("users", "departments")
            .webhook("hired")
            .build();

    private static Settings.Builder good() {
        return Settings.builder()
                .set("url", "https://payroll.example.test")
                .set("token", Secret.of("t0ken"))
                .set("pageSize", Value.of(50))
                .set("archived", Value.of(true));
    }

    private static void fails(String path, String message, ThrowingCallable call) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem().path()).isEqualTo(path))
                .withMessageContaining(message);
    }

    @Nested
    class what_was_set {
        private final Settings settings = good().build();

        @Test
        void is_read_by_type() {
            assertThat(settings.uri("url")).isEqualTo(URI.create("https://payroll.example.test"));
            assertThat(settings.secret("token").reveal()).isEqualTo("t0ken");
            assertThat(settings.text("token")).isEqualTo("t0ken");
            assertThat(settings.integer("pageSize", 10)).isEqualTo(50);
            assertThat(settings.flag("archived", false)).isTrue();
            assertThat(settings.value("pageSize")).isEqualTo(Value.of(50));
        }

        @Test
        void is_a_tree_for_formats_with_other_blocks_beside_it() {
            Settings more = good().block("authorization", Value.of("x")).build();

            assertThat(more.own().get("pageSize")).isEqualTo(Value.of(50));
            assertThat(more.block("authorization")).isEqualTo(Value.of("x"));
            assertThat(more.source().asMap()).containsOnlyKeys("authorization", "settings");
            assertThat(Settings.of(more.source()).uri("url")).isEqualTo(more.uri("url"));
        }

        @Test
        void prints_names_and_no_value() {
            assertThat(settings).hasToString("Settings[url, token, pageSize, archived]");
        }
    }

    @Nested
    class what_was_not_set {
        private final Settings settings = Settings.none();

        @Test
        void has_a_fallback_or_is_missing() {
            assertThat(settings.integer("pageSize", 10)).isEqualTo(10);
            assertThat(settings.flag("archived", true)).isTrue();
            assertThat(settings.optionalText("company")).isEmpty();
            assertThat(settings.optionalSecret("token")).isEmpty();
            fails("settings.url", "is required", () -> settings.uri("url"));
            fails("settings.token", "is required", () -> settings.secret("token"));
        }

        @Test
        void is_the_same_as_what_is_empty() {
            Settings empty = Settings.builder()
                    .set("company", " ")
                    .set("token", Secret.of(""))
                    .build();

            assertThat(empty.optionalText("company")).isEmpty();
            assertThat(empty.optionalSecret("token")).isEmpty();
            fails("settings.token", "is required", () -> empty.secret("token"));
        }

        @Test
        void is_also_what_stands_where_no_block_is() {
            assertThat(Settings.of(Value.of(Map.of("settings", Value.of("text"))))
                            .own())
                    .isEqualTo(Value.Fields.none());
        }
    }

    @Nested
    class what_is_of_another_type {
        @Test
        void is_told_where_it_is_read() {
            Settings wrong = Settings.builder()
                    .set("url", "payroll")
                    .set("pageSize", "many")
                    .set("archived", "yes")
                    .build();

            fails("settings.url", "must be an absolute URI", () -> wrong.uri("url"));
            Settings port =
                    Settings.builder().set("url", "http://127.0.0.1:65536/x").build();
            fails("settings.url", "must be an absolute URI", () -> port.uri("url"));
            fails("settings.pageSize", "must be a whole number; was many", () -> wrong.integer("pageSize", 1));
            fails("settings.archived", "must be true or false; was yes", () -> wrong.flag("archived", true));
        }
    }

    @Nested
    class a_check {
        @Test
        void finds_nothing_wrong_with_good_settings() {
            assertThat(PAYROLL.check(good().build())).isEmpty();
            assertThat(PAYROLL.check(
                            good().set("pageSize", Value.of(Integer.MAX_VALUE)).build()))
                    .isEmpty();
        }

        @Test
        void finds_every_problem_at_once() {
            Settings wrong = Settings.builder()
                    .set("ulr", "https://payroll.example.test")
                    .set("company", Value.of(List.of()))
                    .set("pageSize", Value.of(3_000_000_000L))
                    .set("archived", "maybe")
                    .set("token", "in clear")
                    .build();

            assertThat(PAYROLL.check(wrong))
                    .extracting(Problem::toString)
                    .containsExactly(
                            "settings.ulr: the connector 'payroll' has no such setting; did you mean 'url'?",
                            "settings.company: must be a text",
                            "settings.pageSize: must be between -2147483648 and 2147483647; was 3000000000",
                            "settings.archived: must be true or false; was maybe",
                            "settings.token: a secret stands in clear; refer to it: ${env.NAME} or ${file.PATH}",
                            "settings.url: is required; where the payroll answers");
        }

        @Test
        void takes_what_is_required_and_empty_for_missing_once() {
            Settings empty = good().set("url", Value.ofNull())
                    .set("token", Secret.of(" "))
                    .build();

            assertThat(PAYROLL.check(empty))
                    .extracting(Problem::path, Problem::code)
                    .containsExactly(tuple("settings.url", "missing"), tuple("settings.token", "missing"));
        }

        @Test
        void reads_a_credential_where_a_plain_setting_refers_to_one() {
            assertThat(PAYROLL.check(good().set("url", Secret.of("https://payroll.example.test"))
                            .build()))
                    .isEmpty();
            assertThat(PAYROLL.check(good().set("url", Secret.of("s3cret")).build()))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString()).doesNotContain("s3cret"));
        }

        private static org.assertj.core.groups.Tuple tuple(Object... values) {
            return org.assertj.core.api.Assertions.tuple(values);
        }
    }

    @Nested
    class a_descriptor {
        @Test
        void tells_what_it_was_built_with() {
            assertThat(PAYROLL.id()).isEqualTo("payroll");
            assertThat(PAYROLL.primaryKey()).contains("id");
            assertThat(PAYROLL.settings().keySet()).containsExactly("url", "company", "pageSize", "archived", "token");
            assertThat(PAYROLL.capabilities()).containsExactly(Capability.BY_KEYS);
            assertThat(PAYROLL.endpoints()).containsExactly("users", "departments");
            assertThat(PAYROLL.webhooks()).containsExactly("hired");
            assertThat(PAYROLL).hasToString("connector payroll");
            assertThat(PAYROLL.settings().get("url")).hasToString("url (URI, required)");
        }

        @Test
        void tells_when_a_user_is_active() {
            assertThat(PAYROLL.active()).isEmpty();
            assertThat(ConnectorDescriptor.builder("payroll")
                            .active("record.end is not present")
                            .build()
                            .active())
                    .contains("record.end is not present");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Payroll", "pay_roll", "-payroll", "payroll-", "pay--roll", "pay roll"})
        void refuses_an_id_that_is_not_in_kebab_case(String id) {
            assertThatIllegalArgumentException().isThrownBy(() -> ConnectorDescriptor.builder(id));
        }

        @Test
        void refuses_a_setting_declared_twice() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ConnectorDescriptor.builder("payroll")
                            .setting(Setting.text("url"))
                            .setting(Setting.uri("url")));
        }
    }
}
