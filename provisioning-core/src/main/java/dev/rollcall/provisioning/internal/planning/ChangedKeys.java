package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entries and accounts that would be missing, by what else their person could be recognised by: the key in another
 * spelling, a match rule, a DN that holds no unique name. A unique name is no evidence, since every namesake gets one
 * like it. Not thread-safe: for one thread at a time.
 */
public final class ChangedKeys {
    /** The entry that a record seems to be about, and what says so. */
    public record Tie(int entry, String because) {}

    private final List<MatchRule> rules;
    private final MappingInput input;
    private final Function<UserRecord, Optional<DN>> dnOf;
    private final Map<String, Integer> spelled = new HashMap<>();
    private final Map<String, Integer> matched = new HashMap<>();
    private final Map<String, Integer> dns = new HashMap<>();

    /**
     * Begins without any entry.
     *
     * @param rules the match rules of the mapping
     * @param unique the attributes in which the mapping makes names unique, whose rules count for nothing here
     * @param dnOf the DN that a record would get; empty if it cannot be told or holds a unique name
     */
    public ChangedKeys(
            List<MatchRule> rules, Set<String> unique, MappingInput input, Function<UserRecord, Optional<DN>> dnOf) {
        this.rules = rules.stream()
                .filter(rule -> unique.stream().noneMatch(rule.attribute()::equalsIgnoreCase))
                .toList();
        this.input = input;
        this.dnOf = dnOf;
    }

    /** Adds an entry or account that would be missing. */
    public void add(int entry, List<String> keys, Function<String, List<String>> values, @Nullable DN dn) {
        for (String key : keys) {
            spelled.putIfAbsent(KeySpelling.fold(key), entry);
        }
        for (MatchRule rule : rules) {
            values.apply(rule.attribute()).forEach(value -> matched.putIfAbsent(named(rule, value), entry));
        }
        if (dn != null) {
            dns.putIfAbsent(DnForm.of(dn), entry);
        }
    }

    /** Finds the entry of a record that has none by its key; a record without key is known by the other two alone. */
    public Optional<Tie> of(UserRecord record, String key) {
        Integer entry = key.isEmpty() ? null : spelled.get(KeySpelling.fold(key));
        if (entry != null) {
            return Optional.of(new Tie(entry, "its key differs in spelling only"));
        }
        for (MatchRule rule : rules) {
            Integer found = value(rule, record)
                    .map(value -> matched.get(named(rule, value)))
                    .orElse(null);
            if (found != null) {
                return Optional.of(new Tie(found, "both have the same " + rule.attribute()));
            }
        }
        return dnOf.apply(record)
                .map(dn -> dns.get(DnForm.of(dn)))
                .map(found -> new Tie(found, "the record would get its DN"));
    }

    private Optional<String> value(MatchRule rule, UserRecord record) {
        try {
            return rule.value(record, input);
        } catch (MappingException cannotBeTold) {
            return Optional.empty();
        }
    }

    private static String named(MatchRule rule, String value) {
        return Entries.named(rule.attribute(), value);
    }
}
