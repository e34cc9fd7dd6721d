package dev.rollcall.provisioning.internal.guardrail;

/** The guardrails by name, as {@code Guardrails.names()} lists them. Immutable and thread-safe. */
final class GuardrailNames {
    static final String MAX_DISABLE_OR_DELETE = "maxDisableOrDelete";
    static final String MAX_MODIFY = "maxModify";
    static final String MAX_ATTRIBUTE_CHANGE = "maxAttributeChange";
    static final String MAX_CREATE = "maxCreate";
    static final String MAX_KEYLESS = "maxKeyless";
    static final String EMPTY_SOURCE = "emptySource";
    static final String UNLINKED_ENTRIES = "unlinkedEntries";
    static final String VANISHED_COLUMN = "vanishedColumn";
    static final String FAILURES = "failures";

    private GuardrailNames() {}
}
