package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.ConfigurationFile;
import dev.rollcall.configuration.ConnectorSettings;
import dev.rollcall.configuration.Environment;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No object that a loaded configuration is made of, and no problem of one that is wrong, shows a secret. */
class HiddenSecretsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLANTED = "pl4nted/Secret+0815";

    private static final String FILE = """
            {"connectors": {
              "crm": {"connector": "pipedrive", "settings": {"baseUrl": "https://acme.pipedrive.com", "roleId": 2},
                "authorization": {"type": "api-key", "value": "${env.OTHER}"}},
              "sales": {"connector": "apollo", "settings": {"userId": "u1"},
                "authorization": {"type": "oauth2", "clientId": "rollcall", "clientSecret": "${env.OTHER}",
                  "redirectUri": "https://host.example/callback", "extraParameters": {"prompt": "consent"},
                  "tokens": {"file": "tokens.enc", "key": "${env.OTHER}"}}},
              "hr": {"connector": "elmo", "settings": {"baseUrl": "https://acme.example"},
                "authorization": {"clientId": "rollcall", "clientSecret": "${env.OTHER}"}},
              "apollo": {"connector": "apollo-scim", "settings": {"baseUrl": "https://scim.example/v2"},
                "authorization": {"type": "bearer", "token": "${env.OTHER}"}},
              "wiki": {"connector": "scim", "settings": {"baseUrl": "https://wiki.example/scim"},
                "authorization": {"type": "basic", "username": "rollcall", "password": "${env.OTHER}"}}},
             "dataSources": {"people": {
                 "connector": "generic-rest",
                 "settings": {"baseUrl": "https://hr.example", "tenant": "t1", "apiKey": "${env.OTHER}"},
                 "authorization": {"type": "basic", "username": "rollcall", "password": "${env.OTHER}",
                   "origins": ["https://files.example"]},
                 "primaryKey": "id",
                 "endpoints": [
                   {"name": "users", "url": "${settings.baseUrl}/${settings.tenant}/users", "method": "POST",
                    "headers": {"X-Key": "${env.OTHER}"}, "parameters": {"k": "${env.OTHER}"},
                    "body": {"type": "json", "content": {"a": {"b": ["${env.OTHER}"]}}},
                    "records": "/data", "request": {"timeout": "30s", "retries": 2},
                    "errors": [{"when": "response.body.ok == false", "kind": "rejected", "message": "/message"}],
                    "paging": {"type": "page", "parameter": "page", "size": {"parameter": "size", "value": 100}}},
                   {"name": "photos", "url": "https://files.example/photos", "records": "/data", "key": "id",
                    "lookup": "record.photo", "as": "photo", "headers": {"X-Key": "${settings.apiKey}"}}],
               "mapping": {"key": {"column": "id", "attribute": "employeeNumber"},
                 "dn": "uid=${uid},ou=people,dc=example,dc=test",
                 "objectClasses": ["top", "person", "organizationalPerson", "inetOrgPerson"],
                 "attributes": {"cn": "${record.name}", "sn": "${record.last}", "uid": "${record.login}",
                   "mail": "${record.mail}"}},
               "scope": "record.mail is present",
               "policy": {"guardrails": {"maxCreate": {"count": 5}}}}},
             "directory": {"url": "ldaps://ldap.example", "type": "openldap", "bindDn": "cn=admin,dc=example,dc=test",
               "password": "${env.OTHER}", "base": "ou=people,dc=example,dc=test",
               "filter": "(objectClass=inetOrgPerson)", "timeout": "30s"},
             "targets": {"apollo": {"use": "apollo", "from": "directory", "active": "record.enabled",
               "mapping": {"key": {"column": "employeeNumber", "attribute": "externalId"},
                 "attributes": {"userName": "${record.mail}", "title": "${record.title}"}}}},
             "webhooks": {
               "leaver": {"use": "crm", "preset": "deactivate-user"},
               "chat": {"use": "wiki", "url": "${settings.baseUrl}/hooks/${env.OTHER}", "headers": {"X-Key": "${env.OTHER}"},
                 "parameters": {"k": "${env.OTHER}"}, "expect": "response.status == 200", "take": {"id": "/id"},
                 "body": {"type": "json", "content": "{\\"key\\": \\"${env.OTHER}\\"}"}},
               "form": {"use": "sales", "url": "https://api.apollo.io/api/v1/form",
                 "body": {"type": "form", "content": {"key": "${env.OTHER}", "name": "${record.name}"}}}}}
            """;

    @TempDir
    Path folder;

    private Configuration read(JsonNode file) throws IOException {
        Files.writeString(folder.resolve("secret.txt"), PLANTED);
        Path path = Files.writeString(folder.resolve("people.json"), file.toString());
        return ConfigurationFile.read(
                path,
                Environment.of(Map.of("PLANTED", PLANTED, "OTHER", "0ther-0815-0815-0815")),
                Connectors.discover(HiddenSecretsTest.class.getClassLoader()));
    }

    /** {@return what shows the secret: texts of the configuration's objects, or of its problems} */
    private List<String> shown(JsonNode file) throws IOException {
        try {
            Configuration configuration = read(file);
            List<Object> roots = new ArrayList<>(List.of(configuration));
            for (var connector : configuration.connectors().values()) {
                roots.add(opened(connector));
            }
            return ObjectGraph.texts(roots).stream()
                    .filter(HiddenSecretsTest::shows)
                    .toList();
        } catch (ConfigurationException e) {
            return e.problems().stream()
                    .map(problem -> problem + " " + problem.message() + " " + problem.remedy())
                    .filter(HiddenSecretsTest::shows)
                    .toList();
        }
    }

    /** A connector that does not open says why; that is looked at too. */
    private static Object opened(ConnectorSettings connector) {
        try (Connector opened = connector.open(ConnectorContext.defaults())) {
            return opened;
        } catch (RollcallException e) {
            return e;
        }
    }

    private static boolean shows(String text) {
        for (String before : List.of("", "x", "xx")) {
            String base64 = Base64.getEncoder().encodeToString((before + PLANTED).getBytes(StandardCharsets.UTF_8));
            // The first and the last characters depend on what stands beside.
            if (text.contains(base64.substring(before.isEmpty() ? 0 : 4, base64.length() - 4))) {
                return true;
            }
        }
        return text.contains(PLANTED) || text.contains(URLEncoder.encode(PLANTED, StandardCharsets.UTF_8));
    }

    private static List<JsonPointer> leaves(JsonNode node, JsonPointer at) {
        List<JsonPointer> leaves = new ArrayList<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> leaves.addAll(leaves(field.getValue(), at.appendProperty(field.getKey()))));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves.addAll(leaves(node.get(i), at.appendIndex(i)));
            }
        } else {
            leaves.add(at);
        }
        return leaves;
    }

    private static JsonNode with(JsonPointer at, String text) throws IOException {
        JsonNode file = JSON.readTree(FILE);
        JsonNode parent = file.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), TextNode.valueOf(text));
        } else if (parent instanceof ArrayNode array) {
            array.set(at.last().getMatchingIndex(), TextNode.valueOf(text));
        }
        return file;
    }

    @Test
    void the_file_of_this_test_is_read() throws IOException {
        assertThat(read(JSON.readTree(FILE)).connectors()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${env.PLANTED}",
                "${file.secret.txt}",
                "https://hr.example/${env.PLANTED}/x",
                "${record.x}${env.PLANTED | base64}"
            })
    void a_secret_at_any_place_is_shown_by_no_object_and_no_problem(String reference) throws IOException {
        List<String> failures = new ArrayList<>();
        for (JsonPointer leaf : leaves(JSON.readTree(FILE), JsonPointer.empty())) {
            for (String text : shown(with(leaf, reference))) {
                failures.add(leaf + ": " + text);
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void a_secret_in_clear_is_not_quoted() throws IOException {
        List<String> failures = new ArrayList<>();
        for (JsonPointer leaf : leaves(JSON.readTree(FILE), JsonPointer.empty())) {
            if (JSON.readTree(FILE).at(leaf).asText().equals("${env.OTHER}")
                    && leaf.toString().matches(".*/authorization/.*|/directory/password")) {
                for (String text : shown(with(leaf, PLANTED))) {
                    failures.add(leaf + ": " + text);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    /** What can be reached from objects by their fields. */
    private static final class ObjectGraph {
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Deque<Object> open = new ArrayDeque<>();
        private final List<String> texts = new ArrayList<>();

        /** {@return the text of every object of a class of the project} */
        static List<String> texts(List<Object> roots) {
            ObjectGraph graph = new ObjectGraph();
            roots.forEach(graph::add);
            while (!graph.open.isEmpty()) {
                graph.visit(graph.open.pop());
            }
            return graph.texts;
        }

        private void add(Object object) {
            if (object != null && seen.add(object)) {
                open.push(object);
            }
        }

        private void visit(Object object) {
            if (object instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    add(key);
                    add(value);
                });
            } else if (object instanceof Iterable<?> items && !(object instanceof Path)) {
                items.forEach(this::add);
            } else if (object instanceof Optional<?> optional) {
                optional.ifPresent(this::add);
            } else if (object instanceof AtomicReference<?> reference) {
                add(reference.get());
            } else if (object instanceof Object[]) {
                for (int i = 0; i < Array.getLength(object); i++) {
                    add(Array.get(object, i));
                }
            }
            // The constant of a format is a text like any other; the format and the expression that hold it print
            // [secret].
            boolean own = !(object instanceof Value.Text)
                    && object.getClass().getName().startsWith("dev.rollcall.");
            if (own) {
                texts.add(object.getClass().getName() + " " + object);
                for (Class<?> type = object.getClass(); type.getName().startsWith("dev.rollcall."); ) {
                    fields(object, type);
                    type = type.getSuperclass();
                }
            }
        }

        private void fields(Object object, Class<?> type) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    try {
                        add(field.get(object));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }
}
