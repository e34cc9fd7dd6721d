package dev.rollcall.rest;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.Credentials;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.Origin;
import dev.rollcall.rest.internal.oauth.OAuthDefinition;
import dev.rollcall.rest.internal.oauth.OAuthReader;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Template;
import dev.rollcall.rest.internal.template.UrlTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code authorization}. */
final class AuthorizationReader {
    private enum Type {
        NONE,
        API_KEY,
        BASIC,
        BEARER,
        OAUTH2
    }

    private enum Place {
        HEADER,
        QUERY
    }

    /** The keys of {@code authorization}; each type has some of them. */
    static final BlockKeys KEYS = BlockKeys.of(
                    Setting.choice("type", Type.class).required().description("how calls are authenticated"),
                    Setting.text("name").description("with `api-key`: the name of the header or parameter"),
                    Setting.choice("in", Place.class).byDefault("header").description("with `api-key`: where it goes"),
                    Setting.any("value").description("with `api-key`: the key, by reference"),
                    Setting.any("username").description("with `basic`: the user"),
                    Setting.any("password").description("with `basic`: the password, by reference"),
                    Setting.any("token").description("with `bearer`: the token, by reference"),
                    Setting.text("prefix")
                            .byDefault("Bearer")
                            .description("with `bearer` and `oauth2`: what stands before the token in the header"),
                    Setting.list("origins")
                            .description("other places that may get the credentials, such as `https://*.example.com`"),
                    Setting.flag("allowPlainHttp")
                            .byDefault("false")
                            .description("whether credentials may go to another machine without TLS"))
            .and(OAuthReader.KEYS);

    private AuthorizationReader() {}

    static AuthorizationSettings read(Node node, Evaluation settings) {
        if (!node.has("type")) {
            node.problem("missing", "type", "is required", "one of none, api-key, basic, bearer, oauth2");
            return AuthorizationSettings.none();
        }
        Type type = node.choice("type", Type.class);
        List<Secret> secrets = new ArrayList<>();
        Authorizer authorizer = switch (type) {
            case NONE -> Authorizer.none();
            case API_KEY -> apiKey(node, settings, secrets);
            case BASIC -> basic(node, settings, secrets);
            case BEARER -> bearer(node, settings, secrets);
            case OAUTH2 -> Authorizer.none();
        };
        Set<Origin> origins = new LinkedHashSet<>();
        for (Value value : node.list("origins")) {
            Optional<Origin> origin = value.text().flatMap(Origin::pattern);
            if (origin.isPresent()) {
                origins.add(origin.get());
            } else {
                node.problem("wrong-value", "origins", "must be addresses, such as https://api.example.com", "");
            }
        }
        boolean plain = node.flag("allowPlainHttp");
        OAuthDefinition oauth = type == Type.OAUTH2
                ? OAuthReader.read(node, texts(settings, secrets), plain).orElse(null)
                : null;
        node.end();
        return new AuthorizationSettings(authorizer, oauth, origins, plain, secrets);
    }

    private static OAuthReader.Texts texts(Evaluation settings, List<Secret> secrets) {
        return new OAuthReader.Texts() {
            @Override
            public Optional<String> text(Node node, String key) {
                return AuthorizationReader.text(node, key, settings);
            }

            @Override
            public Optional<String> url(Node node, String key) {
                return AuthorizationReader.url(node, key, settings);
            }

            @Override
            public Optional<Secret> secret(Node node, String key) {
                return Optional.of(AuthorizationReader.secret(node, key, settings, secrets))
                        .filter(secret -> !secret.reveal().isEmpty());
            }
        };
    }

    private static Authorizer apiKey(Node node, Evaluation settings, List<Secret> secrets) {
        String name = node.requiredText("name", "the name of the header or parameter, such as x-api-key");
        Place place = node.choice("in", Place.class);
        if (place == Place.HEADER && !name.isEmpty() && (!Headers.isName(name) || Headers.isOurs(name))) {
            node.problem("wrong-value", "name", "is no name of a header that can be set", "");
        }
        Secret value = secret(node, "value", settings, secrets);
        if (place == Place.HEADER) {
            requireSendable(node, "value", value);
        }
        return place == Place.HEADER ? Credentials.header(name, value) : Credentials.query(name, value);
    }

