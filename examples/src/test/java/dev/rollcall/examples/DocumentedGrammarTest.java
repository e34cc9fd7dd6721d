package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Format;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the grammar of the documentation makes is a format or a condition. */
class DocumentedGrammarTest {
    /** A rule and what it is, without the words that may stand behind; or what goes on with the rule before. */
    private static final Pattern LINE = Pattern.compile("(\\w*) +=? *(\\S.*?)(?: {2,}.*)?");

    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|\\w+|[{}\\[\\]()|]");

    /** What the grammar tells in words, or leaves to the list of the functions. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "text", List.of("a", "$", "O'Hara {x}", "\"", "é 5%"),
            "string", List.of("'a'", "\"b\"", "'it''s'", "\"a \"\"b\"\"\"", "''"),
            "digits", List.of("0", "42"),
            "function", List.of("list"),
            "unbracketed", List.of("record.groups", "a ?? record.b", "list('a') | list"),
            "namespace", List.of("record", "entry"),
            "path", List.of("a", "a.b", "emails[0].value", "a['Employee Number']"));

    /** Rules whose parts touch each other. */
    private static final List<String> TIGHT = List.of("number", "name");

    private static final int DEEP = 12;

    /** A part of a rule, which writes a text that is one. */
    private interface Part {
        void write(StringBuilder text, Random random, int depth);
    }

    private final Map<String, Part> rules = new LinkedHashMap<>();

    DocumentedGrammarTest() {
        Map<String, String> sources = new LinkedHashMap<>();
        String name = "";
        for (String line :
                DocumentedPage.of("formats.md").blocks("grammar").get(0).lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            name = matcher.group(1).isEmpty() ? name : matcher.group(1);
            sources.merge(name, matcher.group(2), (before, more) -> before + " " + more);
        }
        sources.forEach((rule, source) -> {
            if (!WORDS.containsKey(rule)) {
                Deque<String> tokens = new ArrayDeque<>();
                TOKEN.matcher(source).results().forEach(token -> tokens.add(token.group()));
                rules.put(rule, choice(tokens, TIGHT.contains(rule) ? "" : " "));
                assertThat(tokens).as(rule).isEmpty();
            }
        });
    }

    private Part choice(Deque<String> tokens, String between) {
        List<Part> alternatives = new ArrayList<>(List.of(sequence(tokens, between)));
        while ("|".equals(tokens.peek())) {
            tokens.remove();
            alternatives.add(sequence(tokens, between));
        }
        return (text, random, depth) -> alternatives
                .get(depth > DEEP ? alternatives.size() - 1 : random.nextInt(alternatives.size()))
                .write(text, random, depth);
    }

    private Part sequence(Deque<String> tokens, String between) {
        List<Part> parts = new ArrayList<>();
        while (!tokens.isEmpty() && "|}])".indexOf(tokens.peek().charAt(0)) < 0) {
            parts.add(part(tokens, between));
        }
        return (text, random, depth) -> parts.forEach(part -> part.write(text, random, depth));
    }

    private Part part(Deque<String> tokens, String between) {
        String token = tokens.remove();
        if ("{[(".contains(token)) {
            Part inner = choice(tokens, between);
            tokens.remove();
            int most = token.equals("{") ? 2 : 1;
            return (text, random, depth) -> {
                int times = token.equals("(") ? 1 : depth > DEEP ? 0 : random.nextInt(most + 1);
                for (int i = 0; i < times; i++) {
                    inner.write(text, random, depth);
                }
            };
        } else if (token.startsWith("\"")) {
            String literal = token.substring(1, token.length() - 1) + between;
            return (text, random, depth) -> text.append(literal);
        } else if (WORDS.containsKey(token)) {
            List<String> words = WORDS.get(token);
            return (text, random, depth) ->
                    text.append(words.get(random.nextInt(words.size()))).append(between);
        }
        return (text, random, depth) -> {
            if (depth > DEEP && token.equals("primary")) {
                text.append("'deep' ");
            } else {
                rules.get(token).write(text, random, depth + 1);
                text.append(between);
            }
        };
    }

    private String made(String rule, Random random) {
        StringBuilder text = new StringBuilder();
        rules.get(rule).write(text, random, 0);
        return text.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void what_it_makes_is_grammatical(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String format = made("format", random);
            assertThat(complaints(() -> Format.parse(format))).as(format).doesNotContain("format-syntax");
            String condition = made("condition", random);
            assertThat(complaints(() -> Condition.parse(condition)))
                    .as(condition)
                    .doesNotContain("format-syntax");
        }
    }

    /** {@return the codes of what is wrong; a pattern that is a list of constants may be, but that is not of the grammar} */
    private static List<String> complaints(Runnable parsing) {
        try {
            parsing.run();
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream().map(Problem::code).toList();
        }
    }
}
