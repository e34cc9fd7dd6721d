package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a call, the credential in it shows nowhere. */
class SecrecyTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static final String[] AUTHORIZATIONS = {
        "{type: api-key, name: key, in: query, value: '${env.K}'}",
        "{type: api-key, name: X-Key, value: '${env.K}'}",
        "{type: basic, username: ada, password: '${env.K}'}",
        "{type: bearer, token: '${env.K}'}",
        "{type: oauth2, grant: client-credentials, tokenUrl: '${settings.baseUrl}/token', clientId: a,"
                + " clientSecret: '${env.K}'}"
    };

    private static Stream<ResponseDefinitionBuilder> answers() {
        return Stream.of(
                okJson("{\"data\": []}"),
                okJson("{\"data\": \"" + Sources.SECRET + "\"}"),
                okJson("{\"data\": [" + Sources.SECRET),
                okJson("{\"access_token\": \"" + Sources.SECRET + "\", \"refresh_token\": \"s3cr3t-t0k3n-2\"}"),
                okJson("{\"error\": \"" + Sources.SECRET + "\", \"error_description\": \"" + Sources.SECRET + "\"}")
                        .withStatus(400),
                aResponse().withStatus(401).withBody("no such key: " + Sources.SECRET),
                aResponse().withStatus(400).withBody("{\"error\": \"bad header Bearer " + Sources.SECRET + "\"}"),
                aResponse().withStatus(503).withBody("<title>" + Sources.SECRET + "</title>"),
                aResponse().withStatus(302).withHeader("Location", "http://other.test/?key=" + Sources.SECRET),
                aResponse().withStatus(302).withHeader("Location", "http://[" + Sources.SECRET));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void in_no_log_line_message_or_printout(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
        StringWriter told = new StringWriter();
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            for (String authorization : AUTHORIZATIONS) {
                String source = Api.source(server, "headers: {X-Other: 'a ${env.K} b'}\nrequest: {retries: 1}")
                        + "authorization: " + authorization;
                RestConnector connector = Sources.connector(source);
                told.append(connector.toString()).append(Sources.read(source).toString());
                Throwable failure = catchThrowable(() -> Sources.fetch(connector));
                if (failure != null) {
                    failure.printStackTrace(new PrintWriter(told));
                }
            }
        } finally {
            System.setErr(err);
        }

        String everything = told + log.toString(StandardCharsets.UTF_8);
        assertThat(everything).contains("RestConnector");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .as("there is a log to look at")
                .contains("request");
        assertThat(everything).doesNotContain(Sources.SECRET).doesNotContain("s3cr3t-t0k3n");
    }
}
