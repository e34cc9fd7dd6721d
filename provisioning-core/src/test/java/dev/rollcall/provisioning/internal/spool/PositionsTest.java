package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PositionsTest {
    @Test
    void are_found_by_number() {
        Positions positions = new Positions();
        for (int i = 0; i < 50_000; i++) {
            positions.add(i * 20_000_000L);
        }
        assertThat(positions.size()).isEqualTo(50_000);
        for (int i = 0; i < 50_000; i++) {
            assertThat(positions.get(i)).isEqualTo(i * 20_000_000L);
        }
    }

    @Test
    void beyond_a_terabyte_are_refused() {
        assertThatThrownBy(() -> new Positions().add(1L << 40)).hasMessageContaining("1099511627776");
    }

    @Test
    void that_were_not_added_are_not_there() {
        Positions positions = new Positions();
        positions.add(7);
        assertThatThrownBy(() -> positions.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
