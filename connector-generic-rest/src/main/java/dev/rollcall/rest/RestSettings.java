package dev.rollcall.rest;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.endpoint.EndpointReader;
import dev.rollcall.rest.internal.http.Origin;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.internal.joins.Joins;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.SecretValues;
import dev.rollcall.rest.internal.template.UrlTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source block says to a REST connector, read and checked: settings, authorization, endpoints. Immutable and
 * thread-safe. Prints no secret.
 *
 * <p>Every connector that stands on this engine reads its block here, with its presets under what the user says.
 */
public final class RestSettings {
    private enum Completeness {
        FULL,
        DELTA
    }

    private static final String BASE_URL = "baseUrl";

    /** The keys of a source that a REST connector reads. */
    static final BlockKeys KEYS = BlockKeys.of(
            Setting.any("settings").description("names for `settings.` in formats; any will do"),
            Setting.block("authorization", AuthorizationReader.KEYS)
                    .description("how calls are authenticated, see [Authorization](rest-authorization.md)"),
            Setting.text("primaryKey").description("the column that identifies a user; default: the connector's"),
            Setting.choice("completeness", Completeness.class)
                    .byDefault("full")
                    .description("whether the source lists all users, or only those that changed, see"
                            + " [Changes](rest-incremental.md)"),
            Setting.list("endpoints")
                    .keys(EndpointReader.KEYS)
                    .description("the calls; the first lists the users, [the others add to it](rest-joins.md);"
                            + " default: the connector's presets"),
            Setting.block("http", HttpSettings.KEYS)
                    .description("proxy, certificates to trust and time to connect, see"
                            + " [Connections](rest-connections.md)"));

    /** What else may stand in the same block, which others read. */
    private static final BlockKeys OTHERS = BlockKeys.of(
            Setting.any("connector"),
            Setting.any("use"),
            Setting.any("name"),
            Setting.any("description"),
            Setting.any("scope"),
            Setting.any("active"),
            Setting.any("mapping"),
            Setting.any("policy"));

    private final List<Problem> problems;
    private final Value.Fields own;
    private final AuthorizationSettings authorization;
    private final List<EndpointDefinition> endpoints;
    private final Joins joins;
    private final @Nullable ColumnPath primaryKey;
    private final boolean delta;
    private final HttpSettings http;
    private final Set<Origin> origins;
    private final List<String> secrets;

    private RestSettings(
            List<Problem> problems,
            Value.Fields own,
            AuthorizationSettings authorization,
            List<EndpointDefinition> endpoints,
            Joins joins,
            @Nullable ColumnPath primaryKey,
            boolean delta,
            HttpSettings http,
            Set<Origin> origins,
            List<String> secrets) {
        this.problems = List.copyOf(problems);
        this.own = own;
        this.authorization = authorization;
        this.endpoints = List.copyOf(endpoints);
        this.joins = joins;
        this.primaryKey = primaryKey;
        this.delta = delta;
        this.http = http;
        this.origins = origins;
        this.secrets = secrets;
    }

    /** {@return what a source block says to a connector without presets} */
    public static RestSettings read(Settings settings, ConnectorDescriptor descriptor) {
        return read(settings, descriptor, Value.Fields.none());
    }

