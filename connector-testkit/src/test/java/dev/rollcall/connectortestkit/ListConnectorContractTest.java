package dev.rollcall.connectortestkit;

import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The contract, kept by a connector in plain Java; it also shows how little an author writes. */
class ListConnectorContractTest extends ConnectorContract {
    @Override
    protected ConnectorProvider provider() {
        return new ListProvider();
    }

    @Override
    protected Settings settings(URI application, Secret planted) {
        return builder(application, planted).build();
    }

    @Override
    protected Settings impatient(URI application, Secret planted) {
        return builder(application, planted).set("timeoutSeconds", "2").build();
    }

    private static Settings.Builder builder(URI application, Secret planted) {
        return Settings.builder().set("url", application.toString()).set("token", planted);
    }

    @Override
    protected ApplicationAnswer users(ApplicationRequest request, List<String> ids) {
        int from = request.parameter("from").map(Integer::parseInt).orElse(0);
        int to = Math.min(ids.size(), from + 10);
        String users = ids.subList(from, to).stream().collect(Collectors.joining(","));
        return ApplicationAnswer.json("ids " + users + ";" + (to < ids.size() ? to : ""));
    }
}
