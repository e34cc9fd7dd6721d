package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.formats.Name;
import dev.rollcall.rest.internal.decoding.Decoding;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.paging.PagingSettings;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Pointer;
import dev.rollcall.rest.internal.settings.Template;
import dev.rollcall.rest.internal.template.BodyTemplate;
import dev.rollcall.rest.internal.template.UrlTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one block under {@code endpoints}. Not thread-safe: for one thread at a time. */
public final class EndpointReader {
    /** The keys of {@code request}. */
    public static final BlockKeys REQUEST_KEYS = BlockKeys.of(
            Setting.duration("timeout")
                    .byDefault("30s")
                    .description("how long to wait for the headers, and the longest silence within the body"),
            Setting.duration("bodyTimeout").byDefault("15m").description("how long to wait for one whole body"),
            Setting.integer("retries").between(0, 100).byDefault("4").description("how often a call is repeated"),
            Setting.duration("maxRetryWait")
                    .between(Duration.ZERO, Duration.ofDays(36_500))
                    .byDefault("60s")
                    .description("the longest wait that an application may ask for"),
            Setting.number("requestsPerSecond")
                    .between(0, 999_999)
                    .byDefault("0")
                    .description("how many calls are made per second at most; 0 for no limit"),
            Setting.flag("idempotent")
                    .byDefault("false")
                    .description("whether a POST may be repeated, as a search may"));

    private static final BlockKeys CALL_KEYS = BlockKeys.of(
            Setting.text("method").byDefault("GET").description("the HTTP method"),
            Setting.any("url").required().description("the URL, with macros"),
            Setting.any("headers").description("headers by name, with macros"),
            Setting.any("parameters").description("query parameters by name, with macros"),
            Setting.block("body", BodyTemplate.KEYS).description("the body of the request"),
            Setting.any("records")
                    .keys(DecodingReader.RECORDS_KEYS)
                    .description("where the records are: a JSON Pointer, a list of pointers, or a map"));

    /** The keys of an endpoint. */
    public static final BlockKeys KEYS = BlockKeys.of(
                    Setting.text("name").required().description("its name in messages and reports: `page 3 of users`"))
            .and(CALL_KEYS)
            .and(
                    Setting.block("request", REQUEST_KEYS).description("timeouts, retries and the rate of calls"),
                    Setting.block("paging", PagingSettings.KEYS).description("which pages there are"),
                    Setting.block("response", DecodingReader.RESPONSE_KEYS).description("what the body is"),
                    Setting.list("errors").keys(ErrorRule.KEYS).description("when a response is a failure"),
                    Setting.block("one", CALL_KEYS).description("the call for one user by key"))
            .and(JoinRule.KEYS);

    /** Stands for the columns of a record, where an endpoint is called for each. */
    private static final String RECORD = "record.NAME";

    private final Set<String> settingNames;
    private final boolean delta;
    private final boolean tokens;

    /**
     * A reader.
     *
     * @param settingNames that {@code settings.} may name
     * @param delta whether the source is one of changes, so that {@code run.lastSuccess} means something
     * @param tokens whether tokens are granted, so that {@code token.} means something
     */
    public EndpointReader(Set<String> settingNames, boolean delta, boolean tokens) {
        this.settingNames = settingNames;
        this.tokens = tokens;
        this.delta = delta;
    }

    /** {@return the endpoint; empty if it is too wrong to make one of it} */
    public Optional<EndpointDefinition> read(Node node) {
        int before = node.problems().size();
        String name = node.requiredText("name", "a name for messages and reports, such as users");
        PagingSettings paging = node.block("paging").map(PagingSettings::read).orElseGet(PagingSettings::undeclared);
        Decoding decoding = DecodingReader.read(node);
        checkPointers(node, decoding, paging);
        RequestPolicy policy = node.block("request").map(EndpointReader::policy).orElseGet(RequestPolicy::defaults);
        List<ErrorRule> errors = ErrorRule.read(node);
        Map<String, Template> headers = headers(node);
        Set<String> bareNames = node.has("for") ? Set.of(RECORD) : Set.of();
        @Nullable
        EndpointDefinition call = call(node, name, headers, decoding, paging, policy, errors, bareNames)
                .orElse(null);
        @Nullable
        EndpointDefinition one = node.block("one")
                .flatMap(block -> one(block, name, headers, decoding, policy, errors))
                .orElse(null);
        node.knows(JoinRule.KEYS.names().toArray(String[]::new));
        node.end();
        if (call == null || node.problems().size() > before) {
            return Optional.empty();
        }
        return Optional.of(withOne(call, one));
    }

    /** What says how a list goes on is around the list: within it, it would be found in no response. */
    private static void checkPointers(Node node, Decoding decoding, PagingSettings paging) {
        String records = decoding.records().toString();
        Set<Pointer> pointers = new LinkedHashSet<>(paging.pager().pointers());
        pointers.addAll(paging.rules().totals());
        for (Pointer pointer : pointers) {
            boolean within =
                    pointer.toString().equals(records) || pointer.toString().startsWith(records + "/");
            if (!records.isEmpty() && within) {
                node.problem(
                        "within-records",
                        "paging",
                        pointer + " leads into records, " + records,
                        "name the place beside the list where the response says how it goes on");
            }
        }
    }

