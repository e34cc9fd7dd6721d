package dev.rollcall.mapping.rule;

/** The sorts of what {@link dev.rollcall.mapping.Lint Lint} finds; {@code docs/lint.md} explains each. */
public enum LintCode {
    /** A format names a column that no sample has. */
    UNKNOWN_COLUMN,
    /** A condition holds for nobody. */
    CONDITION_NEVER_HOLDS,
    /** An alternative is hidden by one before it with the same condition. */
    ALTERNATIVE_HIDDEN,
    /** A constant is longer than its attribute takes, or has characters that it forbids. */
    CONSTANT_DOES_NOT_FIT,
    /** The object classes demand an attribute that is not mapped. */
    MANDATORY_UNMAPPED,
    /** A column gives several values to an attribute that takes one. */
    LIST_FOR_SINGLE,
    /** A boolean becomes a string in an attribute that is not a boolean. */
    BOOLEAN_AS_TEXT,
    /** A sample has no value for a reference, and no null that clears it. */
    REFERENCE_KEPT,
    /** A sample cannot be mapped. */
    SAMPLE_REJECTED,
    /** The directory knows no such object class. */
    UNKNOWN_OBJECT_CLASS,
    /** The directory knows no such attribute. */
    UNKNOWN_ATTRIBUTE,
    /** The object classes do not allow the attribute. */
    ATTRIBUTE_NOT_ALLOWED,
    /** The directory writes the attribute itself. */
    ATTRIBUTE_READ_ONLY,
    /** A rule gives several values to an attribute that the directory keeps one of. */
    SINGLE_VALUED,
    /** A value is none of its attribute's syntax. */
    WRONG_SYNTAX,
    /** A value is longer than the directory takes. */
    LONGER_THAN_SCHEMA;

    /** {@return the code, as problems have it: {@code unknown-column}} */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
