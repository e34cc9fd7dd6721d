package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference is made of the declarations: run with {@code -Dreference.update=true} to write it anew. */
class ReferenceTest {
    @Test
    void the_page_of_functions_is_what_the_declarations_say() throws IOException {
        Path page = Path.of("../docs/functions.md");
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(page, page());
        }

        assertThat(page).as("run with -Dreference.update=true to write it").hasContent(page());
    }

    private static String page() {
        Map<String, List<FunctionDeclaration>> groups = Functions.standard().all().stream()
                .map(FormatFunction::declaration)
                .collect(Collectors.groupingBy(FunctionDeclaration::group, TreeMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder("""
                # Functions

                Generated from the declarations in the module `formats`; every example is executed by a test. The language around
                them is in [formats.md](formats.md).

                `x | f(a)` is `f(x, a)`. A function of nothing is nothing, unless its parameter is marked with `∅`: absent and null
                are then handed to it; what is unknown stays unknown. `?` may be left out, `...` may be given several times. Where
                one value is needed a list of one is taken as the one, a longer list is an error. Positions and indexes count from 0,
                in Unicode code points.

                """);
        groups.forEach((group, functions) -> page.append("- ")
                .append(group)
                .append(": ")
                .append(functions.stream()
                        .map(function -> "[" + function.name() + "](#"
                                + function.name().toLowerCase(java.util.Locale.ROOT) + ")")
                        .collect(Collectors.joining(", ")))
                .append('\n'));
        groups.forEach((group, functions) -> {
            page.append("\n## ").append(group).append('\n');
            functions.forEach(function -> describe(function, page));
        });
        page.append("\n## Names in other products\n\n| there | here |\n|---|---|\n");
        groups.values().stream()
                .flatMap(List::stream)
                .filter(function -> !function.alsoKnownAs().isEmpty())
                .forEach(function -> page.append("| ")
                        .append(function.alsoKnownAs())
                        .append(" | `")
                        .append(function.name())
                        .append("` |\n"));
        return page.toString();
    }

    private static void describe(FunctionDeclaration function, StringBuilder page) {
        page.append("\n### ").append(function.name()).append("\n\n`");
        page.append(function.name())
                .append(function.parameters().stream()
                        .map(parameter -> parameter + (parameter.takesNothing() ? "∅" : "") + ": "
                                + parameter.kind().name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining(", ", "(", ")")))
                .append("`\n\n")
                .append(function.documentation())
                .append('\n');
        if (!function.examples().isEmpty()) {
            page.append("\n```\n");
            function.examples()
                    .forEach(example -> page.append(example.expression())
                            .append("  →  ")
                            .append(example.result())
                            .append('\n'));
            page.append("```\n");
        }
    }
}
