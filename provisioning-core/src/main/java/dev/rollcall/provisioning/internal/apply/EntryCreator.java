package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends new entries, with a password where accounts get one. Not thread-safe: for one thread at a time. */
final class EntryCreator {
    private final WriteWindow window;
    private final WriteRequests requests;
    private final ChangeSender sender;
    private final ApplyLog log;
    private final EntryGate gate;
    private final NewAccounts accounts;

    EntryCreator(WriteSession session, @Nullable PasswordAccess passwords, EntryGate gate) {
        this.window = session.window();
        this.requests = session.requests();
        this.sender = session.sender();
        this.log = session.log();
        this.gate = gate;
        this.accounts = new NewAccounts(session.directory(), passwords, session.connection(), log);
    }

    /**
     * Sends a new entry, and reports it if the server refuses it.
     *
     * @param attributes what it is made with
     * @param made called with the response once the entry is there
     * @return false if it could not be sent
     */
    boolean create(DirectoryChange change, List<AttributeChange> attributes, Consumer<LDAPResult> made) {
        NewAccounts.Account account = accounts.prepare(change).orElse(null);
        if (account == null) {
            return false;
        } else if (account.refusal() != null) {
            log.failed(Outcome.failed(change, "confidentialityRequired", account.refusal(), FailureKind.UNAUTHORIZED));
            return true;
        }
        WriteWindow.Lost lost = () -> gate.isMade(change, WireNames.of(change.dn()), readable(attributes))
                ? WriteWindow.result(ResultCode.SUCCESS, "")
                : null;
        boolean sent = sender.send(change, requests.add(change, attributes, account.attributes()), lost, result -> {
            LDAPResult last = result;
            if (accounts.wantsAnotherWay(account, result)) {
                last = accounts.createDisabledFirst(change, more -> requests.add(change, attributes, more));
            } else if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                last = accounts.setPassword(change, account, result, window);
            }
            last = accounts.explained(account, last);
            accounts.finish(change, account, last);
            if (last.getResultCode().equals(ResultCode.SUCCESS)) {
                made.accept(result);
            } else {
                sender.refused(change, last);
            }
        });
        if (!sent) {
            accounts.abandon(change, account);
        }
        return sent;
    }

    private static List<AttributeChange> readable(List<AttributeChange> attributes) {
        return attributes.stream().filter(one -> !one.isSensitive()).toList();
    }
}