    private static Authorizer basic(Node node, Evaluation settings, List<Secret> secrets) {
        String username = "";
        if (!node.has("username")) {
            node.problem("missing", "username", "is required", "set it");
        } else {
            username = text(node, "username", settings).orElse("");
            if (username.contains(":")) {
                node.problem("wrong-value", "username", "cannot hold a colon", "");
            }
        }
        Secret password = secret(node, "password", settings, secrets);
        byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        Secret header = Secret.of("Basic " + Base64.getEncoder().encodeToString(pair));
        secrets.add(header);
        return Credentials.header("Authorization", header);
    }

    private static Authorizer bearer(Node node, Evaluation settings, List<Secret> secrets) {
        String prefix = node.text("prefix").orElse("Bearer").trim();
        Secret token = secret(node, "token", settings, secrets);
        requireSendable(node, "token", token);
        String header = prefix.isEmpty() ? token.reveal() : prefix + " " + token.reveal();
        return Credentials.header("Authorization", Secret.of(header));
    }

    private static void requireSendable(Node node, String key, Secret value) {
        if (Headers.unsendable(value.reveal()).isPresent()) {
            String remedy = "look at what it refers to: a line break at its end, or the wrong value";
            node.problem("wrong-value", key, "has a character that no header can hold", remedy);
        }
    }

    /** A credential comes by reference: from the environment, a file, or a setting that does. */
    private static Secret secret(Node node, String key, Evaluation settings, List<Secret> secrets) {
        Value value = node.value(key);
        if (value instanceof Value.Absent) {
            node.problem("missing", key, "is required", "refer to a secret: ${env.NAME} or ${file.PATH}");
            return Secret.of("");
        }
        boolean refers = value instanceof Value.Sensitive
                || value.text().filter(text -> text.contains("${")).isPresent();
        if (!refers) {
            node.problem(
                    "secret-in-clear", key, "a secret stands in clear", "refer to it: ${env.NAME} or ${file.PATH}");
            return Secret.of("");
        }
        Secret secret = Secret.of(text(node, key, settings).orElse(""));
        secrets.add(secret);
        return secret;
    }

    private static Optional<String> text(Node node, String key, Evaluation settings) {
        Optional<Template> template = Template.read(node.value(key), node.path(key), node.problems());
        if (template.isEmpty()) {
            return Optional.empty();
        }
        if (!namesSettingsOnly(node, key, template.get().names())) {
            return Optional.empty();
        }
        Optional<String> text = template.get().evaluate(settings).text();
        if (text.isEmpty() || text.get().isBlank()) {
            node.problem("missing", key, "has no value", "set what it refers to");
            return Optional.empty();
        }
        return text;
    }

    private static Optional<String> url(Node node, String key, Evaluation settings) {
        Optional<UrlTemplate> template = key.equals("authorizationUrl")
                ? UrlTemplate.readForBrowser(node.value(key), node.path(key), node.problems())
                : UrlTemplate.read(node.value(key), node.path(key), node.problems());
        if (template.isEmpty() || !namesSettingsOnly(node, key, template.get().names())) {
            return Optional.empty();
        }
        try {
            return Optional.of(template.get().text(key, settings));
        } catch (ConnectorException e) {
            boolean empty = e.problem().code().equals(UrlTemplate.NO_VALUE);
            node.problem(
                    empty ? "missing" : "wrong-value",
                    key,
                    empty ? "has no value" : "must be an absolute http or https URL",
                    empty ? "set what it refers to" : "");
            return Optional.empty();
        }
    }

    private static boolean namesSettingsOnly(Node node, String key, Set<Name> names) {
        boolean only = names.stream().allMatch(name -> name.namespace().equals("settings"));
        if (!only) {
            node.problem("unknown-name", key, "only settings can be named here", "");
        }
        return only;
    }
}
