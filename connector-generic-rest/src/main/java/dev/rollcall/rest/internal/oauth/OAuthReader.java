package dev.rollcall.rest.internal.oauth;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.Origin;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a block {@code authorization} of type {@code oauth2}. Thread-safe. */
public final class OAuthReader {
    private static final int KEY_LENGTH = 16;

    /** The keys that a block of type {@code oauth2} has beside those of every type. */
    public static final BlockKeys KEYS = BlockKeys.of(
            Setting.choice("grant", OAuthSettings.Grant.class)
                    .description("with `oauth2`: how tokens are granted; required"),
            Setting.any("tokenUrl").description("with `oauth2`: where tokens are granted; required"),
            Setting.any("revocationUrl").description("with `oauth2`: where tokens are revoked"),
            Setting.any("clientId").description("with `oauth2`: the client's id; required"),
            Setting.any("clientSecret").description("with `oauth2`: the client's secret, by reference"),
            Setting.any("authorizationUrl").description("with `authorization-code`: where a person agrees; required"),
            Setting.any("redirectUri").description("with `authorization-code`: where the code is sent; required"),
            Setting.flag("pkce").byDefault("true").description("with `authorization-code`: whether PKCE is used"),
            Setting.choice("clientAuthentication", OAuthSettings.ClientAuthentication.class)
                    .byDefault("basic")
                    .description("with `oauth2`: where the client's id and secret go"),
            Setting.list("scopes").description("with `oauth2`: the scopes to ask for"),
            Setting.any("extraParameters").description("with `oauth2`: more parameters of token requests, by name"),
            Setting.block(
                            "tokens",
                            BlockKeys.of(
                                    Setting.any("file").required().description("the file that holds the tokens"),
                                    Setting.any("key")
                                            .required()
                                            .description("the key that it is encrypted with, by reference")))
                    .description("with `oauth2`: `{file, key}`: where tokens are kept between runs"));

    /** Reads texts and credentials, in which settings may be named. Not thread-safe: for one thread at a time. */
    public interface Texts {
        /** {@return a text; empty if it is not given, or wrong, which is reported} */
        Optional<String> text(Node node, String key);

        /** {@return an absolute URL, in which macros are encoded; empty if it is not given, or wrong, which is reported} */
        Optional<String> url(Node node, String key);

        /** {@return a credential; empty if it is not given, or wrong, which is reported} */
        Optional<Secret> secret(Node node, String key);
    }

    private OAuthReader() {}

    /**
     * {@return how tokens are granted; empty if something is wrong with the block, which is among the problems of the node}
     *
     * @param plainHttpAllowed whether credentials may go unencrypted to other machines
     */
    public static Optional<OAuthDefinition> read(Node node, Texts texts, boolean plainHttpAllowed) {
        int before = node.problems().size();
        OAuthSettings.Grant grant = node.choice("grant", OAuthSettings.Grant.class);
        if (!node.has("grant")) {
            node.problem("missing", "grant", "is required", "client-credentials or authorization-code");
        }
        boolean person = grant == OAuthSettings.Grant.AUTHORIZATION_CODE;
        Optional<URI> tokenUrl = required(node, "tokenUrl", texts::url).flatMap(text -> uri(node, "tokenUrl", text));
        Optional<URI> revocationUrl = node.has("revocationUrl")
                ? texts.url(node, "revocationUrl").flatMap(text -> uri(node, "revocationUrl", text))
                : Optional.empty();
        Optional<String> clientId = required(node, "clientId", texts::text);
        Optional<Secret> clientSecret =
                node.has("clientSecret") || !person ? texts.secret(node, "clientSecret") : Optional.empty();
        Optional<String> authorizationUrl = person ? required(node, "authorizationUrl", texts::url) : Optional.empty();
        Optional<URI> redirectUri = person
                ? required(node, "redirectUri", texts::url).flatMap(text -> uri(node, "redirectUri", text))
                : Optional.empty();
        if (!plainHttpAllowed) {
            requirePrivate(node, "tokenUrl", tokenUrl, "the client's secret");
            requirePrivate(node, "revocationUrl", revocationUrl, "the client's secret");
            requirePrivate(node, "redirectUri", redirectUri, "the code");
        }
        List<String> senseless = person ? List.of() : List.of("authorizationUrl", "redirectUri", "pkce");
        senseless.stream()
                .filter(node::has)
                .forEach(key -> node.problem("wrong-value", key, "means nothing for client-credentials", "remove it"));
        Function<OAuthSettings.Builder, OAuthSettings> rest = common(node, texts, clientSecret);
        String prefix = node.text("prefix").orElse("Bearer").trim();
        Store store =
                node.block("tokens").map(block -> Store.read(block, texts)).orElse(Store.NONE);
        if (node.problems().size() > before || tokenUrl.isEmpty() || clientId.isEmpty()) {
            return Optional.empty();
        }
        OAuthSettings.Builder builder = person
                ? OAuthSettings.authorizationCode(
                        authorizationUrl.orElse(""), tokenUrl.get(), clientId.get(), redirectUri.orElseThrow())
                : OAuthSettings.clientCredentials(tokenUrl.get(), clientId.get(), clientSecret.orElse(Secret.of("")));
        revocationUrl.ifPresent(builder::revocationUrl);
        return Optional.of(new OAuthDefinition(rest.apply(builder), prefix, store.file(), store.key()));
    }

