package dev.rollcall.counterparts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Spring Authorization Server in a process of its own. Thread-safe. */
final class SpringServer implements AutoCloseable {
    static final String CLIENT = "rollcall";
    static final String SECRET = "s3cr3t/+&=:%~";
    static final URI REDIRECT = URI.create("http://127.0.0.1:8484/callback");

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private SpringServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * {@return a server that answers}
     *
     * @param life of access tokens, as Spring writes durations
     * @param log takes what it prints
     */
    static SpringServer start(String life, Path log) throws IOException, InterruptedException {
        Path built = Path.of("../authorization-server/target").toAbsolutePath().normalize();
        assumeTrue(Files.exists(built.resolve("class-path")), "the server is not built: run mvn verify -Preal");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                built.resolve("classes") + ":"
                        + Files.readString(built.resolve("class-path")).strip(),
                "dev.rollcall.counterparts.AuthorizationServer",
                "--server.port=" + port);
        builder.environment().put("ACCESS_TOKEN_LIFE", life);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        SpringServer server = new SpringServer(process, URI.create("http://127.0.0.1:" + port));
        server.awaitAnswer(log);
        return server;
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/.well-known/oauth-authorization-server"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < end && !process.waitFor(200, TimeUnit.MILLISECONDS)) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It is not there yet.
            }
        }
        close();
        throw new IllegalStateException("the server does not start: " + Files.readString(log));
    }

    URI address() {
        return address;
    }

    URI authorizationUrl() {
        return address.resolve("/oauth2/authorize");
    }

    /** {@return the answer to a token request, passed on as it came} */
    HttpResponse<String> token(String authorization, String form) throws IOException, InterruptedException {
        return post("/oauth2/token", authorization, form);
    }

    /** {@return whether a token is good at this moment} */
    boolean accepts(String accessToken) throws IOException, InterruptedException {
        String pair = URLEncoder.encode(CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return post("/oauth2/introspect", basic, "token=" + accessToken).body().contains("\"active\":true");
    }

    private HttpResponse<String> post(String path, String authorization, String form)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
