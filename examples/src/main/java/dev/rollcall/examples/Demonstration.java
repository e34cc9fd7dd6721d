package dev.rollcall.examples;

import dev.rollcall.examples.PipedriveStandIn.User;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The demonstration: a directory in memory, a stand-in for Pipedrive, and the command that makes them agree. */
final class Demonstration {
    private static final List<String> NAMES = List.of(
            "Ada Lovelace",
            "Grace Hopper",
            "Alan Turing",
            "Edsger Dijkstra",
            "Barbara Liskov",
            "Donald Knuth",
            "Margaret Hamilton",
            "Tony Hoare",
            "Frances Allen",
            "John Backus",
            "Radia Perlman",
            "Al Lovelace");

    private final Terminal terminal;
    private final PipedriveStandIn crm;
    private final EmbeddedDirectory directory;
    private final Path file;

    private Demonstration(Terminal terminal, PipedriveStandIn crm, EmbeddedDirectory directory, Path file) {
        this.terminal = terminal;
        this.crm = crm;
        this.directory = directory;
        this.file = file;
    }

    static ExitStatus run(List<String> words, Terminal terminal) {
        String token = "demonstration-token";
        String password = "demonstration-password";
        Map<String, String> environment = new HashMap<>(terminal.environment());
        environment.put("CRM_TOKEN", token);
        environment.put("LDAP_PASSWORD", password);
        Terminal own = new Terminal(terminal.out(), terminal.err(), environment, terminal.isTerminal());
        try (PipedriveStandIn crm = PipedriveStandIn.start(token, users());
                EmbeddedDirectory directory = EmbeddedDirectory.start(password)) {
            Path folder = Files.createTempDirectory("rollcall");
            Path file = folder.resolve("people.yaml");
            try {
                Files.writeString(
                        file,
                        configuration()
                                .replace("http://127.0.0.1:8080", crm.url())
                                .replace("ldap://127.0.0.1:1389", directory.url()));
                return new Demonstration(own, crm, directory, file).steps();
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExitStatus steps() {
        terminal.print("A stand-in for Pipedrive with " + NAMES.size() + " users, at " + crm.url());
        terminal.print("An empty directory in memory, at " + directory.url());
        List<Boolean> asExpected = new ArrayList<>();

        title("The first run creates everybody");
        asExpected.add(sync() == ExitStatus.DONE.code() && directory.people().size() == NAMES.size());

        title("A second run finds nothing to do");
        asExpected.add(sync() == ExitStatus.DONE.code());

        title("Barbara Liskov is called Huberman now, and Ken Thompson is new");
        crm.put(crm.get(5).lastName("Huberman"));
        crm.put(user(13, "Ken Thompson"));
        asExpected.add(sync() == ExitStatus.DONE.code());

        title("Tony Hoare is gone, and John Backus was deactivated: both are disabled");
        User hoare = crm.get(8);
        User backus = crm.get(10);
        crm.remove(8);
        crm.put(backus.deactivated());
        asExpected.add(sync() == ExitStatus.DONE.code() && directory.disabled() == 2);

        title("The application suddenly lists 4 users: a guardrail stops that");
        crm.cutAfter(4);
        asExpected.add(sync() == ExitStatus.GUARDRAIL.code() && directory.disabled() == 2);

        title("It lists everybody again, and both have returned: they are enabled");
        crm.cutAfter(Integer.MAX_VALUE);
        crm.put(hoare);
        crm.put(backus);
        asExpected.add(sync() == ExitStatus.DONE.code() && directory.disabled() == 0);

        boolean fine = !asExpected.contains(false);
        title(fine ? "Everything went as expected" : "Something did not go as expected");
        terminal.print("The configuration was examples/src/main/resources/people.yaml; examples/run help says more.");
        return fine ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    private int sync() {
        int status = Run.run(List.of("sync", file.toString(), "--apply"), terminal);
        terminal.print("status " + status);
        return status;
    }

    private void title(String text) {
        terminal.print("");
        terminal.print("== " + text + " ==");
    }

    private static List<User> users() {
        List<User> users = new ArrayList<>();
        for (String name : NAMES) {
            users.add(user(users.size() + 1, name));
        }
        return users;
    }

    private static User user(int id, String name) {
        String[] parts = name.split(" ", 2);
        String email = name.replace(' ', '.').toLowerCase(Locale.ROOT) + "@example.test";
        return new User(id, parts[0], parts[1], email, id % 3 == 0 ? "Sales" : "Engineering", true);
    }

    static String configuration() {
        try (InputStream in = Demonstration.class.getResourceAsStream("/people.yaml")) {
            if (in == null) {
                throw new IllegalStateException("people.yaml is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
