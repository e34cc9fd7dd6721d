package dev.rollcall.formats.internal.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Moment;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to write a date or a time that are read without a pattern. */
class MomentTest {
    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 2026-11-23, 2026-11-23, 2026-11-22T11:00:00Z",
        "' 2026-11-23 ', 2026-11-23, 2026-11-23, 2026-11-22T11:00:00Z",
        "2026-11-23T10:15, 2026-11-23T10:15, 2026-11-22T21:15:00Z, 2026-11-22T21:15:00Z",
        "2026-11-23 10:15:30, 2026-11-23T10:15:30, 2026-11-22T21:15:30Z, 2026-11-22T21:15:30Z",
        "2026-11-23T10:15Z, 2026-11-23T10:15Z, 2026-11-23T10:15:00Z, 2026-11-23T10:15:00Z",
        "2026-11-23T10:15:30+02:00, 2026-11-23T10:15:30+02:00, 2026-11-23T08:15:30Z, 2026-11-23T08:15:30Z",
        "2026-11-23T10:15:30-0230, 2026-11-23T10:15:30-02:30, 2026-11-23T12:45:30Z, 2026-11-23T12:45:30Z",
        "2026-11-23 10:15+02, 2026-11-23T10:15+02:00, 2026-11-23T08:15:00Z, 2026-11-23T08:15:00Z",
    })
    void keep_what_they_say_and_take_the_zone_where_they_name_none(
            String text, String same, String iso, Instant instant) {
        Moment moment = IsoMoment.read(text);

        assertThat(moment).hasToString(same);
        assertThat(IsoMoment.iso(moment, AUCKLAND)).isEqualTo(iso);
        assertThat(moment.instant(AUCKLAND)).isEqualTo(instant);
    }

    @Test
    void are_a_date_of_the_zone_if_they_have_an_offset() {
        assertThat(IsoMoment.read("2026-11-23T22:00Z").date(AUCKLAND)).hasToString("2026-11-24");
        assertThat(IsoMoment.read("2026-11-23T22:00").date(AUCKLAND)).hasToString("2026-11-23");
        assertThat(IsoMoment.read("2026-11-23").date(AUCKLAND)).hasToString("2026-11-23");
        assertThat(IsoMoment.of(Instant.parse("2026-11-23T22:00:00Z")).date(AUCKLAND))
                .hasToString("2026-11-24");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2026", "2026-11-2", "23.11.2026", "2026-13-01", "2026-11-23T", "2026-11-23-01", "10:15Z"})
    void are_no_other_text(String text) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> IsoMoment.read(text))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad-date"));
    }
}
