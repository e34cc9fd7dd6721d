package dev.rollcall.formats;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads formats and conditions. The grammar is that of {@code docs/formats.md}, one method for each rule. Not
 * thread-safe: for one thread at a time.
 */
final class Parser {
    static final Set<String> KEYWORDS =
            Set.of("and", "or", "not", "is", "in", "true", "false", "null", "it", "record", "entry", "settings");

    private final Source source;
    private final String text;
    private final Functions functions;
    private final boolean inMacro;
    private int at;
    private int depth;
    private int each;

    private Parser(Source source, Functions functions, boolean inMacro) {
        this.source = source;
        this.text = source.text;
        this.functions = functions;
        this.inMacro = inMacro;
    }

    /** Unwinds to the end of the macro; the problem is told already. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("abandoned", null, false, false);
        }
    }

    /** Reads a text with macros: a list of literal texts and expressions, in which no two literals are neighbours. */
    static List<Object> format(Source source, Functions functions) {
        List<Object> parts = new ArrayList<>();
        if (tooLong(source)) {
            return parts;
        }
        Parser parser = new Parser(source, functions, true);
        String text = source.text;
        StringBuilder literal = new StringBuilder();
        while (parser.at < text.length()) {
            int macro = text.indexOf("${", parser.at);
            if (macro < 0) {
                literal.append(text, parser.at, text.length());
                break;
            }
            literal.append(text, parser.at, macro);
            parser.at = macro + 2;
            Node node = parser.macro(macro);
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
            parser.space();
            if (parser.at < parser.text.length()) {
                throw parser.unexpected("expected 'and', 'or' or the end");
            }
            return node;
        } catch (Abandoned e) {
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

    private @Nullable Node macro(int start) {
        depth = 0;
        each = 0;
        try {
            Node node = expression();
            space();
            if (at >= text.length()) {
                throw fail(
                        "format-syntax",
                        start,
                        "the macro is not closed",
                        "add a }, or write ${'${'} for a literal ${");
            }
            if (text.charAt(at) != '}') {
                throw unexpected("expected '|' or '}'");
            }
            at++;
            return node;
        } catch (Abandoned e) {
            skipMacro();
            return null;
        }
    }

    /** Goes on after the macro, so that the problems of the next one are found too. */
    private void skipMacro() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '}') {
                at++;
                return;
            } else if (text.startsWith("${", at)) {
                return;
            } else if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                at = end < 0 ? at : end;
            }
            at++;
        }
    }

    private Node expression() {
        if (++depth > Limits.DEPTH) {
            throw fail(
                    "format-too-deep", at, "more than " + Limits.DEPTH + " expressions inside each other", "split it");
        }
        Node node = or();
        depth--;
        return node;
    }

    private Node or() {
        return logic(Node.OR, "or");
    }

    private Node logic(int level, String word) {
        space();
        int start = at;
        List<Node> operands = new ArrayList<>();
        do {
            operands.add(level == Node.OR ? logic(Node.AND, "and") : not());
        } while (keyword(word));
        return operands.size() == 1 ? operands.get(0) : new LogicNode(start, source, level, operands);
    }

    private Node not() {
        space();
        int start = at;
        if (!keyword("not")) {
            return comparison();
        }
        if (++depth > Limits.DEPTH) {
            throw fail(
                    "format-too-deep", at, "more than " + Limits.DEPTH + " expressions inside each other", "split it");
        }
        Node operand = not();
        depth--;
        return new LogicNode(start, source, Node.NOT, List.of(operand));
    }

    private Node comparison() {
        Node left = pipeline();
        space();
        int start = at;
        String operator = operator();
        if (operator != null) {
            Node node = new ComparisonNode(start, source, operator, left, pipeline());
            space();
            int next = at;
            if (operator() != null) {
                throw fail("format-syntax", next, "comparisons do not chain", "join them with 'and'");
            }
            return node;
        } else if (keyword("is")) {
            return presence(start, left);
        }
        boolean negated = keyword("not");
        if (keyword("in")) {
            return new InNode(start, source, left, negated, members());
        } else if (keyword("matches")) {
            Node call = call(start, start, "matches", List.of(left, pipeline()), CallNode.Style.INFIX);
            return negated ? new LogicNode(start, source, Node.NOT, List.of(call)) : call;
        } else if (negated) {
            throw unexpected("expected 'in' or 'matches' after 'not'");
        }
        return left;
    }

    private @Nullable String operator() {
        for (String operator : List.of("==", "!=", "<=", ">=", "=", "<", ">")) {
            if (text.startsWith(operator, at)) {
                if (text.startsWith("<>", at)) {
                    throw fail("format-syntax", at, "'<>' is no operator", "write !=");
                }
                at += operator.length();
                return operator.equals("=") ? "==" : operator;
            }
        }
        return null;
    }

    private Node presence(int start, Node operand) {
        boolean negated = keyword("not");
        space();
        int wordAt = at;
        String word = word();
        if (!PresenceNode.WORDS.contains(word)) {
            throw fail(
                    "format-syntax",
                    wordAt,
                    "expected one of " + String.join(", ", PresenceNode.WORDS) + " after 'is'",
                    Suggestion.nearest(word, PresenceNode.WORDS)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("compare values with =="));
        }
        return new PresenceNode(start, source, operand, negated, word);
    }

    private List<Node> members() {
        space();
        List<Node> members = new ArrayList<>();
        if (at < text.length() && (text.charAt(at) == '(' || text.charAt(at) == '[')) {
            char close = text.charAt(at) == '(' ? ')' : ']';
            at++;
            list(members, close);
            if (members.isEmpty()) {
                throw fail("format-syntax", at - 1, "a list after 'in' is not empty", "");
            }
        } else {
            members.add(pipeline());
        }
        return members;
    }

    private Node pipeline() {
        Node left = primary();
        while (true) {
            space();
            int start = at;
            if (text.startsWith("??", at)) {
                at += 2;
                left = new FallbackNode(start, source, left, primary());
            } else if (text.startsWith("||", at) || text.startsWith("&&", at)) {
                throw fail(
                        "format-syntax",
                        at,
                        "'" + text.substring(at, at + 2) + "' is no operator",
                        text.charAt(at) == '|' ? "write or" : "write and");
            } else if (at < text.length() && text.charAt(at) == '|') {
                at++;
                left = piped(left);
            } else {
                return left;
            }
        }
    }

    private Node piped(Node left) {
        space();
        int start = at;
        String name = word();
        if (name.isEmpty()) {
            throw unexpected("expected a function name");
        }
        if (name.equals("join")) {
            // What stands before the | would be taken for the separator, and give a wrong text without a word.
            source.problem("format-syntax", start, "join takes the separator first", "write joinWith after a |");
        }
        List<Node> arguments = new ArrayList<>();
        arguments.add(left);
        space();
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            arguments(name, arguments);
        }
        return call(start, start, name, arguments, CallNode.Style.PIPED);
    }

    private Node primary() {
        space();
        int start = at;
        if (at >= text.length()) {
            throw unexpected("expected a value");
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return new ConstantNode(start, source, Value.of(string(c)));
        } else if (c == '(') {
            at++;
            Node node = expression();
            expect(')');
            return node;
        } else if (digit(at) || (c == '-' && digit(at + 1))) {
            return number(start);
        } else if (Character.isLetter(c) || c == '_' || c == '[') {
            return name(start);
        } else if (c == '!') {
            throw fail("format-syntax", at, "'!' is no operator", "write not");
        } else if (text.startsWith("${", at)) {
            throw fail(
                    "format-syntax",
                    at,
                    inMacro ? "a macro within a macro" : "a condition is an expression, without ${ }",
                    "write the name alone");
        }
        throw unexpected("expected a value");
    }

    private Node number(int start) {
        at++;
        while (digit(at)) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.' && digit(at + 1)) {
            at++;
            while (digit(at)) {
                at++;
            }
        }
        if (at < text.length() && isNamePart(text.charAt(at))) {
            throw fail("format-syntax", at, "a number ends here", "write a text in quotes");
        }
        String number = text.substring(start, at);
        if (number.matches("-?0[0-9].*")) {
            throw fail("format-syntax", start, "a number has no zeros in front", "write a text in quotes");
        }
        return new ConstantNode(start, source, new Value.Num(number));
    }

    private boolean digit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private String string(char quote) {
        int start = at;
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                if (at < text.length() && text.charAt(at) == quote) {
                    at++;
                } else {
                    return out.toString();
                }
            }
            out.append(c);
        }
        at = start + 1;
        throw fail("format-syntax", start, "the text is not closed", "add a " + quote + ", a quote inside is doubled");
    }

    private Node name(int start) {
        String first = text.charAt(at) == '[' ? "" : segment();
        int end = at;
        space();
        boolean call = !first.isEmpty() && at < text.length() && text.charAt(at) == '(';
        if (call) {
            at++;
            List<Node> arguments = new ArrayList<>();
            arguments(first, arguments);
            return call(start, start, first, arguments, CallNode.Style.PREFIX);
        }
        at = end;
        boolean namespaced = !first.isEmpty()
                && at < text.length()
                && (text.charAt(at) == '.'
                        || (text.charAt(at) == '[' && at + 1 < text.length() && isQuote(text.charAt(at + 1))));
        int pathStart = !namespaced ? start : text.charAt(at) == '.' ? at + 1 : at;
        path();
        Value literal = namespaced || at != end ? null : literal(first);
        if (literal != null) {
            return new ConstantNode(start, source, literal);
        }
        if (first.equals("it") && each > 0 && !namespaced && at == end) {
            return new ItemNode(start, source, null);
        }
        ColumnPath path;
        try {
            path = ColumnPath.parse(text.substring(pathStart, at));
        } catch (IllegalArgumentException e) {
            throw fail(
                    "format-syntax", start, String.valueOf(e.getMessage()), "names look like record.emails[0].value");
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

    /** Moves over dots, names and brackets to the end of a path. */
    private void path() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.') {
                at++;
                if (segment().isEmpty()) {
                    throw unexpected("expected a column name");
                }
            } else if (c == '[') {
                int open = at++;
                if (at < text.length() && isQuote(text.charAt(at))) {
                    string(text.charAt(at));
                } else {
                    while (digit(at)) {
                        at++;
                    }
                }
                if (at >= text.length() || text.charAt(at) != ']') {
                    throw fail("format-syntax", open, "expected an index or a quoted name in brackets", "");
                }
                at++;
            } else {
                return;
            }
        }
    }

    private String segment() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void arguments(String function, List<Node> arguments) {
        FormatFunction known = functions.find(function);
        FunctionDeclaration declaration = known == null ? null : known.declaration();
        space();
        if (at < text.length() && text.charAt(at) == ')') {
            at++;
            return;
        }
        do {
            boolean visiting = declaration != null
                    && !declaration.parameters().isEmpty()
                    && declaration.parameter(arguments.size()).kind() == Parameter.Kind.EACH;
            each += visiting ? 1 : 0;
            arguments.add(expression());
            each -= visiting ? 1 : 0;
            space();
        } while (comma());
        expect(')');
    }

    private void list(List<Node> members, char close) {
        space();
        if (at < text.length() && text.charAt(at) == close) {
            at++;
            return;
        }
        do {
            members.add(expression());
            space();
        } while (comma());
        expect(close);
    }

    private boolean comma() {
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            return true;
        }
        return false;
    }

    /** A call; a mistake in it is told, and does not keep the rest of the macro from being read. */
    private Node call(int start, int nameAt, String name, List<Node> arguments, CallNode.Style style) {
        FormatFunction function = functions.find(name);
        if (function == null) {
            source.problem(
                    "unknown-function",
                    nameAt,
                    "unknown function '" + name + "'",
                    Suggestion.nearest(name, functions.names())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("the functions are listed in docs/functions.md"));
        } else if (!function.declaration().takes(arguments.size())) {
            source.problem(
                    "wrong-arity",
                    nameAt,
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

    private boolean keyword(String word) {
        space();
        if (!text.startsWith(word, at)) {
            return false;
        }
        int end = at + word.length();
        if (end < text.length() && (isNamePart(text.charAt(end)) || text.charAt(end) == '.')) {
            return false;
        }
        at = end;
        return true;
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void expect(char c) {
        space();
        if (at >= text.length() || text.charAt(at) != c) {
            throw unexpected("expected '" + c + "'");
        }
        at++;
    }

    private Abandoned unexpected(String expected) {
        String found = at >= text.length() ? ", found the end" : "";
        return fail("format-syntax", at, expected + found, "");
    }

    private Abandoned fail(String code, int offset, String message, String remedy) {
        source.problem(code, offset, message, remedy);
        return new Abandoned();
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ':' || c == '@';
    }
}
