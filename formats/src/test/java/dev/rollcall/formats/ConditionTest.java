package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Truth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "record.department == 'Sales'; TRUE",
                "record.department == 'sales'; FALSE",
                "record.department != 'Sales'; FALSE",
                "record.nickname == 'x'; UNKNOWN",
                "record.nickname != 'x'; UNKNOWN",
                "not record.nickname == 'x'; UNKNOWN",
                "(record.nickname ?? '') != 'x'; TRUE",
                "record.nickname is present; FALSE",
                "record.nickname is not present; TRUE",
                "record.nothing is present; FALSE",
                "record.photo is present; UNKNOWN",
                "record.photo is not absent; UNKNOWN",
                "record.photo is unknown; TRUE",
                "record.department is unknown; FALSE",
                "record.department is not unknown; TRUE",
                "record.nickname is absent; TRUE",
                "record.nothing is absent; FALSE",
                "record.nothing is null; TRUE",
                "record.nickname is null; TRUE",
                "record.department is null; FALSE",
                "record.nothing is empty; TRUE",
                "record.department is empty; FALSE",
                "record.active; TRUE",
                "record.flag; FALSE",
                "record.nickname; UNKNOWN",
                "record.nickname == 'x' or record.active; TRUE",
                "record.nickname == 'x' and record.flag; FALSE",
                "record.nickname == 'x' and record.active; UNKNOWN",
                "record.department in ('Sales', 'HR'); TRUE",
                "record.department not in ('Sales', 'HR'); FALSE",
                "record.id > 9; TRUE",
                "record.id < 9; FALSE",
                "record.department matches 'S.*'; TRUE",
            })
    void a_condition_holds_does_not_or_cannot_be_told(String condition, Truth expected) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("department", "Sales");
        columns.put("active", "Yes");
        columns.put("flag", 0);
        columns.put("id", 42);
        columns.put("nothing", null);
        UserRecord record = UserRecord.of(columns).with("photo", Value.unknown("details failed"));

        assertThat(Condition.parse(condition).test(Evaluation.of(Scope.record(record))))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"record.department == 'Sales'", "record.department != 'Sales'", "record.department in ('Sales')"
            })
    void an_object_is_no_text_to_compare_with(String condition) {
        UserRecord joined = UserRecord.of(Map.of("department", Map.of("id", 7, "name", "Sales")));

        assertThatThrownBy(() -> Condition.parse(condition).test(Evaluation.of(Scope.record(joined))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("expected a text, found an object")
                .hasMessageContaining("name one of its fields");
    }

    @Test
    void objects_compare_with_objects() {
        UserRecord twins = UserRecord.of(Map.of("a", Map.of("id", 7), "b", Map.of("id", 7), "c", Map.of("id", 8)));

        assertThat(Condition.parse("record.a == record.b and record.a != record.c")
                        .test(Evaluation.of(Scope.record(twins))))
                .isEqualTo(Truth.TRUE);
    }
}
