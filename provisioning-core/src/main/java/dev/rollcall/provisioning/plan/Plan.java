package dev.rollcall.provisioning.plan;

import dev.rollcall.provisioning.source.SourceReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What would be done, and what needs a person: an immutable list of changes that is the same for the same records and
 * entries, whatever order they came in. Close it when it is applied or thrown away. Thread-safe, but for closing.
 *
 * <p>A plan has been judged by the guardrails and the categories: {@link #changes()} is what is left.
 */
public interface Plan extends AutoCloseable {
    /**
     * {@return the changes, in the order in which they are made; read anew at each call, to be closed after use}
     *
     * @throws IllegalStateException if the plan is closed
     */
    Stream<Change> changes();

    /** {@return how many entries each kind of change is for} */
    Counts counts();

    /**
     * {@return what the guardrails took out, in the order in which it would be made; of a modification that is made in
     * part the rest. Read anew at each call, to be closed after use}
     *
     * @throws IllegalStateException if the plan is closed
     */
    Stream<Change> blockedChanges();

    /** {@return how many entries each kind of change was taken out for} */
    Counts blocked();

    /** {@return what the categories do not allow} */
    Counts withheld();

    /** {@return how many users have an entry that is as it should be} */
    int unchanged();

    /** {@return how many managed entries were read: all there are, or those that a delta or named keys are about} */
    int managed();

    /** {@return how many records and entries are in which situation; those of zero are left out} */
    Map<Situation, Integer> situations();

    /** {@return what needs a person, by key} */
    List<Conflict> conflicts();

    /**
     * {@return what is to be known before the plan is applied, and concerns no single record: that accounts which it disables
     * will not be enabled when their people return, since there is no mark}
     */
    List<String> notes();

    /** {@return references to people without entry, by key} */
    List<Unresolved> unresolved();

    /**
     * {@return the keys that the run was limited to and that neither side has, sorted and as they were given; empty for a
     * run about everybody}
     */
    List<String> notFound();

    /**
     * {@return for a run that is explained, why nothing changes for the people for whom nothing changes, and who is missing,
     * by key; at most 10,000 people}
     */
    List<Explained> explained();

    /** {@return how the reading of the source went} */
    SourceReading source();

    /** {@return address and port of the server that was read; empty for an application} */
    String server();

    /** {@return the application whose accounts this is about; empty for a directory} */
    Optional<String> target();

    /** {@return what the guardrails say} */
    GuardrailVerdict guardrails();

    /** {@return SHA-256 of the changes in hexadecimal: two plans with the same hash do the same} */
    String hash();

    /** {@return whether there is nothing to do} */
    boolean isEmpty();

    /**
     * {@return this plan without some of its changes, and without what rests on those; its counts and hash are its own, the
     * guardrails' word stands. An entry whose rename is left out is changed where it is. Both share what they are read
     * from: closing either closes both.}
     */
    Plan without(Predicate<Change> predicate);

    /** Deletes what was kept in files; its changes cannot be read any more, nor those of its outcomes. */
    @Override
    void close();
}
