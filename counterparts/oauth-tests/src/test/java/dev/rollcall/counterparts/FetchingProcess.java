package dev.rollcall.counterparts;

import dev.rollcall.connector.Connector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** A process of its own that waits for a line and then fetches users, with the tokens that it shares with others. */
final class FetchingProcess {
    private FetchingProcess() {}

    /** Takes the addresses of application and server, the tokens' file, and how many seconds its clock is ahead. */
    public static void main(String[] args) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(args[3])));
        try (Connector connector =
                new Source(URI.create(args[0]), URI.create(args[1]), args[2]).open("authorization-code", clock)) {
            System.out.println("ready");
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            System.out.println("fetched " + Source.count(connector));
        }
    }
}
