package dev.rollcall.rest.internal.template;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Sinks;
import dev.rollcall.rest.internal.http.FileTransport;
import dev.rollcall.rest.internal.http.Origin;
import dev.rollcall.rest.internal.settings.Template;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an endpoint. A macro that begins it and is one {@code settings.} or {@code token.} name, or a reference to a
 * secret, is an absolute URL; one in the host must not leave the host; every other one is encoded for the path or the
 * query it stands in. Immutable and thread-safe.
 */
public final class UrlTemplate {
    /** The code of the problem that a macro has no value. */
    public static final String NO_VALUE = "no-value";

    private static final Pattern BASE =
            Pattern.compile("^\\$\\{\\s*(?:settings|token)\\.[\\p{L}\\p{N}_.:@\\[\\]'-]+\\s*}");
    /** A reference that begins a URL, as {@link Value.Sensitive#macro} writes it. */
    private static final Pattern REFERENCE = Pattern.compile("^\\$\\{'(?:[^']|'')*+' \\?\\? ''}");

    private static final Pattern HOST = Pattern.compile("(?i)https?://[^/?#@\\\\\\s%]*");
    private static final Pattern SCHEME = Pattern.compile("^(?i)https?://");
    private static final Pattern FILE = Pattern.compile("^(?i)file:");
    private static final Pattern DOTS = Pattern.compile("(?i)(^|/)(\\.|%2e){1,2}(/|$)");

    /** The macro that begins it, or scheme and host. */
    private final Template start;

    private final boolean startsWithMacro;
    private final Template path;
    private final @Nullable Template query;

    private UrlTemplate(Template start, boolean startsWithMacro, Template path, @Nullable Template query) {
        this.start = start;
        this.startsWithMacro = startsWithMacro;
        this.path = path;
        this.query = query;
    }

    /** {@return the template of a value; empty if it is not one, which is reported to {@code problems}} */
    public static Optional<UrlTemplate> read(Value value, String at, List<Problem> problems) {
        return read(value, at, problems, false);
    }

    /** {@return the template of a URL that a browser opens, which may have a fragment, as single-page applications want} */
    public static Optional<UrlTemplate> readForBrowser(Value value, String at, List<Problem> problems) {
        return read(value, at, problems, true);
    }

    private static Optional<UrlTemplate> read(Value value, String at, List<Problem> problems, boolean mayHaveFragment) {
        boolean secret = value instanceof Value.Sensitive;
        Optional<String> text = value instanceof Value.Sensitive sensitive
                ? Optional.of(sensitive.format().reveal())
                : value.text();
        if (text.isEmpty() || text.get().isBlank()) {
            problems.add(Problem.of("wrong-type", at, "must be a URL", ""));
            return Optional.empty();
        }
        String source = text.get().trim();
        if (FILE.matcher(source).find()) {
            return file(source, secret, at, problems);
        }
        Matcher macro = BASE.matcher(source);
        Matcher reference = REFERENCE.matcher(source);
        int macroEnd = macro.find() ? macro.end() : secret && reference.find() ? reference.end() : 0;
        if (macroEnd == 0 && !SCHEME.matcher(source).find()) {
            String remedy = "begin it with https:// or with one setting, such as ${settings.baseUrl}; a file is"
                    + " file:people.csv";
            problems.add(Problem.of("wrong-value", at, "must be an absolute URL", remedy));
            return Optional.empty();
        }
        if (!mayHaveFragment && indexOf(source, '#', 0) >= 0) {
            problems.add(Problem.of("wrong-value", at, "a URL that is called has no fragment (#)", "remove it"));
            return Optional.empty();
        }
        int pathStart = macroEnd > 0 ? macroEnd : endOfHost(source);
        int mark = indexOf(source, '?', pathStart);
        Optional<Template> start = Template.parse(source.substring(0, pathStart), secret, at, problems);
        Optional<Template> path =
                Template.parse(source.substring(pathStart, mark < 0 ? source.length() : mark), secret, at, problems);
        Optional<Template> query =
                mark < 0 ? Optional.empty() : Template.parse(source.substring(mark + 1), secret, at, problems);
        if (start.isEmpty() || path.isEmpty() || (mark >= 0 && query.isEmpty())) {
            return Optional.empty();
        }
        // A record must not decide where a call goes.
        boolean fixed =
                start.get().names().stream().allMatch(name -> name.namespace().equals("settings"));
        if (macroEnd == 0 && !fixed) {
            problems.add(Problem.of("wrong-value", at, "only settings may stand in the host of a URL", ""));
            return Optional.empty();
        }
        return Optional.of(new UrlTemplate(start.get(), macroEnd > 0, path.get(), query.orElse(null)));
    }

