package dev.rollcall.counterparts;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person with a browser, who logs in where that is asked for. Not thread-safe: for one thread at a time. */
final class Browser {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** {@return the address to which the application sends the browser back} */
    URI agree(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(address);
        for (int step = 0; step < 10; step++) {
            if (answer.statusCode() == 302) {
                URI next = answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow());
                if (next.toString().startsWith(SpringServer.REDIRECT.toString())) {
                    return next;
                }
                answer = get(next);
            } else {
                Matcher token = TOKEN.matcher(answer.body());
                if (answer.statusCode() != 200 || !token.find()) {
                    throw new IllegalStateException("status " + answer.statusCode() + " at "
                            + answer.uri().getPath());
                }
                String form = "username=ada&password=pa55word&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
                answer = client.send(
                        request(answer.uri().resolve("/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
            }
        }
        throw new IllegalStateException("the server sends the browser round in circles");
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return client.send(request(address).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("Accept", "text/html");
    }
}
