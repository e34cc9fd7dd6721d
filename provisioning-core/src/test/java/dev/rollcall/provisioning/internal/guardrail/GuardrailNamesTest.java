package dev.rollcall.provisioning.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.guardrail.Guardrails;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardrailNamesTest {
    @Test
    void are_those_that_users_may_allow() {
        assertThat(Guardrails.names())
                .isEqualTo(List.of(
                        GuardrailNames.MAX_DISABLE_OR_DELETE,
                        GuardrailNames.MAX_MODIFY,
                        GuardrailNames.MAX_ATTRIBUTE_CHANGE,
                        GuardrailNames.MAX_CREATE,
                        GuardrailNames.MAX_KEYLESS,
                        GuardrailNames.EMPTY_SOURCE,
                        GuardrailNames.UNLINKED_ENTRIES,
                        GuardrailNames.VANISHED_COLUMN,
                        GuardrailNames.FAILURES));
    }
}
