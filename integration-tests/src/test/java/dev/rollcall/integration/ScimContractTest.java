package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connectortestkit.ApplicationAnswer;
import dev.rollcall.connectortestkit.ApplicationRequest;
import dev.rollcall.connectortestkit.ConnectorContract;
import dev.rollcall.scim.ScimProvider;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The promises of a connector, kept by the one for SCIM, whichever way the service pages. */
class ScimContractTest {
    private static final int PAGE = 10;

    @Test
    void a_timeout_that_is_none_is_told_by_the_name_of_the_setting() {
        Settings settings = Contract.settings(
                URI.create("https://scim.example.com"), Secret.of("planted"), Map.of("timeout", "soon"));

        assertThat(new ScimProvider().check(settings)).extracting(Problem::path).containsExactly("settings.timeout");
    }

    @Nested
    class pages_by_index extends Contract {
        @Override
        String configuration() {
            return "{\"patch\": {\"supported\": true}, \"filter\": {\"supported\": true}}";
        }

        @Override
        ApplicationAnswer list(ApplicationRequest request, List<String> ids) {
            int from = Math.min(
                    request.parameter("startIndex").map(Integer::parseInt).orElse(1) - 1, ids.size());
            return ApplicationAnswer.json("{\"totalResults\": " + ids.size() + ", \"Resources\": "
                    + rows(ids.subList(from, Math.min(from + PAGE, ids.size()))) + "}");
        }
    }

    @Nested
    class pages_by_cursor extends Contract {
        @Override
        String configuration() {
            return "{\"pagination\": {\"cursor\": true, \"index\": false}}";
        }

        @Override
        ApplicationAnswer list(ApplicationRequest request, List<String> ids) {
            int from = request.parameter("cursor")
                    .filter(cursor -> !cursor.isEmpty())
                    .map(Integer::parseInt)
                    .orElse(0);
            int to = Math.min(from + PAGE, ids.size());
            String next = to < ids.size() ? ", \"nextCursor\": \"" + to + "\"" : "";
            return ApplicationAnswer.json("{\"Resources\": " + rows(ids.subList(from, to)) + next + "}");
        }
    }

    private static String rows(List<String> ids) {
        return ids.stream().map(Contract::user).collect(Collectors.joining(",", "[", "]"));
    }

    private abstract static class Contract extends ConnectorContract {
        abstract String configuration();

        abstract ApplicationAnswer list(ApplicationRequest request, List<String> ids);

        static String user(String id) {
            return "{\"id\": \"%s\", \"userName\": \"user%s@example.com\", \"active\": true}".formatted(id, id);
        }

        @Override
        protected ConnectorProvider provider() {
            return new ScimProvider();
        }

        @Override
        protected Settings settings(URI application, Secret planted) {
            return settings(application, planted, Map.of("retries", "1"));
        }

        @Override
        protected Settings impatient(URI application, Secret planted) {
            return settings(application, planted, Map.of("retries", "0", "timeout", "1s"));
        }

        private static Settings settings(URI application, Secret planted, Map<String, String> more) {
            Map<String, Object> settings = new LinkedHashMap<>(more);
            settings.put("baseUrl", application + "/scim/v2");
            return Settings.of((Value.Fields) Value.from(Map.of(
                    "settings",
                    settings,
                    "authorization",
                    Map.of("type", "bearer", "token", new Value.Sensitive(planted, planted)))));
        }

        @Override
        protected boolean asksForUsers(ApplicationRequest request) {
            return request.path().startsWith("/scim/v2/Users");
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            if (!asksForUsers(request)) {
                return ApplicationAnswer.json(configuration());
            } else if (request.path().equals("/scim/v2/Users")) {
                return list(request, ids);
            }
            String id = request.path().substring("/scim/v2/Users/".length());
            return ids.contains(id) ? ApplicationAnswer.json(user(id)) : ApplicationAnswer.status(404, "nobody");
        }
    }
}
