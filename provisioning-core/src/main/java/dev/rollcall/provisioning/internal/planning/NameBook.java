package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.Names;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who has which name: managed entries, others under the search base, and those who get one in this plan. While it is only
 * {@linkplain #rehearse rehearsed}, it collects what it would have to ask the directory for, so that this takes one
 * search for many. Not thread-safe: for one thread at a time.
 */
final class NameBook implements Names {
    private static final String ACCOUNT = "sAMAccountName";
    private static final String LOGON = "userPrincipalName";

    private final ManagedEntries managed;
    private final Surroundings surroundings;
    private final HashIndex reserved = new HashIndex();
    private final Map<String, Set<String>> questions = new LinkedHashMap<>();
    private final String realm;
    private boolean rehearsing;
    private boolean asked;
    private final Set<DN> holders = new LinkedHashSet<>();
    private int self = -1;
    private @Nullable DN selfDn;

    /** @param realm the domain of Active Directory, such as {@code example.com}; empty elsewhere */
    NameBook(ManagedEntries managed, Surroundings surroundings, String realm) {
        this.managed = managed;
        this.surroundings = surroundings;
        this.realm = realm;
    }

    /** From now on answers are for one entry, which does not stand in its own way; for none if it is new. */
    void mapping(int entry, @Nullable DN dn) {
        self = entry;
        selfDn = dn;
        asked = false;
        holders.clear();
    }

    /** The entries that had a name which was asked for since {@link #mapping}. */
    List<DN> holders() {
        return List.copyOf(holders);
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

    /** Takes names for an entry that will be in {@code container}, if that is known. */
    void reserve(List<ChosenName> names, @Nullable DN container, int holder) {
        for (ChosenName name : names) {
            if (!name.kept()) {
                String named = Entries.named(name.attribute(), name.value());
                reserved.put(named, holder);
                if (container != null) {
                    reserved.put(within(container, named), holder);
                }
            }
        }
    }

    @Override
    public Optional<String> holder(String attribute, String value) {
        Optional<String> holder = holder(Entries.named(attribute, value), attribute, value, dn -> true);
        return holder.isPresent() || realm.isEmpty() ? holder : twin(attribute, value);
    }

    /**
     * In Active Directory {@code jdoe} can log on as {@code jdoe@example.com} too, and a server refuses the one while
     * another account has the other: two names, each with a counter of its own, would be refused in every run.
     */
    private Optional<String> twin(String attribute, String value) {
        if (attribute.equalsIgnoreCase(ACCOUNT)) {
            String logon = value + "@" + realm;
            return holder(Entries.named(LOGON, logon), LOGON, logon, dn -> true);
        }
        int at = value.lastIndexOf('@');
        if (attribute.equalsIgnoreCase(LOGON)
                && at > 0
                && value.substring(at + 1).equalsIgnoreCase(realm)) {
            String account = value.substring(0, at);
            return holder(Entries.named(ACCOUNT, account), ACCOUNT, account, dn -> true);
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> holderIn(DN container, String attribute, String value) {
        String named = within(container, Entries.named(attribute, value));
        return holder(named, attribute, value, dn -> DnForm.same(container, dn.getParent()));
    }

    private Optional<String> holder(String named, String attribute, String value, Predicate<DN> counts) {
        asked = true;
        if (reserved.mayHave(named)) {
            return Optional.of("reserved for another user in this plan");
        }
        Optional<DN> present =
                managed.holders(attribute, value, self).stream().filter(counts).findFirst();
        if (present.isPresent()) {
            holders.add(present.get());
            return present.map(DN::toString);
        }
        if (rehearsing && !surroundings.knowsName(attribute, value)) {
            questions.computeIfAbsent(attribute, none -> new LinkedHashSet<>()).add(value.toLowerCase(Locale.ROOT));
            return Optional.empty();
        }
        Optional<DN> other = surroundings.holders(attribute, value, selfDn).stream()
                .filter(counts)
                .findFirst();
        other.ifPresent(holders::add);
        return other.map(DN::toString);
    }

    private static String within(DN container, String named) {
        return named + '\n' + DnForm.of(container);
    }
}
