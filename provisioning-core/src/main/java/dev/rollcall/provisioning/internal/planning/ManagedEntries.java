package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.Positions;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries in base and filter, all of them or those whom a run is about, by number. In memory there are some sixty bytes for each: where
 * it is in the spool, what it is, and hashes of its key, its DN and its names. Not thread-safe: for one thread at a time.
 */
final class ManagedEntries implements AutoCloseable {
    private static final int KEYED = 1;
    private static final int PROTECTED = 2;
    private static final int OTHERS = 4;
    private static final int ENABLED = 8;
    private static final int MARKED = 16;
    private static final int SEVERAL_KEYS = 32;

    private final DirectoryAccess directory;
    private final Mapping mapping;
    private final Set<String> wanted;
    private final List<DN> moveTo;
    private @Nullable OptimisticPass optimisticPass;
    private final Set<String> identifying = new HashSet<>();
    private final Spool spool;
    private final EntryCodec codec = new EntryCodec();
    private final HashIndex keys = new HashIndex();
    private HashIndex dns = new HashIndex();
    private HashIndex names = new HashIndex();
    private HashIndex matches = new HashIndex();
    private final Positions positions = new Positions();
    private byte[] flags = new byte[64];
    private int size;
    private int unlinked;
    private int population;
    private int keyed;
    private int free;
    private final List<Integer> dated = new ArrayList<>();
    private final Map<String, DN> containers = new HashMap<>();
    private @Nullable DN lastParent;
    private boolean whole = true;

    private ManagedEntries(
            DirectoryAccess directory,
            Mapping mapping,
            List<DN> moveTo,
            OptimisticPass optimisticPass,
            SpoolBudget memory) {
        this.directory = directory;
        this.mapping = mapping;
        this.wanted = wanted(mapping);
        this.moveTo = moveTo;
        this.optimisticPass = optimisticPass;
        identifying.add(mapping.key().attribute().toLowerCase(Locale.ROOT));
        mapping.nameAttributes().forEach(name -> identifying.add(name.toLowerCase(Locale.ROOT)));
        this.spool = new Spool(memory);
    }

    /**
     * Reads them all, in one scan.
     *
     * @param moveTo a container outside the base to which leavers were moved, in a list of at most one
     */
    static ManagedEntries read(
            DirectoryAccess directory,
            Mapping mapping,
            List<DN> moveTo,
            OptimisticPass optimisticPass,
            SpoolBudget memory) {
        ManagedEntries entries = new ManagedEntries(directory, mapping, moveTo, optimisticPass, memory);
        try {
            directory.scan(entries.wanted, entries::add);
            for (DN container : entries.containers()) {
                directory.scanUnder(container, directory.filter(), entries.wanted, entries::add);
            }
            return entries;
        } catch (RuntimeException | Error failed) {
            entries.close();
            throw failed;
        }
    }

    /** Reads those with these keys only, for a run that is not about everybody. */
    static ManagedEntries lookUp(
            DirectoryAccess directory,
            Mapping mapping,
            List<DN> moveTo,
            OptimisticPass optimisticPass,
            Collection<String> keys,
            SpoolBudget memory) {
        ManagedEntries entries = new ManagedEntries(directory, mapping, moveTo, optimisticPass, memory);
        try {
            entries.whole = false;
            entries.lookUp(mapping.key().attribute(), keys);
            if (entries.size == 0) {
                // A search for keys finds nothing under a base that is not there; a scan says so.
                directory.scanUntil(() -> true, Set.of(), entry -> {});
            }
            return entries;
        } catch (RuntimeException | Error failed) {
            entries.close();
            throw failed;
        }
    }

    /** Adds those that have one of these values, if they are not here yet. */
    void lookUp(String attribute, Collection<String> values) {
        Consumer<ReadOnlyEntry> unknown = entry -> {
            if (byDn(Entries.dn(entry)).isEmpty()) {
                add(entry);
            }
        };
        directory.findManaged(directory.base(), attribute, values, wanted, unknown);
        for (DN container : containers()) {
            directory.findManaged(container, attribute, values, wanted, unknown);
        }
    }

    private List<DN> containers() {
        return moveTo.stream().filter(directory::exists).toList();
    }

    /** Whether these are all there are. */
    boolean isWhole() {
        return whole;
    }

    static Set<String> wanted(Mapping mapping) {
        Set<String> wanted = new LinkedHashSet<>(mapping.readAttributes());
        wanted.addAll(mapping.ownedAttributes());
        wanted.addAll(mapping.nameAttributes());
        wanted.add(mapping.key().attribute());
        mapping.match().forEach(rule -> wanted.add(rule.attribute()));
        return wanted;
    }

