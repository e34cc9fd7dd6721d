package dev.rollcall.mappingtestkit;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.entry.Names;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a record is mapped in: the entry that is there, the names that are taken, the day. Immutable and thread-safe.
 *
 * @param taken who holds a name, by attribute and name in small letters
 */
record Situation(Map<String, String> taken, @Nullable Entry existing, MappingInput input) {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    Situation {
        taken = Map.copyOf(taken);
    }

    static Situation fixed() {
        MappingInput input = MappingInput.none()
                .clock(Clock.fixed(NOON, ZoneOffset.UTC))
                .zone(ZoneOffset.UTC)
                .seed(1);
        return new Situation(Map.of(), null, input);
    }

    Situation taken(String attribute, String name, String holder) {
        Map<String, String> more = new LinkedHashMap<>(taken);
        more.put(id(attribute, name), holder);
        return new Situation(more, existing, input);
    }

    Situation at(Instant now) {
        return new Situation(taken, existing, input.clock(Clock.fixed(now, ZoneOffset.UTC)));
    }

    Situation zone(ZoneId zone) {
        return new Situation(taken, existing, input.zone(zone));
    }

    Situation seed(long seed) {
        return new Situation(taken, existing, input.seed(seed));
    }

    Situation run(Value.Fields run) {
        return new Situation(taken, existing, input.run(run));
    }

    Situation existing(Entry entry) {
        return new Situation(taken, entry, input.existing(entry));
    }

    Situation existing(String... ldif) {
        try {
            Entry entry = new Entry(ldif);
            entry.getParsedDN();
            return existing(entry);
        } catch (LDIFException | LDAPException e) {
            throw new IllegalArgumentException("no entry in LDIF: " + e.getMessage(), e);
        }
    }

    MappingInput toInput() {
        Names names = (attribute, name) -> Optional.ofNullable(taken.get(id(attribute, name)));
        return input.names(names);
    }

    private static String id(String attribute, String name) {
        return (attribute + "=" + name).toLowerCase(Locale.ROOT);
    }
}
