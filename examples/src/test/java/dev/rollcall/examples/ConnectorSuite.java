package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The documented configurations of the connectors, from credentials to people in a directory, which a subclass brings. */
abstract class ConnectorSuite {
    private static final String KEY = "cr3d3nt1al-0815";

    @TempDir
    Path folder;

    /** {@return the address of the directory, in which ou=people is empty} */
    abstract String url();

    abstract String password();

    /** {@return a connection of an administrator} */
    abstract LDAPInterface connection();

    private List<SearchResultEntry> people() throws LDAPException {
        return connection()
                .search("ou=people,dc=example,dc=test", SearchScope.ONE, "(employeeNumber=*)")
                .getSearchEntries();
    }

    private static List<String> blocks(Vendor vendor) {
        return DocumentedPage.of(vendor.docs).blocks("yaml");
    }

    private Path file(Vendor vendor, String configuration, StandIn application) throws IOException {
        String text = configuration
                .replace(vendor.address, application.url())
                .replace("connector: apollo,", "connector: apollo, settings: {baseUrl: \"" + application.url() + "\"},")
                .replace("ldap://127.0.0.1:1389", url());
        return Files.writeString(folder.resolve("people.yaml"), text);
    }

    private Captured run(Vendor vendor, String... words) {
        Captured captured = Captured.run(environment(vendor), List.of(words));
        assertThat(captured.out() + captured.err()).doesNotContain(KEY, password(), "t0ken-");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(KEY, password(), "t0ken-");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return captured;
    }

    private Map<String, String> environment(Vendor vendor) {
        return Map.of(
                vendor.variable, KEY, "LDAP_PASSWORD", password(), "CLIENT_SECRET", KEY, "TOKEN_KEY", KEY + KEY + KEY);
    }

    private static StandIn application(Vendor vendor, AtomicInteger tokens) {
        return vendor == Vendor.ELMO ? vendor.behindTokens(Integer.MAX_VALUE, tokens) : vendor.behindKey(KEY);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void credentials_are_enough_to_fill_a_directory(Vendor vendor) throws Exception {
        String configuration = blocks(vendor).get(0);
        assertThat(configuration.lines()).hasSizeLessThanOrEqualTo(25);
        try (StandIn application = application(vendor, new AtomicInteger())) {
            String file = file(vendor, configuration, application).toString();

            String report = folder.resolve("report.json").toString();
            String ldif = folder.resolve("plan.ldif").toString();
            Captured first = run(vendor, "sync", file, "--apply", "--report", report, "--ldif", ldif);
            assertThat(first.status()).as(first.out() + first.err()).isZero();
            assertThat(people()).hasSize(Vendor.USERS);

            Captured second = run(vendor, "sync", file, "--apply");
            assertThat(second.out()).contains("nothing to do; unchanged 1,000");

            String person = connection()
                    .searchForEntry("ou=people,dc=example,dc=test", SearchScope.ONE, "(employeeNumber=7)")
                    .getDN();
            Captured back = run(vendor, "webhook", file, vendor.webhook, "--dn", person, "--send");
            assertThat(back.status()).as(back.out() + back.err()).isZero();
            assertThat(Vendor.callsBack(application))
                    .extracting(call -> call.method() + " " + call.path() + " " + call.body())
                    .containsExactly(vendor.call);
        }
    }

    @Test
    void a_manager_is_found_by_what_elmo_calls_an_id() throws Exception {
        try (StandIn application = application(Vendor.ELMO, new AtomicInteger())) {
            String file =
                    file(Vendor.ELMO, blocks(Vendor.ELMO).get(0), application).toString();

            run(Vendor.ELMO, "sync", file, "--apply");

            assertThat(people()).allSatisfy(person -> {
                assertThat(person.getAttributeValue("manager")).startsWith("uid=flast1,");
                assertThat(person.getAttributeValue("title")).isEqualTo("Analyst");
            });
        }
    }

    @Test
    void a_token_of_elmo_may_expire_on_the_way() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        try (StandIn application = Vendor.ELMO.behindTokens(9, tokens)) {
            String file =
                    file(Vendor.ELMO, blocks(Vendor.ELMO).get(0), application).toString();

            Captured run = run(Vendor.ELMO, "sync", file, "--apply");

            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(people()).hasSize(Vendor.USERS);
            assertThat(tokens).hasValueGreaterThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Vendor.class,
            names = {"PIPEDRIVE", "APOLLO"})
    void a_person_agrees_and_the_token_may_expire_on_the_way(Vendor vendor) throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        try (StandIn application = vendor.behindTokens(7, tokens)) {
            String file =
                    file(vendor, withApp(vendor, application), application).toString();
            assertThat(run(vendor, "sync", file).status()).isEqualTo(4);

            agree(vendor, file);
            Captured run = run(vendor, "sync", file, "--apply");

            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(people()).hasSize(Vendor.USERS);
            assertThat(tokens).hasValueGreaterThan(1);
        }
    }

