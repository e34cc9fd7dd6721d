package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands in the documentation are understood; what they do is what other tests are about. */
class DocumentedCommandsTest {
    static Stream<Arguments> commands() {
        return DocumentedPage.all().stream()
                .flatMap(page -> Stream.concat(
                                page.blocks("sh").stream().flatMap(String::lines),
                                page.spans().stream().filter(span -> span.matches("(examples|benchmarks)/run.*")))
                        .map(line -> line.replaceFirst("(#|  ).*", "").strip())
                        .flatMap(line -> Stream.of(line.split(" && ")))
                        .distinct()
                        .map(command -> Arguments.of(page, command)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_is_one(DocumentedPage page, String command) {
        List<String> words =
                new ArrayList<>(List.of(command.replaceAll("[\\[\\]]", "").split(" ")));
        String program = words.remove(0);
        switch (program) {
            case "examples/run" -> understood(words);
            case "mvn" -> builds(words);
            case "cp" -> assertThat(DocumentedPage.ROOT.resolve(words.get(1))).isDirectory();
            case "cd" -> assertThat(page.text()).contains("cp -r connector-template " + words.get(0));
            default -> assertThat(DocumentedPage.ROOT.resolve(program)).isExecutable();
        }
    }

    /** The file is not there, so that nothing happens; but that is all that is wrong with the command. */
    private static void understood(List<String> words) {
        assertThat(DocumentedPage.ROOT.resolve("examples/run")).isExecutable();
        if (words.isEmpty()) {
            return;
        }
        Captured run = Captured.run(Map.of(), words);
        assertThat(run.err()).doesNotContain("there is no such", "takes a value", "one word too many");
        if (words.size() > 1) {
            assertThat(run.err()).doesNotContain("is required");
        }
    }

    /** Modules, profiles and properties of a build are there. */
    private static void builds(List<String> words) {
        String pom = DocumentedPage.text(DocumentedPage.ROOT.resolve("pom.xml"));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-pl")) {
                assertThat(words.get(++i).split(","))
                        .allSatisfy(module -> assertThat(pom).contains("<module>" + module + "</module>"));
            } else if (word.startsWith("-P")) {
                assertThat(pom).contains("<id>" + word.substring(2) + "</id>");
            } else if (word.startsWith("-D")) {
                String property = word.substring(2, word.indexOf('='));
                assertThat(DocumentedPage.sources()).contains('"' + property + '"');
            } else {
                assertThat(word).isIn("verify", "test", "install", "-am");
            }
        }
    }
}
