package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    private final Problem problem = Problem.of("missing", "url", "is required", "set it");

    @Test
    void reads_as_a_sentence() {
        assertThat(problem).hasToString("url: is required; set it");
        assertThat(Problem.of("c", "", "is wrong", "")).hasToString("is wrong");
        assertThat(problem.at("people.yaml:12")).hasToString("people.yaml:12: url: is required; set it");
    }

    @Test
    void puts_the_remedy_below_lines_with_a_caret() {
        assertThat(Problem.of("c", "cn", "expected a name\n  ${}\n    ^", "write one"))
                .hasToString("cn: expected a name\n  ${}\n    ^\n  write one");
    }

    @Test
    void is_put_under_the_key_that_holds_it() {
        assertThat(problem.under("settings").under("source").path()).isEqualTo("source.settings.url");
        assertThat(Problem.of("c", "[0].url", "m", "").under("endpoints").path())
                .isEqualTo("endpoints[0].url");
        assertThat(Problem.of("c", "", "m", "").under("endpoints").path()).isEqualTo("endpoints");
        assertThat(problem.under("").path()).isEqualTo("url");
        assertThat(problem.at("f:1").under("a").location()).contains("f:1");
    }

    @Test
    void is_equal_to_one_that_says_the_same() {
        assertThat(problem)
                .isEqualTo(Problem.of("missing", "url", "is required", "set it"))
                .hasSameHashCodeAs(Problem.of("missing", "url", "is required", "set it"))
                .isNotEqualTo(problem.at("f:1"))
                .isNotEqualTo(problem.under("a"));
        assertThat(problem.location()).isEmpty();
        assertThat(problem.remedy()).isEqualTo("set it");
    }

    @Nested
    class in_exceptions {
        @Test
        void one_is_the_message() {
            ConfigurationException e = new ConfigurationException(List.of(problem));

            assertThat(e).hasMessage("url: is required; set it");
            assertThat(e.problem()).isEqualTo(problem);
            assertThat(e.isRetryable()).isFalse();
            assertThat(e.retryAfter()).isEmpty();
        }

        @Test
        void all_are_in_the_message() {
            ConfigurationException e = new ConfigurationException(Arrays.asList(problem, problem.under("source")));

            assertThat(e.problems()).containsExactly(problem, problem.under("source"));
            assertThat(e).hasMessage("2 problems:\nurl: is required; set it\nsource.url: is required; set it");
        }

        @Test
        void there_is_at_least_one() {
            assertThatIllegalArgumentException().isThrownBy(() -> new ConfigurationException(List.of()));
        }

        @ParameterizedTest
        @EnumSource
        void only_what_may_pass_by_itself_is_worth_another_try(FailureKind kind) {
            boolean passes = switch (kind) {
                case RATE_LIMITED, UNAVAILABLE, TIMEOUT -> true;
                case UNAUTHORIZED, CONSENT_REQUIRED, FORBIDDEN, NOT_FOUND, REJECTED, MALFORMED_RESPONSE -> false;
                case UNTRUSTED_ORIGIN, LIMIT_EXCEEDED, AMBIGUOUS, CANCELLED, UNSUPPORTED -> false;
            };

            assertThat(new ConnectorException(kind, problem).isRetryable()).isEqualTo(passes);
        }

        @Test
        void a_wait_and_a_cause_are_kept() {
            IllegalStateException cause = new IllegalStateException("why");
            ConnectorException e =
                    new ConnectorException(FailureKind.RATE_LIMITED, problem, Duration.ofSeconds(7), cause);

            assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(e.kind()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(e).hasCause(cause);
        }
    }
}
