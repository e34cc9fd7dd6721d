package dev.rollcall.mappingtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide, gone through as its reader does: what it shows is compiled and run. */
class TestingMappingsGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("`([a-z]\\w+\\([^`]*\\))`");

    @TempDir
    Path folder;

    private final String guide = guide();

    private static String guide() {
        try {
            return Files.readString(Path.of("../docs/testing-mappings.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(guide); matcher.find(); ) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private String red() {
        return blocks("java").get(0);
    }

    /** The class of the guide with the two lines that mend it in the place of those that they are for. */
    private String green() {
        String green = red();
        for (String line : blocks("java").get(1).lines().toList()) {
            String beginning = line.substring(0, line.indexOf(','));
            green = green.replaceFirst("(?m)^" + Pattern.quote(beginning) + ",.*$", Matcher.quoteReplacement(line));
        }
        return green;
    }

    /** {@return the class of the guide with one method more} */
    private static String with(String program, String body) {
        return program.substring(0, program.lastIndexOf('}')) + "@Test void more() {\n" + body + "}\n}\n";
    }

    private void run(String program, String method) throws Exception {
        Path source = Files.writeString(folder.resolve("PeopleTest.java"), program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of("-proc:none", "-d", folder.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s%n%s", complaints, program).isTrue();
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Class<?> test = loader.loadClass("PeopleTest");
            var constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            Method found = test.getDeclaredMethod(method);
            found.setAccessible(true);
            found.invoke(constructor.newInstance());
        }
    }

    @Test
    void the_test_is_red_as_the_guide_shows() {
        Throwable failure = catchThrowable(() -> run(red(), "a_person_without_a_first_name_gets_an_entry_too"));

        assertThat(failure).isInstanceOf(InvocationTargetException.class);
        assertThat(failure.getCause()).isInstanceOf(AssertionError.class);
        assertThat(String.valueOf(failure.getCause().getMessage()).strip() + "\n")
                .isEqualTo(blocks("output").get(0));
    }

    @Test
    void the_mended_mapping_is_green_and_uid_is_cher() throws Exception {
        assertThat(green()).isNotEqualTo(red());
        run(green(), "a_person_without_a_first_name_gets_an_entry_too");
        run(
                with(
                        green(),
                        "assertThat(PEOPLE).given(json(\"{'id': 9, 'last_name': 'Cher'}\")).hasAttribute(\"uid\", \"cher\");"),
                "more");
    }

    @Test
    void whatever_else_the_guide_shows_holds_for_the_mended_mapping() throws Exception {
        List<String> shown = blocks("java").subList(2, blocks("java").size());
        assertThat(shown).hasSizeGreaterThanOrEqualTo(2);

        run(with(green(), String.join("\n", shown)), "more");
    }

    /** What comes before a record is also carried out; what is said of the entry would not hold of one person. */
    @Test
    void whatever_the_tables_name_can_be_said() throws Exception {
        StringBuilder said = new StringBuilder();
        cells("| before `given` | |")
                .forEach(cell -> said.append("assertThat(PEOPLE).")
                        .append(cell)
                        .append(".given(json(\"{'id': 9, 'last_name': 'Cher'}\")).hasAttribute(\"cn\", \"Cher\");\n"));
        said.append("java.util.function.Consumer<dev.rollcall.mappingtestkit.OutcomeAssert> outcome;\n");
        cells("| after `given` | |")
                .forEach(cell -> said.append("outcome = entry -> entry.")
                        .append(cell.replace("Path.of", "java.nio.file.Path.of"))
                        .append(";\n"));

        run(with(green(), said.toString()), "more");
    }

    private List<String> cells(String head) {
        String table = guide.substring(guide.indexOf(head) + head.length());
        List<String> cells = CELL.matcher(table.substring(0, table.indexOf("\n\n")))
                .results()
                .map(cell -> cell.group(1))
                .toList();
        assertThat(cells).hasSizeGreaterThan(5);
        return cells;
    }
}
