package dev.rollcall.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.rest.WebhookDefinition;
import dev.rollcall.rest.WebhookResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls back that come with the connector. */
class PipedriveWebhooksTest {
    private static final Value.Fields ADA =
            (Value.Fields) Value.from(Map.of("id", 11, "name", "Ada \"B\" Byron", "email", "ada+x@example.com"));
    private static final Value.Fields ENTRY = (Value.Fields) Value.from(
            Map.of("employeeNumber", "11", "cn", "Ada \"B\" Byron", "mail", "ada+x@example.com", "uid", "ada"));

    private static WebhookDefinition webhook(String name) {
        Settings settings = Settings.builder()
                .set("baseUrl", "https://acme.pipedrive.com")
                .set("roleId", "2")
                .build();
        return new PipedriveProvider().webhook(name, Value.Fields.none(), settings);
    }

    private static String shown(WebhookCall call) {
        return call.method() + " " + call.url().toString().replace("https://acme.pipedrive.com/api", "")
                + call.body().map(body -> " " + body).orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            add-user        | POST /v1/users {"email":"ada+x@example.com"}
            find-user       | GET /v1/users/find?term=ada%2Bx%40example.com&search_by_email=1
            deactivate-user | PUT /v1/users/11 {"active_flag": false}
            reactivate-user | PUT /v1/users/11 {"active_flag": true}
            assign-role     | POST /v1/roles/2/assignments {"user_id":11}
            unassign-role   | DELETE /v1/roles/2/assignments {"user_id":11}
            add-person      | POST /v2/persons {"name":"Ada \\"B\\" Byron","emails":[{"value":"ada+x@example.com","primary":true,"label":"work"}]}
            update-person   | PATCH /v2/persons/11 {"name":"Ada \\"B\\" Byron","emails":[{"value":"ada+x@example.com","primary":true,"label":"work"}]}
            """)
    void are_rendered_from_a_record_or_from_an_entry(String name, String call) {
        WebhookDefinition webhook = webhook(name);

        assertThat(shown(webhook.render(Evaluation.of(Scope.of(Map.of("record", ADA))))))
                .isEqualTo(call);
        assertThat(shown(webhook.render(Evaluation.of(Scope.of(Map.of("entry", ENTRY))))))
                .isEqualTo(call);
    }

    @ParameterizedTest
    @CsvSource({
        "deactivate-user, id, E-11",
        "assign-role, id, E-11",
        "deactivate-user, name, Ada",
        "unassign-role, name, Ada",
        "update-person, email, ada@example.com",
        "add-user, name, Ada",
        "find-user, name, Ada",
        "add-person, name, Ada",
        "add-person, email, ada@example.com"
    })
    void are_not_sent_without_what_they_need(String name, String column, String value) {
        Scope known = Scope.of(Map.of("record", (Value.Fields) Value.from(Map.of(column, value))));

        assertThat(catchThrowableOfType(
                                ConnectorException.class, () -> webhook(name).render(Evaluation.of(known)))
                        .kind())
                .isEqualTo(FailureKind.REJECTED);
    }

    @Test
    void of_a_known_person_leave_out_a_name_that_is_missing() {
        Scope known =
                Scope.of(Map.of("record", (Value.Fields) Value.from(Map.of("id", 11, "email", "ada@example.com"))));

        assertThat(webhook("update-person").render(Evaluation.of(known)).body())
                .hasValue("{\"emails\":[{\"value\":\"ada@example.com\",\"primary\":true,\"label\":\"work\"}]}");
    }

    @Test
    void are_those_that_the_descriptor_names() {
        Value.Fields presets = (Value.Fields)
                new PipedriveProvider().presets(Settings.none()).block().get("webhooks");

        assertThat(presets.asMap().keySet())
                .containsExactlyElementsOf(new PipedriveProvider().descriptor().webhooks());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"success\": true, \"data\": [{\"id\": 1, \"email\": \"xada+x@example.com\"}, {\"id\": 2, \"email\": \"ADA+x@example.com\"}]} | true | 2",
                "{\"success\": true, \"data\": [{\"id\": 1, \"email\": \"xada+x@example.com\"}]} | false | -",
                "{\"success\": true, \"data\": []} | false | -",
                "{\"success\": true, \"data\": null} | false | -",
            })
    void find_the_user_with_this_address_and_no_other(String body, boolean found, Integer id) {
        Evaluation ada = Evaluation.of(Scope.of(Map.of("record", ADA)));

        WebhookResult result = webhook("find-user").judge(new WebhookResponse(200, Map.of(), body), ada);

        assertThat(result.isSuccess()).isEqualTo(found);
        assertThat(result.taken().get("id").isEmpty()).isEqualTo(id == null);
        if (id != null) {
            assertThat(result.taken()).containsEntry("id", Value.of(id));
        }
    }

    @Test
    void have_failed_where_pipedrive_says_so_with_a_good_status() {
        Evaluation ada = Evaluation.of(Scope.of(Map.of("record", ADA)));

        assertThat(webhook("add-user")
                        .judge(new WebhookResponse(200, Map.of(), "{\"success\": true, \"data\": {\"id\": 12}}"), ada))
                .satisfies(result -> {
                    assertThat(result.isSuccess()).isTrue();
                    assertThat(result.taken()).containsEntry("id", Value.of(12));
                });
        assertThat(webhook("add-user")
                        .judge(new WebhookResponse(200, Map.of(), "{\"success\": false}"), ada)
                        .isSuccess())
                .isFalse();
    }
}
