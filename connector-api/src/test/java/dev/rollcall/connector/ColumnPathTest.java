package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnPathTest {
    @Nested
    class parsing {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "email",
                    "manager.email",
                    "emails[0].value",
                    "['Employee Number']",
                    "a['it''s'].b[12][3]",
                    "['']",
                    "urn:ietf:params:scim:schemas:core",
                    "größe.名前",
                    "['a.b']['[0]']",
                    "e_mail-2@home"
                })
        void gives_back_what_is_printed(String text) {
            assertThat(ColumnPath.parse(text)).hasToString(text);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {"[\"a b\"] | ['a b']", "['plain'] | plain", "a[\"b\"\"c\"] | a['b\"c']", "a[007] | a[7]"})
        void takes_other_spellings(String text, String printed) {
            assertThat(ColumnPath.parse(text)).hasToString(printed).isEqualTo(ColumnPath.parse(printed));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {
                    "^^ | position 1",
                    "a. | position 3",
                    ".a | position 1",
                    "a..b | position 3",
                    "a.[0] | position 3",
                    "a.['b'] | position 3",
                    "a b | position 2",
                    "[0] | position 1",
                    "a[ | position 2",
                    "a[] | position 2",
                    "a[x] | position 2",
                    "a[-1] | position 2",
                    "a[1234567890] | position 2",
                    "a['b | position 2",
                    "a['b' | position 2",
                    "a['b'x] | position 2",
                    "a[0]b | position 5",
                    "a${b} | position 2"
                })
        void says_where_it_went_wrong(String text, String where) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ColumnPath.parse(text))
                    .withMessageContaining("is no column path")
                    .withMessageEndingWith(where);
        }

        static Stream<Long> seeds() {
            return new Random(1).longs(200).boxed();
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("seeds")
        void round_trips_any_path(long seed) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(quoted(random));
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append(random.nextBoolean() ? quoted(random) : "[" + random.nextInt(1_000_000) + "]");
            }
            ColumnPath path = ColumnPath.parse(text.toString());

            assertThat(ColumnPath.parse(path.toString())).isEqualTo(path).hasSameHashCodeAs(path);
            assertThat(ColumnPath.parse(path.toString())).hasToString(path.toString());
        }

        private static String quoted(Random random) {
            int[] alphabet = "ab.0[]'\"${}_-:@ \n\\äß\uD83D\uDE00".codePoints().toArray();
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                name.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            return "['" + name.toString().replace("'", "''") + "']";
        }
    }

    @Nested
    class reading {
        private final UserRecord record = UserRecord.of(Map.of(
                "email", "ada@example.test",
                "a.b", "dotted",
                "emails", List.of(Map.of("value", "first"), Map.of("value", "second")),
                "manager", Value.ofNull(),
                "details", Value.unknown("the call failed")));

        @Test
        void finds_columns_and_what_is_in_them() {
            assertThat(record.value("email")).isEqualTo(Value.of("ada@example.test"));
            assertThat(record.value("emails[1].value")).isEqualTo(Value.of("second"));
            assertThat(record.value("['a.b']")).isEqualTo(Value.of("dotted"));
            assertThat(record.value(ColumnPath.ofName("a.b"))).isEqualTo(Value.of("dotted"));
        }

        @Test
        void keeps_the_kinds_of_nothing_apart() {
            assertThat(record.value("nobody")).isEqualTo(Value.absent());
            assertThat(record.value("nobody.email")).isEqualTo(Value.absent());
            assertThat(record.value("manager.email")).isEqualTo(Value.ofNull());
            assertThat(record.value("details.email[0]")).isEqualTo(Value.unknown("the call failed"));
        }

        @Test
        void finds_nothing_where_the_shape_is_another() {
            for (String path : Arrays.asList("email.length", "email[0]", "emails.value", "emails[2]", "emails['0']")) {
                assertThat(record.value(path)).as(path).isEqualTo(Value.absent());
            }
        }

        @Test
        void knows_the_column_it_begins_with() {
            assertThat(ColumnPath.parse("emails[0].value").column()).isEqualTo("emails");
            assertThat(ColumnPath.parse("['a.b'].c").column()).isEqualTo("a.b");
        }
    }
}
