package dev.rollcall.formats;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.source.Lexer;
import dev.rollcall.formats.internal.source.Limits;
import dev.rollcall.formats.internal.source.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads formats and conditions. The grammar is that of {@code docs/formats.md}, one method for each rule. Not
 * thread-safe: for one thread at a time.
 */
final class Parser {
    private final Lexer lexer;
    private final Source source;
    private final Functions functions;
    private final boolean inMacro;
    private int depth;
    /** How many arguments around here are visited with an item. */
    private int each;

    private Parser(Source source, Functions functions, boolean inMacro) {
        this.lexer = new Lexer(source);
        this.source = source;
        this.functions = functions;
        this.inMacro = inMacro;
    }

    /** Reads a text with macros: a list of literal texts and expressions, in which no two literals are neighbours. */
    static List<Object> format(Source source, Functions functions) {
        List<Object> parts = new ArrayList<>();
        if (tooLong(source)) {
            return parts;
        }
        Parser parser = new Parser(source, functions, true);
        StringBuilder literal = new StringBuilder();
        while (!parser.lexer.ended()) {
            literal.append(parser.lexer.literal());
            Node node = parser.macro();
            if (node instanceof ConstantNode && node.constant() instanceof Value.Text constant) {
                literal.append(constant.value());
            } else if (node != null) {
                if (!literal.isEmpty()) {
                    parts.add(literal.toString());
                    literal.setLength(0);
                }
                parts.add(node);
            }
        }
        if (!literal.isEmpty()) {
            parts.add(literal.toString());
        }
        return parts;
    }

    /** Reads a bare expression; null if it has problems. */
    static @Nullable Node condition(Source source, Functions functions) {
        if (tooLong(source)) {
            return null;
        }
        Parser parser = new Parser(source, functions, false);
        try {
            Node node = parser.expression();
            parser.lexer.space();
            if (!parser.lexer.ended()) {
                throw parser.lexer.unexpected("expected 'and', 'or' or the end");
            }
            return node;
        } catch (Lexer.Abandoned e) {
            return null;
        }
    }

    private static boolean tooLong(Source source) {
        if (source.text.length() > Limits.SOURCE) {
            source.problem("format-too-long", 0, "longer than " + Limits.SOURCE + " characters", "split it");
            return true;
        }
        return false;
    }

    /** A macro, if one comes next; null if it has problems, or none comes. */
    private @Nullable Node macro() {
        int start = lexer.at();
        if (!lexer.take("${")) {
            return null;
        }
        depth = 0;
        each = 0;
        try {
            Node node = expression();
            lexer.space();
            if (lexer.ended()) {
                throw lexer.failAt(start, "the macro is not closed", "add a }, or write ${'${'} for a literal ${");
            }
            if (!lexer.take("}")) {
                throw lexer.unexpected("expected '|' or '}'");
            }
            return node;
        } catch (Lexer.Abandoned e) {
            lexer.skipMacro();
            return null;
        }
    }

    private Node expression() {
        deeper();
        Node node = logic(Node.OR, "or");
        depth--;
        return node;
    }

    private void deeper() {
        if (++depth > Limits.DEPTH) {
            String message = "more than " + Limits.DEPTH + " expressions inside each other";
            source.problem("format-too-deep", lexer.at(), message, "split it");
            throw new Lexer.Abandoned();
        }
    }

    private Node logic(int level, String word) {
        lexer.space();
        int start = lexer.at();
        List<Node> operands = new ArrayList<>();
        do {
            operands.add(level == Node.OR ? logic(Node.AND, "and") : not());
        } while (lexer.keyword(word));
        return operands.size() == 1 ? operands.get(0) : new LogicNode(start, source, level, operands);
    }

    private Node not() {
        lexer.space();
        int start = lexer.at();
        if (!lexer.keyword("not")) {
            return comparison();
        }
        deeper();
        Node operand = not();
        depth--;
        return new LogicNode(start, source, Node.NOT, List.of(operand));
    }