    private static Function<OAuthSettings.Builder, OAuthSettings> common(
            Node node, Texts texts, Optional<Secret> clientSecret) {
        OAuthSettings.ClientAuthentication authentication =
                node.choice("clientAuthentication", OAuthSettings.ClientAuthentication.class);
        boolean pkce = node.flag("pkce");
        List<String> scopes = new ArrayList<>();
        for (Value scope : node.list("scopes")) {
            scope.text()
                    .ifPresentOrElse(
                            text -> scopes.addAll(List.of(text.trim().split("\\s+", -1))),
                            () -> node.problem("wrong-type", "scopes", "must be a list of texts", ""));
        }
        Map<String, String> extra = new LinkedHashMap<>();
        node.block("extraParameters")
                .ifPresent(block -> node.map("extraParameters").keySet().forEach(name -> {
                    if (!ExtraParameters.owner(name).isEmpty()) {
                        block.problem(
                                "wrong-value", name, "cannot be set: " + ExtraParameters.owner(name), "remove it");
                    }
                    texts.text(block, name).ifPresent(text -> extra.put(name, text));
                }));
        return builder -> {
            clientSecret.ifPresent(builder::clientSecret);
            return builder.clientAuthentication(authentication)
                    .pkce(pkce)
                    .scopes(scopes)
                    .extraParameters(extra)
                    .build();
        };
    }

    private static void requirePrivate(Node node, String key, Optional<URI> address, String what) {
        address.map(Origin::of).filter(origin -> !origin.isPrivate()).ifPresent(origin -> {
            String message = what + " would be sent to " + origin + " without TLS";
            node.problem("plain-http", key, message, "use https, or set allowPlainHttp: true");
        });
    }

    private static Optional<String> required(Node node, String key, BiFunction<Node, String, Optional<String>> texts) {
        if (!node.has(key)) {
            node.problem("missing", key, "is required", "the application's page for developers says it");
            return Optional.empty();
        }
        return texts.apply(node, key);
    }

    private static Optional<URI> uri(Node node, String key, String text) {
        try {
            URI uri = URI.create(text.trim());
            if (Origin.of(uri).isHttp()) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // The message would show the address, in which there may be a credential.
        }
        node.problem("wrong-value", key, "must be an absolute http or https URL", "");
        return Optional.empty();
    }

    /** Where tokens are kept. */
    private record Store(@Nullable Path file, @Nullable Secret key) {
        private static final Store NONE = new Store(null, null);

        static Store read(Node block, Texts texts) {
            Optional<String> file = required(block, "file", texts::text);
            Optional<Secret> key = texts.secret(block, "key");
            key.filter(secret -> secret.reveal().length() < KEY_LENGTH
                            && !secret.reveal().isEmpty())
                    .ifPresent(secret -> block.problem(
                            "weak-key", "key", "needs at least " + KEY_LENGTH + " characters", "make a longer one"));
            block.end();
            try {
                Path path = file.map(Path::of).orElse(null);
                if (path != null) {
                    RegularFile.check(path);
                }
                return new Store(path, key.orElse(null));
            } catch (InvalidPathException e) {
                block.problem("wrong-value", "file", "'" + file.orElse("") + "' is not a path of a file", "");
            } catch (IOException e) {
                String why = "'" + file.orElse("") + "' cannot hold tokens: " + e.getMessage();
                block.problem("wrong-value", "file", why, "name another file");
            }
            return NONE;
        }
    }
}
