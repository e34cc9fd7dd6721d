package dev.rollcall.mapping.internal.run;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one record while they are made: what the makers of names, values and memberships ask of the run that
 * they are part of. Not thread-safe: for one thread at a time.
 */
public interface Attributes extends Scope {
    /** {@return what became of an attribute, which is made now if it was not} */
    Made make(AttributePlan plan);

    boolean isMade(AttributePlan plan);

    void put(AttributePlan plan, Made outcome);

    /** {@return the attribute left as the entry has it} */
    Made kept(AttributePlan plan, String reason);

    /** {@return what becomes of an attribute whose value could not be read} */
    Made unknown(AttributePlan plan, String reason);

    /** {@return what becomes of an attribute that has no value} */
    Made nothing(AttributePlan plan, Value nothing, String because);

    boolean isSensitive(AttributePlan plan);

    void markSensitive(AttributePlan plan);

    /** {@return the value of one format of an attribute} */
    Value evaluate(AttributePlan plan, String path, Format format);

    /** What a format may depend on; a sequence of random numbers of its own, if it may draw some. */
    Evaluation evaluation(String attribute, Format format);

    /** {@return whether a condition holds; unknown also if there is nothing to compare} */
    Truth answer(Condition condition, @Nullable AttributePlan plan, String path);

    /** {@return whether a column that a condition needs could not be read} */
    boolean isUnread(Condition condition);
}
