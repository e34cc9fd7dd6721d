package dev.rollcall.rest.internal.preview;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.rest.internal.decoding.JsonText;
import dev.rollcall.rest.internal.decoding.RecordStream;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.endpoint.FirstPage;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.BufferedBody;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.http.Response;
import dev.rollcall.rest.internal.http.Transcript;
import dev.rollcall.rest.preview.RestPreview;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one call of an endpoint and looks at it closely. Immutable and thread-safe. */
public final class Previewer {
    /** More of an answer than this is not looked at. */
    private static final int READ = 8 << 20;

    private final Exchange exchange;
    private final Authorizer authorizer;
    private final Redactor redactor;

    public Previewer(Exchange exchange, Authorizer authorizer, Redactor redactor) {
        this.exchange = exchange;
        this.authorizer = authorizer;
        this.redactor = redactor;
    }

    /** An answer, read. */
    private static final class Answer {
        private final URI uri;
        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        Answer(Response response) throws IOException {
            this.uri = response.uri();
            this.status = response.status();
            this.headers = response.headers();
            this.body = response.body().readNBytes(READ);
        }

        Response again() throws IOException {
            return new Response(uri, status, headers, new BufferedBody(new ByteArrayInputStream(body)));
        }
    }

    /**
     * {@return what the call looks like}
     *
     * @throws ConnectorException if there is no answer
     */
    public RestPreview preview(EndpointDefinition endpoint, Evaluation evaluation) {
        Call call = once(
                endpoint.call("preview of " + endpoint.name(), endpoint.pager().first(), evaluation));
        Answer answer = exchange.sendForAny(call, response -> {
            try (response) {
                return new Answer(response);
            }
        });
        ColumnProfiler asDefined = new ColumnProfiler(redactor);
        Optional<String> failure = read(endpoint, call, answer, asDefined);
        List<String> doubts = failure.isPresent() ? List.of() : doubts(endpoint, call, answer);
        Value body =
                JsonText.parse(new String(answer.body, StandardCharsets.UTF_8)).orElse(Value.absent());
        boolean good = answer.status / 100 == 2;
        ColumnProfiler profiler = good ? likely(endpoint, body, asDefined) : asDefined;
        List<String> suggestions = new ArrayList<>();
        if (good) {
            suggestions.addAll(EndpointSuggestions.records(endpoint, body));
            suggestions.addAll(EndpointSuggestions.paging(endpoint, answer.headers, body, profiler.records()));
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        answer.headers.map().forEach((name, values) -> headers.put(name, Transcript.header(name, values, redactor)));
        return new RestPreview(
                endpoint.name(),
                request(call),
                answer.status,
                headers,
                Transcript.body(new String(answer.body, StandardCharsets.UTF_8), redactor),
                failure,
                doubts.stream().map(redactor::redact).toList(),
                profiler.records(),
                profiler.columns(),
                profiler.keyCandidates(),
                suggestions.stream().map(redactor::redact).toList());
    }

    /** Where the endpoint does not say where its records are, the columns are those of the list that looks like them. */
    private ColumnProfiler likely(EndpointDefinition endpoint, Value body, ColumnProfiler asDefined) {
        List<Value> records = EndpointSuggestions.likelyRecords(endpoint, body);
        if (records.isEmpty()) {
            return asDefined;
        }
        ColumnProfiler profiler = new ColumnProfiler(redactor);
        for (Value record : records) {
            if (record instanceof Value.Fields fields) {
                profiler.see(fields);
            }
        }
        return profiler;
    }

    private Optional<String> read(EndpointDefinition endpoint, Call call, Answer answer, ColumnProfiler profiler) {
        try (Response response = answer.again()) {
            if (response.status() / 100 != 2) {
                throw exchange.failures().status(call, response, endpoint.errors());
            }
            RecordStream stream = endpoint.decoding().open(call, response, endpoint.pointers(), exchange.failures());
            for (Value.Fields record = stream.next(); record != null; record = stream.next()) {
                profiler.see(record);
            }
            for (ErrorRule rule : endpoint.errors()) {
                if (rule.matches(response.status(), response.headers(), stream::around)) {
                    throw exchange.failures().rule(call, response, rule, stream::around);
                }
            }
            return Optional.empty();
        } catch (AttemptFailed e) {
            return Optional.of(e.failure().problem().toString());
        } catch (IOException e) {
            return Optional.of(
                    exchange.failures().transport(call, e).failure().problem().toString());
        }
    }

    private List<String> doubts(EndpointDefinition endpoint, Call call, Answer answer) {
        try (Response response = answer.again()) {
            return FirstPage.doubts(endpoint, exchange, call, response).stream()
                    .map(Problem::toString)
                    .toList();
        } catch (IOException e) {
            return List.of(
                    exchange.failures().transport(call, e).failure().problem().toString());
        }
    }

    private List<String> request(Call call) {
        Call shown = authorizer.hidden(call);
        String body = call.body().isNone() ? "" : new String(call.body().bytes(), StandardCharsets.UTF_8);
        return Transcript.request(call.method(), shown.uri(), shown.headers(), body, redactor);
    }

    private static Call once(Call call) {
        RequestPolicy policy = call.policy();
        RequestPolicy once = new RequestPolicy(
                policy.timeout(),
                policy.bodyTimeout(),
                0,
                policy.maxRetryWait(),
                policy.requestsPerSecond(),
                policy.idempotent());
        return new Call(
                call.what(),
                call.method(),
                call.uri(),
                call.headers(),
                call.body(),
                call.repeatability(),
                once,
                call.limits());
    }
}
