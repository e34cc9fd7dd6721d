package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UserRecordTest {
    private final UserRecord record = UserRecord.of(Map.of("id", 7, "name", "Ada"));

    @Test
    void a_record_has_no_fault_of_its_own() {
        assertThat(record.fault()).isEmpty();
    }

    @Test
    void a_fault_leaves_the_columns_and_stays_through_every_change() {
        UserRecord faulty = record.faulty("details: status 500").from("page 1").with("name", Value.ofNull());

        assertThat(faulty.fault()).hasValue("details: status 500");
        assertThat(faulty.value("id")).isEqualTo(Value.of(7));
    }

    @Test
    void a_faulty_record_is_not_equal_to_a_sound_one() {
        assertThat(record.faulty("why"))
                .isNotEqualTo(record)
                .isEqualTo(record.from("elsewhere").faulty("why"));
    }

    @Test
    void a_record_prints_names_of_columns_only() {
        assertThat(UserRecord.of(Map.of("name", "Ada"))).hasToString("UserRecord[name]");
    }
}
