package dev.rollcall.mapping;

import dev.rollcall.connector.UserRecord;
import java.util.List;
import java.util.Set;

/** The rules of a mapping, checked and ready to run. Immutable and thread-safe. */
interface CompiledMapping {
    KeyRule key();

    List<MatchRule> match();

    List<GroupRule> groups();

    List<String> objectClasses();

    boolean createsParents();

    Set<String> ownedAttributes();

    Set<String> readAttributes();

    Set<String> nameAttributes();

    DesiredEntry map(UserRecord record, MappingInput input);

    @SuppressWarnings("DoNotCallSuggester")
    static CompiledMapping of(MappingBuilder builder) {
        throw new UnsupportedOperationException("formats come next");
    }
}
