package dev.rollcall.mapping;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which column identifies a user, which attribute holds it, and how both sides are made comparable. Immutable and
 * thread-safe.
 */
public final class KeyRule {
    /** A step that makes keys comparable; applied to the column and to the attribute alike. */
    public enum Normalization {
        /** White space at both ends goes. */
        TRIM,
        /** Capital and small letters are the same. */
        CASE_FOLD,
        /** {@code 00042} and {@code 42} are the same; {@code 000} is {@code 0}. */
        STRIP_LEADING_ZEROS;

        /** {@return the word that the configuration file has for this} */
        public String word() {
            return switch (this) {
                case TRIM -> "trim";
                case CASE_FOLD -> "caseFold";
                case STRIP_LEADING_ZEROS -> "stripLeadingZeros";
            };
        }
    }

    private final ColumnPath column;
    private final String attribute;
    private final Set<Normalization> normalizations;
    private final boolean trims;
    private final boolean foldsCase;
    private final boolean stripsZeros;
    private final String because;

    KeyRule(ColumnPath column, String attribute, List<Normalization> normalizations) {
        this.column = Objects.requireNonNull(column, "column");
        this.attribute = Objects.requireNonNull(attribute, "attribute");
        this.normalizations = Set.copyOf(normalizations);
        this.trims = normalizations.contains(Normalization.TRIM);
        this.foldsCase = normalizations.contains(Normalization.CASE_FOLD);
        this.stripsZeros = normalizations.contains(Normalization.STRIP_LEADING_ZEROS);
        this.because = "record." + column;
    }

    /** {@return the column that identifies a user} */
    public ColumnPath column() {
        return column;
    }

    /** {@return the LDAP attribute that holds the key} */
    public String attribute() {
        return attribute;
    }

    /** {@return what is done to both sides before they are compared} */
    public Set<Normalization> normalizations() {
        return normalizations;
    }

    /**
     * {@return the normalized key of a record; empty if the column has no single value, or a blank one}
     *
     * <p>A number is the text that it had in the source: {@code 42} never becomes {@code 42.0}.
     */
    public Optional<String> of(UserRecord record) {
        return written(record).map(this::normalize).filter(key -> !key.isBlank());
    }

    /**
     * {@return whether the column could not be read, so that it cannot be known whose record it is; a text with half of a
     * surrogate pair was damaged on its way, and cannot be sent to a directory}
     */
    public boolean isUnknown(UserRecord record) {
        return record.value(column) instanceof Value.Unknown
                || text(record).filter(KeyRule::isDamaged).isPresent();
    }

    private static boolean isDamaged(String key) {
        return key.codePoints().anyMatch(each -> each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE);
    }

    /** {@return the key as a new entry holds it: trimmed if keys are, but with the case and the zeros of the record} */
    Optional<String> written(UserRecord record) {
        return text(record)
                .filter(key -> !isDamaged(key))
                .map(key -> trims ? key.strip() : key)
                .filter(key -> !key.isBlank());
    }

    /** {@return what the key comes from, in a few words} */
    String because() {
        return because;
    }

    private Optional<String> text(UserRecord record) {
        Value value = record.value(column);
        if (value instanceof Value.Items items && items.items().size() == 1) {
            value = items.items().get(0);
        }
        return value.text();
    }

    /** {@return a key, as an entry or a reference holds it, in the form in which keys are compared} */
    public String normalize(String key) {
        String text = key;
        // In this order, whatever order they were asked for in: zeros hide behind blanks.
        if (trims) {
            text = text.strip();
        }
        if (foldsCase) {
            // Up and down again, so that the final sigma and the sharp s meet their other forms.
            text = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        }
        if (stripsZeros) {
            int zeros = 0;
            while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
                zeros++;
            }
            text = text.substring(zeros);
        }
        return text;
    }

    @Override
    public String toString() {
        return column + " = " + attribute;
    }
}
