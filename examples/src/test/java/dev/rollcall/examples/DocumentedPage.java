package dev.rollcall.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation, in the parts that tests execute. */
record DocumentedPage(String name, String text) {
    static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK =
            Pattern.compile("^( *)```(\\w*)\\R(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SPAN = Pattern.compile("(?<!`)(`+)(?!`)(.+?)(?<!`)\\1(?!`)", Pattern.DOTALL);

    /**
     * A text between fences.
     *
     * @param language what stands after the first fence; empty for nothing
     */
    record Block(DocumentedPage page, int line, String language, String text) {
        @Override
        public String toString() {
            return page.name() + ":" + line + " " + language;
        }
    }

    /** {@return a page by its name in the folder of the documentation} */
    static DocumentedPage of(String name) {
        return at(Path.of("docs", name));
    }

    static DocumentedPage readme() {
        return at(Path.of("README.md"));
    }

    private static DocumentedPage at(Path path) {
        return new DocumentedPage(path.toString(), text(ROOT.resolve(path)));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return every source of the project that is compiled} */
    static String sources() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(DocumentedPage::files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentedPage::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return every page that a user reads; that of the functions is made of declarations whose tests execute it} */
    static List<DocumentedPage> all() {
        try (Stream<Path> root = Files.list(ROOT)) {
            return Stream.concat(files(ROOT.resolve("docs")), root)
                    .filter(path -> path.toString().endsWith(".md") && !path.endsWith("functions.md"))
                    .map(path -> at(ROOT.relativize(path)))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the blocks in a language on all pages} */
    static Stream<Block> blocksIn(String language) {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals(language));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(text); matcher.find(); ) {
            int line = (int) text.substring(0, matcher.start()).lines().count() + 1;
            String indent = matcher.group(1);
            String content = matcher.group(3).replaceAll("(?m)^" + indent, "");
            blocks.add(new Block(this, line, matcher.group(2), content));
        }
        return blocks;
    }

    /** {@return the texts of the blocks in a language} */
    List<String> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** {@return what stands outside of the blocks} */
    String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    /** {@return the code within the prose, each on one line} */
    List<String> spans() {
        List<String> spans = new ArrayList<>();
        for (Matcher matcher = SPAN.matcher(prose()); matcher.find(); ) {
            spans.add(matcher.group(2).strip().replaceAll("\\s+", " ").replace("\\|", "|"));
        }
        return spans;
    }

    @Override
    public String toString() {
        return name;
    }
}
