package dev.rollcall.mappingtestkit;

import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a mapping: first say what is so, then {@link #given} a record, then what must come of it. Immutable
 * and thread-safe.
 */
public final class MappingAssert extends AbstractAssert<MappingAssert, Mapping> {
    private final Situation situation;

    MappingAssert(Mapping mapping, Situation situation) {
        super(mapping, MappingAssert.class);
        this.situation = situation;
    }

    private MappingAssert with(Situation other) {
        return new MappingAssert(actual, other);
    }

    /** Says that names are taken already, in any case. */
    public MappingAssert taken(String attribute, String... names) {
        Situation more = situation;
        for (String name : names) {
            more = more.taken(attribute, name, "another entry");
        }
        return with(more);
    }

    /** Says that a name is taken already, and by whom, as an explanation should tell it. */
    public MappingAssert takenBy(String holder, String attribute, String name) {
        return with(situation.taken(attribute, name, holder));
    }

    /** Says that the user has an entry, as lines of LDIF, the DN first: {@code "dn: uid=ada,dc=test", "uid: ada"}. */
    public MappingAssert existing(String... ldif) {
        return with(situation.existing(ldif));
    }

    /** Says that the user has an entry. */
    public MappingAssert existing(Entry entry) {
        return with(situation.existing(entry));
    }

    /** Says when it is, such as {@code 2027-03-31T12:00:00Z}; by default noon of 15 January 2026. */
    public MappingAssert at(String instant) {
        return with(situation.at(Instant.parse(instant)));
    }

    /** Says in which zone dates without one are meant, such as {@code Pacific/Auckland}; UTC by default. */
    public MappingAssert zone(String zone) {
        return with(situation.zone(ZoneId.of(zone)));
    }

    /** Says which random values are drawn. */
    public MappingAssert seed(long seed) {
        return with(situation.seed(seed));
    }

    /** Says what formats read as {@code run.}, as JSON. */
    public MappingAssert run(String json) {
        return with(situation.run((Value.Fields) JsonText.parse(json)));
    }

    /** Maps a record; what must come of it follows. */
    public OutcomeAssert given(UserRecord record) {
        isNotNull();
        return new OutcomeAssert(Outcome.of(actual, record, situation));
    }

    /** Maps records one after the other, each of which reserves its names, as a run does it. */
    public OutcomesAssert given(List<UserRecord> records) {
        isNotNull();
        return new OutcomesAssert(Outcome.all(actual, records, situation));
    }

    /**
     * Verifies rows of a table: columns of the record before an arrow, LDAP attributes after it. Each row reserves its
     * names before the next, as a run does it.
     *
     * <pre>{@code
     * assertThat(PEOPLE).table("""
     *         first_name | last_name || uid        | cn
     *         Ada        | Lovelace  || alovelace  | Ada Lovelace
     *         Al         | Lovelace  || alovelace2 | Al Lovelace
     *         Cher       |           || !no-value  |
     *         """);
     * }</pre>
     *
     * <p>An empty cell is an absent column, and an attribute without a value; {@code null} and {@code ''} are null and
     * the empty text; a cell in braces, brackets or quotes is JSON; several values stand apart by a semicolon;
     * {@code !code} is a record that is rejected. The key is the number of the row, unless it is a column.
     *
     * @throws IllegalArgumentException if the text is no such table
     */
    public MappingAssert table(String table) {
        isNotNull();
        List<String> differences = MappingTable.parse(table).differences(actual, situation);
        if (!differences.isEmpty()) {
            failWithMessage("%s", String.join("\n\n", differences));
        }
        return this;
    }

    /**
     * Verifies over generated records, some of them hostile, what must hold of any mapping: a record is mapped or
     * rejected with a typed error, the same one gives the same entry, no value is empty, limits are kept, and the DN
     * always has the same attributes.
     */
    public MappingAssert holdsForAnyRecord() {
        return holdsForAnyRecord(1_000);
    }

    /** As {@link #holdsForAnyRecord()}, over so many records; they are the same ones in each run, unless the seed is. */
    public MappingAssert holdsForAnyRecord(int records) {
        isNotNull();
        new AnyRecord(actual, situation).check(records).ifPresent(what -> failWithMessage("%s", what));
        return this;
    }
}