    /** A file is written out: no record and no setting decides what is read of this machine. */
    private static Optional<UrlTemplate> file(String source, boolean secret, String at, List<Problem> problems) {
        Optional<Template> whole = Template.parse(source, secret, at, problems);
        if (whole.isPresent() && !whole.get().isConstant()) {
            problems.add(Problem.of("wrong-value", at, "a file has no macros in its URL", "write its path out"));
            return Optional.empty();
        }
        Optional<Template> nothing = Template.parse("", false, at, problems);
        if (whole.isEmpty() || nothing.isEmpty()) {
            return Optional.empty();
        }
        if (FileTransport.path(whole.get().toString()).isEmpty()) {
            String remedy = "such as file:people.csv, or file:///var/export/people.csv";
            problems.add(Problem.of("wrong-value", at, "is not the URL of a file on this machine", remedy));
            return Optional.empty();
        }
        return Optional.of(new UrlTemplate(whole.get(), true, nothing.get(), null));
    }

    /** {@return whether it names a file on this machine} */
    public boolean isFile() {
        return start.isConstant() && FILE.matcher(start.toString()).find();
    }

    private static int endOfHost(String source) {
        int hostStart = source.indexOf("://") + 3;
        int slash = indexOf(source, '/', hostStart);
        int mark = indexOf(source, '?', hostStart);
        int end = slash >= 0 && (mark < 0 || slash < mark) ? slash : mark;
        return end < 0 ? source.length() : end;
    }

    /** {@return where a character is outside of macros} */
    private static int indexOf(String source, char wanted, int from) {
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '$' && i + 1 < source.length() && source.charAt(i + 1) == '{') {
                i = endOfMacro(source, i + 2);
            } else if (c == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int endOfMacro(String source, int from) {
        char quote = 0;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '}') {
                return i;
            }
        }
        return source.length();
    }

    public Set<Name> names() {
        Set<Name> names = namesAfterBase();
        names.addAll(start.names());
        return names;
    }

    /** {@return the names but for those of the macro that begins it, or of the host} */
    public Set<Name> namesAfterBase() {
        Set<Name> names = new LinkedHashSet<>(path.names());
        if (query != null) {
            names.addAll(query.names());
        }
        return names;
    }

    /** {@return whether the application names the base URL of its calls, together with a token} */
    public boolean isToldWithToken() {
        return start.names().stream().anyMatch(name -> name.namespace().equals("token"));
    }

    /** {@return where calls go; empty if that is no address of HTTP} */
    public Optional<Origin> origin(Evaluation evaluation) {
        try {
            Optional<String> text = start.evaluate(evaluation).text().filter(this::isStart);
            return text.map(URI::create).map(Origin::of).filter(Origin::isHttp);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return the address}
     *
     * @throws ConnectorException if a macro has no value, or the result is no address of HTTP
     */
    public URI render(String what, Evaluation evaluation) {
        if (isFile()) {
            return FileTransport.path(start.toString()).orElseThrow().toUri();
        }
        try {
            URI uri = URI.create(text(what, evaluation));
            boolean address = Origin.of(uri).isHttp() || (isToldWithToken() && AnnouncedUrl.is(uri));
            if (address && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The message would show the address, in which there may be a credential.
        }
        throw wrong(
                what,
                "must be an absolute http or https URL without a user and with a port up to 65535, was something else");
    }

    /** {@return the URL as text; a query that stands in the template is left as it is, even if it is no valid one} */
    public String text(String what, Evaluation evaluation) {
        String start = text(what, this.start.evaluate(evaluation));
        if (!isStart(start)) {
            throw wrong(what, "has a value in its host that no host can hold");
        }
        String rest = path.toString().isEmpty() ? "" : text(what, path.render(Sinks.URL_PATH, evaluation));
        if (!path.isConstant() && DOTS.matcher(rest).find()) {
            throw wrong(what, "a value makes the path go up");
        }
        if (start.endsWith("/") && rest.startsWith("/")) {
            start = start.substring(0, start.length() - 1);
        }
        StringBuilder url = new StringBuilder(start).append(rest);
        if (query != null && !query.toString().isEmpty()) {
            url.append(start.contains("?") ? '&' : '?').append(text(what, query.render(Sinks.URL_QUERY, evaluation)));
        }
        return url.toString();
    }

    /** {@return whether a value stays within the host that it was put in} */
    private boolean isStart(String text) {
        return startsWithMacro || HOST.matcher(text).matches();
    }

    private static String text(String what, Value value) {
        return value.text().orElseThrow(() -> {
            String message = what + ": the url has no value, as a macro in it has none (" + value + ")";
            return new ConnectorException(FailureKind.REJECTED, Problem.of(NO_VALUE, "", message, "check the url"));
        });
    }

    private static ConnectorException wrong(String what, String message) {
        return new ConnectorException(
                FailureKind.REJECTED, Problem.of("url", "", what + ": the url " + message, "check the url"));
    }
}
