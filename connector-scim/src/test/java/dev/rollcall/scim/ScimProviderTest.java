package dev.rollcall.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.Truth;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScimProviderTest {
    private static Truth active(String user) {
        UserRecord record = UserRecord.of(
                (Value.Fields) Value.from(ScimJson.plain(ScimJson.parse(user).orElseThrow())));
        return Condition.parse(new ScimProvider().descriptor().active().orElseThrow())
                .test(Evaluation.of(Scope.of(Map.of("record", record.fields()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | TRUE",
                "{\"active\": true} | TRUE",
                "{\"active\": \"True\"} | TRUE",
                "{\"active\": null} | TRUE",
                "{\"active\": false} | FALSE",
                "{\"active\": \"False\"} | FALSE",
                "{\"active\": 0} | FALSE"
            })
    void a_user_who_is_not_active_is_inactive_by_default(String user, Truth expected) {
        assertThat(active(user)).isEqualTo(expected);
    }
}
