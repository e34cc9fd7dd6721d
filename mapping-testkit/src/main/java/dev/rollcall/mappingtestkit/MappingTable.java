package dev.rollcall.mappingtestkit;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of columns and of the attributes that must come of them. Immutable and thread-safe. */
final class MappingTable {
    private record Row(int number, List<String> given, List<String> expected) {}

    private final List<String> columns;
    private final List<String> attributes;
    private final List<Row> rows;

    private MappingTable(List<String> columns, List<String> attributes, List<Row> rows) {
        this.columns = columns;
        this.attributes = attributes;
        this.rows = rows;
    }

    static MappingTable parse(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.size() < 2) {
            throw new IllegalArgumentException("a table has a line of names and at least one row");
        }
        List<List<String>> head = sides(lines.get(0));
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<List<String>> sides = sides(lines.get(i));
            if (sides.get(0).size() != head.get(0).size()
                    || sides.get(1).size() != head.get(1).size()) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + sides.get(0).size() + " and "
                                + sides.get(1).size() + " cells, the names are "
                                + head.get(0).size() + " and "
                                + head.get(1).size() + ": " + lines.get(i));
            }
            rows.add(new Row(i, sides.get(0), sides.get(1)));
        }
        return new MappingTable(head.get(0), head.get(1), rows);
    }

    private static List<List<String>> sides(String line) {
        int middle = line.indexOf("||");
        if (middle < 0) {
            throw new IllegalArgumentException("no || between the record and the entry: " + line);
        }
        return List.of(cells(line.substring(0, middle)), cells(line.substring(middle + 2)));
    }

    private static List<String> cells(String side) {
        return Arrays.stream(side.split("\\|", -1)).map(String::strip).toList();
    }

    List<String> differences(Mapping mapping, Situation first) {
        List<String> differences = new ArrayList<>();
        Situation situation = first;
        for (Row row : rows) {
            Outcome outcome = Outcome.of(mapping, record(row, mapping), situation);
            situation = outcome.reserving(situation);
            for (int i = 0; i < attributes.size(); i++) {
                String difference =
                        difference(outcome, attributes.get(i), row.expected().get(i), i);
                if (!difference.isEmpty()) {
                    differences.add("row " + row.number() + " (" + String.join(" | ", row.given()) + ")\n"
                            + Outcome.indent(difference));
                }
            }
        }
        return differences;
    }

    private UserRecord record(Row row, Mapping mapping) {
        Map<String, Value> fields = new LinkedHashMap<>();
        String key = mapping.key().column().toString();
        if (!columns.contains(key)) {
            fields.put(key, Value.of(row.number()));
        }
        for (int i = 0; i < columns.size(); i++) {
            String cell = row.given().get(i);
            if (!cell.isEmpty()) {
                fields.put(columns.get(i), value(cell));
            }
        }
        return UserRecord.of(Value.of(fields));
    }

    private static Value value(String cell) {
        boolean json = "{['\"".indexOf(cell.charAt(0)) >= 0
                || List.of("null", "true", "false").contains(cell);
        return json ? JsonText.parse(cell) : Value.of(cell);
    }

    private static String difference(Outcome outcome, String attribute, String expected, int index) {
        if (outcome.failure().isPresent()) {
            String code = "!" + outcome.failure().get().problem().code();
            boolean meant = expected.equals(code) || (index > 0 && expected.isEmpty());
            return meant
                    ? ""
                    : attribute + ": expected " + shown(expected) + ", but was " + code + "\n"
                            + Outcome.told(outcome.failure().get().problem());
        }
        List<String> found = attribute.equals("dn")
                ? outcome.entry()
                        .flatMap(entry -> entry.dn())
                        .map(dn -> List.of(dn.toString()))
                        .orElse(List.of())
                : outcome.values(attribute);
        List<String> wanted = expected.isEmpty()
                ? List.of()
                : Arrays.stream(expected.split(";")).map(String::strip).toList();
        if (found.size() == wanted.size() && new HashSet<>(found).equals(new HashSet<>(wanted))) {
            return "";
        }
        return attribute + ": expected " + shown(expected) + ", but was " + shown(String.join("; ", found)) + "\n"
                + outcome.because(attribute);
    }

    private static String shown(String cell) {
        return cell.isEmpty() ? "no value" : cell;
    }
}
