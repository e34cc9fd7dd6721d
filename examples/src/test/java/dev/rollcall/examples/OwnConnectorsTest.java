package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.examples.StandIn.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connectors of one's own: found by their ids, and short. */
class OwnConnectorsTest {
    private static List<UserRecord> fetch(String id, Settings settings, UserQuery query) {
        List<UserRecord> users = new ArrayList<>();
        try (Connector connector = Connectors.discover(OwnConnectorsTest.class.getClassLoader())
                        .open(id, settings, ConnectorContext.defaults());
                PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            while (pages.hasNext()) {
                users.addAll(pages.next().items());
            }
        }
        return users;
    }

    private static String text(UserRecord user, String column) {
        return user.value(column).text().orElse(user.value(column).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PayrollProvider", "BambooProvider"})
    void one_takes_about_a_hundred_lines_or_fewer(String name) throws Exception {
        Path source = Path.of("src/main/java/dev/rollcall/examples", name + ".java");

        assertThat(Files.readAllLines(source).size()).isLessThan(110);
    }

    @Nested
    class by_jdbc {
        private static final String URL = "jdbc:h2:mem:payroll;DB_CLOSE_DELAY=-1";

        private static Settings settings(String password) {
            return Settings.builder()
                    .set("url", URL)
                    .set("user", "reader")
                    .set("password", Secret.of(password))
                    .build();
        }

        @Test
        void every_employee_comes_page_by_page() throws Exception {
            try (var connection = DriverManager.getConnection(URL, "reader", "s3cret");
                    var statement = connection.createStatement()) {
                statement.execute("create table employees (id bigint primary key, last_name varchar, left_on date)");
                statement.execute("insert into employees select x * 3, 'Name' || x, null from system_range(1, 1200)");
                statement.execute("update employees set left_on = date '2026-11-22' where id = 3");

                List<UserRecord> users = fetch("payroll", settings("s3cret"), UserQuery.all());

                assertThat(users).hasSize(1200);
                assertThat(text(users.get(1199), "id")).isEqualTo("3600");
                assertThat(text(users.get(1199), "last_name")).isEqualTo("Name1200");
                assertThat(text(users.get(0), "left_on")).isEqualTo("2026-11-22");
                assertThat(users.get(1).value("left_on")).isEqualTo(Value.ofNull());

                ConnectorException failure = catchThrowableOfType(
                        ConnectorException.class, () -> fetch("payroll", settings("wr0ng"), UserQuery.all()));
                assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
                assertThat(failure)
                        .hasMessageContaining("SQL state 28000")
                        .message()
                        .doesNotContain("wr0ng");
                statement.execute("drop table employees");
            }
        }
    }

    @Nested
    class on_the_rest_engine {
        private static Answer answer(StandIn.Request request) {
            String basic = "Basic " + Base64.getEncoder().encodeToString("k3y:k3y".getBytes(StandardCharsets.UTF_8));
            if (!request.credential().equals(basic)) {
                return new Answer(401, "");
            }
            return switch (request.path()) {
                case "/acme/v1/employees/directory" ->
                    new Answer(
                            200,
                            "{\"fields\": [], \"employees\": [{\"id\": \"7\", \"workEmail\": \"ada@example.test\"}]}");
                case "/acme/v1/employees/7" ->
                    new Answer(200, "{\"id\": \"7\", \"hireDate\": \"2020-02-01\", \"department\": \"Engines\"}");
                default -> new Answer(404, "");
            };
        }

        private static Settings settings(StandIn application, String... endpoints) {
            Settings.Builder builder = Settings.builder()
                    .set("company", "acme")
                    .set("apiKey", Secret.of("k3y"))
                    .set("baseUrl", application.url());
            return endpoints.length == 0
                    ? builder.build()
                    : builder.block("endpoints", Value.from(List.of(endpoints))).build();
        }

        @Test
        void the_directory_comes_in_one_answer_and_more_is_told_of_each() {
            try (StandIn application = new StandIn(on_the_rest_engine::answer)) {
                assertThat(fetch("bamboo", settings(application), UserQuery.all()))
                        .singleElement()
                        .satisfies(user -> assertThat(text(user, "workEmail")).isEqualTo("ada@example.test"));
                assertThat(fetch("bamboo", settings(application, "directory", "details"), UserQuery.all()))
                        .singleElement()
                        .satisfies(user ->
                                assertThat(text(user, "details.hireDate")).isEqualTo("2020-02-01"));
                assertThat(fetch("bamboo", settings(application), UserQuery.byKeys(List.of("7", "8"))))
                        .singleElement()
                        .satisfies(user -> assertThat(text(user, "department")).isEqualTo("Engines"));
            }
        }
    }
}
