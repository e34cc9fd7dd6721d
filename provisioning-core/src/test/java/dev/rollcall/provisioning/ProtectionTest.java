package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters of entries that no plan may touch, which are judged without the server. */
class ProtectionTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=example,dc=test)",
                "(!(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=example,dc=test))",
                "(&(description=keep)(|(cn=a)(cn~=b)))"
            })
    void are_refused_where_only_the_server_can_tell_whom_they_find(String filter) {
        roll.directorySettings = builder -> builder.unprotect(filter);
        assertThatThrownBy(roll::plan)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unprotect[0]: only the server can tell whom this filter finds");

        roll.directorySettings = builder -> builder.protect("(description=keep)", filter);
        assertThatThrownBy(roll::plan)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("protected[1]: only the server can tell whom this filter finds");
    }

    @Test
    void are_taken_where_they_ask_for_values() {
        roll.directorySettings = builder -> builder.protect("(&(description=keep)(!(title>=b)))");
        roll.plan().close();
    }
}
