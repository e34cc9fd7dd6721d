package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretTest {
    private static final Secret SECRET = Secret.of("hunter2");

    /** Everything of this module that can hold a credential. */
    static Stream<Object> holders() {
        Value value = Value.of(SECRET);
        StoredToken token = new StoredToken(SECRET, SECRET, Instant.EPOCH, Instant.EPOCH, Map.of("scope", "hunter2"));
        TokenStore store = TokenStore.inMemory();
        store.save("crm", token);
        return Stream.of(
                SECRET,
                List.of(SECRET),
                value,
                Value.of(Map.of("token", value)),
                Value.of(List.of(value)),
                Settings.builder()
                        .set("token", SECRET)
                        .block("authorization", value)
                        .build(),
                UserRecord.of(Map.of("token", value)),
                token,
                store,
                AuthorizationRequest.finish(URI.create("http://127.0.0.1/callback?code=hunter2")),
                WebhookCall.of("POST", URI.create("https://ada:hunter2@crm.example.test:8443/hook?token=hunter2"))
                        .header("Authorization", "Bearer hunter2")
                        .body("hunter2"),
                new WebhookResponse(200, Map.of("Set-Cookie", List.of("hunter2")), "hunter2"));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void is_printed_by_nothing_that_holds_it(Object holder) {
        assertThat(holder.toString()).doesNotContain("hunter2");
    }

    @Test
    void is_revealed_to_its_caller() {
        assertThat(SECRET.reveal()).isEqualTo("hunter2");
        assertThat(SECRET)
                .isEqualTo(Secret.of("hunter2"))
                .hasSameHashCodeAs(Secret.of("hunter2"))
                .isNotEqualTo(Secret.of("hunter3"))
                .hasToString("[secret]");
    }
}
