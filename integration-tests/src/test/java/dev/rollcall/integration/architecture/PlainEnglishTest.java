package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Turns of phrase that a reader must read twice stay out of comments, messages and documentation. */
class PlainEnglishTest {
    private static final Pattern IDIOM = Pattern.compile(
            "unless told|whoever|whomever|there twice|no few|so many [a-z]+ (as|may|at)|(is|are|was|were) told"
                    + "|tells? (of|what|where|how|whether)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> KINDS = Set.of(".java", ".md", ".yaml", ".xml", ".sh");

    /** Whose own text the pattern is. */
    private static final Set<String> EXCEPTIONS = Set.of("PlainEnglishTest.java");

    private static List<Path> texts() {
        try (Stream<Path> all = Files.walk(Path.of("..").toAbsolutePath().normalize())) {
            return all.filter(file ->
                            KINDS.stream().anyMatch(kind -> file.toString().endsWith(kind)))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/")
                            && !file.toString().contains("/.git/"))
                    .filter(file -> !EXCEPTIONS.contains(String.valueOf(file.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Path file) {
        try {
            List<String> found = new ArrayList<>();
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (IDIOM.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void no_text_says_it_in_a_way_that_must_be_read_twice() {
        List<Path> texts = texts();

        assertThat(texts).hasSizeGreaterThan(500);
        assertThat(texts.stream().flatMap(file -> found(file).stream())).isEmpty();
    }
}
