package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.state.SeenKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entries that are in no record and may never have been a person's. A state store knows the keys that the data source has ever
 * shown: an entry with another key is a stranger, unless it carries our mark or the account of the run made it.
 *
 * <p>Without such a store this is a guess. Where the key is an attribute that every account has,
 * and no mark says which entries are ours, each service account looks like a leaver; unless the account of the run made
 * it, as {@code creatorsName} says, its end is held back and reported. Not thread-safe: for one thread at a time.
 */
final class NeverSeen {
    private static final Set<String> KEYS_OF_EVERY_ACCOUNT =
            Set.of("uid", "samaccountname", "userprincipalname", "mail");

    private static final String CREATOR = "creatorsName";
    private static final int LISTED = 40;
    private static final int MOST_ASKED = 1_000;

    private final RunSettings run;
    private final ManagedEntries managed;
    private final Findings findings;

    NeverSeen(RunSettings run, ManagedEntries managed, Findings findings) {
        this.run = run;
        this.managed = managed;
        this.findings = findings;
    }

    /** Whether a key attribute says nothing about whose an account is, since every account has it. */
    static boolean isOfEveryAccount(String attribute) {
        return KEYS_OF_EVERY_ACCOUNT.contains(DnForm.attribute(attribute));
    }

    /** Those of the missing entries whose end is held back; they are reported. */
    Set<Integer> among(List<Integer> missing) {
        Set<Integer> held = new HashSet<>();
        if (missing.isEmpty()
                || run.policies().leavers().endsNeverSeen()
                || run.policies().leavers().sourceMissing() == Leavers.Action.IGNORE
                || (shown().isEmpty() && isClearWithoutState())) {
            return held;
        }
        Optional<DN> us = run.directory().boundAs();
        List<String> dns = new ArrayList<>();
        for (int from = 0; from < missing.size(); from += SearchBaseLookup.BLOCK) {
            Map<String, Integer> byId = new LinkedHashMap<>();
            for (int entry :
                    strangers(missing.subList(from, Math.min(missing.size(), from + SearchBaseLookup.BLOCK)))) {
                byId.put(run.directory().id(managed.entry(entry)), entry);
            }
            if (byId.isEmpty()) {
                continue;
            }
            for (ReadOnlyEntry entry : run.directory().findByIds(byId.keySet(), Set.of(CREATOR))) {
                if (us.isPresent() && us.equals(dn(entry.getAttributeValue(CREATOR)))) {
                    byId.remove(run.directory().id(entry));
                }
            }
            byId.values().forEach(entry -> {
                held.add(entry);
                DN dn = Entries.dn(managed.entry(entry));
                findings.named(dn);
                dns.add(dn.toString());
            });
        }
        if (!dns.isEmpty()) {
            dns.sort(null);
            findings.conflict(
                    Situation.SOURCE_MISSING,
                    "",
                    dns.size() + (dns.size() == 1 ? " entry is" : " entries are")
                            + " in no record, and nothing says that a"
                            + " run made them: " + because()
                            + " policy.neverSeen: leaver. They are "
                            + String.join("; ", dns.subList(0, Math.min(LISTED, dns.size())))
                            + (dns.size() > LISTED ? "; and others" : ""));
        }
        return held;
    }

    private Optional<SeenKeys> shown() {
        return run.storage().state().seen();
    }

    /** Whether mark or key tell whose an entry is, so that nobody has to know what was shown before. */
    private boolean isClearWithoutState() {
        return run.directory().markAttribute().isPresent()
                || !isOfEveryAccount(run.mapping().key().attribute());
    }

    /** Those of these entries, at most a block of them, that may be strangers. */
    private List<Integer> strangers(List<Integer> entries) {
        Optional<SeenKeys> shown = shown();
        if (shown.isEmpty()) {
            return entries;
        }
        Set<String> keys = new HashSet<>();
        entries.forEach(entry -> keys.addAll(managed.keys(managed.entry(entry))));
        Set<String> known = new HashSet<>();
        List<String> asked = new ArrayList<>(keys);
        for (int from = 0; from < asked.size(); from += MOST_ASKED) {
            known.addAll(shown.get()
                    .known(
                            run.storage().recording().dataSource(),
                            asked.subList(from, Math.min(asked.size(), from + MOST_ASKED))));
        }
        return entries.stream()
                .filter(entry -> !run.directory().isMarked(managed.entry(entry)))
                .filter(entry -> managed.keys(managed.entry(entry)).stream().noneMatch(known::contains))
                .toList();
    }

    private String because() {
        Optional<SeenKeys> shown = shown();
        if (shown.isEmpty()) {
            return "every account has " + run.mapping().key().attribute()
                    + ", and the directory has no mark. They are left alone; set directory.mark, or";
        }
        String source = run.storage().recording().dataSource();
        return shown.get().isEmpty(source)
                ? "the state knows of no complete read of the data source " + source
                        + " yet. They are left alone; to take"
                        + " over those that are people who left, allow it for one run:"
                : "the data source " + source
                        + " has never shown their keys. They are left alone; to take over those that"
                        + " are people who left, allow it for one run:";
    }

    private static Optional<DN> dn(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(new DN(text));
        } catch (LDAPException notADn) {
            return Optional.empty();
        }
    }
}
