package dev.rollcall.rest.internal.decoding;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Records in XML: every element at the path {@code records}. A child element is a column, repeated ones a list, an
 * attribute the column {@code @name}, text beside others {@code #text}. Namespaces are left out, a DOCTYPE is refused.
 * Not thread-safe: for one thread at a time.
 */
final class XmlRecords implements RecordStream {
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    /** How the messages of the JDK's own limits begin, which newer JDKs have more of than older ones. */
    private static final String PARSER_LIMIT = "JAXP0001";

    /** A text that is longer says nothing about further pages. */
    private static final int MOST_ANNOUNCED = 4096;

    private final Call call;
    private final Failures failures;
    private final Decoding decoding;
    private final String records;
    private final Set<Pointer> wanted;
    private final Map<String, Value> found = new HashMap<>();
    private final List<String> path = new ArrayList<>();
    private final Announcements announcements = new Announcements();

    /** The text of the element that began last, until another one begins. */
    private final StringBuilder leaf = new StringBuilder();

    private final XMLStreamReader reader;
    private @Nullable String error;
    private boolean listSeen;
    private boolean ended;

    XmlRecords(Call call, Failures failures, InputStream body, String header, Decoding decoding, Set<Pointer> wanted)
            throws AttemptFailed {
        this.call = call;
        this.failures = failures;
        this.decoding = decoding;
        this.records = decoding.records().toString();
        this.wanted = wanted;
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            // Decoded here: where the parser does it, it prints bytes that do not fit to standard error.
            PushbackInputStream peeked = new PushbackInputStream(body, BodyCharset.DECLARATION);
            Charset charset = BodyCharset.ofXml(peeked, decoding.charset(), header, call, failures);
            this.reader = factory.createXMLStreamReader(BodyReader.of(peeked, charset));
        } catch (IOException e) {
            throw failures.transport(call, e);
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException transport
                    ? failures.transport(call, transport)
                    : broken(e);
        }
    }

    @Override
    public Value.@Nullable Fields next() throws AttemptFailed, IOException {
        try {
            while (!ended) {
                Value.@Nullable Fields record = step();
                if (record != null) {
                    return record;
                }
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException transport) {
                throw transport;
            }
            throw broken(e);
        }
        if (!listSeen && !decoding.emptyWhenAbsent()) {
            String message = "expected elements at " + records + ", there is no " + parent(records);
            throw failures.malformed(call, "no-list", message, "check records, the path of the elements");
        }
        return null;
    }

    @Override
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    @Override
    public Announcements announcements() {
        return announcements;
    }

    @Override
    public Value around(Pointer pointer) {
        return found.getOrDefault(pointer.toString(), Value.absent());
    }

    private Value.@Nullable Fields step() throws XMLStreamException, AttemptFailed {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
            return start();
        } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
            if (leaf.length() < MOST_ANNOUNCED) {
                leaf.append(reader.getText());
            }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            if (!leaf.toString().isBlank()) {
                announcements.see(at(), records, Value.of(leaf.toString().trim()));
                failed(leaf.toString().trim());
                leaf.setLength(0);
            }
            path.remove(path.size() - 1);
        } else if (event == XMLStreamConstants.DTD) {
            throw failures.malformed(call, "doctype", "the XML has a DOCTYPE", "");
        } else if (event == XMLStreamConstants.END_DOCUMENT) {
            ended = true;
        }
        return null;
    }

    private Value.@Nullable Fields start() throws XMLStreamException, AttemptFailed {
        path.add(reader.getLocalName());
        leaf.setLength(0);
        String at = at();
        if (at.equals(parent(records))) {
            listSeen = true;
        }
        if (at.equals(records)) {
            listSeen = true;
            Value value = element(path.size());
            path.remove(path.size() - 1);
            Value.Fields record = value instanceof Value.Fields fields ? fields : Value.of(Map.of("#text", value));
            announcements.seeElement(at, record);
            return record;
        }
        announced(at);
        boolean whole = false;
        for (Pointer pointer : wanted) {
            String text = pointer.toString();
            whole |= text.equals(at);
            if (text.startsWith(at + "/@")) {
                String attribute = reader.getAttributeValue(null, text.substring(at.length() + 2));
                found.put(text, attribute == null ? Value.absent() : Value.of(attribute));
            }
        }
        if (whole) {
            found.put(at, element(path.size()));
            path.remove(path.size() - 1);
        }
        return null;
    }

    /** Notes a text in an element around the list that reports a failure, or in a part of such an element. */
    private void failed(String text) {
        StringBuilder at = new StringBuilder();
        for (int i = 0; i < path.size() && error == null; i++) {
            String name = path.get(i);
            at.append('/').append(name);
            // Whatever has parts is no flag and no code: that it is there is what it says.
            Value value = Value.of(i == path.size() - 1 ? text : "parts");
            if (Announcements.isAround(at.toString(), records) && ErrorObjects.isErrorBeside(name, value)) {
                error = at.toString();
            }
        }
    }

    private String at() {
        return "/" + String.join("/", path);
    }

    /** What the attributes of an element around the list say about further pages. */
    private void announced(String at) {
        if ("next".equals(reader.getAttributeValue(null, "rel"))) {
            announcements.seeLink(at, String.valueOf(reader.getAttributeValue(null, "href")));
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            announcements.see(
                    at + "/@" + reader.getAttributeLocalName(i), records, Value.of(reader.getAttributeValue(i)));
        }
    }

    /** Reads an element to its end. */
    private Value element(int depth) throws XMLStreamException, AttemptFailed {
        if (depth > decoding.limits().maxDepth()) {
            throw tooLarge("nested deeper than " + decoding.limits().maxDepth());
        }
        LinkedHashMap<String, Value> fields = new LinkedHashMap<>();
        boolean isNull = "true".equals(reader.getAttributeValue(INSTANCE, "nil"));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (!INSTANCE.equals(reader.getAttributeNamespace(i))) {
                fields.put("@" + reader.getAttributeLocalName(i), Value.of(reader.getAttributeValue(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = reader.getLocalName();
                fields.merge(name, element(depth + 1), XmlRecords::both);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
                if (text.length() > decoding.limits().maxTextLength()) {
                    throw tooLarge("a text longer than " + decoding.limits().maxTextLength() + " characters");
                }
            }
        }
        if (fields.isEmpty()) {
            return isNull ? Value.ofNull() : Value.of(text.toString());
        }
        if (!text.toString().isBlank()) {
            fields.put("#text", Value.of(text.toString().trim()));
        }
        return Value.of(fields);
    }

    private static Value both(Value earlier, Value later) {
        List<Value> items = new ArrayList<>(earlier instanceof Value.Items list ? list.items() : List.of(earlier));
        items.add(later);
        return Value.of(items);
    }

    private static String parent(String pointer) {
        int end = pointer.lastIndexOf('/');
        return end <= 0 ? pointer : pointer.substring(0, end);
    }

    private AttemptFailed tooLarge(String what) {
        return failures.failed(call, FailureKind.LIMIT_EXCEEDED, "too-large", "the XML has " + what, "", false, null);
    }

    private AttemptFailed broken(XMLStreamException e) {
        String at = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber();
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (message.contains(PARSER_LIMIT)) {
            return tooLarge("more of something than the parser of this JDK takes" + at);
        }
        int words = message.indexOf("Message: ");
        return failures.malformed(
                call,
                "broken-xml",
                "broken XML" + at + ": " + (words < 0 ? message : message.substring(words + 9)),
                "");
    }
}
