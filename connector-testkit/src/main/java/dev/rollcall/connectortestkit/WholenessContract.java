package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connectortestkit.ScriptedApplication.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a connector's pages must tell so that the host can find out whether a list is complete: which page is the last one,
 * and which records came in one response. Not thread-safe: for one thread at a time.
 */
abstract class WholenessContract extends HttpGround {
    /** A reading of all pages, and the ids that came. */
    private record Seen(ListReading reading, List<String> ids) {}

    private Seen seen() {
        String key = provider().descriptor().primaryKey().orElse("id");
        ListReading reading = new ListReading();
        List<String> ids = new ArrayList<>();
        try (Connector connector = open();
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                Page<UserRecord> page = pages.next();
                reading.page(page);
                for (UserRecord record : page.items()) {
                    String id = record.value(key).text().orElse("");
                    ids.add(id);
                    reading.record(id, record.fingerprint());
                }
            }
        }
        reading.end();
        return new Seen(reading, ids);
    }

    /** From the second request for users on, the application has these users. */
    private void changesAfterTheFirstCall(List<String> before, List<String> after) {
        AtomicInteger calls = new AtomicInteger();
        application.answers(request ->
                Reply.good(users(request, asksForUsers(request) && calls.incrementAndGet() > 1 ? after : before)));
    }

    @Test
    void who_falls_between_two_pages_falls_from_a_list_that_is_in_doubt_or_has_several_pages() {
        List<String> all = ids(47);
        changesAfterTheFirstCall(all, all.subList(1, 47));

        Seen seen = seen();

        if (!new HashSet<>(seen.ids()).containsAll(all.subList(1, 47))) {
            assertThat(seen.reading().hasSeveralPages()
                            || !seen.reading().doubts().isEmpty())
                    .as("each response is a page of its own, so that the host asks again before anybody is missing")
                    .isTrue();
        }
    }

    @Test
    void who_comes_on_two_pages_is_a_reason_for_doubt() {
        List<String> later = new ArrayList<>(ids(47));
        later.add(0, "48");
        changesAfterTheFirstCall(ids(47), later);

        Seen seen = seen();

        if (new HashSet<>(seen.ids()).size() < seen.ids().size()) {
            assertThat(seen.reading().doubts())
                    .as("each response is a page of its own, so that the host sees a record on two of them")
                    .isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"error\": {\"code\": 17, \"message\": \"try again later\"}}",
                "{\"success\": false, \"message\": \"the database is down\"}",
                "{\"errors\": [\"the quota is used up\"]}"
            })
    void an_error_with_the_status_of_success_is_no_complete_list(String body) {
        users(
                47,
                FaultContract.fromTheThirdCallOn(good -> Reply.good(new ApplicationAnswer(200, good.headers(), body))));
        boolean complete;
        try {
            complete = seen().reading().doubts().isEmpty();
        } catch (ConnectorException failed) {
            complete = false;
        }

        assertThat(complete).as("a failure, or a page with a doubt").isFalse();
    }
}
