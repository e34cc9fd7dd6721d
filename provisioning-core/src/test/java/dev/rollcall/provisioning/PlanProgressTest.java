package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.provisioning.policy.PlanProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanProgressTest {
    private final Roll roll = new Roll();
    private final AccountRoll accounts = new AccountRoll() {};
    private final List<String> told = new ArrayList<>();
    private final PlanProgress progress = (phase, done, total) ->
            told.add(phase + " " + done + (total.isPresent() ? " of " + total.getAsLong() : ""));

    @BeforeEach
    void thirty_people() {
        roll.people(30).sync().close();
        accounts.everybody(30);
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Nested
    class A_plan {
        @Test
        void tells_how_far_it_is() {
            roll.policies = builder -> builder.progress(progress);
            roll.plan(Roll.pages(roll.records, 10)).close();

            assertThat(told)
                    .containsExactly(
                            "READING 10", "READING 20", "READING 30", "SCANNING 30 of 30", "PLANNING 30 of 30");
        }

        @Test
        void has_the_total_that_the_application_reports() {
            roll.policies = builder -> builder.progress(progress);
            roll.plan(query -> PageIterator.of(token -> token == null
                            ? Page.upTo(roll.records.subList(0, 20), "2").withTotal(30)
                            : Page.last(roll.records.subList(20, 30)).withTotal(30)))
                    .close();

            assertThat(told).startsWith("READING 20 of 30", "READING 30 of 30");
        }

        @Test
        void has_the_total_of_each_of_several_lists() {
            roll.policies = builder -> builder.progress(progress);
            roll.plan(query -> PageIterator.of(token -> token == null
                            ? Page.upTo(roll.records.subList(0, 20), "2")
                                    .inList("staff")
                                    .withTotal(20)
                            : Page.last(roll.records.subList(20, 30))
                                    .inList("guests")
                                    .withTotal(10)))
                    .close();

            assertThat(told).startsWith("READING 20 of 20", "READING 30 of 30");
        }

        @Test
        void has_no_total_that_is_too_low() {
            roll.policies = builder -> builder.progress(progress);
            roll.plan(query -> PageIterator.of(token -> token == null
                            ? Page.upTo(roll.records.subList(0, 20), "2").withTotal(25)
                            : Page.last(roll.records.subList(20, 30)).withTotal(25)))
                    .close();

            assertThat(told).startsWith("READING 20 of 25", "READING 30");
        }

        @Test
        void for_an_application_tells_how_far_it_is() {
            accounts.builder().progress(progress).build().plan().close();

            assertThat(told).containsExactly("READING 30", "SCANNING 30 of 30", "PLANNING 30 of 30");
        }

        @Test
        void can_be_cancelled_at_any_question() {
            AtomicInteger questions = new AtomicInteger();
            roll.policies = builder -> builder.cancelled(() -> questions.getAndIncrement() < 0);
            roll.plan(Roll.pages(roll.records, 10)).close();
            int all = questions.get();
            assertThat(all).isGreaterThan(5);
            for (int at = 0; at < all; at++) {
                AtomicInteger left = new AtomicInteger(at);
                roll.policies = builder -> builder.cancelled(() -> left.getAndDecrement() == 0);

                assertThatThrownBy(() -> roll.plan(Roll.pages(roll.records, 10)))
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED));
            }
        }

        @Test
        void for_an_application_can_be_cancelled() {
            assertThatThrownBy(() -> accounts.builder()
                            .cancelled(() -> told.size() > 1)
                            .progress(progress)
                            .build()
                            .plan())
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("cancelled");
        }

        @Test
        void lets_an_exception_of_a_callback_through() {
            RuntimeException broken = new IllegalArgumentException("broken");
            roll.policies = builder -> builder.progress((phase, done, total) -> {
                if (phase == PlanProgress.Phase.SCANNING) {
                    throw broken;
                }
            });

            assertThatThrownBy(roll::plan).isSameAs(broken);
            assertThat(roll.policies).isNotNull();
        }
    }
}
