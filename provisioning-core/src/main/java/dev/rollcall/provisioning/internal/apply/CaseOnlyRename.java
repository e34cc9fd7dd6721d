package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.TemporaryName;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.plan.DirectoryChange;

/**
 * Some servers take a new name for the one that is there if only its case differs: they are asked twice. Not thread-safe:
 * for one thread at a time.
 */
final class CaseOnlyRename {
    private final WriteConnection connection;
    private final WriteRequests requests;
    private final SideWrites sides;

    CaseOnlyRename(WriteSession session) {
        this.connection = session.connection();
        this.requests = session.requests();
        this.sides = session.sides();
    }

    /** The answer to a rename, or what became of going by way of another name. */
    LDAPResult answered(DirectoryChange change, DN to, LDAPResult answer) {
        ResultCode code = answer.getResultCode();
        boolean misunderstood =
                code.equals(ResultCode.UNWILLING_TO_PERFORM) || code.equals(ResultCode.ENTRY_ALREADY_EXISTS);
        if (!misunderstood || !DnForm.same(change.dn(), to)) {
            return answer;
        }
        DN away = TemporaryName.beside(change.dn(), ChangeEntries.of(change));
        LDAPResult first = rename(change, change.dn(), away);
        LDAPResult second = isDone(first) ? rename(change, away, to) : first;
        if (isDone(first) && !isDone(second)) {
            LDAPResult back = rename(change, away, change.dn());
            return isDone(back) ? second : back;
        }
        return second;
    }

    private LDAPResult rename(DirectoryChange change, DN from, DN to) {
        return sides.write(
                SideWrite.rename(change, from, to), () -> connection.get().write(requests.rename(from, to)));
    }

    private static boolean isDone(LDAPResult result) {
        return result.getResultCode().equals(ResultCode.SUCCESS);
    }
}
