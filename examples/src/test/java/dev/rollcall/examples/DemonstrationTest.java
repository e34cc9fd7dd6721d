package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemonstrationTest {
    @Test
    void goes_as_it_says() {
        Captured run = Captured.run(Map.of(), List.of());

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "create 12",
                        "nothing to do",
                        "sn: Liskov -> Huberman",
                        "disable 2",
                        "guardrail maxDisableOrDelete",
                        "enable 2",
                        "Everything went as expected")
                .doesNotContain("demonstration-token", "demonstration-password");
    }
}
