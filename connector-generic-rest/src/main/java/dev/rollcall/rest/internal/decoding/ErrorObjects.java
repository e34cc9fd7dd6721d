package dev.rollcall.rest.internal.decoding;

import dev.rollcall.connector.Value;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Recognises an error that an application reports with a status of success, in the place of a list. */
final class ErrorObjects {
    private static final Set<String> ERRORS =
            Set.of("error", "errors", "errorcode", "errormessage", "errordescription", "fault", "exception");
    private static final Set<String> FLAGS = Set.of("success", "ok", "succeeded");
    private static final Set<String> FAILED = Set.of("error", "fail", "failed", "failure");

    private ErrorObjects() {}

    /** {@return whether an object has a field that only an error has} */
    static boolean isError(Value.Fields object) {
        for (Map.Entry<String, Value> field : object.asMap().entrySet()) {
            String name = field.getKey().replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
            Value value = field.getValue();
            String text = value.text().orElse("").trim().toLowerCase(Locale.ROOT);
            boolean said = !value.isEmpty() && !text.equals("false") && !text.equals("0") && !text.equals("none");
            if ((ERRORS.contains(name) && said)
                    || (FLAGS.contains(name) && text.equals("false"))
                    || (name.equals("status") && FAILED.contains(text))) {
                return true;
            }
        }
        return false;
    }
}
