package dev.rollcall.examples;

import dev.rollcall.examples.StandIn.Answer;
import dev.rollcall.examples.StandIn.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the applications answer, with 1,000 users each, in the shapes that they are known for. */
enum Vendor {
    PIPEDRIVE(
            "connector-pipedrive.md",
            "PIPEDRIVE_TOKEN",
            "https://acme.pipedrive.com",
            "leaver",
            "PUT /api/v1/users/7 {\"active_flag\": false}") {
        @Override
        Answer page(Request request) {
            if (!request.path().equals("/api/v1/users")) {
                return new Answer(200, "{\"success\": true, \"data\": {\"id\": 7}}");
            }
            int from = request.number("start", 0);
            int to = Math.min(from + 30, USERS);
            String paging = to < USERS ? "true, \"next_start\": " + to : "false";
            return new Answer(
                    200,
                    "{\"success\": true, \"data\": "
                            + users(from, to, """
                                    {"id": %1$d, "name": "First Last%1$d", "email": "U%1$d@example.test", \
                                    "active_flag": true, "is_deleted": false}""")
                            + ", \"additional_data\": {\"pagination\": {\"more_items_in_collection\": " + paging
                            + "}}}");
        }
    },
    APOLLO(
            "connector-apollo.md",
            "APOLLO_KEY",
            "https://api.apollo.io/api/v1",
            "welcome",
            "POST /api/v1/contacts {\"first_name\":\"First\",\"last_name\":\"u7@example.test\","
                    + "\"email\":\"u7@example.test\",\"run_dedupe\":true}") {
        @Override
        Answer page(Request request) {
            if (!request.path().equals("/api/v1/users/search")) {
                return new Answer(200, "{\"contact\": {\"id\": \"c7\"}}");
            }
            int page = request.number("page", 1);
            int size = request.number("per_page", 25);
            return new Answer(
                    200,
                    "{\"pagination\": {\"page\": \"" + page + "\", \"per_page\": \"" + size + "\", \"total_entries\": "
                            + USERS + ", \"total_pages\": " + USERS / size + "}, \"users\": "
                            + users((page - 1) * size, page * size, """
                                    {"id": "%1$d", "first_name": "First", "last_name": null, "name": "", \
                                    "email": "u%1$d@example.test", "deleted": false}""")
                            + "}");
        }
    },
    ELMO(
            "connector-elmo.md",
            "ELMO_SECRET",
            "https://acme.elmotalent.com.au",
            "arrived",
            "PATCH /core/v1/users/id-7 {\"username\": \"flast7\"}") {
        @Override
        Answer page(Request request) {
            if (request.method().equals("PATCH")) {
                return new Answer(200, "{}");
            }
            boolean isUsers = request.path().equals("/core/v1/users");
            int page = request.number("page", 1);
            int size = request.number("itemsPerPage", 20);
            String rows =
                    isUsers ? users((page - 1) * size, page * size, """
                            {"id": "id-%1$d", "employeeNumber": "%1$d", "firstName": "First", "lastName": "Last%1$d", \
                            "preferredFirstName": null, "active": true, "endDate": null, "manager": "/users/id-1", \
                            "position": "p1", "department": null, "location": null}""") : "[{\"id\": \"p1\", \"title\": \"Analyst\"}]";
            return new Answer(
                    200,
                    "{\"data\": " + rows + ", \"metadata\": {\"page\": " + page + ", \"lastPage\": "
                            + (isUsers ? USERS / size : 1) + "}}");
        }
    };

    static final int USERS = 1000;

    final String docs;
    final String variable;
    final String address;
    final String webhook;
    final String call;

    /** The page of the documentation, what it takes from where, and what its webhook calls for user 7. */
    Vendor(String docs, String variable, String address, String webhook, String call) {
        this.docs = docs;
        this.variable = variable;
        this.address = address;
        this.webhook = webhook;
        this.call = call;
    }

    /** {@return the answer to a call that is allowed} */
    abstract Answer page(Request request);

    /** {@return an application that knows one key} */
    StandIn behindKey(String key) {
        return new StandIn(request -> request.credential().equals(key) ? page(request) : refused());
    }

    /** {@return an application whose tokens are good for so many calls} */
    StandIn behindTokens(int calls, AtomicInteger granted) {
        AtomicInteger used = new AtomicInteger();
        Function<Request, Answer> script = request -> {
            if (request.path().endsWith("/oauth/token")) {
                used.set(0);
                return granted(granted.incrementAndGet(), request);
            }
            if (request.path().endsWith("/oauth/revoke")) {
                return new Answer(200, "");
            }
            boolean good =
                    request.credential().equals("Bearer t0ken-A" + granted.get()) && used.incrementAndGet() <= calls;
            return good ? page(request) : refused();
        };
        return new StandIn(script);
    }

    /** Each refresh token is good for once. */
    private static Answer granted(int number, Request request) {
        Map<String, String> form = StandIn.parameters(request.body());
        String refresh = form.getOrDefault("refresh_token", "t0ken-R" + (number - 1));
        return refresh.equals("t0ken-R" + (number - 1))
                ? new Answer(
                        200,
                        "{\"access_token\": \"t0ken-A%d\", \"token_type\": \"Bearer\", \"expires_in\": 3600, \"refresh_token\": \"t0ken-R%d\"}"
                                .formatted(number, number))
                : new Answer(400, "{\"error\": \"invalid_grant\"}");
    }

    private static Answer refused() {
        return new Answer(401, "{\"success\": false, \"error\": \"unauthorized access\", \"errorCode\": 401}");
    }

    private static String users(int from, int to, String user) {
        return IntStream.rangeClosed(from + 1, Math.min(to, USERS))
                .mapToObj(user::formatted)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@return the calls that are no list of users and no token} */
    static List<Request> callsBack(StandIn application) {
        return application.requests.stream()
                .filter(request ->
                        !request.method().equals("GET") && !request.path().endsWith("/oauth/token"))
                .toList();
    }
}