    private Optional<EndpointDefinition> one(
            Node node,
            String name,
            Map<String, Template> inherited,
            Decoding list,
            RequestPolicy policy,
            List<ErrorRule> errors) {
        Map<String, Template> headers = node.has("headers") ? headers(node) : inherited;
        Decoding decoding = node.has("records") ? DecodingReader.records(node, list) : list.orWholeObject();
        Optional<EndpointDefinition> call =
                call(node, name, headers, decoding, PagingSettings.single(), policy, errors, Set.of("key"));
        node.end();
        return call;
    }

    private Optional<EndpointDefinition> call(
            Node node,
            String name,
            Map<String, Template> headers,
            Decoding decoding,
            PagingSettings paging,
            RequestPolicy policy,
            List<ErrorRule> errors,
            Set<String> bareNames) {
        String method = node.text("method").orElse("GET").toUpperCase(Locale.ROOT);
        if (!Set.of("GET", "POST", "PUT", "PATCH", "HEAD", "DELETE", "OPTIONS").contains(method)) {
            node.problem("wrong-value", "method", "is no HTTP method", "GET, or POST for a search");
        }
        Optional<UrlTemplate> url = Optional.empty();
        if (node.has("url")) {
            url = UrlTemplate.read(node.value("url"), node.path("url"), node.problems());
        } else {
            node.problem("missing", "url", "is required", "such as ${settings.baseUrl}/users");
        }
        Map<String, Template> parameters = node.templates("parameters");
        BodyTemplate body = node.block("body").map(BodyTemplate::read).orElseGet(BodyTemplate::none);
        url.ifPresent(template -> checkNames(node, "url", template.names(), bareNames));
        headers.forEach((key, template) -> checkNames(node, "headers." + key, template.names(), bareNames));
        parameters.forEach((key, template) -> checkNames(node, "parameters." + key, template.names(), bareNames));
        checkNames(node, "body.content", body.names(), bareNames);
        return url.map(template -> new EndpointDefinition(
                name,
                method,
                template,
                headers,
                parameters,
                body,
                decoding,
                paging.pager(),
                paging.rules(),
                paging.placement(),
                paging.ahead(),
                paging.limits(),
                paging.maxBytes(),
                policy,
                errors,
                null));
    }

    private static EndpointDefinition withOne(EndpointDefinition call, @Nullable EndpointDefinition one) {
        return new EndpointDefinition(
                call.name(),
                call.method(),
                call.url(),
                call.headers(),
                call.parameters(),
                call.body(),
                call.decoding(),
                call.pager(),
                call.rules(),
                call.placement(),
                call.ahead(),
                call.pageLimits(),
                call.maxTotalBytes(),
                call.policy(),
                call.errors(),
                one);
    }

    /** {@return the headers that a block sets} */
    public static Map<String, Template> headers(Node node) {
        Map<String, Template> headers = node.templates("headers");
        for (String name : headers.keySet()) {
            if (!Headers.isName(name)) {
                node.problem("wrong-value", "headers." + name, "is no name of a header", "");
            } else if (Headers.isOurs(name)) {
                node.problem("wrong-value", "headers." + name, "is set by the HTTP client itself", "remove it");
            }
            Template value = headers.get(name);
            if (value != null && value.isConstant()) {
                Headers.unsendable(value.toString())
                        .ifPresent(wrong ->
                                node.problem("wrong-value", "headers." + name, "has " + wrong, Headers.ENCODE));
            }
        }
        return headers;
    }

    private void checkNames(Node node, String key, Set<Name> names, Set<String> bareNames) {
        for (Name name : names) {
            String first = name.path().column();
            switch (name.namespace()) {
                case "settings" -> {
                    if (!settingNames.contains(first)) {
                        String remedy = Suggestion.remedy(first, settingNames);
                        node.problem("unknown-setting", key, "there is no setting '" + first + "'", remedy);
                    }
                }
                case "run" -> {
                    if (!first.equals("lastSuccess")) {
                        node.problem("unknown-name", key, "there is no '" + name + "'", "known here: run.lastSuccess");
                    } else if (!delta) {
                        node.problem(
                                "full-source",
                                key,
                                "run.lastSuccess in an endpoint of a full source would hide people",
                                "set completeness: delta, or leave it out");
                    }
                }
                case "" -> {
                    if (!bareNames.contains(first)) {
                        node.problem("unknown-name", key, "there is no '" + name + "' here", known(bareNames));
                    }
                }
                case "token" -> {
                    if (!tokens) {
                        node.problem("unknown-name", key, "there is no '" + name + "' here", "only oauth2 has tokens");
                    }
                }
                case "record" -> {
                    if (!bareNames.contains(RECORD)) {
                        String remedy = known(bareNames) + "; an endpoint with for is called once for each record";
                        node.problem("unknown-name", key, "there is no '" + name + "' here", remedy);
                    }
                }
                default -> node.problem("unknown-name", key, "there is no '" + name + "' here", known(bareNames));
            }
        }
    }

    private static String known(Set<String> bareNames) {
        List<String> known = new ArrayList<>(List.of("settings.NAME", "run.lastSuccess"));
        known.addAll(bareNames);
        return "known here: " + String.join(", ", known);
    }

    private static RequestPolicy policy(Node node) {
        RequestPolicy policy = new RequestPolicy(
                node.duration("timeout"),
                node.duration("bodyTimeout"),
                node.integer("retries"),
                node.duration("maxRetryWait"),
                node.decimal("requestsPerSecond"),
                node.flag("idempotent"));
        node.end();
        return policy;
    }
}
