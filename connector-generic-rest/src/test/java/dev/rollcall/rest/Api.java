package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;

/** An application that answers what a test tells it to, and the source block that reads its users. */
final class Api {
    private Api() {}

    static WireMockExtension newServer() {
        return WireMockExtension.newInstance()
                .options(WireMockConfiguration.wireMockConfig().dynamicPort())
                .build();
    }

    /** {@return a source whose endpoint has these more keys; its list is at /data} */
    static String source(WireMockExtension server, String more) {
        return """
                settings: {baseUrl: 'http://127.0.0.1:%d'}
                primaryKey: id
                endpoints:
                  - name: users
                    url: ${settings.baseUrl}/users
                    records: /data
                """.formatted(server.getPort()) + more.indent(4);
    }

    /** Answers a call with records of these ids, and with more beside them. */
    static void answer(WireMockExtension server, MappingBuilder call, String more, int... ids) {
        server.stubFor(call.willReturn(okJson(page(more, ids))));
    }

    static String page(String more, int... ids) {
        StringBuilder json = new StringBuilder("{\"data\": [");
        for (int i = 0; i < ids.length; i++) {
            json.append(i == 0 ? "" : ", ").append("{\"id\": ").append(ids[i]).append('}');
        }
        return json.append(']')
                .append(more.isEmpty() ? "" : ", " + more)
                .append('}')
                .toString();
    }
}
