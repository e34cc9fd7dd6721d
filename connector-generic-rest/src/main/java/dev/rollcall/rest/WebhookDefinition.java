package dev.rollcall.rest;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.rest.internal.decoding.Decoding;
import dev.rollcall.rest.internal.decoding.JsonText;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.endpoint.EndpointReader;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.http.Payload;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.http.Transcript;
import dev.rollcall.rest.internal.paging.Pager;
import dev.rollcall.rest.internal.paging.PagingPlacement;
import dev.rollcall.rest.internal.paging.PagingRules;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Pointer;
import dev.rollcall.rest.internal.settings.SecretValues;
import dev.rollcall.rest.internal.settings.Template;
import dev.rollcall.rest.internal.template.AnnouncedUrl;
import dev.rollcall.rest.internal.template.BodyTemplate;
import dev.rollcall.rest.internal.template.UrlTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One outbound call with macros, as a block under {@code webhooks} describes it. Rendering it is one thing, sending it
 * another: {@link #render} does no I/O, {@link dev.rollcall.connector.Connector#invokeWebhook} sends what it gave, and
 * {@link #judge} says what came of it. Immutable and thread-safe. Prints no secret.
 *
 * <p>Macros may name {@code record.}, {@code entry.}, {@code settings.} (of the application that is called),
 * {@code run.id}, {@code run.start}, {@code action.}, {@code change.}, {@code result.} and {@code link.}, each encoded
 * for the place it lands in; a URL may begin with a {@code token.} name, for which {@code token://NAME} stands until it is sent; {@code expect} may name {@code response.status}, {@code response.headers.NAME} and {@code response.body} too.
 */
public final class WebhookDefinition {
    /** The keys of a webhook. */
    static final BlockKeys KEYS = BlockKeys.of(
            Setting.text("use")
                    .description(
                            "the connector whose credentials are sent: one under `connectors`, or the id of one that"
                                    + " needs no settings; default: the connector of `source`"),
            Setting.text("description").description("for people; not used"),
            Setting.text("method").byDefault("POST").description("the HTTP method"),
            Setting.any("url").required().description("the URL, with macros"),
            Setting.any("headers").description("headers by name, with macros; one without a value is left out"),
            Setting.any("parameters")
                    .description("query parameters by name, with macros; one without a value is left out"),
            Setting.block("body", BodyTemplate.KEYS).description("the body of the request"),
            Setting.text("expect")
                    .description("a condition: when the response is a success; default: its status is 2xx"),
            Setting.any("take").description("values to take from the response, by JSON Pointer or by a format"));

    private static final Set<String> NAMESPACES =
            new TreeSet<>(Set.of("record", "entry", "settings", "run", "action", "change", "result", "link"));
    private static final Set<String> RUN_FACTS = new TreeSet<>(Set.of("id", "start"));
    private static final Set<String> PARTS = Set.of("status", "headers", "body");

    /** Where a value is taken: at a place of the answer, or by a format. */
    private record Taking(Pointer pointer, @Nullable Template format) {
        Value from(Value body, Evaluation known) {
            return format == null ? ErrorRule.part(pointer, body) : format.evaluate(known);
        }
    }

    private final String name;
    private final String description;
    private final @Nullable String application;
    private final EndpointDefinition call;
    private final @Nullable Condition expect;
    private final Map<String, Taking> take;
    private final Value.Fields settings;
    private final Redactor redactor;

    private WebhookDefinition(
            String name,
            String description,
            @Nullable String application,
            EndpointDefinition call,
            @Nullable Condition expect,
            Map<String, Taking> take,
            Value.Fields settings,
            Redactor redactor) {
        this.name = name;
        this.description = description;
        this.application = application;
        this.call = call;
        this.expect = expect;
        this.take = take;
        this.settings = settings;
        this.redactor = redactor;
    }

    /**
     * {@return the webhook that a block describes}
     *
     * @param name for messages
     * @param block its keys
     * @param application the settings of the connector that sends it, for {@code settings.}
     * @throws ConfigurationException with every problem, with paths that start at the block
     */
    public static WebhookDefinition read(String name, Value.Fields block, Settings application) {
        List<Problem> problems = new ArrayList<>();
        Optional<WebhookDefinition> definition = read(name, block, application, problems);
        if (definition.isEmpty() || !problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return definition.get();
    }

    private static Optional<WebhookDefinition> read(
            String name, Value.Fields block, Settings application, List<Problem> problems) {
        Node node = new Node("", block, KEYS, problems);
        Value.Fields settings = application.own();
        String method = node.text("method").orElse("POST").toUpperCase(Locale.ROOT);
        if (!Set.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method)) {
            node.problem("wrong-value", "method", "is no method of a webhook", "POST, PUT, PATCH, DELETE or GET");
        }
        Optional<UrlTemplate> url = Optional.empty();
        if (node.has("url")) {
            url = UrlTemplate.read(node.value("url"), node.path("url"), problems);
        } else {
            node.problem("missing", "url", "is required", "such as ${settings.baseUrl}/persons");
        }
        Map<String, Template> headers = EndpointReader.headers(node);
        Map<String, Template> parameters = node.templates("parameters");
        BodyTemplate body = node.block("body").map(BodyTemplate::read).orElseGet(BodyTemplate::none);
        Set<String> known = settings.asMap().keySet();
        url.ifPresent(template -> checkUrl(node, template, known, application));
        headers.forEach((key, template) -> checkNames(node, "headers." + key, template.names(), known));
        parameters.forEach((key, template) -> checkNames(node, "parameters." + key, template.names(), known));
        checkNames(node, "body.content", body.names(), known);
        String description = node.text("description").orElse("");
        String use = node.text("use").orElse(null);
        Condition expect = node.text("expect")
                .flatMap(source -> condition(node, source, known))
                .orElse(null);
        Map<String, Taking> take = new LinkedHashMap<>();
        node.map("take").forEach((key, value) -> take.put(key, taking(node, key, value, known)));
        node.end();
        return url.map(address -> new WebhookDefinition(
                name,
                description,
                use,
                call(name, method, address, headers, parameters, body),
                expect,
                java.util.Collections.unmodifiableMap(take),
                settings,
                redactor(block, application)));
    }

    /** With OAuth the token response may name the base URL of the application; only there. */
    private static void checkUrl(Node node, UrlTemplate url, Set<String> settings, Settings application) {
        if (!url.isToldWithToken()) {
            checkNames(node, "url", url.names(), settings);
            return;
        }
        checkNames(node, "url", url.namesAfterBase(), settings);
        boolean oauth = application.block("authorization") instanceof Value.Fields fields
                && fields.get("type").text().filter("oauth2"::equals).isPresent();
        if (!oauth) {
            node.problem("unknown-name", "url", "there are no names of 'token.' here", "only oauth2 has tokens");
        }
    }

    private static Redactor redactor(Value.Fields block, Settings application) {
        List<String> secrets = new ArrayList<>();
        SecretValues.collect(block, secrets);
        SecretValues.collect(application.source(), secrets);
        return new Redactor(secrets);
    }

    private static EndpointDefinition call(
            String name,
            String method,
            UrlTemplate url,
            Map<String, Template> headers,
            Map<String, Template> parameters,
            BodyTemplate body) {
        return new EndpointDefinition(
                name,
                method,
                url,
                headers,
                parameters,
                body,
                Decoding.defaults(),
                Pager.none(Map.of()),
                PagingRules.single(),
                PagingPlacement.QUERY,
                0,
                PageLimits.defaults(),
                Long.MAX_VALUE,
                RequestPolicy.defaults(),
                List.of(),
                null);
    }

    private static Taking taking(Node node, String key, Value value, Set<String> settings) {
        if (!value.text().orElse("").contains("${")) {
            return new Taking(pointer(node, key, value), null);
        }
        Optional<Template> format = Template.read(value, node.path("take." + key), node.problems());
        format.ifPresent(it -> checkNames(node, "take." + key, withoutResponse(it.names()), settings));
        return new Taking(Pointer.root(), format.orElse(null));
    }

    private static Set<Name> withoutResponse(Set<Name> names) {
        Set<Name> others = new LinkedHashSet<>(names);
        others.removeIf(name -> name.namespace().equals("response")
                && PARTS.contains(name.path().column()));
        return others;
    }

    private static Pointer pointer(Node node, String key, Value value) {
        Optional<Pointer> pointer = value.text().flatMap(Pointer::parse);
        if (pointer.isEmpty()) {
            node.problem("wrong-value", "take." + key, "is no JSON Pointer", "such as /data/id");
        }
        return pointer.orElseGet(Pointer::root);
    }

    private static Optional<Condition> condition(Node node, String source, Set<String> settings) {
        try {
            Condition condition = Condition.parse(source);
            checkNames(node, "expect", withoutResponse(condition.names()), settings);
            return Optional.of(condition);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> node.problems().add(problem.under(node.path("expect"))));
            return Optional.empty();
        }
    }

    private static void checkNames(Node node, String key, Set<Name> names, Set<String> settings) {
        for (Name name : names) {
            String first = name.path().column();
            if (!NAMESPACES.contains(name.namespace())) {
                String remedy = "known here: " + String.join(".NAME, ", NAMESPACES) + ".NAME"
                        + (key.equals("expect") || key.startsWith("take.")
                                ? ", response.status, response.headers.NAME, response.body.NAME"
                                : "");
                node.problem("unknown-name", key, "there is no '" + name + "' here", remedy);
            } else if (name.namespace().equals("settings") && !settings.contains(first)) {
                String remedy = Suggestion.remedy(first, settings);
                node.problem("unknown-setting", key, "there is no setting '" + first + "'", remedy);
            } else if (name.namespace().equals("run") && !RUN_FACTS.contains(first)) {
                String remedy = Suggestion.remedy(first, RUN_FACTS);
                node.problem("unknown-name", key, "there is no '" + name + "' here", remedy);
            }
        }
    }

    /** {@return where it goes} */
    UrlTemplate url() {
        return call.url();
    }

    /** {@return how the configuration names it} */
    public String name() {
        return name;
    }

    /** {@return what it is for; empty if nobody said} */
    public String description() {
        return description;
    }

    /** {@return the application whose connector sends it, by the name under {@code connectors}} */
    public Optional<String> application() {
        return Optional.ofNullable(application);
    }

    /** {@return every name that its macros and its condition ask for} */
    public Set<Name> names() {
        Set<Name> names = new LinkedHashSet<>(call.names());
        if (expect != null) {
            names.addAll(expect.names());
        }
        take.values().stream()
                .map(Taking::format)
                .filter(Objects::nonNull)
                .forEach(format -> names.addAll(format.names()));
        return names;
    }

    /** {@return a call as a person sees it, line by line, with the secrets of its connector and its own hidden} */
    public List<String> transcript(WebhookCall shown) {
        return Transcript.request(
                shown.method(),
                shown.url(),
                shown.headers().entrySet(),
                shown.body().orElse(""),
                redactor);
    }

    /** {@return an answer as a person sees it, line by line, with the secrets of its connector and its own hidden} */
    public List<String> transcript(WebhookResponse response) {
        List<String> lines = new ArrayList<>(List.of("status " + response.status()));
        response.headers()
                .forEach((header, values) ->
                        lines.add(header + ": " + String.join(", ", Transcript.header(header, values, redactor))));
        if (!response.body().isEmpty()) {
            lines.add("");
            Transcript.body(response.body(), redactor).lines().forEach(lines::add);
        }
        return lines;
    }

    /**
     * {@return the call, ready to be sent; without I/O}
     *
     * <p>A header or parameter whose text has no value is left out.
     *
     * @param evaluation what the macros stand for; {@code settings.} is known already
     * @throws ConnectorException of kind REJECTED if a macro in the address or in a body of text has no value, or a value
     *     would break out of its place
     */
    public WebhookCall render(Evaluation evaluation) {
        String what = "webhook " + name;
        Call rendered = call.call(what, call.pager().first(), known(evaluation));
        WebhookCall webhook = WebhookCall.of(rendered.method(), rendered.uri());
        boolean typed = false;
        for (Map.Entry<String, String> header : rendered.headers()) {
            if (header.getKey().equalsIgnoreCase("Idempotency-Key")
                    && header.getValue().isBlank()) {
                continue; // an application would count the second call without a key as a repetition of the first
            }
            webhook = webhook.header(header.getKey(), header.getValue());
            typed |= header.getKey().equalsIgnoreCase("Content-Type");
        }
        Payload body = rendered.body();
        if (body.isNone()) {
            return webhook;
        }
        webhook = typed ? webhook : webhook.header("Content-Type", body.contentType());
        return webhook.body(new String(body.bytes(), StandardCharsets.UTF_8));
    }

    /**
     * {@return what an answer means: whether it is what {@code expect} says (a status of 200 to 299 if it says nothing),
     * and the values to take from it, in which a text that holds a credential is a {@link Value.Sensitive}}
     *
     * <p>Parts of an answer that is no JSON object or array are unknown, and so is a condition that rests on them.
     *
     * @param evaluation as it was rendered with
     */
    public WebhookResult judge(WebhookResponse response, Evaluation evaluation) {
        Value body = JsonText.parse(response.body()).orElseGet(() -> Value.of(response.body()));
        Evaluation given = known(evaluation);
        Scope outer = given.scope();
        Evaluation known = given.scope(asked ->
                asked.namespace().equals("response") ? ErrorRule.value(asked, response, body) : outer.get(asked));
        Map<String, Value> taken = new LinkedHashMap<>();
        take.forEach((key, taking) -> taken.put(key, redactor.redact(taking.from(body, known))));
        if (expect == null) {
            boolean good = response.status() / 100 == 2;
            return new WebhookResult(good, good ? "" : "status " + response.status(), taken);
        }
        Truth truth = expect.test(known);
        String reason = switch (truth) {
            case TRUE -> "";
            case FALSE -> "status " + response.status() + ", and it does not hold that " + expect;
            case UNKNOWN -> "status " + response.status() + ", and it cannot be told whether " + expect;
        };
        return new WebhookResult(truth == Truth.TRUE, reason, taken);
    }

    private Evaluation known(Evaluation evaluation) {
        Scope outer = evaluation.scope();
        return evaluation.scope(asked -> switch (asked.namespace()) {
            case "settings" -> SecretValues.revealed(asked.path().in(settings));
            case "token" -> AnnouncedUrl.of(asked.path());
            default -> outer.get(asked);
        });
    }

    @Override
    public String toString() {
        return "webhook " + name;
    }
}