    /**
     * Reads a source block, and collects what is wrong with it.
     *
     * @param descriptor of the connector; if it declares settings, there are no others
     * @param presets a source block too, which stands under the user's
     */
    public static RestSettings read(Settings settings, ConnectorDescriptor descriptor, Value.Fields presets) {
        List<Problem> problems = new ArrayList<>();
        Value.Fields source = Presets.merge(presets, settings.source(), problems);
        Settings merged = Settings.of(source);
        if (!descriptor.settings().isEmpty()) {
            problems.addAll(descriptor.check(merged));
        }
        Node root = new Node("", source, KEYS.and(OTHERS), problems);
        root.knows(OTHERS.names().toArray(String[]::new));
        root.knows("settings");
        Value.Fields own = merged.own();
        Evaluation evaluation = Evaluation.of(SecretValues.settings(own));
        if (root.has("settings") && !(source.get("settings") instanceof Value.Fields)) {
            root.problem("wrong-type", "settings", "must be a block of keys", "");
        }
        AuthorizationSettings authorization = root.block("authorization")
                .map(block -> AuthorizationReader.read(block, evaluation))
                .orElseGet(AuthorizationSettings::none);
        Optional<ColumnPath> primaryKey =
                primaryKey(root).or(() -> descriptor.primaryKey().map(ColumnPath::parse));
        boolean delta = root.choice("completeness", Completeness.class) == Completeness.DELTA;
        Set<String> names = new LinkedHashSet<>(own.asMap().keySet());
        names.addAll(descriptor.settings().keySet());
        List<Joins.Block> blocks = endpoints(root, new EndpointReader(names, delta, authorization.oauth() != null));
        List<EndpointDefinition> endpoints =
                blocks.stream().map(Joins.Block::endpoint).toList();
        Joins joins = Joins.read(blocks, primaryKey);
        Set<Origin> origins = root.has("endpoints")
                ? origins(root, endpoints, authorization, evaluation)
                : originsWithoutEndpoints(root, own, authorization);
        HttpSettings http = HttpSettings.read(root.blockOrEmpty("http"));
        root.end();
        List<String> secrets = new ArrayList<>();
        SecretValues.collect(source, secrets);
        authorization.secrets().stream().map(Secret::reveal).forEach(secrets::add);
        problems.replaceAll(new Redactor(secrets)::redact);
        return new RestSettings(
                problems, own, authorization, endpoints, joins, primaryKey.orElse(null), delta, http, origins, secrets);
    }

    private static Optional<ColumnPath> primaryKey(Node root) {
        return root.text("primaryKey").flatMap(text -> {
            try {
                return Optional.of(ColumnPath.parse(text));
            } catch (IllegalArgumentException e) {
                root.problem("wrong-value", "primaryKey", String.valueOf(e.getMessage()), "");
                return Optional.empty();
            }
        });
    }