    private Node comparison() {
        Node left = pipeline();
        lexer.space();
        int start = lexer.at();
        String operator = lexer.operator();
        if (operator != null) {
            Node node = new ComparisonNode(start, source, operator, left, pipeline());
            lexer.space();
            int next = lexer.at();
            if (lexer.operator() != null) {
                throw lexer.failAt(next, "comparisons do not chain", "join them with 'and'");
            }
            return node;
        } else if (lexer.keyword("is")) {
            return presence(start, left);
        }
        boolean negated = lexer.keyword("not");
        if (lexer.keyword("in")) {
            return new InNode(start, source, left, negated, members());
        } else if (lexer.keyword("matches")) {
            Node call = call(start, "matches", List.of(left, pipeline()), CallNode.Style.INFIX);
            return negated ? new LogicNode(start, source, Node.NOT, List.of(call)) : call;
        } else if (negated) {
            throw lexer.unexpected("expected 'in' or 'matches' after 'not'");
        }
        return left;
    }

    private Node presence(int start, Node operand) {
        boolean negated = lexer.keyword("not");
        lexer.space();
        int wordAt = lexer.at();
        String word = lexer.word();
        if (!PresenceNode.WORDS.contains(word)) {
            throw lexer.failAt(
                    wordAt,
                    "expected one of " + String.join(", ", PresenceNode.WORDS) + " after 'is'",
                    Suggestion.nearest(word, PresenceNode.WORDS)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("compare values with =="));
        }
        return new PresenceNode(start, source, operand, negated, word);
    }

    private List<Node> members() {
        lexer.space();
        List<Node> members = new ArrayList<>();
        String close = lexer.take("(") ? ")" : lexer.take("[") ? "]" : "";
        if (!close.isEmpty()) {
            list(members, close);
            if (members.isEmpty()) {
                throw lexer.failAt(lexer.at() - 1, "a list after 'in' is not empty", "");
            }
        } else {
            members.add(pipeline());
        }
        return members;
    }

    private Node pipeline() {
        Node left = primary();
        while (true) {
            lexer.space();
            int start = lexer.at();
            if (lexer.take("??")) {
                left = new FallbackNode(start, source, left, primary());
            } else if (lexer.sees("||")) {
                throw lexer.fail("'||' is no operator", "write or");
            } else if (lexer.sees("&&")) {
                throw lexer.fail("'&&' is no operator", "write and");
            } else if (lexer.take("|")) {
                left = piped(left);
            } else {
                return left;
            }
        }
    }

    private Node piped(Node left) {
        lexer.space();
        int start = lexer.at();
        String name = lexer.word();
        if (name.isEmpty()) {
            throw lexer.unexpected("expected a function name");
        }
        if (name.equals("join")) {
            // What stands before the | would be taken for the separator, and give a wrong text without a word.
            source.problem("format-syntax", start, "join takes the separator first", "write joinWith after a |");
        }
        List<Node> arguments = new ArrayList<>();
        arguments.add(left);
        lexer.space();
        if (lexer.take("(")) {
            arguments(name, arguments);
        }
        return call(start, name, arguments, CallNode.Style.PIPED);
    }

    private Node primary() {
        lexer.space();
        int start = lexer.at();
        char c = lexer.peek();
        if (lexer.seesText()) {
            return new ConstantNode(start, source, Value.of(lexer.string()));
        } else if (lexer.take("(")) {
            Node node = expression();
            lexer.expect(")");
            return node;
        } else if (lexer.seesNumber()) {
            return new ConstantNode(start, source, lexer.number());
        } else if (Character.isLetter(c) || c == '_' || c == '[') {
            return name(start);
        } else if (c == '!') {
            throw lexer.fail("'!' is no operator", "write not");
        } else if (lexer.sees("${")) {
            throw lexer.fail(
                    inMacro ? "a macro within a macro" : "a condition is an expression, without ${ }",
                    "write the name alone");
        }
        throw lexer.unexpected("expected a value");
    }

