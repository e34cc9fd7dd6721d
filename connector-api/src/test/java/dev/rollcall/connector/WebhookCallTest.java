package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookCallTest {
    private static final URI HOOK = URI.create("https://crm.example.test/hook?a=b");

    @ParameterizedTest
    @CsvSource({"GET, true", "put, true", "DELETE, true", "HEAD, true", "OPTIONS, true", "POST, false", "PATCH, false"})
    void is_repeatable_if_its_method_is_idempotent(String method, boolean repeatable) {
        assertThat(WebhookCall.of(method, HOOK).isRepeatable()).isEqualTo(repeatable);
    }

    @Test
    void goes_to_its_address_by_its_method() {
        WebhookCall call = WebhookCall.of("post", HOOK);

        assertThat(call.url()).isEqualTo(HOOK);
        assertThat(call.method()).isEqualTo("POST");
    }

    @Test
    void is_repeatable_with_an_idempotency_key_and_stays_so() {
        WebhookCall call =
                WebhookCall.of("POST", HOOK).header("idempotency-key", "1").body("x");

        assertThat(call.isRepeatable()).isTrue();
        assertThat(WebhookCall.of("POST", HOOK).header("X-Other", "1").isRepeatable())
                .isFalse();
    }

    @Test
    void has_no_key_in_an_empty_one() {
        assertThat(WebhookCall.of("POST", HOOK).header("Idempotency-Key", "").isRepeatable())
                .isFalse();
        assertThat(WebhookCall.of("POST", HOOK).header("idempotency-key", " \t").isRepeatable())
                .isFalse();
        assertThat(WebhookCall.of("POST", HOOK)
                        .header("Idempotency-Key", "k1")
                        .header("idempotency-key", "")
                        .isRepeatable())
                .as("the last one counts")
                .isFalse();
    }

    @Test
    void has_one_value_for_a_header_in_whatever_case() {
        WebhookCall call = WebhookCall.of("POST", HOOK)
                .header("Content-Type", "text/plain")
                .header("Accept", "*/*")
                .header("content-type", "application/json");

        assertThat(call.headers())
                .containsExactly(Map.entry("Accept", "*/*"), Map.entry("content-type", "application/json"));
    }

    @Test
    void may_have_an_empty_body_which_is_not_none() {
        assertThat(WebhookCall.of("POST", HOOK).body()).isEmpty();
        assertThat(WebhookCall.of("POST", HOOK).body("").body()).contains("");
    }

    @Test
    void prints_where_it_goes_and_nothing_else() {
        assertThat(WebhookCall.of("post", HOOK)).hasToString("POST https://crm.example.test");
        assertThat(WebhookCall.of("GET", URI.create("http://ada:s3cret@127.0.0.1:8080/T0/s3cret?a=s3cret")))
                .hasToString("GET http://127.0.0.1:8080");
    }

    @Test
    void an_address_to_send_a_person_to_prints_without_the_state() {
        URI address = URI.create("https://crm.example.test/#/oauth/authorize?state=s3cret");

        assertThat(AuthorizationResult.sendPersonTo(address)).hasToString("send a person to https://crm.example.test");
    }

    @Test
    void an_answer_tells_what_came_and_finds_headers_in_any_case() {
        WebhookResponse response = new WebhookResponse(201, Map.of("Content-Type", List.of("text/plain")), "made");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("made");
        assertThat(response.headers().get("content-type")).containsExactly("text/plain");
        assertThat(response).hasToString("status 201, 4 characters");
    }
}
