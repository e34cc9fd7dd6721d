package dev.rollcall.rest.internal.decoding;

import dev.rollcall.connector.Value;
import java.util.Locale;
import java.util.Set;

/** Recognises an error that an application reports with a status of success, in the place of a list or beside it. */
final class ErrorObjects {
    private static final Set<String> ERRORS =
            Set.of("error", "errors", "errorcode", "errormessage", "errordescription", "fault", "exception");
    private static final Set<String> FLAGS = Set.of("success", "ok", "succeeded");
    private static final Set<String> FAILED = Set.of("error", "fail", "failed", "failure");
    private static final Set<String> CODES = Set.of("status", "statuscode", "code", "httpstatus");
    private static final Set<String> PARTIAL =
            Set.of("partial", "ispartial", "partialresults", "incomplete", "incompleteresults", "timedout");

    private ErrorObjects() {}

    /** {@return whether an object has a field that only an error has} */
    static boolean isError(Value.Fields object) {
        return object.asMap().entrySet().stream()
                .anyMatch(field -> tellsFailure(normalized(field.getKey()), field.getValue()));
    }

    /** {@return whether a field of this name may report a failure, so that its value is worth reading} */
    static boolean isWord(String name) {
        String word = normalized(name);
        return ERRORS.contains(word) || FLAGS.contains(word) || CODES.contains(word) || PARTIAL.contains(word);
    }

    /** {@return whether a field beside a list says that the list is not what was asked for, or not all of it} */
    static boolean isErrorBeside(String name, Value value) {
        String word = normalized(name);
        String text = value.text().orElse("").trim();
        return tellsFailure(word, value)
                || (CODES.contains(word) && text.matches("[45][0-9][0-9]"))
                || (PARTIAL.contains(word) && text.equalsIgnoreCase("true"));
    }

    private static boolean tellsFailure(String word, Value value) {
        String text = value.text().orElse("").trim().toLowerCase(Locale.ROOT);
        boolean said = !value.isEmpty() && !text.equals("false") && !text.equals("0") && !text.equals("none");
        return (ERRORS.contains(word) && said)
                || (FLAGS.contains(word) && text.equals("false"))
                || (word.equals("status") && FAILED.contains(text));
    }

    private static String normalized(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
