package com.example.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is special about Acme. */
class AcmeTest {
    @Test
    void a_key_is_all_that_a_configuration_needs() {
        Settings key = Settings.builder()
                .block("authorization", Value.from(Map.of("value", Secret.of("k3y"))))
                .build();

        assertThat(new AcmeProvider().check(key)).isEmpty();
    }

    @Test
    void a_user_is_deactivated_by_id() {
        Value.Fields user = Value.of(Map.of("id", Value.of("7/8")));

        WebhookCall call = new AcmeProvider()
                .webhook("deactivate-user", Value.Fields.none(), Settings.none())
                .render(Evaluation.of(Scope.of(Map.of("record", user))));

        assertThat(call.method()).isEqualTo("PUT");
        assertThat(call.url()).hasToString("https://api.acme.example/users/7%2F8");
        assertThat(call.body()).hasValue("{\"active\": false}");
    }
}
