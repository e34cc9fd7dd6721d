package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds entries to groups and removes them, by the id of the member: an entry that has its former name by now does not become a member
 * for that. Not thread-safe: for one thread at a time.
 */
final class MembershipWriter {
    private final DirectoryAccess directory;
    private final WriteConnection connection;
    private final WriteRequests requests;
    private final WriteWindow window;
    private final ChangeSender sender;
    private final ApplyLog log;
    private final EntryGate gate;
    private final RenameTrail trail;
    private final Prerequisites prerequisites;

    /** By group, the attribute that lists its members, or why nothing may be changed there. */
    private final Map<String, GroupMembers.Access> groups = new HashMap<>();

    MembershipWriter(WriteSession session, EntryGate gate, RenameTrail trail, Prerequisites prerequisites) {
        this.directory = session.directory();
        this.connection = session.connection();
        this.requests = session.requests();
        this.window = session.window();
        this.sender = session.sender();
        this.log = session.log();
        this.gate = gate;
        this.trail = trail;
        this.prerequisites = prerequisites;
    }

    /** Sends the change, unless the member is not the planned one; false if it could not be sent. */
    boolean write(int at, DirectoryChange change) {
        DN group = change.group().orElseThrow(() -> new IllegalArgumentException("a membership without a group"));
        GroupMembers.Access access = groups.computeIfAbsent(
                DnForm.of(group), none -> GroupMembers.access(directory, connection.get(), group));
        if (!access.closed().isEmpty()) {
            log.failed(Outcome.stale(change, access.closed()));
            return true;
        }
        String id = change.id().orElseGet(() -> prerequisites.idOf(change.key()).orElse(null));
        EntryGate.Member member = gate.member(change, trail.dn(change), id);
        DN dn = member.dn();
        if (dn == null) {
            log.failed(Outcome.stale(change, member.refusal()));
            return true;
        }
        String name = WireNames.of(dn);
        String value = name(id).orElse(name);
        boolean adds = change.kind() == ChangeKind.GROUP_ADD;
        ModificationType type = adds ? ModificationType.ADD : ModificationType.DELETE;
        return sender.send(change, requests.member(group, access.attribute(), value, type), () -> null, result -> {
            int code = result.getResultCode().intValue();
            boolean there = code == ResultCode.ATTRIBUTE_OR_VALUE_EXISTS_INT_VALUE
                    || code == ResultCode.ENTRY_ALREADY_EXISTS_INT_VALUE;
            boolean gone = code == ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE
                    || (code == ResultCode.UNWILLING_TO_PERFORM_INT_VALUE
                            && !GroupMembers.contains(directory, connection.get(), group, access.attribute(), name));
            if (code == ResultCode.SUCCESS_INT_VALUE || (adds ? there : gone)) {
                // After a loss the request was sent again, and may have met its own effect.
                if (code != ResultCode.SUCCESS_INT_VALUE && !window.hasReopened()) {
                    log.journal().needless(change);
                }
                log.done(at, change, null);
            } else {
                sender.refused(change, result);
            }
        });
    }

    private Optional<String> name(@Nullable String id) {
        return id == null ? Optional.empty() : directory.nameOf(id);
    }
}
