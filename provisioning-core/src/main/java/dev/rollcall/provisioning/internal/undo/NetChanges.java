package dev.rollcall.provisioning.internal.undo;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a run did, entry by entry, in the order in which it came to them. Not thread-safe: for one thread at a time. */
final class NetChanges {
    private final Map<String, NetEntry> entries = new LinkedHashMap<>();

    /** By the form of the DN under which the run made it: an entry whose id other records do not have. */
    private final Map<String, NetEntry> made = new HashMap<>();

    /** By the form of the DN before the run: where the run left that entry. */
    private final Map<String, DN> renamed = new HashMap<>();

    private final List<ChangeRecord> uncertain = new ArrayList<>();

    private NetChanges() {}

    static NetChanges of(Stream<ChangeRecord> changes) {
        NetChanges net = new NetChanges();
        changes.forEachOrdered(net::add);
        net.entries.values().removeIf(NetEntry::isPassing);
        for (NetEntry entry : net.entries.values()) {
            if (!entry.isCreated() && entry.isRenamed()) {
                net.renamed.put(DnForm.of(entry.first()), entry.last());
            }
        }
        return net;
    }

    private void add(ChangeRecord change) {
        Result result = change.result().map(outcome -> outcome.result()).orElse(Result.UNKNOWN);
        if (result == Result.CONFLICT || result == Result.UNKNOWN) {
            uncertain.add(change);
        }
        // References that follow a rename follow it back by themselves.
        boolean follows = change.kind() == ChangeKind.MODIFY && change.key().isEmpty();
        if (result != Result.DONE || follows) {
            return;
        }
        String id = change.id();
        NetEntry known = id == null ? null : entries.get(id);
        if (known == null) {
            known = made.get(DnForm.of(change.dn()));
        }
        if (known == null) {
            known = new NetEntry(change);
            entries.put(id == null ? "dn " + DnForm.of(change.dn()) : id, known);
        }
        if (change.kind() == ChangeKind.CREATE) {
            made.put(DnForm.of(change.dn()), known);
        }
        known.add(change);
    }

    List<NetEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The changes of which nobody knows whether they were made. */
    List<ChangeRecord> uncertain() {
        return uncertain;
    }

    /** DNs as they are after the run, of values that were there before it. */
    List<ASN1OctetString> afterwards(List<ASN1OctetString> names) {
        return renamed.isEmpty() ? names : ChangeEntries.mapped(names, renamed::get);
    }
}
