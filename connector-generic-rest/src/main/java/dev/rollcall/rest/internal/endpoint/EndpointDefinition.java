package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.rest.internal.decoding.Decoding;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.Payload;
import dev.rollcall.rest.internal.http.Queries;
import dev.rollcall.rest.internal.http.Repeatability;
import dev.rollcall.rest.internal.http.RequestPolicy;
import dev.rollcall.rest.internal.paging.PageRequest;
import dev.rollcall.rest.internal.paging.Pager;
import dev.rollcall.rest.internal.paging.PagingPlacement;
import dev.rollcall.rest.internal.paging.PagingRules;
import dev.rollcall.rest.internal.settings.Pointer;
import dev.rollcall.rest.internal.settings.Template;
import dev.rollcall.rest.internal.template.BodyTemplate;
import dev.rollcall.rest.internal.template.UrlTemplate;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One inbound call, read and checked. Immutable and thread-safe.
 *
 * @param name in messages and reports
 * @param method in upper case
 * @param url where
 * @param headers with macros
 * @param parameters of the query, with macros
 * @param body with macros
 * @param decoding how an answer becomes records
 * @param pager which pages there are
 * @param rules when its list is complete
 * @param placement where the parameters of the paging go
 * @param ahead how many pages are fetched ahead where that can be done
 * @param pageLimits where a list that does not end is stopped
 * @param maxTotalBytes of all pages together
 * @param policy timeouts, retries, rate
 * @param errors failures that the status does not tell
 * @param one the call for one user by key; null if the application has none
 */
public record EndpointDefinition(
        String name,
        String method,
        UrlTemplate url,
        Map<String, Template> headers,
        Map<String, Template> parameters,
        BodyTemplate body,
        Decoding decoding,
        Pager pager,
        PagingRules rules,
        PagingPlacement placement,
        int ahead,
        PageLimits pageLimits,
        long maxTotalBytes,
        RequestPolicy policy,
        List<ErrorRule> errors,
        @Nullable EndpointDefinition one) {

    /** {@return this endpoint, of which one page is looked at, however the list goes on} */
    public EndpointDefinition forOnePage() {
        return new EndpointDefinition(
                name,
                method,
                url,
                headers,
                parameters,
                body,
                decoding,
                pager,
                PagingRules.single(),
                placement,
                ahead,
                pageLimits,
                maxTotalBytes,
                policy,
                errors,
                one);
    }

    /** {@return the names in all its formats} */
    public Set<Name> names() {
        Set<Name> names = new LinkedHashSet<>(url.names());
        headers.values().forEach(template -> names.addAll(template.names()));
        parameters.values().forEach(template -> names.addAll(template.names()));
        names.addAll(body.names());
        return names;
    }

    /** {@return where in an answer is what is needed beside the records} */
    public Set<Pointer> pointers() {
        Set<Pointer> pointers = new LinkedHashSet<>(pager.pointers());
        pointers.addAll(rules.totals());
        errors.forEach(rule -> pointers.addAll(rule.pointers()));
        return pointers;
    }

    /**
     * The call for a page.
     *
     * @param what in messages: {@code page 3 of users}
     */
    public Call call(String what, PageRequest turn, Evaluation evaluation) {
        Map<String, Value> paging = turn.parameters();
        URI uri = turn.address();
        if (uri == null) {
            Map<String, String> query = rendered(parameters, evaluation);
            if (placement == PagingPlacement.QUERY) {
                paging.forEach((name, value) -> query.put(name, value.text().orElseThrow()));
            }
            uri = Queries.with(url.render(what, evaluation), query);
        }
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        rendered(headers, evaluation)
                .forEach((key, value) -> sent.add(Map.entry(key, Headers.checked(what, key, value))));
        if (placement == PagingPlacement.HEADER) {
            paging.forEach((key, value) -> sent.add(
                    Map.entry(key, Headers.checked(what, key, value.text().orElseThrow()))));
        }
        if (headers.keySet().stream().noneMatch("Accept"::equalsIgnoreCase)) {
            sent.add(Map.entry("Accept", accept()));
        }
        Payload payload = body.render(what, placement == PagingPlacement.BODY ? paging : Map.of(), evaluation);
        boolean repeatable = policy.idempotent() || method.equals("GET") || method.equals("HEAD");
        Repeatability repeatability = repeatable ? Repeatability.FULL : Repeatability.NONE;
        return new Call(what, method, uri, sent, payload, repeatability, policy, decoding.limits());
    }

    private String accept() {
        return switch (decoding.type()) {
            case XML -> "application/xml, text/xml";
            case CSV -> "text/csv";
            case JSON_LINES -> "application/x-ndjson, application/jsonl";
            default -> "application/json";
        };
    }

    /** What has no value is left out. */
    private static Map<String, String> rendered(Map<String, Template> templates, Evaluation evaluation) {
        Map<String, String> texts = new LinkedHashMap<>();
        templates.forEach((name, template) -> {
            Value value = template.evaluate(evaluation);
            Optional<String> text = value.text();
            text.ifPresent(found -> texts.put(name, found));
        });
        return texts;
    }
}
