package dev.rollcall.mapping.internal.plan;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.internal.definition.KeyForm;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the key of a user is read and made comparable. Immutable and thread-safe. */
public final class KeyPlan {
    private final ColumnPath column;
    private final String attribute;
    private final KeyForm form;
    private final String because;
    private final @Nullable ColumnPath previous;

    /** @param previous the column of the key that a user had before; null for none */
    public KeyPlan(ColumnPath column, String attribute, KeyForm form, @Nullable ColumnPath previous) {
        this.column = Objects.requireNonNull(column, "column");
        this.attribute = Objects.requireNonNull(attribute, "attribute");
        this.form = form;
        this.previous = previous;
        this.because = "record." + column;
    }

    public ColumnPath column() {
        return column;
    }

    public String attribute() {
        return attribute;
    }

    /** {@return the column of the key that a user had before; null for none} */
    public @Nullable ColumnPath previous() {
        return previous;
    }

    /** {@return the key as a new entry holds it: trimmed if keys are, but with the case and the zeros of the record} */
    public Optional<String> written(UserRecord record) {
        return written(text(record, column));
    }

    /** {@return the key that the user had before, in the same form as {@link #written}; empty if the column has none} */
    public Optional<String> previous(UserRecord record) {
        return previous == null ? Optional.empty() : written(text(record, previous));
    }

    private Optional<String> written(Optional<String> text) {
        return text.filter(key -> !isDamaged(key))
                .map(key -> form.trims() ? key.strip() : key)
                .filter(key -> !key.isBlank());
    }

    /** {@return whether a part of the key was lost on its way: it has half of a surrogate pair, which no directory takes} */
    public boolean isDamaged(UserRecord record) {
        return text(record, column).filter(KeyPlan::isDamaged).isPresent();
    }

    private static boolean isDamaged(String key) {
        return key.codePoints().anyMatch(each -> each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE);
    }

    /** {@return what the key comes from, in a few words} */
    public String because() {
        return because;
    }

    private static Optional<String> text(UserRecord record, ColumnPath column) {
        Value value = record.value(column);
        if (value instanceof Value.Items items && items.items().size() == 1) {
            value = items.items().get(0);
        }
        return value.text();
    }

    /** {@return a key, as an entry or a reference holds it, in the form in which keys are compared} */
    public String normalize(String key) {
        return form.of(key);
    }
}