    @Test
    void what_a_person_agreed_to_can_be_given_back() throws Exception {
        try (StandIn application = Vendor.PIPEDRIVE.behindTokens(Integer.MAX_VALUE, new AtomicInteger())) {
            String app = withApp(Vendor.PIPEDRIVE, application)
                    .replace(
                            "type: oauth2,",
                            "type: oauth2, revocationUrl: \"" + application.url() + "/oauth/revoke\",");
            String file = file(Vendor.PIPEDRIVE, app, application).toString();
            agree(Vendor.PIPEDRIVE, file);
            assertThat(run(Vendor.PIPEDRIVE, "sync", file).status()).isZero();

            assertThat(run(Vendor.PIPEDRIVE, "authorize", file, "--revoke").out())
                    .isEqualTo("pipedrive: given back\n");

            assertThat(application.requests)
                    .last()
                    .satisfies(request -> assertThat(StandIn.parameters(request.body()))
                            .isEqualTo(Map.of("token", "t0ken-R1", "token_type_hint", "refresh_token")));
            assertThat(run(Vendor.PIPEDRIVE, "sync", file).status())
                    .as("a person must agree again")
                    .isEqualTo(4);
        }
    }

    /** The documented app, with a free port to come back to and the stand-in's own address for tokens. */
    private String withApp(Vendor vendor, StandIn application) throws IOException {
        List<String> blocks = blocks(vendor);
        String directory = blocks.get(0)
                .substring(blocks.get(0).indexOf("directory:"), blocks.get(0).indexOf("webhooks:"));
        String baseUrl = vendor == Vendor.PIPEDRIVE ? "  settings: {baseUrl: \"" + vendor.address + "\"}\n" : "";
        try (ServerSocket free = new ServerSocket(0)) {
            return (blocks.get(1) + baseUrl + directory)
                    .replace(
                            "connector: apollo",
                            "connector: apollo\n  settings: {baseUrl: \"" + application.url() + "\"}")
                    .replace("8484", Integer.toString(free.getLocalPort()))
                    .replace("tokens.enc", folder.resolve("tokens.enc").toString())
                    .replace("type: oauth2,", "type: oauth2, tokenUrl: \"" + application.url() + "/oauth/token\",");
        }
    }

    /** Authorizes, with this test in place of the person and the browser. */
    private void agree(Vendor vendor, String file) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                () -> Run.run(List.of("authorize", file), new Terminal(print, print, environment(vendor), false)));
        Matcher address = Pattern.compile("https://\\S+").matcher("");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!address.reset(out.toString(StandardCharsets.UTF_8)).find() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(address.reset(out.toString(StandardCharsets.UTF_8)).find())
                .as(out.toString(StandardCharsets.UTF_8))
                .isTrue();
        Map<String, String> asked = StandIn.parameters(address.group().replaceFirst("[^?]*\\?", ""));
        URI back = URI.create(asked.get("redirect_uri") + "?code=c0de&state=" + asked.get("state"));
        HttpClient browser = HttpClient.newHttpClient();
        for (String query : List.of("?code=x&state=guessed", "?error=access_denied", "?x")) {
            // Anybody on this machine can call the address: the command goes on waiting.
            URI stranger = URI.create(asked.get("redirect_uri") + query);
            browser.send(HttpRequest.newBuilder(stranger).build(), HttpResponse.BodyHandlers.discarding());
        }
        browser.send(HttpRequest.newBuilder(back).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(status.get(30, TimeUnit.SECONDS))
                .as(out.toString(StandardCharsets.UTF_8))
                .isZero();
    }
}
