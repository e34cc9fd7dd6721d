package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.Names;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
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
final class NameBook implements Names, AutoCloseable {
    private static final String ACCOUNT = "sAMAccountName";
    private static final String LOGON = "userPrincipalName";
    private static final String RESERVED = "reserved for another user in this plan";

    private final ManagedEntries managed;
    private final SearchBaseLookup searchBaseLookup;
    private final HashIndex reserved = HashIndex.ofTexts();

    /** Names with their containers, which are indexed only if a name of this scope is asked for. */
    private final HashIndex reservedWithin = HashIndex.ofTexts();

    private final Spool unindexed;
    private boolean containersCount;
    private final Map<String, Set<String>> questions = new LinkedHashMap<>();
    private final String realm;
    private boolean rehearsing;
    private boolean asked;
    private final Set<DN> holders = new LinkedHashSet<>();
    private int self = -1;
    private @Nullable DN selfDn;

    /** @param realm the domain of Active Directory, such as {@code example.com}; empty elsewhere */
    NameBook(ManagedEntries managed, SearchBaseLookup searchBaseLookup, String realm, SpoolBudget memory) {
        this.unindexed = new Spool(memory);
        this.managed = managed;
        this.searchBaseLookup = searchBaseLookup;
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
        questions.forEach(searchBaseLookup::lookUpNames);
        questions.clear();
        return any;
    }

    /** Takes names for an entry that will be in {@code container}, if that is known. */
    void reserve(List<ChosenName> names, @Nullable DN container) {
        for (ChosenName name : names) {
            if (!name.kept()) {
                String named = Entries.named(name.attribute(), name.value());
                reserved.add(named);
                if (container != null) {
                    reserveWithin(within(container, named));
                }
            }
        }
    }

    private void reserveWithin(String named) {
        if (containersCount) {
            reservedWithin.add(named);
        } else {
            unindexed.append(new ItemWriter().text(named).item());
        }
    }

    private HashIndex reservedWithin() {
        if (!containersCount) {
            containersCount = true;
            unindexed.items().forEachOrdered(item -> {
                reservedWithin.add(new ItemReader(item).text());
            });
            unindexed.close();
        }
        return reservedWithin;
    }

    @Override
    public Optional<String> holder(String attribute, String value) {
        Optional<String> holder = anyHolder(attribute, value);
        return holder.isPresent() || realm.isEmpty() ? holder : twin(attribute, value);
    }

    /**
     * In Active Directory {@code jdoe} can log on as {@code jdoe@example.com} too, and a server refuses the one while
     * another account has the other: two names, each with a counter of its own, would be refused in every run.
     */
    private Optional<String> twin(String attribute, String value) {
        if (attribute.equalsIgnoreCase(ACCOUNT)) {
            String logon = value + "@" + realm;
            return anyHolder(LOGON, logon);
        }
        int at = value.lastIndexOf('@');
        if (attribute.equalsIgnoreCase(LOGON)
                && at > 0
                && value.substring(at + 1).equalsIgnoreCase(realm)) {
            String account = value.substring(0, at);
            return anyHolder(ACCOUNT, account);
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> holderIn(DN container, String attribute, String value) {
        asked = true;
        if (reservedWithin().mayHave(within(container, Entries.named(attribute, value)))) {
            return Optional.of(RESERVED);
        }
        return present(attribute, value, dn -> DnForm.same(container, dn.getParent()));
    }

    private Optional<String> anyHolder(String attribute, String value) {
        asked = true;
        if (reserved.mayHave(Entries.named(attribute, value))) {
            return Optional.of(RESERVED);
        }
        return present(attribute, value, dn -> true);
    }

    private Optional<String> present(String attribute, String value, Predicate<DN> counts) {
        Optional<DN> present =
                managed.holders(attribute, value, self).stream().filter(counts).findFirst();
        if (present.isPresent()) {
            holders.add(present.get());
            return present.map(DN::toString);
        }
        if (rehearsing && !searchBaseLookup.knowsName(attribute, value)) {
            questions.computeIfAbsent(attribute, none -> new LinkedHashSet<>()).add(value.toLowerCase(Locale.ROOT));
            return Optional.empty();
        }
        Optional<DN> other = searchBaseLookup.holders(attribute, value, selfDn).stream()
                .filter(counts)
                .findFirst();
        other.ifPresent(holders::add);
        return other.map(DN::toString);
    }

    @Override
    public void close() {
        unindexed.close();
    }

    private static String within(DN container, String named) {
        return named + '\n' + DnForm.of(container);
    }
}
