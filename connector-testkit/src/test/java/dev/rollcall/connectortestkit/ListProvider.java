package dev.rollcall.connectortestkit;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connector to an application that answers {@code ids 1,2,3;next}. */
public final class ListProvider implements ConnectorProvider {
    private static final Pattern ANSWER = Pattern.compile("ids ([0-9,]*);([0-9]*)");

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("id-list")
                .primaryKey("id")
                .setting(Setting.uri("url").required())
                .setting(Setting.secret("token").required())
                .setting(Setting.integer("timeoutSeconds"))
                .build();
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        URI url = settings.uri("url");
        String token = settings.secret("token").reveal();
        Duration timeout = Duration.ofSeconds(
                settings.optionalText("timeoutSeconds").map(Long::parseLong).orElse(20L));
        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new Connector() {
            private volatile boolean closed;

            @Override
            public AuthorizationResult authorize(AuthorizationRequest request) {
                return AuthorizationResult.granted();
            }

            @Override
            public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                if (!query.isAll()) {
                    throw ConnectorException.unsupported("only all users can be fetched");
                }
                return PageIterator.of(from -> page(get(from, 0)));
            }

            private String get(@Nullable String from, int attempt) {
                if (closed) {
                    throw new IllegalStateException("the connector is closed");
                }
                HttpRequest request = HttpRequest.newBuilder(url.resolve("/?from=" + (from == null ? "0" : from)))
                        .header("Authorization", "Bearer " + token)
                        .timeout(timeout)
                        .build();
                HttpResponse<String> answer;
                try {
                    answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                } catch (HttpTimeoutException e) {
                    throw failure(FailureKind.TIMEOUT, "no answer in time");
                } catch (IOException e) {
                    throw failure(FailureKind.UNAVAILABLE, "the connection broke");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw failure(FailureKind.CANCELLED, "interrupted");
                }
                int status = answer.statusCode();
                String wait = answer.headers().firstValue("Retry-After").orElse("0");
                if ((status == 429 || status >= 500) && wait.equals("0") && attempt < 2) {
                    return get(from, attempt + 1);
                }
                return switch (status) {
                    case 200 -> answer.body();
                    case 401 -> throw failure(FailureKind.UNAUTHORIZED, "refused");
                    case 403 -> throw failure(FailureKind.FORBIDDEN, "refused");
                    case 404 -> throw failure(FailureKind.NOT_FOUND, "nothing there");
                    case 429 ->
                        throw new ConnectorException(
                                FailureKind.RATE_LIMITED,
                                Problem.of("rate", "", "too many calls", ""),
                                Duration.ofSeconds(Long.parseLong(wait)),
                                null);
                    default ->
                        throw failure(
                                status >= 500 ? FailureKind.UNAVAILABLE : FailureKind.REJECTED, "status " + status);
                };
            }

            @Override
            public void close() {
                closed = true; // java.net.http.HttpClient cannot be closed on Java 17.
            }
        };
    }

    private static Page<UserRecord> page(String body) {
        Matcher answer = ANSWER.matcher(body);
        if (!answer.matches()) {
            throw failure(FailureKind.MALFORMED_RESPONSE, "not a list of ids");
        }
        List<UserRecord> users = Arrays.stream(answer.group(1).split(","))
                .filter(id -> !id.isEmpty())
                .map(id -> UserRecord.of(Map.of("id", id)))
                .toList();
        return answer.group(2).isEmpty() ? Page.last(users) : Page.upTo(users, answer.group(2));
    }

    private static ConnectorException failure(FailureKind kind, String message) {
        return new ConnectorException(kind, Problem.of("list", "", message, ""));
    }
}