    /** A literal word, a call or a name, which begin alike. */
    private Node name(int start) {
        String first = lexer.segment();
        int end = lexer.at();
        boolean namespaced = !first.isEmpty() && (lexer.peek() == '.' || lexer.seesQuotedName());
        int pathStart = namespaced ? end + (lexer.peek() == '.' ? 1 : 0) : start;
        lexer.path();
        boolean plain = lexer.at() == end;
        if (plain) {
            lexer.space();
            if (lexer.take("(")) {
                List<Node> arguments = new ArrayList<>();
                arguments(first, arguments);
                return call(start, first, arguments, CallNode.Style.PREFIX);
            }
            lexer.back(end);
        }
        Value literal = plain ? literal(first) : null;
        if (literal != null) {
            return new ConstantNode(start, source, literal);
        } else if (plain && first.equals("it") && each > 0) {
            return new ItemNode(start, source, null);
        }
        ColumnPath path;
        try {
            path = ColumnPath.parse(source.text.substring(pathStart, lexer.at()));
        } catch (IllegalArgumentException e) {
            throw lexer.failAt(start, String.valueOf(e.getMessage()), "names look like record.emails[0].value");
        }
        if (namespaced && first.equals("it") && each > 0) {
            return new ItemNode(start, source, path);
        }
        return new NameNode(start, source, Name.of(namespaced ? first : "", path));
    }

    private static @Nullable Value literal(String word) {
        return switch (word) {
            case "true" -> Value.of(true);
            case "false" -> Value.of(false);
            case "null" -> Value.ofNull();
            default -> null;
        };
    }

    private void arguments(String function, List<Node> arguments) {
        FormatFunction known = functions.find(function);
        FunctionDeclaration declaration = known == null ? null : known.declaration();
        lexer.space();
        if (lexer.take(")")) {
            return;
        }
        do {
            boolean visiting = declaration != null
                    && !declaration.parameters().isEmpty()
                    && Signature.parameter(declaration, arguments.size()).kind() == Parameter.Kind.EACH;
            each += visiting ? 1 : 0;
            arguments.add(expression());
            each -= visiting ? 1 : 0;
            lexer.space();
        } while (lexer.take(","));
        lexer.expect(")");
    }

    private void list(List<Node> members, String close) {
        lexer.space();
        if (lexer.take(close)) {
            return;
        }
        do {
            members.add(expression());
            lexer.space();
        } while (lexer.take(","));
        lexer.expect(close);
    }

    /** A call; a mistake in it is reported, and does not keep the rest of the macro from being read. */
    private Node call(int start, String name, List<Node> arguments, CallNode.Style style) {
        FormatFunction function = functions.find(name);
        if (function == null) {
            source.problem(
                    "unknown-function",
                    start,
                    "unknown function '" + name + "'",
                    Suggestion.nearest(name, functions.names())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("the functions are listed in docs/functions.md"));
        } else if (!Signature.takes(function.declaration(), arguments.size())) {
            source.problem(
                    "wrong-arity",
                    start,
                    name + " does not take " + arguments.size() + " argument" + (arguments.size() == 1 ? "" : "s"),
                    "it is " + function.declaration().signature()
                            + (style == CallNode.Style.PIPED ? ", the first of them from before the |" : ""));
        } else {
            try {
                return CallNode.of(start, source, function, arguments, style);
            } catch (FormatException e) {
                Problem problem = e.problem();
                String message = problem.message();
                String position = source.position(start) + ": ";
                source.problem(
                        problem.code(),
                        start,
                        message.startsWith(position) ? message.substring(position.length()) : message,
                        problem.remedy());
            }
        }
        return new ConstantNode(start, source, Value.absent());
    }
}
