package dev.rollcall.provisioning.internal.undo;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Situation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives back the references to entries that are made anew, which servers with referential integrity cleared when those
 * were deleted. Not thread-safe: for one thread at a time.
 */
final class ReferrerUndo {
    private final RunSettings run;
    private final DirectoryAccess directory;
    private final UndoDraft draft;
    private final UndoFindings findings;
    private final String because;

    ReferrerUndo(RunSettings run, UndoDraft draft, UndoFindings findings, String because) {
        this.run = run;
        this.directory = run.directory();
        this.draft = draft;
        this.findings = findings;
        this.because = because;
    }

    void undo(List<NetEntry> entries, Successors successors) {
        Set<String> anew = new HashSet<>();
        draft.creates.forEach(create -> anew.add(DnForm.of(create.dn())));
        Map<String, DN> places = new HashMap<>();
        entries.forEach(entry -> entry.id().ifPresent(id -> places.put(id, entry.first())));
        Set<String> handled = new HashSet<>();
        draft.references.forEach(change ->
                change.attributes().forEach(attribute -> handled.add(change.id().orElse("") + attribute.name())));
        for (NetEntry entry : entries) {
            if (entry.isDeleted() && anew.contains(DnForm.of(entry.last()))) {
                entry.referrers().forEach((name, ids) -> {
                    List<String> now = ids.stream().map(successors::of).toList();
                    for (ReadOnlyEntry referrer : directory.findByIds(now, wanted(name))) {
                        String id = directory.id(referrer);
                        if (!handled.contains(id + name)) {
                            refer(referrer, name, entry, places.getOrDefault(id, Entries.dn(referrer)));
                        }
                    }
                });
            }
        }
    }

    private Set<String> wanted(String name) {
        return new HashSet<>(List.of(name, run.mapping().key().attribute()));
    }

    /** The server may keep references by itself, and an entry of another source is left alone. */
    private void refer(ReadOnlyEntry referrer, String name, NetEntry to, DN place) {
        ValueEquality equality = directory.values(name);
        List<ASN1OctetString> now = Entries.present(referrer, name);
        ASN1OctetString reference = new ASN1OctetString(WireNames.of(to.last()));
        if (equality.canonical(now).contains(equality.canonical(reference))
                || directory.protectedBecause(referrer).isPresent()
                || directory.ownedByOther(referrer).isPresent()) {
            return;
        }
        String key = Entries.values(referrer, run.mapping().key().attribute()).stream()
                .map(run.mapping().key()::normalize)
                .findFirst()
                .orElse("");
        if (!now.isEmpty()) {
            findings.conflict(
                    key,
                    name + " of " + referrer.getDN() + " has another value since " + to.last()
                            + " was deleted, and does not refer to it again");
            return;
        }
        draft.references.add(DirectoryChange.builder(ChangeKind.MODIFY, key, place)
                .id(directory.id(referrer))
                .stage(DirectoryChange.Stage.ENTRIES)
                .situation(Situation.UNDONE)
                .attributes(List.of(AttributeChange.of(name, now, List.of(reference), because)))
                .build());
    }
}
