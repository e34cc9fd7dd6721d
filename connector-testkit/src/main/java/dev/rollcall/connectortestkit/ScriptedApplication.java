package dev.rollcall.connectortestkit;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An application on loopback that answers as a function says, well or badly. Thread-safe. */
public final class ScriptedApplication implements AutoCloseable {
    /** How an answer is spoilt on the wire. */
    enum Spoilt {
        /** It is not. */
        NOT,
        /** The connection is reset before a byte of the answer. */
        RESET,
        /** The connection is closed without an answer. */
        EMPTY,
        /** The answer ends in the middle of a chunk. */
        CUT,
        /** The answer takes a fifth of a second, bit by bit. */
        SLOW,
        /** The answer does not come within half a minute. */
        SILENT
    }

    /** An answer and how it is spoilt. */
    record Reply(ApplicationAnswer answer, Spoilt spoilt) {
        static Reply good(ApplicationAnswer answer) {
            return new Reply(answer, Spoilt.NOT);
        }
    }

    private static final String NAME = "scripted-application";

    private final WireMockServer server;
    private final List<ApplicationRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Function<ApplicationRequest, Reply> script =
            request -> Reply.good(ApplicationAnswer.status(404, "no script"));

    ScriptedApplication() {
        server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .globalTemplating(false)
                .extensions(new Script()));
        server.stubFor(
                WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withTransformers(NAME)));
        server.start();
    }

    /** {@return the origin of the application} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** {@return every request so far, in the order of arrival} */
    public List<ApplicationRequest> requests() {
        return List.copyOf(requests);
    }

    void answers(Function<ApplicationRequest, Reply> newScript) {
        script = newScript;
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Asks the script for each answer. */
    private final class Script implements ResponseDefinitionTransformerV2 {
        @Override
        public ResponseDefinition transform(ServeEvent event) {
            ApplicationRequest request = told(event.getRequest());
            requests.add(request);
            Reply reply = script.apply(request);
            ResponseDefinitionBuilder answer = WireMock.aResponse()
                    .withStatus(reply.answer().status())
                    .withBody(reply.answer().body());
            reply.answer().headers().forEach(answer::withHeader);
            return switch (reply.spoilt()) {
                case NOT -> answer.build();
                case RESET -> answer.withFault(Fault.CONNECTION_RESET_BY_PEER).build();
                case EMPTY -> answer.withFault(Fault.EMPTY_RESPONSE).build();
                case CUT -> answer.withFault(Fault.MALFORMED_RESPONSE_CHUNK).build();
                case SLOW -> answer.withChunkedDribbleDelay(5, 200).build();
                case SILENT -> answer.withFixedDelay(30_000).build();
            };
        }

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }

    private static ApplicationRequest told(Request request) {
        String url = request.getUrl();
        int question = url.indexOf('?');
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpHeader header : request.getHeaders().all()) {
            headers.put(header.key(), header.firstValue());
        }
        return new ApplicationRequest(
                request.getMethod().getName(),
                question < 0 ? url : url.substring(0, question),
                question < 0 ? "" : url.substring(question + 1),
                headers,
                request.getBodyAsString());
    }
}
