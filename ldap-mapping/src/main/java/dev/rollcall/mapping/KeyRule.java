package dev.rollcall.mapping;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.internal.definition.KeyForm;
import dev.rollcall.mapping.internal.plan.KeyPlan;
import java.util.List;
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

    private final KeyPlan plan;
    private final Set<Normalization> normalizations;

    KeyRule(KeyPlan plan, List<Normalization> normalizations) {
        this.plan = plan;
        this.normalizations = Set.copyOf(normalizations);
    }

    static KeyForm form(List<Normalization> normalizations) {
        return new KeyForm(
                normalizations.contains(Normalization.TRIM),
                normalizations.contains(Normalization.CASE_FOLD),
                normalizations.contains(Normalization.STRIP_LEADING_ZEROS));
    }

    /** {@return the column that identifies a user} */
    public ColumnPath column() {
        return plan.column();
    }

    /** {@return the LDAP attribute that holds the key} */
    public String attribute() {
        return plan.attribute();
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
        return plan.written(record).map(plan::normalize).filter(key -> !key.isBlank());
    }

    /** {@return the column of the key that a user had before a renumbering; empty if the mapping names none} */
    public Optional<ColumnPath> previousColumn() {
        return Optional.ofNullable(plan.previous());
    }

    /** {@return the normalized key that the user of a record had before; empty if there is none, or it is still the key} */
    public Optional<String> previousOf(UserRecord record) {
        return plan.previous(record)
                .map(plan::normalize)
                .filter(key -> !key.isBlank() && !of(record).equals(Optional.of(key)));
    }

    /**
     * {@return whether the column could not be read, so that it cannot be known whose record it is; a text with half of a
     * surrogate pair was damaged on its way, and cannot be sent to a directory}
     */
    public boolean isUnknown(UserRecord record) {
        return record.value(plan.column()) instanceof Value.Unknown || plan.isDamaged(record);
    }

    /** {@return a key, as an entry or a reference holds it, in the form in which keys are compared} */
    public String normalize(String key) {
        return plan.normalize(key);
    }

    @Override
    public String toString() {
        return plan.column() + " = " + plan.attribute();
    }
}
