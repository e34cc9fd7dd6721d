package dev.rollcall.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorContext;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LazyClientTest {
    private final ConnectorContext context = ConnectorContext.defaults();

    @Test
    void is_made_on_a_thread_that_was_lent_while_the_host_goes_on() throws InterruptedException {
        List<Runnable> lent = new ArrayList<>();
        LazyClient client = LazyClient.of(HttpClient::newHttpClient, context.executor(lent::add));
        lent.forEach(Runnable::run);
        Thread.currentThread().interrupt(); // a caller that finds it made does not wait, and is not cancelled
        HttpClient made = client.get();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lent).hasSize(1);
        assertThat(made.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
    }

    @Test
    void is_made_by_the_thread_that_needs_it_when_no_thread_has_begun() throws InterruptedException {
        LazyClient client = LazyClient.of(HttpClient::newHttpClient, context.executor(task -> {}));
        assertThat(client.get()).isSameAs(client.get());
    }

    @Test
    void is_made_by_the_thread_that_needs_it_when_the_executor_takes_nothing_more() throws InterruptedException {
        LazyClient client = LazyClient.of(HttpClient::newHttpClient, context.executor(task -> {
            throw new RejectedExecutionException("closed");
        }));
        assertThat(client.get()).isNotNull();
    }
}
