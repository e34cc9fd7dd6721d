package dev.rollcall.examples;

import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.ConfigurationFile;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.formats.Functions;
import dev.rollcall.rest.Authorization;
import dev.rollcall.rest.Endpoint;
import dev.rollcall.rest.RestPresets;
import dev.rollcall.rest.RestProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Pieces of configuration from the documentation, each put where it belongs in a whole file, and read. */
final class DocumentedConfiguration {
    /** What a file has of which neither a piece nor its page says anything. */
    private static final Map<String, String> WHOLE = keys("""
            source:
              connector: generic-rest
              settings: {baseUrl: "http://127.0.0.1:8080"}
              endpoints: [{name: users, url: "${settings.baseUrl}/users"}]
            connectors:
              crm: {connector: generic-rest, settings: {baseUrl: "http://127.0.0.1:8080"}}
            directory:
              url: ldap://127.0.0.1:1389
              bindDn: cn=admin,dc=example,dc=test
              password: ${env.LDAP_PASSWORD}
              type: openldap
              base: ou=people,dc=example,dc=test
              mark: {attribute: description, value: "rollcall:crm"}
            mapping:
              key: {column: id, attribute: employeeNumber}
              dn: uid=${uid},ou=people,dc=example,dc=test
              objectClasses: [top, person, organizationalPerson, inetOrgPerson]
              attributes: {uid: "${record.id}", cn: "${record.id}", sn: "${record.id}"}
            """);

    /**
     * Where a piece may belong: at the arrow, before the keys that stand after the arrow, unless the piece has them
     * itself. Where any key may stand, as among attributes, the arrow is {@code $>}, for a piece with a macro alone.
     */
    private static final List<String> PLACES =
            List.of(resource("documented-places.txt").split("---\n"));

    private static final Functions FUNCTIONS = Functions.discover(DocumentedConfiguration.class.getClassLoader());

    private static final Connectors CONNECTORS = knownOnes();

    private final Path folder;

    /** Reads files in a folder, where also those are which the documentation names. */
    DocumentedConfiguration(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("offices.csv"), "code,city\nWLG,Wellington\n");
        Path certificate = DocumentedPage.ROOT.resolve("connector-generic-rest/src/test/resources/tls/ca.pem");
        Files.write(folder.resolve("ca.pem"), Files.readAllBytes(certificate));
    }

    /** {@return the configuration of a piece at the first place where it has no problem} */
    Configuration read(DocumentedPage page, String piece) {
        List<String> refusals = new ArrayList<>();
        for (String place : PLACES) {
            if (place.contains("$>") && !piece.contains("${")) {
                continue;
            }
            try {
                return read(whole(page, place, piece));
            } catch (ConfigurationException e) {
                refusals.add(place + e.problems());
            }
        }
        throw new AssertionError("no place for\n" + piece + "\n" + String.join("\n", refusals));
    }

    private Configuration read(String file) {
        try {
            Path path = Files.writeString(folder.resolve("people.yaml"), file);
            return ConfigurationFile.read(
                    path,
                    name -> Optional.of(
                            name.endsWith("URL") ? "https://scim.example.test" : "s3cr3t-0f-many-characters"),
                    CONNECTORS,
                    FUNCTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connectors knownOnes() {
        Connectors known = Connectors.discover(DocumentedConfiguration.class.getClassLoader());
        return Connectors.of(Stream.concat(known.ids().stream().map(known::provider), Stream.of(new Acme()))
                .toArray(ConnectorProvider[]::new));
    }

    /** A whole file: the piece at its place, then what its page says besides, then what nobody says. */
    private static String whole(DocumentedPage page, String place, String piece) {
        String arrow = place.lines()
                .filter(line -> line.contains("->") || line.contains("$>"))
                .findFirst()
                .orElseThrow();
        int at = arrow.indexOf('>') - 1;
        Map<String, String> here = keys(String.join("\n", opened(piece)));
        for (String key : arrow.substring(at + 2).split("; *")) {
            keys(key.strip()).forEach(here::putIfAbsent);
        }
        String text = String.join("", here.values()).indent(at);
        Map<String, String> all = keys(place.replace(arrow + "\n", arrow.substring(0, at) + text.substring(at)));
        Map<String, String> besides = page.blocks("yaml").stream()
                .findFirst()
                .map(DocumentedConfiguration::keys)
                .orElseGet(Map::of);
        if (besides.containsKey("directory") && !all.containsKey("connectors")) {
            besides.forEach(all::putIfAbsent);
        }
        WHOLE.forEach(all::putIfAbsent);
        return String.join("", all.values());
    }

    /** {@return the text of each key that is not inside another, by its name, in their order} */
    private static Map<String, String> keys(String text) {
        Map<String, String> keys = new LinkedHashMap<>();
        String name = "";
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            if (line.charAt(0) != ' ') {
                name = line.replaceFirst(":( .*)?$", "");
            }
            keys.merge(name, line + "\n", String::concat);
        }
        return keys;
    }

    /** {@return a map in braces as one key a line, anything else as it is} */
    private static List<String> opened(String piece) {
        if (!piece.startsWith("{") || !piece.endsWith("}")) {
            return List.of(piece);
        }
        List<String> lines = new ArrayList<>();
        int depth = 0;
        int start = 1;
        boolean quoted = false;
        for (int i = 1; i < piece.length(); i++) {
            char c = piece.charAt(i);
            quoted ^= c == '"';
            if (!quoted && depth == 0 && (c == ',' || i == piece.length() - 1)) {
                lines.add(piece.substring(start, i).strip());
                start = i + 1;
            }
            depth += quoted ? 0 : "{[".indexOf(c) >= 0 ? 1 : "}]".indexOf(c) >= 0 ? -1 : 0;
        }
        return lines;
    }

    private static String resource(String name) {
        try {
            return Files.readString(Path.of("src", "test", "resources", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The application of the guide to connectors, whose connector its reader writes. */
    private static final class Acme extends RestProvider {
        Acme() {
            super(ConnectorDescriptor.builder("acme")
                    .primaryKey("id")
                    .setting(Setting.uri("baseUrl").description("where the API is"))
                    .endpoint("users")
                    .build());
        }

        @Override
        protected RestPresets presets(Settings given) {
            return RestPresets.builder()
                    .setting("baseUrl", "https://api.acme.example")
                    .authorization(Authorization.apiKey("x-api-key"))
                    .endpoint(Endpoint.get("users", "${settings.baseUrl}/users").build())
                    .build();
        }
    }
}
