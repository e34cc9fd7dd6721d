package dev.rollcall.configuration;

import dev.rollcall.connector.Value;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML without its traps: {@code no} is a text, {@code 007} is a text, {@code 1.10} keeps its zero, a key given
 * twice is a problem. Only {@code true}, {@code false}, {@code null} and JSON numbers are more than text.
 */
final class YamlReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE);

    private final Document document;

    private YamlReader(Document document) {
        this.document = document;
    }

    static void read(String text, Document document) {
        new YamlReader(document).read(text);
    }

    private void read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(Document.MAX_DEPTH + 10);
        options.setCodePointLimit(Document.MAX_BYTES);
        options.setMaxAliasesForCollections(Document.MAX_NODES);
        // Nothing is constructed here, and a tag deserves a problem with its path.
        options.setTagInspector(tag -> true);
        try {
            Iterator<Node> nodes =
                    new Yaml(options).composeAll(new StringReader(text)).iterator();
            Node first = nodes.hasNext() ? nodes.next() : null;
            if (first == null || isNull(first)) {
                document.problem("empty-file", 1, "", "the file is empty", "");
            } else if (nodes.hasNext()) {
                Node second = nodes.next();
                document.problem(
                        "several-documents", line(second), "", "a second document begins here", "keep one per file");
            } else if (first instanceof MappingNode mapping) {
                document.root((Value.Fields) fields(mapping, "", 0));
            } else {
                document.problem("wrong-type", line(first), "", "a configuration is a map of keys", "");
            }
        } catch (MarkedYAMLException e) {
            syntax(e);
        } catch (YAMLException e) {
            document.problem("syntax", 1, "", "the file is no YAML: " + oneLine(e.getMessage()), "");
        }
    }

    private Value value(Node node, String path, int depth) {
        if (!document.place(path, line(node), depth)) {
            return Value.ofNull();
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, path);
        } else if (node instanceof SequenceNode sequence) {
            List<Value> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, Document.item(path, items.size()), depth + 1));
            }
            return Value.of(items);
        }
        return fields((MappingNode) node, path, depth);
    }

    private Value fields(MappingNode node, String path, int depth) {
        Map<String, Value> fields = new LinkedHashMap<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                document.problem("wrong-type", line(tuple.getKeyNode()), path, "a key is a text", braces(path));
                continue;
            }
            if (key.getTag().equals(Tag.MERGE)) {
                merged.add(tuple.getValueNode());
                continue;
            }
            String name = key.getValue();
            Integer before = seen.putIfAbsent(name, line(key));
            if (before != null) {
                String remedy = "it stands in line " + before + " already; keep one";
                document.problem(
                        "duplicate-key", line(key), Document.child(path, name), "the key is a duplicate", remedy);
                continue;
            }
            String childPath = Document.child(path, name);
            document.place(childPath, line(key), depth + 1);
            fields.put(name, value(tuple.getValueNode(), childPath, depth + 1));
        }
        for (Node other : merged) {
            merge(other, fields, path, depth);
        }
        return Value.of(fields);
    }

    /** {@code <<: *other} gives the keys that are not said here. */
    private void merge(Node other, Map<String, Value> fields, String path, int depth) {
        if (other instanceof SequenceNode sequence) {
            sequence.getValue().forEach(one -> merge(one, fields, path, depth + 1));
        } else if (other instanceof MappingNode mapping && depth <= Document.MAX_DEPTH) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && !fields.containsKey(key.getValue())) {
                    if (key.getTag().equals(Tag.MERGE)) {
                        merge(tuple.getValueNode(), fields, path, depth + 1);
                    } else {
                        String childPath = Document.child(path, key.getValue());
                        fields.put(key.getValue(), value(tuple.getValueNode(), childPath, depth + 1));
                    }
                }
            }
        } else {
            document.problem("wrong-type", line(other), path, "'<<' takes a map or a list of maps", "");
        }
    }

    private Value scalar(ScalarNode node, String path) {
        String text = node.getValue();
        String tag = node.getTag().getValue();
        if (!TAGS.contains(node.getTag())) {
            document.problem(
                    "unknown-tag", line(node), path, "the YAML tag " + tag + " means nothing here", "remove it");
            return Value.ofNull();
        }
        boolean plain = node.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
        if (!plain || node.getTag().equals(Tag.STR)) {
            return Value.of(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "~", "null" -> Value.ofNull();
            case "true" -> Value.of(true);
            case "false" -> Value.of(false);
            default -> NUMBER.matcher(text).matches() ? new Value.Num(text) : Value.of(text);
        };
    }

    private void syntax(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        int line = mark == null ? 1 : mark.getLine() + 1;
        String problem = e.getProblem() == null ? oneLine(e.getMessage()) : oneLine(e.getProblem());
        String context = e.getContext() == null ? "" : " " + oneLine(e.getContext());
        String remedy;
        if (problem.contains("TAB")) {
            document.problem(
                    "syntax",
                    line,
                    "",
                    "a tab stands where YAML wants spaces",
                    "indent with spaces, tabs are not allowed");
            return;
        } else if (problem.contains("mapping values are not allowed")) {
            remedy = "put a text that holds ': ' in quotes, and check the indentation";
        } else if (context.contains("flow")) {
            remedy = "inside { } and [ ] put a text with ${...}, commas or colons in quotes";
        } else if (problem.contains("<block end>") || context.contains("block")) {
            remedy = "check the indentation, and put a text that begins with a quote, '[', '{', '&', '*', '@' or '%' in"
                    + " quotes as a whole";
        } else {
            remedy = "put the text in quotes";
        }
        document.problem("syntax", line, "", "this is no YAML:" + context + " " + problem, remedy);
    }

    private static String braces(String path) {
        return path.isEmpty() ? "" : "put a text that begins with '{' or '[' in quotes";
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && node.getTag().equals(Tag.NULL)
                && scalar.getValue().isEmpty();
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }
}