    private static List<Joins.Block> endpoints(Node root, EndpointReader reader) {
        List<Joins.Block> endpoints = new ArrayList<>();
        if (!root.has("endpoints")) {
            return endpoints; // a connector that only sends webhooks
        }
        List<Value> list = root.list("endpoints");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String key = "endpoints[" + i + "]";
            if (!(list.get(i) instanceof Value.Fields fields)) {
                root.problem("wrong-type", key, "must be a block of keys", "");
                continue;
            }
            if (!names.add(fields.get("name").text().orElse("#" + i))) {
                root.problem("duplicate-name", key + ".name", "another endpoint has this name", "");
            }
            boolean first = i == 0;
            Node node = root.item("endpoints", i, fields);
            reader.read(node).ifPresent(endpoint -> endpoints.add(new Joins.Block(first, node, endpoint)));
        }
        if (list.isEmpty()) {
            root.problem("missing", "endpoints", "must hold at least one endpoint", "");
        }
        return endpoints;
    }

    /** Where there is no endpoint, credentials belong to the origin of the setting {@code baseUrl}. */
    private static Set<Origin> originsWithoutEndpoints(
            Node root, Value.Fields own, AuthorizationSettings authorization) {
        Set<Origin> origins = new LinkedHashSet<>(authorization.origins());
        Optional<Origin> base = SecretValues.revealed(own.get(BASE_URL)).text().flatMap(Origin::pattern);
        base.ifPresent(origins::add);
        base.ifPresent(origin -> checkOrigin(root, "settings." + BASE_URL, origin, origins, authorization));
        if (origins.isEmpty() && authorization.hasCredentials()) {
            String remedy = "name them, such as https://api.example.com, or set settings." + BASE_URL;
            root.problem("missing", "authorization.origins", "no endpoint says where the credentials belong", remedy);
        }
        return origins;
    }

    /** Credentials belong to the origin of the first endpoint; another one must be named. */
    private static Set<Origin> origins(
            Node root, List<EndpointDefinition> endpoints, AuthorizationSettings authorization, Evaluation evaluation) {
        Set<Origin> origins = new LinkedHashSet<>(authorization.origins());
        for (int i = 0; i < endpoints.size(); i++) {
            EndpointDefinition endpoint = endpoints.get(i);
            List<UrlTemplate> urls = new ArrayList<>(List.of(endpoint.url()));
            if (endpoint.one() != null) {
                urls.add(endpoint.one().url());
            }
            for (UrlTemplate url : urls) {
                String key = "endpoints[" + i + "].url";
                if (url.isFile()) {
                    continue; // no credential goes there
                }
                if (url.isToldWithToken()) {
                    if (authorization.origins().isEmpty()) {
                        String remedy = "name them, such as https://*.example.com";
                        root.problem("missing", "authorization.origins", "the application says where to call", remedy);
                    }
                    continue;
                }
                Optional<Origin> origin = url.origin(evaluation);
                if (origin.isEmpty() && isToldOf(url, root.problems())) {
                    continue;
                }
                if (origin.isEmpty()) {
                    String message = "does not begin with an absolute http or https URL with a port up to 65535";
                    root.problem("wrong-value", key, message, "such as https://api.example.com");
                    continue;
                }
                if (origins.size() == authorization.origins().size() && i == 0) {
                    origins.add(origin.get());
                }
                checkOrigin(root, key, origin.get(), origins, authorization);
            }
        }
        return origins;
    }

    /** {@return whether a setting in the address is missing or wrong, which is said of the setting itself} */
    private static boolean isToldOf(UrlTemplate url, List<Problem> problems) {
        return url.names().stream()
                .filter(name -> name.namespace().equals("settings"))
                .anyMatch(name -> problems.stream()
                        .anyMatch(problem ->
                                problem.path().equals("settings." + name.path().column())));
    }

    /** {@return why credentials must not go where a webhook leads; nothing where that is not known, or all is well} */
    List<Problem> problemsOf(UrlTemplate webhook) {
        List<Problem> found = new ArrayList<>();
        if (!problems.isEmpty()) {
            return found; // told elsewhere, and who is trusted may not be known
        }
        Node node = new Node("", Value.Fields.none(), BlockKeys.of(), found);
        if (!webhook.isToldWithToken()) {
            webhook.origin(Evaluation.of(SecretValues.settings(own)))
                    .ifPresent(origin -> checkOrigin(node, "url", origin, origins, authorization));
        } else if (authorization.origins().isEmpty()) {
            String remedy = "name them in authorization.origins, such as https://*.example.com";
            node.problem("missing", "url", "the application says where to call, and no places are trusted", remedy);
        }
        return found;
    }

    private static void checkOrigin(
            Node root, String key, Origin origin, Set<Origin> origins, AuthorizationSettings authorization) {
        if (!authorization.hasCredentials()) {
            return;
        }
        if (origins.stream().noneMatch(trusted -> trusted.covers(origin))) {
            String message = "the credentials would go to another origin, " + origin;
            root.problem("untrusted-origin", key, message, "if they belong there, name it in authorization.origins");
        } else if (!origin.isPrivate() && !authorization.plainHttpAllowed()) {
            String message = "credentials would be sent to " + origin + " without TLS";
            root.problem("plain-http", key, message, "use https, or set authorization.allowPlainHttp: true");
        }
    }

    /** {@return everything that is wrong, with paths that start at the source block; empty if all is well} */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * {@return this, if nothing is wrong with it}
     *
     * @throws ConfigurationException with every problem
     */
    public RestSettings orThrow() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return this;
    }

    /** {@return whether the source tells changes only} */
    public boolean isDelta() {
        return delta;
    }

    /** {@return the column that identifies a user, if anybody said} */
    public Optional<ColumnPath> primaryKey() {
        return Optional.ofNullable(primaryKey);
    }

    Value.Fields own() {
        return own;
    }

    AuthorizationSettings authorization() {
        return authorization;
    }

    List<EndpointDefinition> endpoints() {
        return endpoints;
    }

    /** {@return what the endpoints after the first add} */
    Joins joins() {
        return joins;
    }

    Set<Origin> origins() {
        return origins;
    }

    Redactor redactor() {
        return new Redactor(secrets);
    }

    HttpSettings http() {
        return http;
    }

    @Override
    public String toString() {
        return "RestSettings of "
                + endpoints.stream().map(EndpointDefinition::name).toList();
    }
}
