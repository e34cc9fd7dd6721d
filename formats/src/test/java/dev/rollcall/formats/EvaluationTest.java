package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an evaluation depends on, and that each part can be changed alone. */
class EvaluationTest {
    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T20:00:00Z"), ZoneOffset.UTC);
    private static final Scope ADA = Scope.record(UserRecord.of(Map.of("name", "Ada")));

    @Test
    void begins_with_the_systems_clock_in_utc_without_seed_and_trace() {
        Evaluation evaluation = Evaluation.of(ADA);

        assertThat(evaluation.clock()).isEqualTo(Clock.systemUTC());
        assertThat(evaluation.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(evaluation.seed()).isZero();
        assertThat(evaluation.trace()).isEmpty();
    }

    @Test
    void keeps_everything_else_when_one_part_is_changed() {
        TraceListener listener = step -> {};
        Scope bo = Scope.record(UserRecord.of(Map.of("name", "Bo")));

        Evaluation evaluation = Evaluation.of(ADA)
                .trace(listener)
                .seed(7)
                .zone(AUCKLAND)
                .clock(CLOCK)
                .scope(bo);

        assertThat(evaluation.scope()).isSameAs(bo);
        assertThat(evaluation.clock()).isSameAs(CLOCK);
        assertThat(evaluation.zone()).isEqualTo(AUCKLAND);
        assertThat(evaluation.seed()).isEqualTo(7);
        assertThat(evaluation.trace()).containsSame(listener);
    }

    @Test
    void gives_the_date_of_its_zone() {
        Format today = Format.parse("${today()}");

        assertThat(today.evaluate(Evaluation.of(ADA).clock(CLOCK))).isEqualTo(Value.of("2026-11-23"));
        assertThat(today.evaluate(Evaluation.of(ADA).clock(CLOCK).zone(AUCKLAND)))
                .isEqualTo(Value.of("2026-11-24"));
    }

    @Test
    void knows_the_names_of_its_scope_alone() {
        assertThat(ADA.get(Name.of("record", ColumnPath.parse("name")))).isEqualTo(Value.of("Ada"));
        assertThat(ADA.get(Name.of("entry", ColumnPath.parse("name")))).isEqualTo(Value.absent());
        Scope run = Scope.of(Map.of("run", Value.of(Map.of("id", Value.of(7)))));
        assertThat(run.get(Name.of("run", ColumnPath.parse("id")))).isEqualTo(Value.of(7));
        assertThat(run.get(Name.of("record", ColumnPath.parse("id")))).isEqualTo(Value.absent());
    }
}
