package dev.rollcall.integration.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.rest.WebhookDefinition;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A value of a record in every part of a request; each is read by a parser that knows nothing of us. Thread-safe. */
final class HttpPlaces {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data; boundary=([\\w-]+)");
    private static final Settings APPLICATION =
            Settings.builder().set("base", "https://a.test/v1").build();

    private final WebhookDefinition path = webhook(Map.of("url", "${settings.base}/x/${record.v}/y${record.v}?z=1"));
    private final WebhookDefinition query = webhook(Map.of(
            "url", "${settings.base}/x?a=${record.v}&b=-${record.v}-", "parameters", Map.of("c", "${record.v}")));
    private final WebhookDefinition header =
            webhook(Map.of("url", "https://a.test/", "headers", Map.of("X-A", "${record.v}", "X-B", "1")));
    private final WebhookDefinition json =
            body("json", "{\"a\": \"-${record.v}-\", \"b\": ${record.v}, \"c\": [1, ${record.v}]}");
    private final WebhookDefinition form = body("form", Map.of("a", "${record.v}", "b", "-${record.v}"));
    private final WebhookDefinition multipart = body("multipart", Map.of("a", "-${record.v}-", "b", "1"));
    private final WebhookDefinition xml =
            body("xml", "<p a=\"${record.v}\" b='${record.v}'><q>${record.v}</q><r/></p>");

    private static WebhookDefinition body(String type, Object content) {
        return webhook(Map.of("url", "https://a.test/", "body", Map.of("type", type, "content", content)));
    }

    private static WebhookDefinition webhook(Map<String, ?> block) {
        return WebhookDefinition.read("w", (Value.Fields) Value.from(block), APPLICATION);
    }

    /** Checks that the value arrives as it is, or is refused where no encoding can carry it; nothing else changes. */
    void check(String value) throws IOException {
        String sent = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        // JDKs differ in what they percent-encode for half a character, so there are none here.
        rendered(path, sent, "^\\.+$").ifPresent(call -> path(call.url(), sent));
        query(rendered(query, sent, "").orElseThrow().url(), sent);
        rendered(header, value, "[\\x00-\\x08\\x0a-\\x1f\\x7f]|[^\\x00-\\x7f]").ifPresent(call -> header(call, value));
        json(rendered(json, value, "").orElseThrow(), value, sent);
        form(rendered(form, sent, "").orElseThrow(), sent);
        multipart(rendered(multipart, value, "").orElseThrow(), sent);
        Optional<WebhookCall> document =
                rendered(xml, value, "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]");
        if (document.isPresent()) {
            xml(document.get(), value);
        }
    }

    /** {@return the call; nothing if it was refused, which only such values may be in which the pattern is found} */
    private static Optional<WebhookCall> rendered(WebhookDefinition webhook, String value, String refusable) {
        try {
            UserRecord record = UserRecord.of(Map.of("v", value));
            return Optional.of(webhook.render(Evaluation.of(Scope.record(record))));
        } catch (ConnectorException | FormatException e) {
            assertThat(!refusable.isEmpty()
                            && Pattern.compile(refusable).matcher(value).find())
                    .as("may be refused: " + e.getMessage())
                    .isTrue();
            return Optional.empty();
        }
    }

    private static void path(URI url, String sent) {
        String[] segments = url.getRawPath().split("/", -1);
        assertThat(segments).hasSize(5);
        assertThat(segments[1]).isEqualTo("v1");
        assertThat(decoded(segments[3])).isEqualTo(sent);
        assertThat(decoded(segments[4])).isEqualTo("y" + sent);
        assertThat(url.getRawQuery()).isEqualTo("z=1");
        assertThat(url.getRawFragment()).isNull();
        assertThat(url.getHost()).isEqualTo("a.test");
    }

    private static void query(URI url, String sent) {
        assertThat(url.getRawPath()).isEqualTo("/v1/x");
        pairs(url.getRawQuery(), List.of("a", "b", "c"), List.of(sent, "-" + sent + "-", sent));
        assertThat(url.getRawFragment()).isNull();
    }

    private static void form(WebhookCall call, String sent) {
        pairs(call.body().orElseThrow(), List.of("a", "b"), List.of(sent, "-" + sent));
    }

    private static void pairs(String text, List<String> names, List<String> values) {
        String[] pairs = text.split("&", -1);
        assertThat(pairs).hasSize(names.size());
        for (String pair : pairs) {
            String[] sides = pair.split("=", -1);
            assertThat(sides).hasSize(2);
            assertThat(decoded(sides[1])).isEqualTo(values.get(names.indexOf(sides[0])));
        }
    }

    private static String decoded(String text) {
        assertThat(text).matches("[\\x21-\\x7e]*");
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void header(WebhookCall call, String value) {
        assertThat(call.headers())
                .containsEntry("X-A", value)
                .containsEntry("X-B", "1")
                .hasSize(3);
    }

    private static void json(WebhookCall call, String value, String sent) throws IOException {
        JsonNode tree = JSON.readTree(call.body().orElseThrow());
        assertThat(tree.size()).isEqualTo(3);
        assertThat(tree.get("a").textValue()).isIn("-" + value + "-", "-" + sent + "-");
        assertThat(tree.get("b").textValue()).isIn(value, sent);
        assertThat(tree.get("c")).hasSize(2);
        assertThat(tree.get("c").get(1).textValue()).isIn(value, sent);
    }

    private static void multipart(WebhookCall call, String sent) {
        Matcher type = BOUNDARY.matcher(call.headers().getOrDefault("Content-Type", ""));
        assertThat(type.matches()).isTrue();
        String delimiter = "\r\n--" + type.group(1);
        String[] parts = ("\r\n" + call.body().orElseThrow()).split(Pattern.quote(delimiter), -1);
        assertThat(parts).hasSize(4);
        assertThat(parts[0]).isEmpty();
        assertThat(parts[3]).isEqualTo("--\r\n");
        for (String part : List.of(parts[1], parts[2])) {
            int end = part.indexOf("\r\n\r\n");
            boolean first = part.startsWith("\r\nContent-Disposition: form-data; name=\"a\"\r\n");
            assertThat(part.substring(end + 4)).isEqualTo(first ? "-" + sent + "-" : "1");
        }
    }

    private static void xml(WebhookCall call, String value) throws IOException {
        Element root = parsed(call.body().orElseThrow());
        assertThat(root.getTagName()).isEqualTo("p");
        assertThat(root.getAttributes().getLength()).isEqualTo(2);
        assertThat(root.getAttribute("a")).isEqualTo(value);
        assertThat(root.getAttribute("b")).isEqualTo(value);
        assertThat(root.getElementsByTagName("*").getLength()).isEqualTo(2);
        assertThat(root.getChildNodes().getLength()).isEqualTo(2);
        assertThat(root.getFirstChild().getTextContent()).isEqualTo(value);
        assertThat(root.getLastChild().getNodeName()).isEqualTo("r");
    }

    private static Element parsed(String text) throws IOException {
        try {
            DocumentBuilder builder =
                    DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError("no XML: " + HostileTexts.shown(text), e);
        }
    }
}
