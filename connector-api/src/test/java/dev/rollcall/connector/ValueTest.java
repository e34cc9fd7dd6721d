package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    @Test
    void the_kinds_of_nothing_are_four_and_none_equals_another() {
        List<Value> nothings = List.of(
                Value.absent(),
                Value.ofNull(),
                Value.of(""),
                Value.unknown("a"),
                Value.unknown("b"),
                Value.of(List.of()));

        assertThat(nothings).doesNotHaveDuplicates().allMatch(Value::isEmpty);
    }

    @Test
    void white_space_alone_is_nothing_to_write_and_zero_and_false_are_something() {
        assertThat(Value.of(" \t\u2003").isEmpty()).isTrue();
        assertThat(Value.of(0).isEmpty()).isFalse();
        assertThat(Value.of(false).isEmpty()).isFalse();
        assertThat(new Value.Bytes(new byte[1]).isEmpty()).isFalse();
    }

    @Test
    void a_single_value_has_a_text_and_nothing_else_has() {
        assertThat(Value.of("a").text()).contains("a");
        assertThat(Value.of(42).text()).contains("42");
        assertThat(Value.of(true).text()).contains("true");
        assertThat(List.of(
                        Value.absent(),
                        Value.ofNull(),
                        Value.unknown("why"),
                        Value.of(List.of(Value.of("a"))),
                        Value.of(Map.of()),
                        new Value.Bytes(new byte[] {65}),
                        Value.of(Secret.of("s"))))
                .allSatisfy(value -> assertThat(value.text()).isEmpty());
    }

    @Nested
    class numbers {
        @ParameterizedTest
        @ValueSource(strings = {"0", "-0", "42", "4.20", "1e5", "1E+5", "-1.5e-10", "123456789012345678901234567890"})
        void keep_the_text_they_had(String literal) {
            assertThat(new Value.Num(literal)).hasToString(literal);
            assertThat(new Value.Num(literal).text()).contains(literal);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-", "+1", "007", "1.", ".5", "1e", "1e+", "0x1F", "NaN", "1 ", "1,2", "१", "1}"})
        void are_JSON_numbers_and_nothing_else(String literal) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Value.Num(literal));
        }
    }

    @Nested
    class from_plain_Java {
        @Test
        void scalars_become_what_they_are() {
            assertThat(Value.from(null)).isEqualTo(Value.ofNull());
            assertThat(Value.from("a")).isEqualTo(Value.of("a"));
            assertThat(Value.from(true)).isEqualTo(Value.of(true));
            assertThat(Value.from(42L)).isEqualTo(Value.of(42));
            assertThat(Value.from(new BigInteger("12345678901234567890"))).hasToString("12345678901234567890");
            assertThat(Value.from(new BigDecimal("1E+3"))).hasToString("1000");
            assertThat(Value.from(LocalDate.of(2026, 1, 2))).isEqualTo(Value.of("2026-01-02"));
            assertThat(Value.from(Value.absent())).isEqualTo(Value.absent());
        }

        @Test
        void a_number_that_JSON_lacks_becomes_a_text() {
            assertThat(Value.from(Double.NaN)).isEqualTo(Value.of("NaN"));
            assertThat(Value.from(Double.POSITIVE_INFINITY)).isEqualTo(Value.of("Infinity"));
        }

        @Test
        void a_huge_exponent_does_not_become_a_huge_text() {
            assertThat(Value.from(new BigDecimal("1E+1000000000"))).hasToString("1E+1000000000");
        }

        @Test
        void a_secret_stays_one() {
            assertThat(Value.from(Secret.of("s3cret"))).isInstanceOf(Value.Sensitive.class);
        }

        @Test
        void collections_arrays_and_maps_become_lists_and_objects() {
            Value list = Value.of(List.of(Value.of("a"), Value.ofNull()));

            assertThat(Value.from(Arrays.asList("a", null))).isEqualTo(list);
            assertThat(Value.from(new Object[] {"a", null})).isEqualTo(list);
            assertThat(Value.from(Set.of("a"))).isEqualTo(Value.of(List.of(Value.of("a"))));
            assertThat(Value.from(Map.of(1, Map.of("b", 2))))
                    .isEqualTo(Value.of(Map.of("1", Value.of(Map.of("b", Value.of(2))))));
        }
    }

    @Nested
    class what_cannot_be_changed_afterwards {
        @Test
        void is_an_object() {
            Map<String, Value> columns = new HashMap<>(Map.of("a", Value.of(1)));
            Value.Fields fields = Value.of(columns);
            columns.put("b", Value.of(2));

            assertThat(fields.asMap()).containsOnlyKeys("a");
            assertThatThrownBy(() -> fields.asMap().put("c", Value.of(3)))
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void is_a_list() {
            List<Value> items = new ArrayList<>(List.of(Value.of(1)));
            Value list = Value.of(items);
            items.clear();

            assertThat(list).isEqualTo(Value.of(List.of(Value.of(1))));
        }

        @Test
        void are_bytes() {
            byte[] content = {1, 2};
            Value.Bytes bytes = new Value.Bytes(content);
            content[0] = 9;
            bytes.content()[1] = 9;

            assertThat(bytes)
                    .isEqualTo(new Value.Bytes(new byte[] {1, 2}))
                    .hasSameHashCodeAs(new Value.Bytes(new byte[] {1, 2}))
                    .isNotEqualTo(new Value.Bytes(new byte[] {1, 3}))
                    .hasToString("2 bytes");
        }
    }

    @Nested
    class an_object {
        private final Value.Fields fields = Value.of(new LinkedHashMap<>(Map.of("a", Value.of(1))));

        @Test
        void gets_another_value_in_a_copy() {
            assertThat(fields.with("b", Value.of(2)).asMap().keySet()).containsExactly("a", "b");
            assertThat(fields.with("a", Value.of(2)).get("a")).isEqualTo(Value.of(2));
            assertThat(fields.get("a")).isEqualTo(Value.of(1));
        }

        @Test
        void has_absent_values_for_every_other_name() {
            assertThat(fields.get("A")).isEqualTo(Value.absent());
            assertThat(Value.Fields.none().isEmpty()).isTrue();
            assertThat(fields.isEmpty()).isFalse();
        }

        @Test
        void equals_one_with_the_same_values_under_the_same_names() {
            assertThat(fields)
                    .isEqualTo(Value.of(Map.of("a", Value.of(1))))
                    .hasSameHashCodeAs(Value.of(Map.of("a", Value.of(1))))
                    .isNotEqualTo(Value.of(Map.of("a", Value.of(2))))
                    .isNotEqualTo(Value.of(Map.of("b", Value.of(1))));
        }

        @Test
        @SuppressWarnings("NullAway") // what a caller without the tool may do
        void takes_no_null() {
            assertThatNullPointerException().isThrownBy(() -> fields.with("b", null));
        }
    }

    @Nested
    class a_sensitive_text {
        private final Value value = Value.of(Secret.of("to${ken"));

        @Test
        void is_shown_nowhere() {
            assertThat(value).hasToString("[secret]");
            assertThat(Value.of(Map.of("token", value))).hasToString("{token=[secret]}");
            assertThat(value.text()).isEmpty();
        }

        @Test
        void equals_one_with_the_same_text_around_the_same_credential() {
            Value format = new Value.Sensitive(Secret.of("to${ken"), Secret.of("to${ken"));

            assertThat(value)
                    .isEqualTo(Value.of(Secret.of("to${ken")))
                    .hasSameHashCodeAs(Value.of(Secret.of("to${ken")))
                    .isNotEqualTo(Value.of(Secret.of("other")))
                    .isNotEqualTo(Value.of("to${ken"))
                    .isNotEqualTo(format);
        }

        @Test
        void tells_the_credentials_in_it() {
            Secret whole = Secret.of("Bearer to${ken");
            Secret token = Secret.of("to${ken");

            assertThat(((Value.Sensitive) value).credentials()).containsExactly(token);
            assertThat(new Value.Sensitive(whole, whole, List.of(token)).credentials())
                    .containsExactly(token);
            assertThat(new Value.Sensitive(whole, whole, List.of(token)))
                    .isNotEqualTo(new Value.Sensitive(whole, whole));
        }

        @Test
        void is_a_macro_with_a_constant_value_where_a_format_is_read() {
            assertThat(((Value.Sensitive) value).format().reveal()).isEqualTo("${'to${ken' ?? ''}");
        }
    }

    @Test
    void a_record_prints_the_names_of_its_columns_and_no_value() {
        UserRecord record = UserRecord.of(Map.of("email", "ada@example.test"));

        assertThat(record.toString()).contains("email").doesNotContain("ada");
    }

    @Test
    void a_record_equals_one_with_the_same_columns_from_elsewhere() {
        UserRecord record = UserRecord.of(Map.of("id", 1));

        assertThat(record.from("users page 3")).isEqualTo(record).hasSameHashCodeAs(record);
        assertThat(record.from("users page 3").origin()).isEqualTo("users page 3");
        assertThat(record.with("id", Value.of(2)).value("id")).isEqualTo(Value.of(2));
        assertThat(record.from("here").with("id", Value.of(2)).origin()).isEqualTo("here");
    }

    @Test
    void an_object_is_built_field_by_field_and_tells_a_name_that_comes_twice() {
        Value.Fields.Builder builder = Value.Fields.builder();

        assertThat(builder.add("id", Value.of(1))).isTrue();
        assertThat(builder.add("id", Value.of(2))).isFalse();
        assertThat(builder.build()).isEqualTo(Value.of(Map.of("id", Value.of(1))));
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    }
}
