package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.CONDITION;
import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.LIST;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Comparison;
import dev.rollcall.formats.internal.values.Texts;
import dev.rollcall.formats.internal.values.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Functions of lists; a single value is a list of one, indexes count from 0. Immutable and thread-safe. */
public final class ListFunctions {
    public static final List<FormatFunction> ALL =
            List.of(list(), count(), item(), take(), distinct(), flatten(), sort(), union(), minus(), toCsv());

    private ListFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Lists");
    }

    private static FormatFunction list() {
        return named("list")
                .documentation("A list of the values; lists are taken item by item, absent and null are left out.")
                .parameter(
                        Parameter.of("value", ANY).acceptsNothing().optional().repeated())
                .example("count(list('a', null, list('b', 'c')))", "3")
                .as(arguments -> {
                    List<Value> all = new ArrayList<>();
                    for (int i = 0; i < arguments.size(); i++) {
                        all.addAll(arguments.list(i));
                    }
                    return Values.list(all);
                });
    }

    private static FormatFunction count() {
        return named("count")
                .documentation("The number of items; 1 for a single value, 0 for absent and null.")
                .alsoKnownAs("Entra Count, Okta size")
                .parameter(Parameter.of("list", LIST).acceptsNothing())
                .example("count(list('a', 'b'))", "2")
                .example("count('a')", "1")
                .example("count(null)", "0")
                .as(arguments -> Value.of((long) arguments.list(0).size()));
    }

    private static FormatFunction item() {
        return named("item")
                .documentation("The item at an index from 0; absent outside.")
                .alsoKnownAs("Entra Item, which counts from 1; Okta get")
                .parameter(Parameter.of("list", LIST))
                .parameter(Parameter.of("index", INTEGER))
                .example("item(list('a', 'b'), 1)", "'b'")
                .example("item(list('a', 'b'), 2)", "skip()")
                .as(arguments -> {
                    List<Value> items = arguments.list(0);
                    long index = arguments.integer(1);
                    return index < 0 || index >= items.size() ? Value.absent() : items.get((int) index);
                });
    }

    private static FormatFunction take() {
        return named("take")
                .documentation("The first so many items.")
                .parameter(Parameter.of("list", LIST))
                .parameter(Parameter.of("count", INTEGER))
                .example("join(',', take(list('a', 'b', 'c'), 2))", "'a,b'")
                .as(arguments -> {
                    List<Value> items = arguments.list(0);
                    return Values.list(items.subList(
                            0, (int) Math.max(0, Math.min(items.size(), arguments.integer(1)))));
                });
    }

    /** What makes two items one: the text, folded if case does not matter, or the value that has none. */
    private static Object identity(Value item, boolean ignoreCase) {
        String text = item.text().orElse(null);
        return text == null ? item : ignoreCase ? ChoiceFunctions.fold(text) : text;
    }

    private static FormatFunction distinct() {
        return named("removeDuplicates")
                .documentation("The list without what was in it before, in its order; with true, whatever the case.")
                .alsoKnownAs("Entra RemoveDuplicates, Okta arrayDistinct")
                .parameter(Parameter.of("list", LIST))
                .parameter(Parameter.of("ignoreCase", CONDITION).optional())
                .example("join(',', removeDuplicates(list('b', 'a', 'b', 'B')))", "'b,a,B'")
                .example("join(',', removeDuplicates(list('b', 'a', 'b', 'B'), true))", "'b,a'")
                .as(arguments -> unique(List.of(arguments.list(0)), arguments.isTrue(1)));
    }

    private static Value unique(Collection<List<Value>> lists, boolean ignoreCase) {
        Map<Object, Value> kept = new LinkedHashMap<>();
        lists.forEach(list -> list.forEach(item -> kept.putIfAbsent(identity(item, ignoreCase), item)));
        return Values.list(List.copyOf(kept.values()));
    }

    private static FormatFunction flatten() {
        return named("flatten")
                .documentation("The items of all lists in a list, in one list.")
                .alsoKnownAs("Okta flatten")
                .parameter(Parameter.of("list", LIST))
                .example("count(flatten(list('a', 'b')))", "2")
                .as(arguments -> {
                    List<Value> all = new ArrayList<>();
                    flatten(arguments.list(0), all);
                    return Values.list(all);
                });
    }

    private static void flatten(List<Value> items, List<Value> all) {
        for (Value item : items) {
            if (item instanceof Value.Items inner) {
                flatten(inner.items(), all);
            } else {
                all.add(item);
            }
        }
    }

    private static FormatFunction sort() {
        return named("sort")
                .documentation("The list in order: by size if all are numbers, else as texts by code point.")
                .parameter(Parameter.of("list", LIST))
                .example("join(',', sort(list('b', 'a')))", "'a,b'")
                .example("join(',', sort(list(10, 9)))", "'9,10'")
                .as(arguments -> {
                    List<Value> sorted = new ArrayList<>(arguments.list(0));
                    boolean numbers = sorted.stream().allMatch(item -> item instanceof Value.Num);
                    sorted.sort((a, b) -> numbers
                            ? Values.number(a).compareTo(Values.number(b))
                            : Comparison.compare(Value.of(Values.text(a)), Value.of(Values.text(b))));
                    return Values.list(sorted);
                });
    }

    private static FormatFunction union() {
        return named("union")
                .documentation("The items of all lists, each once, in their order.")
                .parameter(Parameter.of("list", LIST).acceptsNothing().repeated())
                .example("join(',', union(list('a', 'b'), list('b', 'c')))", "'a,b,c'")
                .as(arguments -> {
                    List<List<Value>> lists = new ArrayList<>();
                    for (int i = 0; i < arguments.size(); i++) {
                        lists.add(arguments.list(i));
                    }
                    return unique(lists, false);
                });
    }

    private static FormatFunction minus() {
        return named("minus")
                .documentation("The items of the first list that are not in the second; with true, whatever the case.")
                .parameter(Parameter.of("list", LIST))
                .parameter(Parameter.of("without", LIST).acceptsNothing())
                .parameter(Parameter.of("ignoreCase", CONDITION).optional())
                .example("join(',', minus(list('a', 'b'), list('b')))", "'a'")
                .as(arguments -> {
                    boolean ignoreCase = arguments.isTrue(2);
                    Set<String> out = new TreeSet<>();
                    arguments
                            .list(1)
                            .forEach(item -> out.add(identity(item, ignoreCase).toString()));
                    return Values.list(arguments.list(0).stream()
                            .filter(item ->
                                    !out.contains(identity(item, ignoreCase).toString()))
                            .toList());
                });
    }

    private static FormatFunction toCsv() {
        return named("toCsv")
                .documentation("The items as one line of CSV (RFC 4180): quoted where needed.")
                .alsoKnownAs("Okta arrayToCsv")
                .parameter(Parameter.of("list", LIST))
                .example("toCsv(list('a', 'b,c'))", "'a,\"b,c\"'")
                .as(arguments -> {
                    StringBuilder out = new StringBuilder();
                    String separator = "";
                    for (Value item : arguments.list(0)) {
                        String text = Values.isNothing(item) ? "" : Values.text(item);
                        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
                        out.append(separator).append(quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
                        Texts.output(out.length());
                        separator = ",";
                    }
                    return Value.of(out.toString());
                });
    }
}
