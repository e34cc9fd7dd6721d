package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.decoding.CsvFormat;
import dev.rollcall.rest.internal.decoding.Decoding;
import dev.rollcall.rest.internal.decoding.Each;
import dev.rollcall.rest.internal.decoding.JsonParsers;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Pointer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code response} and {@code records} of an endpoint. Thread-safe. */
public final class DecodingReader {
    /** The keys of {@code response}. */
    public static final BlockKeys RESPONSE_KEYS = BlockKeys.of(
            Setting.choice("type", Decoding.Type.class)
                    .byDefault("auto")
                    .description("the format of the body; `auto` goes by the content type, and takes JSON without one;"
                            + " `json-lines` is an object on each line"),
            Setting.text("charset")
                    .description("the charset of the body, such as `windows-1252`; default: UTF-8 for JSON, for XML and"
                            + " CSV see below"),
            Setting.text("separator")
                    .byDefault(",")
                    .description(
                            "what stands between the columns of CSV: a character, `tab`, or `auto`, which takes the"
                                    + " one that the header has most of"),
            Setting.integer("skipLines")
                    .between(0, 1000)
                    .byDefault("0")
                    .description("how many lines of CSV stand before the one that names the columns"),
            Setting.choice("shortLines", ShortLines.class)
                    .byDefault("fail")
                    .description("what a line of CSV with fewer values than columns is: a failure, or `empty` for one"
                            + " whose last columns have no value"),
            Setting.list("nothing")
                    .description("words that the application writes where it has no value, such as `[false, N/A,"
                            + " 0000-00-00]`; each is read as null, in every column"),
            Setting.duration("maxAge")
                    .between(Duration.ofSeconds(1), Duration.ofDays(36_500))
                    .description("how old the content may be, as the file or the header `Last-Modified` says; what is"
                            + " older is a failure; default: any age"),
            Setting.bytes("maxBytes").byDefault("1GiB").description("the most bytes of one body, after unpacking"),
            Setting.integer("maxDepth")
                    .between(1, 10_000)
                    .byDefault("100")
                    .description("how deep objects and lists may be nested"),
            Setting.integer("maxTextLength")
                    .between(1, Integer.MAX_VALUE)
                    .byDefault("10000000")
                    .description("the most characters of one string"),
            Setting.integer("maxNumberLength")
                    .between(1, 1_000_000)
                    .byDefault("1000")
                    .description("the most digits of one number"));

    /** The keys of {@code records}, where it is a map. */
    public static final BlockKeys RECORDS_KEYS = BlockKeys.of(
            Setting.text("at").description("a JSON Pointer to the list of records"),
            Setting.text("each")
                    .description("`values` if the list is an object whose values are the records, each with its key in"
                            + " the column `@key`; or a JSON Pointer to the record within each element"),
            Setting.choice("whenNull", WhenMissing.class)
                    .byDefault("fail")
                    .description("what a null in its place is: a failure, or an empty list"),
            Setting.choice("whenAbsent", WhenMissing.class)
                    .byDefault("fail")
                    .description("what a missing list is: a failure, or an empty list"));

    private DecodingReader() {}

    /** {@return how the responses of an endpoint become records} */
    static Decoding read(Node endpoint) {
        ResponseLimits limits = ResponseLimits.defaults();
        Decoding decoding = Decoding.defaults();
        Optional<Node> response = endpoint.block("response");
        if (response.isPresent()) {
            Node node = response.get();
            limits = new ResponseLimits(
                    node.bytes("maxBytes"),
                    node.integer("maxDepth"),
                    node.integer("maxTextLength"),
                    node.integer("maxNumberLength"),
                    node.has("maxAge") ? node.duration("maxAge") : null);
            decoding = new Decoding(
                    node.choice("type", Decoding.Type.class),
                    charset(node),
                    new CsvFormat(
                            separator(node),
                            node.integer("skipLines"),
                            node.choice("shortLines", ShortLines.class) == ShortLines.EMPTY),
                    Pointer.root(),
                    List.of(),
                    Each.ELEMENT,
                    nothing(node),
                    false,
                    false,
                    false,
                    limits,
                    JsonParsers.within(limits));
            node.end();
        }
        return records(endpoint, decoding);
    }

    private static String charset(Node node) {
        String name = node.text("charset").orElse("").strip().toLowerCase(Locale.ROOT);
        try {
            if (!name.isEmpty()) {
                Charset.forName(name);
            }
        } catch (IllegalArgumentException e) {
            node.problem("wrong-value", "charset", "is no charset that is known: " + name, "such as windows-1252");
        }
        return name;
    }

    private static char separator(Node node) {
        String text = node.text("separator").orElse(",");
        if (text.equalsIgnoreCase("auto")) {
            return CsvFormat.FIND_SEPARATOR;
        } else if (text.equalsIgnoreCase("tab")) {
            return '\t';
        } else if (text.length() != 1) {
            node.problem("wrong-value", "separator", "must be one character, tab or auto; was '" + text + "'", "");
            return ',';
        }
        return text.charAt(0);
    }

    /** {@return a decoding with the place of the records that a block says} */
    static Decoding records(Node node, Decoding decoding) {
        boolean whenNull = false;
        boolean whenAbsent = false;
        Pointer at = Pointer.root();
        List<Pointer> others = new ArrayList<>();
        Each each = Each.ELEMENT;
        if (node.value("records") instanceof Value.Items items && !items.items().isEmpty()) {
            for (Value item : items.items()) {
                others.add(node.pointer("records", item.text().orElse("?")));
            }
            at = others.remove(0);
        } else if (node.value("records") instanceof Value.Fields) {
            Node block = node.blockOrEmpty("records");
            at = block.text("at")
                    .filter(text -> !text.equals("/"))
                    .map(text -> block.pointer("at", text))
                    .orElse(Pointer.root());
            each = each(block);
            whenNull = block.choice("whenNull", WhenMissing.class) == WhenMissing.EMPTY;
            whenAbsent = block.choice("whenAbsent", WhenMissing.class) == WhenMissing.EMPTY;
            block.end();
        } else if (node.has("records")) {
            at = node.text("records").map(text -> node.pointer("records", text)).orElse(Pointer.root());
        }
        return new Decoding(
                decoding.type(),
                decoding.charset(),
                decoding.csv(),
                at,
                others,
                each,
                decoding.nothing(),
                whenNull,
                whenAbsent,
                false,
                decoding.limits(),
                decoding.json());
    }

    private static Each each(Node records) {
        Optional<String> text = records.text("each");
        if (text.isEmpty()) {
            return Each.ELEMENT;
        }
        return text.get().equals("values")
                ? new Each(true, Pointer.root())
                : new Each(false, records.pointer("each", text.get()));
    }

    private static Set<String> nothing(Node node) {
        Set<String> words = new LinkedHashSet<>();
        for (Value value : node.list("nothing")) {
            Optional<String> text = value.text();
            if (text.isEmpty()) {
                node.problem("wrong-type", "nothing", "must be a list of words", "such as [false, N/A, 0000-00-00]");
            }
            text.ifPresent(words::add);
        }
        return words;
    }

    private enum ShortLines {
        FAIL,
        EMPTY
    }

    private enum WhenMissing {
        FAIL,
        EMPTY
    }
}
