package dev.rollcall.formats;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.util.Map;

/** What the names of a format stand for while it is evaluated. Implementations are thread-safe. */
@FunctionalInterface
public interface Scope {
    /** {@return the value of a name; {@link Value#absent()} if there is none} */
    Value get(Name name);

    /**
     * A scope of several namespaces.
     *
     * @param namespaces the fields of each namespace; bare names are looked up under the empty text
     */
    static Scope of(Map<String, Value.Fields> namespaces) {
        Map<String, Value.Fields> copy = Map.copyOf(namespaces);
        return name -> {
            Value.Fields fields = copy.get(name.namespace());
            return fields == null ? Value.absent() : name.path().in(fields);
        };
    }

    /** {@return a scope in which {@code record.} names the columns of a record, and nothing else is known} */
    static Scope record(UserRecord record) {
        Value.Fields fields = record.fields();
        return name -> name.namespace().equals("record") ? name.path().in(fields) : Value.absent();
    }
}
