package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.internal.journal.Intent;
import dev.rollcall.provisioning.internal.journal.RunJournal;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;

/**
 * Sends the writes that are no changes of a plan, each after it was recorded. Not thread-safe: for one thread at a time.
 */
record SideWrites(RunJournal journal) {
    /** Sends a request and waits for its response. */
    @FunctionalInterface
    interface Request {
        LDAPResult send() throws LDAPException;
    }

    /** Records a write, sends it, and records what became of it; one that cannot be recorded is not sent. */
    LDAPResult write(SideWrite write, Request request) {
        Intent intent = journal.other(write);
        if (!intent.mayBeSent()) {
            return unrecorded();
        }
        LDAPResult result;
        try {
            result = request.send();
        } catch (LDAPException failed) {
            result = failed.toLDAPResult();
        }
        intent.became(resultOf(result));
        return result;
    }

    /** The response to a write that was not sent, since it could not be recorded. */
    static LDAPResult unrecorded() {
        return WriteWindow.result(ResultCode.OTHER, "not sent, since the journal could not be written");
    }

    /** What the response to a write says about it. */
    static Result resultOf(LDAPResult result) {
        ResultCode code = result.getResultCode();
        return code.equals(ResultCode.SUCCESS)
                ? Result.DONE
                : WriteWindow.isLoss(code) ? Result.UNKNOWN : Result.NOT_DONE;
    }
}
