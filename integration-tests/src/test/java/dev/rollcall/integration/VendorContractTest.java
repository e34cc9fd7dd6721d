package dev.rollcall.integration;

import dev.rollcall.apollo.ApolloProvider;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connectortestkit.ApplicationAnswer;
import dev.rollcall.connectortestkit.ApplicationRequest;
import dev.rollcall.connectortestkit.ConnectorContract;
import dev.rollcall.elmo.ElmoProvider;
import dev.rollcall.pipedrive.PipedriveProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;

/** The promises of a connector, kept by those for particular applications with their presets. */
class VendorContractTest {
    private static final int PAGE = 10;

    @Nested
    class pipedrive extends Contract {
        @Override
        protected ConnectorProvider provider() {
            return new PipedriveProvider();
        }

        @Override
        Map<String, ?> authorization(Value planted) {
            return Map.of("type", "api-key", "value", planted);
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            int from = number(request, "start", 0);
            int to = Math.min(from + PAGE, ids.size());
            List<String> rows =
                    request.path().matches("/api/v1/users/\\d+") ? ids.subList(0, 1) : ids.subList(from, to);
            return ApplicationAnswer.json("{\"success\": true, \"data\": "
                    + rows(rows, "{\"id\": %s, \"active_flag\": true}")
                    + ", \"additional_data\": {\"pagination\": {\"start\": " + from
                    + ", \"more_items_in_collection\": " + (to < ids.size())
                    + (to < ids.size() ? ", \"next_start\": " + to : "") + "}}}");
        }
    }

    @Nested
    class apollo extends Contract {
        @Override
        protected ConnectorProvider provider() {
            return new ApolloProvider();
        }

        @Override
        Map<String, ?> authorization(Value planted) {
            return Map.of("type", "api-key", "value", planted);
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            int page = number(request, "page", 1);
            int from = Math.min((page - 1) * PAGE, ids.size());
            int to = Math.min(from + PAGE, ids.size());
            return ApplicationAnswer.json("{\"pagination\": {\"page\": \"" + page + "\", \"total_pages\": "
                    + (ids.size() + PAGE - 1) / PAGE + "}, \"users\": "
                    + rows(ids.subList(from, to), "{\"id\": \"%s\", \"first_name\": null, \"deleted\": false}") + "}");
        }
    }

    @Nested
    class elmo extends Contract {
        @Override
        protected ConnectorProvider provider() {
            return new ElmoProvider();
        }

        @Override
        Map<String, ?> authorization(Value planted) {
            return Map.of("clientId", "rollcall", "clientSecret", planted);
        }

        @Override
        protected boolean asksForUsers(ApplicationRequest request) {
            return !request.path().equals("/oauth/token");
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            if (!asksForUsers(request)) {
                return ApplicationAnswer.json("{\"access_token\": \"granted-0815\", \"expires_in\": 1800}");
            }
            int page = number(request, "page", 1);
            int from = Math.min((page - 1) * PAGE, ids.size());
            int to = Math.min(from + PAGE, ids.size());
            return ApplicationAnswer.json("{\"data\": "
                    + rows(ids.subList(from, to), "{\"employeeNumber\": \"%s\", \"active\": true}")
                    + ", \"metadata\": {\"page\": " + page + ", \"lastPage\": " + (ids.size() + PAGE - 1) / PAGE
                    + "}}");
        }
    }

    private static int number(ApplicationRequest request, String parameter, int fallback) {
        return request.parameter(parameter).map(Integer::parseInt).orElse(fallback);
    }

    private static String rows(List<String> ids, String row) {
        return ids.stream().map(row::formatted).collect(Collectors.joining(",", "[", "]"));
    }

    private abstract static class Contract extends ConnectorContract {
        abstract Map<String, ?> authorization(Value planted);

        @Override
        protected Settings settings(URI application, Secret planted) {
            return settings(application, planted, Map.of("retries", 1));
        }

        @Override
        protected Settings impatient(URI application, Secret planted) {
            return settings(application, planted, Map.of("retries", 0, "timeout", "1s"));
        }

        private Settings settings(URI application, Secret planted, Map<String, ?> request) {
            return Settings.of((Value.Fields) Value.from(Map.of(
                    "settings", Map.of("baseUrl", application.toString()),
                    "authorization", authorization(new Value.Sensitive(planted, planted)),
                    "endpoints", List.of(Map.of("name", "users", "request", request)))));
        }
    }
}
