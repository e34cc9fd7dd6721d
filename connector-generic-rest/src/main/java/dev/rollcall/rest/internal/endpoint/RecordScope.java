package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;

/** Names the columns of a record beside what is named already. Thread-safe. */
public final class RecordScope {
    private RecordScope() {}

    /** {@return the evaluation, in which {@code record.} is {@code record}} */
    public static Evaluation in(Evaluation evaluation, UserRecord record) {
        Scope outer = evaluation.scope();
        return evaluation.scope(
                name -> name.namespace().equals("record") ? name.path().in(record.fields()) : outer.get(name));
    }
}
