package com.example.acme;

import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connectortestkit.ApplicationAnswer;
import dev.rollcall.connectortestkit.ApplicationRequest;
import dev.rollcall.connectortestkit.ConnectorContract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What every connector promises: paging to the end, refusals, broken answers, secrets that nobody sees. */
class AcmeContractTest extends ConnectorContract {
    @Override
    protected ConnectorProvider provider() {
        return new AcmeProvider();
    }

    @Override
    protected Settings settings(URI application, Secret planted) {
        return settings(application, planted, Map.of("retries", 1));
    }

    @Override
    protected Settings impatient(URI application, Secret planted) {
        return settings(application, planted, Map.of("retries", 0, "timeout", "1s"));
    }

    private static Settings settings(URI application, Secret planted, Map<String, ?> request) {
        return Settings.builder()
                .set("baseUrl", application.toString())
                .block("authorization", Value.from(Map.of("value", planted)))
                .block("endpoints", Value.from(List.of(Map.of("name", "users", "request", request))))
                .build();
    }

    /** How Acme answers when all is well: ten users a page, and where the next one begins. */
    @Override
    protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
        int from = request.parameter("cursor").map(Integer::parseInt).orElse(0);
        int to = Math.min(from + 10, ids.size());
        String users = ids.subList(from, to).stream()
                .map(id -> "{\"id\": " + id + ", \"active\": true}")
                .collect(Collectors.joining(", "));
        String next = to < ids.size() ? "\"" + to + "\"" : "null";
        return ApplicationAnswer.json("{\"data\": [" + users + "], \"next\": " + next + "}");
    }
}
