package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.ChosenName;
import dev.rollcall.mapping.Names;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has which name: managed entries, others under the search base, and those who get one in this plan. While it is only
 * {@linkplain #rehearse rehearsed}, it collects what it would have to ask the directory for, so that this takes one
 * search for many. Not thread-safe: for one thread at a time.
 */
final class NameBook implements Names {
    private final ManagedEntries managed;
    private final Surroundings surroundings;
    private final HashIndex reserved = new HashIndex();
    private final Map<String, Set<String>> questions = new LinkedHashMap<>();
    private boolean rehearsing;
    private boolean asked;
    private int self = -1;
    private @Nullable DN selfDn;

    NameBook(ManagedEntries managed, Surroundings surroundings) {
        this.managed = managed;
        this.surroundings = surroundings;
    }

    /** From now on answers are for one entry, which does not stand in its own way; for none if it is new. */
    void mapping(int entry, @Nullable DN dn) {
        self = entry;
        selfDn = dn;
        asked = false;
    }

    /** Whether any name was asked for since {@link #mapping}. */
    boolean wasAsked() {
        return asked;
    }

    void rehearse(boolean on) {
        rehearsing = on;
    }

    /** Asks the directory for all that was collected; false if that was nothing. */
    boolean answerQuestions() {
        boolean any = !questions.isEmpty();
        questions.forEach(surroundings::lookUpNames);
        questions.clear();
        return any;
    }

    void reserve(List<ChosenName> names, int holder) {
        for (ChosenName name : names) {
            if (!name.kept()) {
                reserved.put(ManagedEntries.named(name.attribute(), name.value()), holder);
            }
        }
    }

    @Override
    public Optional<String> holder(String attribute, String value) {
        asked = true;
        if (reserved.mayHave(ManagedEntries.named(attribute, value))) {
            return Optional.of("reserved for another user in this plan");
        }
        Optional<String> present = managed.holder(attribute, value, self);
        if (present.isPresent()) {
            return present;
        }
        if (rehearsing && !surroundings.knowsName(attribute, value)) {
            questions.computeIfAbsent(attribute, none -> new LinkedHashSet<>()).add(value.toLowerCase(Locale.ROOT));
            return Optional.empty();
        }
        return surroundings.holder(attribute, value, selfDn).map(DN::toString);
    }
}
