package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program and the output in README.md are those of {@link QuickStart}. */
class ReadmeTest {
    private static String block(String language) {
        return DocumentedPage.readme().blocks(language).get(0);
    }

    @Test
    void shows_the_program_as_it_is() {
        String source = DocumentedPage.text(Path.of("src/main/java/dev/rollcall/examples/QuickStart.java"));
        String program = source.substring(source.indexOf("import"));

        assertThat(block("java")).isEqualTo(program);
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
