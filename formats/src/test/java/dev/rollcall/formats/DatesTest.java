package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days that exist, days that do not, and the zone in which a day is meant. */
class DatesTest {
    private static final Clock EVENING = Clock.fixed(Instant.parse("2026-11-23T20:00:00Z"), ZoneOffset.UTC);

    private static Value in(String zone, String expression) {
        return in(zone, expression, "");
    }

    private static Value in(String zone, String expression, String date) {
        Scope scope = Scope.record(UserRecord.of(Map.of("d", date)));
        return Format.parse("${" + expression + "}")
                .evaluate(Evaluation.of(scope).clock(EVENING).zone(ZoneId.of(zone)));
    }

    @Nested
    class a_day_that_does_not_exist {
        @ParameterizedTest
        @CsvSource({
            "31.02.2026, dd.MM.yyyy",
            "31.4.2026, d.M.yyyy",
            "29.02.2027, dd.MM.uuuu",
            "29.02.27, dd.MM.yy",
            "2/29/2027, M/d/yyyy",
            "20260631, yyyyMMdd",
            "31 Feb 2026, d MMM yyyy",
            "2027-366, yyyy-DDD",
            "2026-09-31T10:00, yyyy-MM-dd'T'HH:mm",
            "2026-02-30T10:00:00+01:00, yyyy-MM-dd'T'HH:mm:ssXXX",
            "2026-02-28 24:00, yyyy-MM-dd HH:mm",
            "2026-02-28 10:61, yyyy-MM-dd HH:mm",
        })
        void is_an_error_in_every_pattern_and_is_quoted(String text, String pattern) {
            Format format = Format.parse("${record.d | parseDate('" + pattern.replace("'", "''") + "')}");
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> format.evaluate(Evaluation.of(Scope.record(UserRecord.of(Map.of("d", text))))))
                    .satisfies(e -> {
                        assertThat(e.problem().code()).isEqualTo("bad-date");
                        assertThat(e.problem().message()).contains("'" + text + "'");
                        assertThat(e.problem().remedy()).contains("there is no such day or time");
                    });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"2026-02-30", "2027-02-29", "2026-04-31T10:00", "2026-02-30T10:00:00Z", "2026-11-23T24:00"})
        void is_an_error_in_iso_too(String text) {
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> in("UTC", "record.d | startOfDay", text))
                    .satisfies(e -> {
                        assertThat(e.problem().message()).contains("'" + text + "'");
                        assertThat(e.problem().remedy()).contains("there is no such day or time");
                    });
        }

        @Test
        void is_an_error_as_a_generalized_time() {
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> in("UTC", "record.d | fromGeneralizedTime", "20260229000000Z"))
                    .withMessageContaining("20260229000000Z");
        }

        @ParameterizedTest
        @CsvSource({
            "28.02.2026, dd.MM.yyyy, 2026-02-28",
            "29.02.2028, dd.MM.yyyy, 2028-02-29",
            "29.02.28, dd.MM.yy, 2028-02-29",
            "2/9/2027, M/d/yyyy, 2027-02-09",
            "2027-365, yyyy-DDD, 2027-12-31",
            "28 Feb 2026, d MMM yyyy, 2026-02-28",
            "'02/28/2026 03:15 PM', 'MM/dd/yyyy hh:mm a', 2026-02-28T15:15:00Z",
            "'28.02.2026 15', 'dd.MM.yyyy HH', 2026-02-28T15:00:00Z",
            "2026-02-28T23:59:59+01:00, yyyy-MM-dd'T'HH:mm:ssXXX, 2026-02-28T22:59:59Z",
        })
        void is_no_reason_to_refuse_another(String text, String pattern, String expected) {
            assertThat(in("UTC", "record.d | parseDate('" + pattern.replace("'", "''") + "')", text))
                    .isEqualTo(Value.of(expected));
        }
    }

    @Nested
    class the_zone_of_the_evaluation {
        @ParameterizedTest
        @CsvSource({
            "today(), America/Los_Angeles, 2026-11-23",
            "today(), Pacific/Auckland, 2026-11-24",
            "today(''), Pacific/Auckland, 2026-11-24",
            "today('UTC'), Pacific/Auckland, 2026-11-23",
            "accountExpires('2027-03-31') | fromFileTime, America/Los_Angeles, 2027-04-01T07:00:00Z",
            "toFileTime('2027-03-31') | fromFileTime, America/Los_Angeles, 2027-03-31T07:00:00Z",
            "endOfDay('2027-03-31'), America/Los_Angeles, 2027-04-01T06:59:59Z",
            "startOfDay('2027-03-31'), Asia/Kolkata, 2027-03-30T18:30:00Z",
            "toGeneralizedTime('2027-03-31'), Asia/Kolkata, 20270330183000.0Z",
            "endOfDay('2027-03-31') | toGeneralizedTime, America/Los_Angeles, 20270401065959.0Z",
            "'parseDate(''31.03.2027 08:00'', ''d.M.yyyy HH:mm'')', Europe/Berlin, 2027-03-31T06:00:00Z",
            "'date(''2026-11-23T20:00:00Z'', ''yyyy-MM-dd'')', Pacific/Auckland, 2026-11-24",
            "'dateAdd(''2027-03-28T00:30:00Z'', 1, ''days'')', Europe/Berlin, 2027-03-28T23:30:00Z",
        })
        void is_the_zone_of_dates_also_of_constants(String expression, String zone, String expected) {
            assertThat(in(zone, expression)).isEqualTo(Value.of(expected));
        }

        @Test
        void counts_for_constants_in_conditions() {
            Condition last = Condition.parse("endOfDay('2026-11-23') | isBefore(now())");
            Evaluation evaluation = Evaluation.of(name -> Value.absent()).clock(EVENING);

            assertThat(last.test(evaluation.zone(ZoneOffset.UTC))).hasToString("FALSE");
            assertThat(last.test(evaluation.zone(ZoneId.of("Pacific/Auckland"))))
                    .hasToString("TRUE");
        }

        /** There the clocks go from 23:59 to 01:00 on these days. */
        @ParameterizedTest
        @CsvSource({
            "America/Havana, 2027-03-14, 2027-03-15",
            "Africa/Cairo, 2026-04-24, 2026-04-25",
            "Asia/Beirut, 2027-03-28, 2027-03-29"
        })
        void may_have_days_without_midnight(String zone, String day, String next) {
            assertThat(in(zone, "date(startOfDay(record.d), 'HH:mm')", day)).isEqualTo(Value.of("01:00"));
            assertThat(in(zone, "dateDiff(record.d, '" + next + "', 'days')", day))
                    .isEqualTo(Value.of(1));
            assertThat(in(zone, "dateDiff('" + next + "', record.d, 'd')", day)).isEqualTo(Value.of(-1));
            assertThat(in(zone, "dateAdd(record.d, 1, 'days')", day)).isEqualTo(Value.of(next));
            assertThat(in(zone, "date(endOfDay(dateAdd(record.d, -1, 'days')), 'HH:mm:ss')", day))
                    .isEqualTo(Value.of("23:59:59"));
        }

        @Test
        void may_lack_a_day_which_is_before_the_next_all_the_same() {
            assertThat(in("Pacific/Apia", "isBefore('2011-12-30', '2011-12-31')"))
                    .isEqualTo(Value.of(true));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "today('Europe/Berln')",
                    "accountExpires(record.d, 'Europe/Berln')",
                    "record.d | date('d.M.yyyy', 'Europe/Berln')",
                    "parseDateIn(record.d, 'Europe/Berln', 'd.M.yyyy')"
                })
        void is_checked_when_the_format_is_loaded(String expression) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Format.parse("${" + expression + "}"))
                    .withMessageContaining("there is no time zone 'Europe/Berln'")
                    .withMessageContaining("did you mean 'Europe/Berlin'?");
        }
    }

    @Nested
    class the_day_that_is_meant {
        @ParameterizedTest
        @CsvSource({
            "2027-03-31, UTC, 2027-03-31",
            "2027-03-31T00:00:00+11:00, UTC, 2027-03-31",
            "2027-03-31T00:00:00+11:00, Australia/Sydney, 2027-03-31",
            "2027-03-31T00:00:00+00:00, America/Los_Angeles, 2027-03-31",
            "2027-03-31T00:00:00.000Z, America/Los_Angeles, 2027-03-31",
            "2027-03-31T23:59:59+1100, America/Los_Angeles, 2027-03-31",
            "2027-03-31T23:59:59.999Z, Australia/Sydney, 2027-03-31",
            "2027-03-30T13:00:00Z, Australia/Sydney, 2027-03-31",
            "2027-03-31T07:00:00Z, America/Los_Angeles, 2027-03-31",
            "2027-03-31T17:30:00, Pacific/Auckland, 2027-03-31",
            "2027-03-31 00:00:00, America/Los_Angeles, 2027-03-31",
        })
        void is_the_one_that_the_application_shows(String text, String zone, String day) {
            assertThat(in(zone, "record.d | dayOf", text)).isEqualTo(Value.of(day));
        }

        @Test
        void ends_when_the_next_begins_there() {
            assertThat(in(
                            "UTC",
                            "record.d | dayOf | accountExpires('Australia/Sydney') | fromFileTime",
                            "2027-03-31T00:00:00+11:00"))
                    .isEqualTo(Value.of("2027-03-31T13:00:00Z"));
        }
    }
}
