package dev.rollcall.scim;

import dev.rollcall.connector.Problem;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is special about one service provider, for connectors that stand on this one. Immutable and thread-safe.
 */
public final class ScimQuirks {
    /** Sees in a refusal what a person must do. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Explanation {
        /**
         * {@return what is wrong, in this provider's terms; empty if there is nothing to add}
         *
         * @param status of the answer
         * @param scimType the keyword of RFC 7644; may be empty
         * @param detail in the provider's words; may be empty
         */
        Optional<Problem> explain(int status, String scimType, String detail);
    }

    private static final ScimQuirks NONE = new ScimQuirks(Set.of(), (status, type, detail) -> Optional.empty(), "");

    private final Set<String> fixed;
    private final Explanation explanation;
    private final String invisible;

    private ScimQuirks(Set<String> fixed, Explanation explanation, String invisible) {
        this.fixed = Set.copyOf(fixed);
        this.explanation = Objects.requireNonNull(explanation, "explanation");
        this.invisible = Objects.requireNonNull(invisible, "invisible");
    }

    /** {@return nothing special} */
    public static ScimQuirks none() {
        return NONE;
    }

    /** {@return these, with the attributes that are never changed in an account that is there} */
    public ScimQuirks fixed(String... attributes) {
        return new ScimQuirks(Set.of(attributes), explanation, invisible);
    }

    /** {@return these, with what refusals mean} */
    public ScimQuirks explained(Explanation newExplanation) {
        return new ScimQuirks(fixed, newExplanation, invisible);
    }

    /**
     * {@return these, where a new account may be answered as made and yet not be there}
     *
     * @param remedy what a person is to do then
     */
    public ScimQuirks maybeInvisible(String remedy) {
        return new ScimQuirks(fixed, explanation, remedy);
    }

    Set<String> fixed() {
        return fixed;
    }

    /** {@return whether every new account is looked up once more} */
    boolean looksAgain() {
        return !invisible.isEmpty();
    }

    String invisible() {
        return invisible;
    }

    Optional<Problem> explain(int status, String scimType, String detail) {
        return explanation.explain(status, scimType.toLowerCase(Locale.ROOT), detail);
    }
}
