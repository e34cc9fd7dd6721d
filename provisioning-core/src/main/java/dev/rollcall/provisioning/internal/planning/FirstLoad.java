package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.util.StaticUtils;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.plan.Situation;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether a first load was begun and did not come to its end, so that the creations that are left are no
 * more suspicious than the first ones were: see {@code docs/decisions/0008-a-first-load-goes-on.md}. Not thread-safe:
 * for one thread at a time.
 */
final class FirstLoad {
    /** A load that was killed on Friday goes on on Monday. */
    private static final Duration YOUNG = Duration.ofDays(4);

    /** Creations that a load may have left behind it: changes that failed, and those that were on their way. */
    private static final int GAPS = 100;

    private static final String CREATOR = "creatorsName";
    private static final String CREATED = "createTimestamp";
    private static final String CREATED_AD = "whenCreated";

    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final Judgements judgements;

    FirstLoad(RunSettings run, SourceRecords records, ManagedEntries managed, Judgements judgements) {
        this.run = run;
        this.records = records;
        this.managed = managed;
        this.judgements = judgements;
    }

    /** Whether nothing is in base and filter but what a load by this account has made in the last days. */
    boolean isUnfinished() {
        return records.complete().isPresent()
                && managed.isWhole()
                && managed.size() > 0
                && judgements.found() == managed.size()
                && gaps() <= GAPS
                && isOurs();
    }

    /** Entries are made in the order of the keys: how many are missing before the last one that is there. */
    private int gaps() {
        int[] gaps = new int[2];
        records.eachInOrder(number -> {
            if (judgements.situation(number) == Situation.ABSENT) {
                gaps[1]++;
            } else if (judgements.entry(number) != Situations.NO_ENTRY) {
                gaps[0] = gaps[1];
            }
        });
        return gaps[0];
    }

    private boolean isOurs() {
        Optional<DN> creator = run.directory().boundAs();
        Instant oldest = run.input().clock().instant().minus(YOUNG);
        boolean[] others = new boolean[1];
        run.directory()
                .scan(
                        Set.of(CREATOR, CREATED, CREATED_AD),
                        entry -> others[0] |= !isYoung(entry, oldest) || !isMadeBy(entry, creator));
        return !others[0];
    }

    /** Active Directory does not keep who made an entry; there our mark says it, if there is one. */
    private boolean isMadeBy(ReadOnlyEntry entry, Optional<DN> creator) {
        boolean marked =
                run.directory().markAttribute().isEmpty() || run.directory().isMarked(entry);
        boolean told = run.directory().kind() == DirectoryKind.ACTIVE_DIRECTORY;
        String made = entry.getAttributeValue(CREATOR);
        return marked && (told || (made != null && creator.isPresent() && dn(made).equals(creator)));
    }

    private static boolean isYoung(ReadOnlyEntry entry, Instant oldest) {
        String made = entry.getAttributeValue(CREATED);
        String text = made == null ? entry.getAttributeValue(CREATED_AD) : made;
        try {
            return text != null
                    && StaticUtils.decodeGeneralizedTime(text).toInstant().isAfter(oldest);
        } catch (ParseException unreadable) {
            return false;
        }
    }

    private static Optional<DN> dn(String text) {
        try {
            return Optional.of(new DN(text));
        } catch (LDAPException notADn) {
            return Optional.empty();
        }
    }
}
