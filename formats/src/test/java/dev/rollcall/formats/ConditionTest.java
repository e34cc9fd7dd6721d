package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
