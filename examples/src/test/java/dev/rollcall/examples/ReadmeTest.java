package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program and the output in the README are those of {@link QuickStart}. */
class ReadmeTest {
    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("README.md"))) {
            root = root.getParent();
        }
        return root;
    }

    /** The fenced text after a marker. */
    private static String block(String marker) throws IOException {
        String readme = Files.readString(root().resolve("README.md"));
        int at = readme.indexOf("<!-- " + marker + " -->");
        assertThat(at).as("the marker " + marker).isNotNegative();
        int start = readme.indexOf('\n', readme.indexOf("```", at)) + 1;
        return readme.substring(start, readme.indexOf("```", start));
    }

    @Test
    void shows_the_program_as_it_is() throws IOException {
        String source =
                Files.readString(root().resolve("examples/src/main/java/dev/rollcall/examples/QuickStart.java"));
        String program = source.substring(source.indexOf("import"));

        assertThat(block("program")).isEqualTo(program);
        assertThat(program.lines().filter(line -> !line.isBlank() && !line.startsWith("import")))
                .hasSizeLessThan(40);
    }

    @Test
    void shows_what_it_prints() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[0]);
        } finally {
            System.setOut(before);
        }

        assertThat(block("output")).isEqualTo(printed.toString(StandardCharsets.UTF_8));
    }
}
