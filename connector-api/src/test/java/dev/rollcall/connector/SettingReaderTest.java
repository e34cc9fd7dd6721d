package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by which single values of files and settings are read, and what is reported of wrong ones. */
class SettingReaderTest {
    private final List<Problem> problems = new ArrayList<>();

    private Optional<Duration> duration(String text) {
        return SettingReader.duration(
                Value.of(text), "timeout", SettingReader.POSITIVE, Duration.ofDays(1), "30s", problems::add);
    }

    private String told() {
        assertThat(problems).hasSize(1);
        return problems.get(0).toString();
    }

    @Nested
    class a_duration {
        @ParameterizedTest
        @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5 m, PT5M", "1h, PT1H", "1d, PT24H", "PT5S, PT5S", "P1D, PT24H"})
        void is_a_number_and_a_unit_or_ISO_8601(String text, Duration expected) {
            assertThat(duration(text)).hasValue(expected);
            assertThat(problems).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT-5S", "PT0S", "0s", "-P1D"})
        void that_is_not_positive_is_refused(String text) {
            assertThat(duration(text)).isEmpty();
            assertThat(problems.get(0).code()).isEqualTo("out-of-range");
            assertThat(told()).isEqualTo("timeout: must be positive, such as 30s; was " + text);
        }

        @Test
        void that_is_too_long_or_none_is_refused() {
            assertThat(duration("25h")).isEmpty();
            assertThat(told()).isEqualTo("timeout: must be at most 1d, such as 30s; was 25h");
            problems.clear();
            assertThat(duration("soon")).isEmpty();
            assertThat(told()).isEqualTo("timeout: must be a duration, such as 30s; was soon");
        }

        @Test
        void that_may_be_zero_may_not_be_negative() {
            assertThat(SettingReader.duration(
                            Value.of("PT-1S"), "wait", Duration.ZERO, Duration.ofDays(1), "30s", problems::add))
                    .isEmpty();
            assertThat(told()).isEqualTo("wait: must not be negative, such as 30s; was PT-1S");
        }

        @Test
        void has_an_example_within_its_range() {
            Setting kept = Setting.duration("keep").between(Duration.ofDays(1), Duration.ofDays(100));
            assertThat(kept.duration(Value.of("12h"), "keep", problems::add)).isEmpty();
            assertThat(told()).isEqualTo("keep: must be at least 1d, such as 30d; was 12h");
        }
    }

    @Nested
    class a_word {
        private final Map<String, Integer> words = Map.of("active-directory", 1, "onCreate", 2);

        @ParameterizedTest
        @CsvSource({"active-directory, 1", "ACTIVE_DIRECTORY, 1", "ActiveDirectory, 1", "on-create, 2", "oncreate, 2"})
        void is_one_in_any_case_with_hyphens_or_without(String word, int expected) {
            assertThat(SettingReader.choice(Value.of(word), "type", words, problems::add))
                    .hasValue(expected);
        }

        @Test
        void that_is_not_known_is_quoted() {
            assertThat(SettingReader.choice(Value.of("onCreat"), "apply", words, problems::add))
                    .isEmpty();
            assertThat(told()).isEqualTo("apply: 'onCreat' is not known here; did you mean 'onCreate'?");
        }

        @Test
        void that_may_be_a_secret_is_not() {
            Value secret = Value.of(Secret.of("hunter2"));
            SettingReader.choice(secret, "type", words, problems::add);
            SettingReader.flag(secret, "flag", problems::add);
            SettingReader.integer(secret, "count", 0, 9, problems::add);
            SettingReader.number(secret, "share", 0, 9, problems::add);
            SettingReader.duration(secret, "time", Duration.ZERO, Duration.ofDays(1), "30s", problems::add);

            assertThat(problems)
                    .hasSize(5)
                    .noneMatch(problem -> problem.toString().contains("hunter2"));
        }
    }

    @Nested
    class a_number {
        @Test
        void outside_of_its_range_is_quoted_with_the_range() {
            assertThat(SettingReader.integer(Value.of("0"), "size", 1, 9, problems::add))
                    .isEmpty();
            assertThat(told()).isEqualTo("size: must be between 1 and 9; was 0");
            problems.clear();
            assertThat(SettingReader.number(Value.of("0.5"), "share", 1, 9, problems::add))
                    .isEmpty();
            assertThat(told()).isEqualTo("share: must be between 1 and 9; was 0.5");
        }

        @Test
        void is_the_default_where_none_is_given() {
            Setting size = Setting.integer("size").between(1, 9).byDefault("5");
            assertThat(size.integer(Value.absent(), "size", problems::add)).hasValue(5L);
            assertThat(size.defaultText()).isEqualTo("5");
            assertThat(SettingReader.integer(Value.absent(), "size", 1, 9, problems::add))
                    .isEmpty();
            assertThat(problems).isEmpty();
        }
    }

    @Test
    void a_flag_is_true_or_false_and_nothing_that_means_it() {
        assertThat(SettingReader.flag(Value.of(true), "bulk", problems::add)).hasValue(true);
        assertThat(SettingReader.flag(Value.of("false"), "bulk", problems::add)).hasValue(false);
        assertThat(SettingReader.flag(Value.of("yes"), "bulk", problems::add)).isEmpty();
        assertThat(told()).isEqualTo("bulk: must be true or false; was yes; write true");
    }

    @Test
    void settings_that_are_declared_are_checked_by_range_and_word() {
        ConnectorDescriptor descriptor = ConnectorDescriptor.builder("a")
                .setting(Setting.integer("size").between(1, 9))
                .setting(Setting.duration("timeout"))
                .setting(Setting.choice("style", "path", "no-path"))
                .build();
        Settings wrong = Settings.builder()
                .set("size", "10")
                .set("timeout", "0s")
                .set("style", "pth")
                .build();

        assertThat(descriptor.check(wrong))
                .extracting(Problem::toString)
                .containsExactly(
                        "settings.size: must be between 1 and 9; was 10",
                        "settings.timeout: must be positive, such as 30s; was 0s",
                        "settings.style: 'pth' is not known here; did you mean 'path'?");
        assertThat(Settings.builder().set("timeout", "5s").build().duration("timeout", Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(5));
    }
}
