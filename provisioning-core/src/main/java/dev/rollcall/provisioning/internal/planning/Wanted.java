package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.provisioning.plan.Situation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record on its way into the plan. Not thread-safe: for one thread at a time. */
final class Wanted {
    final int number;
    final String key;
    final UserRecord record;
    final int entryNumber;

    /** As it was scanned; null for somebody new. */
    final @Nullable ReadOnlyEntry entry;

    Situation situation;

    @Nullable
    DesiredEntry desired;

    /** Why it cannot be mapped. */
    @Nullable
    String fault;

    boolean askedForNames;

    /** The entries that have a name which this user was to get. */
    List<DN> holders = List.of();

    /** Whether the record ends the account and says nothing else that could be used. */
    boolean endOnly;

    Wanted(
            int number,
            String key,
            UserRecord record,
            int entryNumber,
            @Nullable ReadOnlyEntry entry,
            Situation situation) {
        this.number = number;
        this.key = key;
        this.record = record;
        this.entryNumber = entryNumber;
        this.entry = entry;
        this.situation = situation;
    }

    boolean isLeaver() {
        return situation == Situation.INACTIVE || situation == Situation.OUT_OF_SCOPE;
    }
}
