package dev.rollcall.formats;

import static dev.rollcall.formats.Parameter.Kind.ANY;
import static dev.rollcall.formats.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.Parameter.Kind.LIST;

import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Functions of lists; a single value is a list of one. Immutable and thread-safe. */
final class ListFunctions {
    private static final String GROUP = "Lists";

    private ListFunctions() {}

    static final List<FormatFunction> ALL = List.of(first(), last(), item(), count(), distinct());

    private static FormatFunction first() {
        return FunctionDeclaration.named("first")
                .group(GROUP)
                .documentation("With a number: the first characters of a text. Without: the first item of a list.")
                .alsoKnownAs("Entra Left, Entra First")
                .parameter(Parameter.of("value", ANY))
                .parameter(Parameter.of("characters", INTEGER).optional())
                .example("'Ada' | first(1)", "'A'")
                .example("split('a,b', ',') | first", "'a'")
                .as(arguments -> {
                    if (arguments.has(1)) {
                        return Value.of(TextFunctions.characters(arguments.text(0), 0, arguments.count(1)));
                    }
                    List<Value> items = arguments.list(0);
                    return items.isEmpty() ? Value.absent() : items.get(0);
                });
    }

    private static FormatFunction last() {
        return FunctionDeclaration.named("last")
                .group(GROUP)
                .documentation("With a number: the last characters of a text. Without: the last item of a list.")
                .alsoKnownAs("Entra Right")
                .parameter(Parameter.of("value", ANY))
                .parameter(Parameter.of("characters", INTEGER).optional())
                .example("'Lovelace' | last(4)", "'lace'")
                .as(arguments -> {
                    if (arguments.has(1)) {
                        String text = arguments.text(0);
                        int length = text.codePointCount(0, text.length());
                        long from = (long) length - Math.max(0, arguments.count(1));
                        return Value.of(TextFunctions.characters(text, (int) Math.max(0, from), length));
                    }
                    List<Value> items = arguments.list(0);
                    return items.isEmpty() ? Value.absent() : items.get(items.size() - 1);
                });
    }

    private static FormatFunction item() {
        return FunctionDeclaration.named("item")
                .group(GROUP)
                .documentation("Takes the item at an index from 0; past the end there is nothing.")
                .alsoKnownAs("Entra Item, which counts from 1")
                .parameter(Parameter.of("list", LIST))
                .parameter(Parameter.of("index", INTEGER))
                .example("split('a,b,c', ',') | item(1)", "'b'")
                .as(arguments -> {
                    List<Value> items = arguments.list(0);
                    int index = arguments.count(1);
                    return index < 0 || index >= items.size() ? Value.absent() : items.get(index);
                });
    }

    private static FormatFunction count() {
        return FunctionDeclaration.named("count")
                .group(GROUP)
                .documentation("Counts the items of a list; nothing has none.")
                .parameter(Parameter.of("list", LIST).acceptsNothing())
                .example("count(split('a,b,c', ','))", "3")
                .example("count(null)", "0")
                .as(arguments -> Value.of((long) arguments.list(0).size()));
    }

    private static FormatFunction distinct() {
        return FunctionDeclaration.named("distinct")
                .group(GROUP)
                .documentation("Leaves out of a list what is in it before, whatever the case of its letters.")
                .alsoKnownAs("Entra RemoveDuplicates")
                .parameter(Parameter.of("list", LIST))
                .example("join(',', distinct(split('a,B,b,A', ',')))", "'a,B'")
                .as(arguments -> {
                    Set<String> seen = new LinkedHashSet<>();
                    List<Value> kept = new ArrayList<>();
                    for (Value item : arguments.list(0)) {
                        if (seen.add(Values.text(item).toLowerCase(Locale.ROOT))) {
                            kept.add(item);
                        }
                    }
                    return Values.list(kept);
                });
    }
}
