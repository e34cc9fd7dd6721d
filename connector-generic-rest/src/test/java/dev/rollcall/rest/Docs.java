package dev.rollcall.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configurations in the documentation, as tests execute them. */
final class Docs {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL);

    private Docs() {}

    /** {@return the lines of a page} */
    static List<String> lines(String page) {
        try {
            return Files.readAllLines(Path.of("..", "docs", page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return every configuration of a page, with the port that a test listens at} */
    static List<String> configurations(String page, int port) {
        String text = String.join("\n", lines(page)) + "\n";
        List<String> blocks = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(text); matcher.find(); ) {
            blocks.add(matcher.group(1).replace("127.0.0.1:8080", "127.0.0.1:" + port));
        }
        return blocks;
    }
}