    private void add(ReadOnlyEntry entry) {
        int number = size++;
        if (number == flags.length) {
            flags = Arrays.copyOf(flags, number * 2);
        }
        DN dn = Entries.dn(entry);
        dns.put(DnForm.of(dn), number);
        DN parent = dn.getParent();
        if (parent != null && !parent.equals(lastParent)) {
            containers.putIfAbsent(DnForm.of(parent), parent);
            lastParent = parent;
        }
        List<String> entryKeys = keys(entry);
        entryKeys.forEach(key -> keys.put(key, number));
        for (String attribute : mapping.nameAttributes()) {
            for (String value : Entries.values(entry, attribute)) {
                names.put(Entries.named(attribute, value), number);
            }
        }
        int flag = 0;
        flag |= entryKeys.isEmpty() ? 0 : KEYED;
        flag |= entryKeys.size() > 1 ? SEVERAL_KEYS : 0;
        flag |= directory.protectedBecause(entry).isPresent() ? PROTECTED : 0;
        flag |= directory.ownedByOther(entry).isPresent() ? OTHERS : 0;
        flag |= directory.isEnabled(entry) ? ENABLED : 0;
        flag |= directory.isMarked(entry) ? MARKED : 0;
        flags[number] = (byte) flag;
        if ((flag & (ENABLED | MARKED)) == (ENABLED | MARKED)
                && directory.disabledSince(entry).isPresent()) {
            dated.add(number);
        }
        boolean isFree = (flag & (PROTECTED | OTHERS)) == 0;
        boolean settled =
                Objects.requireNonNull(optimisticPass, "all is planned").settles(number, entry, entryKeys, isFree);
        positions.add(spool.append(settled ? codec.encode(entry, identifying) : codec.encode(entry)));
        keyed += entryKeys.isEmpty() ? 0 : 1;
        if (isFree) {
            free += entryKeys.isEmpty() ? 0 : 1;
            if (entryKeys.isEmpty()) {
                unlinked++;
            } else if ((flag & ENABLED) != 0) {
                population++;
            }
            for (MatchRule rule : mapping.match()) {
                if (entryKeys.isEmpty() || (rule.takesRehires() && !settled)) {
                    new LinkedHashSet<>(Entries.values(entry, rule.attribute()))
                            .forEach(value -> matches.put(Entries.named(rule.attribute(), value), number));
                }
            }
        }
    }

    int size() {
        return size;
    }

    /** How many have no key, and are free to get one. */
    int unlinked() {
        return unlinked;
    }

    /** How many have a key, whatever data source they belong to. */
    int keyed() {
        return keyed;
    }

    /** How many have a key, and are neither protected nor another source's. */
    int managed() {
        return free;
    }

    /** How many have a key, are not disabled, and are neither protected nor another source's. */
    int population() {
        return population;
    }

    /** The accounts that can be used although their mark has the date of a disable of ours; hardly ever any. */
    List<Integer> dated() {
        return dated;
    }

    /** An entry as it was read; of one that is settled there is the key and the names only. */
    ReadOnlyEntry entry(int number) {
        return codec.decode(spool.read(positions.get(number)));
    }

    boolean isKeyed(int number) {
        return (flags[number] & KEYED) != 0;
    }

    boolean hasSeveralKeys(int number) {
        return (flags[number] & SEVERAL_KEYS) != 0;
    }

    boolean isProtected(int number) {
        return (flags[number] & PROTECTED) != 0;
    }

    boolean isOwnedByOther(int number) {
        return (flags[number] & OTHERS) != 0;
    }

    boolean isEnabled(int number) {
        return (flags[number] & ENABLED) != 0;
    }

    boolean isMarked(int number) {
        return (flags[number] & MARKED) != 0;
    }

    /** The normalized keys of an entry; hardly ever more than one. */
    List<String> keys(ReadOnlyEntry entry) {
        List<String> found = new ArrayList<>();
        for (String value : Entries.values(entry, mapping.key().attribute())) {
            String key = mapping.key().normalize(value);
            if (!key.isBlank() && !found.contains(key)) {
                found.add(key);
            }
        }
        return found;
    }

    /** The entries with a key, by number. */
    List<Integer> byKey(String key) {
        List<Integer> found = new ArrayList<>(1);
        keys.each(key, number -> {
            if (keys(entry(number)).contains(key)) {
                found.add(number);
            }
        });
        return found;
    }

    /** The container of entries that has this name in whatever spelling. */
    Optional<DN> container(DN name) {
        return Optional.ofNullable(containers.get(DnForm.of(name)));
    }

    OptionalInt byDn(DN dn) {
        String wanted = DnForm.of(dn);
        List<Integer> found = new ArrayList<>(1);
        dns.each(wanted, number -> {
            if (DnForm.of(Entries.dn(entry(number))).equals(wanted)) {
                found.add(number);
            }
        });
        return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(found.get(0));
    }

    /** The DNs of entries other than {@code self} that have this value. */
    List<DN> holders(String attribute, String value, int self) {
        List<DN> found = new ArrayList<>(1);
        names.each(Entries.named(attribute, value), number -> {
            if (number != self) {
                ReadOnlyEntry entry = entry(number);
                if (has(entry, attribute, value)) {
                    found.add(Entries.dn(entry));
                }
            }
        });
        return found;
    }

    /** The entries without key that have this value. */
    List<Integer> byMatch(String attribute, String value) {
        return byMatch(attribute, value, false);
    }

    /** The entries with a key that have this value, if a rule that takes rehires looks at it. */
    List<Integer> byRehire(String attribute, String value) {
        return byMatch(attribute, value, true);
    }

    private List<Integer> byMatch(String attribute, String value, boolean withKey) {
        List<Integer> found = new ArrayList<>(1);
        matches.each(Entries.named(attribute, value), number -> {
            if (isKeyed(number) == withKey && has(entry(number), attribute, value)) {
                found.add(number);
            }
        });
        return found;
    }

    private static boolean has(ReadOnlyEntry entry, String attribute, String value) {
        String wanted = StringPreparation.caseIgnored(value);
        return Entries.values(entry, attribute).stream()
                .anyMatch(present -> StringPreparation.caseIgnored(present).equals(wanted));
    }

    /** All is planned: what lives on with the plan are the entries by key. */
    void planned() {
        optimisticPass = null;
        dns = new HashIndex();
        names = new HashIndex();
        matches = new HashIndex();
    }

    @Override
    public void close() {
        spool.close();
    }
}
