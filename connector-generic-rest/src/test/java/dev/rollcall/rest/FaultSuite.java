package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The faults that real servers and networks were seen to make. Each has one kind and one message, its pages never end as a
 * complete read does, or, where it was made good, have everybody, and no other origin was called.
 *
 * <ul>
 *   <li>reset before headers, garbage, bad chunk, slow first byte, slow-loris body, truncated gzip, not gzip, zip bomb;
 *       hostile JSON: 50,000 deep, a number of 100,000 digits, duplicate keys, latin-1, bad UTF-8, empty 200, HTML 200;
 *       statuses of every kind, mTLS missing, redirect loop: {@link AnswerFaultTest}
 *   <li>RST, silence and blackhole mid-body, short body, duplicate Content-Length, slow headers, endless headers, 103 flood,
 *       endless body, refused, a name that nobody has, SYN not answered: {@link ConnectionFaultTest}
 *   <li>packets dropped in mid-body, SYN dropped, host and network unreachable, loss and little bandwidth:
 *       {@link PacketFaultTest}
 *   <li>TLS expired, not yet valid, wrong host, self-signed, too old, plain port, mTLS missing; HTTP/2 RST_STREAM:
 *       {@link TlsFaultTest}
 *   <li>redirects and next links elsewhere: {@link RedirectFaultTest}; of the token request: {@link OAuthConnectorTest}
 *   <li>a connection cut at each byte of each page, without a network: {@link CutConnectionTest}
 *   <li>429 with a Retry-After of every form, a burst of 503, a broken page, BOM: {@link PassingFaultTest}
 * </ul>
 */
abstract class FaultSuite {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    @RegisterExtension
    static final WireMockExtension elsewhere = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    static String origin() {
        return "http://127.0.0.1:" + server.getPort();
    }

    static String source(String origin, String more) {
        return """
                settings: {baseUrl: '%s'}
                authorization: {type: api-key, name: x-api-key, value: "${env.KEY}"}
                primaryKey: id
                endpoints:
                  - name: users
                    url: ${settings.baseUrl}/users
                    records: /data
                    request: {timeout: 10s, bodyTimeout: 20s, retries: 0}
                    response: {maxBytes: 20MiB}
                """.formatted(origin) + more.indent(4);
    }

    static ConnectorException failure(String source) {
        return failure(Sources.connector(source));
    }

    static ConnectorException failure(RestConnector connector) {
        try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> {
                while (pages.hasNext()) {
                    pages.next();
                }
            });
            assertThat(failure).as("what the iterator says of completeness").isNotNull();
            assertThat(catchThrowableOfType(ConnectorException.class, pages::hasNext))
                    .as("and says again")
                    .isSameAs(failure);
            return failure;
        }
    }

    static void check(ConnectorException failure, FailureKind kind, String message) {
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith("page 1 of users: ").hasMessageContaining(message);
        assertThat(stackTrace(failure)).doesNotContain(Sources.SECRET);
        elsewhere.verify(0, anyRequestedFor(anyUrl()));
    }

    static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
