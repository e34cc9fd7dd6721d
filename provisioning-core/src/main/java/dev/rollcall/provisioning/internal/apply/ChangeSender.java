package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.internal.directory.ResultCodes;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.function.Consumer;

/** Sends the requests of changes, and tells what the server refused. Not thread-safe: for one thread at a time. */
final class ChangeSender {
    private static final int ATTEMPTS = 3;

    private final WriteWindow window;
    private final ApplyLog log;

    ChangeSender(WriteWindow window, ApplyLog log) {
        this.window = window;
        this.log = log;
    }

    /** Sends it; a server that is busy did nothing, and is asked again a few times. False if it could not be sent. */
    boolean send(DirectoryChange change, LDAPRequest request, Consumer<LDAPResult> then) {
        return send(change, request, then, 1);
    }

    private boolean send(DirectoryChange change, LDAPRequest request, Consumer<LDAPResult> then, int attempt) {
        return window.send(ChangeEntries.of(change), request, result -> {
            boolean again = result.getResultCode().equals(ResultCode.BUSY) && attempt < ATTEMPTS;
            if (!again || !send(change, request, then, attempt + 1)) {
                then.accept(result);
            }
        });
    }

    void refused(DirectoryChange change, LDAPResult result) {
        ResultCode failure = result.getResultCode();
        window.lost(failure);
        String said = result.getDiagnosticMessage();
        String printed = said == null ? "" : ResultCodes.printable(said);
        String code = ResultCodes.codeOf(failure);
        log.failed(
                WriteWindow.isLoss(failure)
                        ? Outcome.unknown(change, code, "no answer came; the next run finds out")
                        : Outcome.failed(change, code, printed, ResultCodes.kindOf(failure)));
    }
}
