package dev.rollcall.provisioning.plan;

import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Limit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * A limit that a plan or a run exceeded, as numbers. Immutable and thread-safe.
 *
 * @param name which guardrail
 * @param subject the attribute or the group that it is about; empty for a guardrail that has no subject
 * @param limit what is allowed; {@link Limit#none()} for a guardrail that has no number to configure
 * @param actual what the plan has
 * @param population what a percentage is of; 0 if there is nothing to take a percentage of
 * @param detail what the numbers do not say, for people; may be empty
 * @param allowed whether the caller allowed it for this run, so that it stops nothing
 */
public record Guardrail(
        GuardrailName name, String subject, Limit limit, long actual, long population, String detail, boolean allowed) {
    /** All are required. */
    public Guardrail {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(detail, "detail");
    }

    /** {@return this guardrail, allowed or not} */
    public Guardrail allowed(boolean newAllowed) {
        return new Guardrail(name, subject, limit, actual, population, detail, newAllowed);
    }

    /** {@return the name as reports and {@code --allow} have it, with its subject: {@code maxAttributeChange:mail}} */
    public String label() {
        return subject.isEmpty() ? name.word() : name.word() + ":" + subject;
    }

    /** {@return what is allowed, for people: {@code 10 %}} */
    public String limitText() {
        return switch (name) {
            case EMPTY_SOURCE -> "at least 1 record";
            case EMPTY_TARGET ->
                population == 0 ? "at least 1 account" : "at least half of " + population + " accounts";
            case VANISHED_COLUMN -> "at least 1 record with it";
            default -> byPercent() ? number(limit.percent()) + " %" : Integer.toString(limit.count());
        };
    }

    /** {@return what the plan has, for people: {@code 12 %}} */
    public String actualText() {
        String measured = byPercent() && population > 0
                ? number(actual * 100.0 / population) + " %"
                : byPercent() ? actual + " of 0" : Long.toString(actual);
        return switch (name) {
            case EMPTY_SOURCE, UNLINKED_ENTRIES, VANISHED_COLUMN, EMPTY_TARGET -> detail;
            default -> detail.isEmpty() ? measured : measured + ", " + detail;
        };
    }

    /** Whether the percentage is what was exceeded; a limit of both kinds may be exceeded in its count alone. */
    private boolean byPercent() {
        boolean count = limit.count() >= 0 && actual > limit.count();
        return limit.percent() >= 0 && (!count || (population > 0 && actual * 100.0 > limit.percent() * population));
    }

    private static String number(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
    }

    @Override
    public String toString() {
        return label() + ": " + actualText() + ", limit " + limitText() + (allowed ? " (allowed)" : "");
    }
}
