package dev.rollcall.integration;

import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connectortestkit.ApplicationAnswer;
import dev.rollcall.connectortestkit.ApplicationRequest;
import dev.rollcall.connectortestkit.ConnectorContract;
import dev.rollcall.rest.GenericRestProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;

/** The promises of a connector, kept by the generic one with every kind of credential and paging. */
class GenericRestContractTest {
    private static final int PAGE = 10;

    @Nested
    class an_api_key_and_a_cursor extends Contract {
        @Override
        Map<String, ?> authorization(URI application, Value planted) {
            return Map.of("type", "api-key", "name", "x-api-key", "in", "header", "value", planted);
        }

        @Override
        Map<String, ?> paging() {
            return Map.of("type", "cursor", "parameter", "cursor", "next", "/next");
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            int from = request.parameter("cursor").map(Integer::parseInt).orElse(0);
            int to = Math.min(from + PAGE, ids.size());
            String next = to < ids.size() ? "\"" + to + "\"" : "null";
            return ApplicationAnswer.json("{\"data\": " + rows(ids.subList(from, to)) + ", \"next\": " + next + "}");
        }
    }

    @Nested
    class a_bearer_token_and_numbered_pages extends Contract {
        @Override
        Map<String, ?> authorization(URI application, Value planted) {
            return Map.of("type", "bearer", "token", planted);
        }

        @Override
        Map<String, ?> paging() {
            return Map.of("type", "page", "parameter", "page", "size", Map.of("parameter", "limit", "value", PAGE));
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            return numbered(request, ids);
        }
    }

    @Nested
    class oauth_client_credentials extends Contract {
        @Override
        Map<String, ?> authorization(URI application, Value planted) {
            return Map.of(
                    "type", "oauth2",
                    "grant", "client-credentials",
                    "tokenUrl", application + "/token",
                    "clientId", "rollcall",
                    "clientSecret", planted);
        }

        @Override
        Map<String, ?> paging() {
            return Map.of("type", "page", "parameter", "page");
        }

        @Override
        protected boolean asksForUsers(ApplicationRequest request) {
            return request.path().equals("/users");
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            if (!asksForUsers(request)) {
                return ApplicationAnswer.json("{\"access_token\": \"granted-0815\", \"expires_in\": 3600}");
            }
            return request.header("Authorization").orElse("").equals("Bearer granted-0815")
                    ? numbered(request, ids)
                    : ApplicationAnswer.status(401, "who are you?");
        }
    }

    @Nested
    class a_basic_login_and_links_in_a_header extends Linked {
        @Override
        Map<String, ?> paging() {
            return Map.of("type", "link");
        }

        @Override
        ApplicationAnswer answer(String rows, String next) {
            ApplicationAnswer answer = ApplicationAnswer.json("{\"data\": " + rows + "}");
            return next.isEmpty() ? answer : answer.header("Link", "<" + next + ">; rel=\"next\"");
        }
    }

    @Nested
    class a_basic_login_and_addresses_in_the_body extends Linked {
        @Override
        Map<String, ?> paging() {
            return Map.of("type", "next-url", "next", "/next");
        }

        @Override
        ApplicationAnswer answer(String rows, String next) {
            String told = next.isEmpty() ? "null" : "\"" + next + "\"";
            return ApplicationAnswer.json("{\"data\": " + rows + ", \"next\": " + told + "}");
        }
    }

    /** An application that says where its next page is. */
    private abstract static class Linked extends Contract {
        abstract ApplicationAnswer answer(String rows, String next);

        @Override
        Map<String, ?> authorization(URI application, Value planted) {
            return Map.of("type", "basic", "username", "rollcall", "password", planted);
        }

        @Override
        protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
            int from = request.parameter("from").map(Integer::parseInt).orElse(0);
            int to = Math.min(from + PAGE, ids.size());
            String origin = "http://" + request.header("Host").orElseThrow();
            return answer(rows(ids.subList(from, to)), to < ids.size() ? origin + "/users?from=" + to : "");
        }
    }

    private static ApplicationAnswer numbered(ApplicationRequest request, List<String> ids) {
        int page = request.parameter("page").map(Integer::parseInt).orElse(1);
        int from = Math.min((page - 1) * PAGE, ids.size());
        int to = Math.min(from + PAGE, ids.size());
        return ApplicationAnswer.json("{\"data\": " + rows(ids.subList(from, to)) + "}");
    }

    private static String rows(List<String> ids) {
        return ids.stream()
                .map(id -> "{\"id\": " + id + ", \"name\": \"User " + id + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private abstract static class Contract extends ConnectorContract {
        abstract Map<String, ?> authorization(URI application, Value planted);

        abstract Map<String, ?> paging();

        @Override
        protected ConnectorProvider provider() {
            return new GenericRestProvider();
        }

        @Override
        protected Settings settings(URI application, Secret planted) {
            return settings(application, planted, Map.of("retries", 1));
        }

        @Override
        protected Settings impatient(URI application, Secret planted) {
            return settings(application, planted, Map.of("retries", 0, "timeout", "1s"));
        }

        private Settings settings(URI application, Secret planted, Map<String, ?> request) {
            Map<String, ?> users = Map.of(
                    "name",
                    "users",
                    "url",
                    application + "/users",
                    "records",
                    "/data",
                    "paging",
                    paging(),
                    "request",
                    request,
                    "one",
                    Map.of("url", application + "/users", "parameters", Map.of("key", "${key}")));
            return Settings.of((Value.Fields) Value.from(Map.of(
                    "primaryKey", "id",
                    "authorization", authorization(application, new Value.Sensitive(planted, planted)),
                    "endpoints", List.of(users))));
        }
    }
}
