package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import dev.rollcall.connector.Secret;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives new entries what makes them accounts: their state, and a password. Not thread-safe: for one thread at a time. */
final class NewAccounts {
    private static final Logger logger = LoggerFactory.getLogger(NewAccounts.class);
    private static final String CONTROL = "userAccountControl";
    private static final String CREATOR = "creatorsName";

    /** What a new entry gets besides the plan's attributes. */
    record Account(
            List<Attribute> attributes,
            @Nullable Secret password,
            @Nullable String refusal) {}

    private final DirectoryAccess directory;
    private final @Nullable PasswordAccess passwords;
    private final WriteConnection connection;
    private final Callbacks callbacks;
    private final SideWrites sides;
    private final boolean maySend;

    NewAccounts(DirectoryAccess directory, @Nullable PasswordAccess passwords, WriteConnection writing, ApplyLog log) {
        this.directory = directory;
        this.callbacks = log.callbacks();
        this.sides = new SideWrites(log.journal());
        this.passwords = passwords;
        this.connection = writing;
        DirectoryConnection connection = writing.get();
        // Asked now: a connection that is lost has no address any more.
        boolean secure = connection.isEncrypted();
        boolean loopback = connection.isLoopback();
        this.maySend = secure || (loopback && directory.kind() != DirectoryKind.ACTIVE_DIRECTORY);
    }

    /** The password is made, and kept durably, before the entry is; empty if it cannot be kept. */
    Optional<Account> prepare(DirectoryChange change) {
        boolean activeDirectory = directory.kind() == DirectoryKind.ACTIVE_DIRECTORY;
        if (change.key().isEmpty()) {
            return Optional.of(new Account(List.of(), null, null)); // a container is nobody's account
        }
        if (passwords == null) {
            // An Active Directory does not take an enabled account without a password.
            return Optional.of(new Account(directory.accounts().onCreate(!activeDirectory), null, null));
        }
        if (!maySend) {
            return Optional.of(new Account(List.of(), null, "a password is sent over TLS only"));
        }
        Secret password = passwords.next();
        List<Attribute> attributes = new ArrayList<>(directory.accounts().onCreate(true));
        if (activeDirectory) {
            attributes.add(new Attribute("unicodePwd", quoted(password)));
            if (passwords.forcesChange()) {
                attributes.add(new Attribute("pwdLastSet", "0"));
            }
        }
        return keep(change, password) ? Optional.of(new Account(attributes, password, null)) : Optional.empty();
    }

    private boolean keep(DirectoryChange change, Secret password) {
        return callbacks.call(
                () -> passwords().prepare(change.key(), change.dn().toString(), password));
    }

    /** Some domains take a password only for an entry that is there. */
    boolean wantsAnotherWay(Account account, LDAPResult result) {
        return directory.kind() == DirectoryKind.ACTIVE_DIRECTORY
                && account.password != null
                && result.getResultCode().equals(ResultCode.UNWILLING_TO_PERFORM);
    }

    /** Creates the entry disabled, sets its password, enables it; or leaves no entry. */
    LDAPResult createDisabledFirst(DirectoryChange change, Function<List<Attribute>, AddRequest> add) {
        Secret password = passwords().next();
        callbacks.call(() -> passwords().cancel(change.key()));
        if (!keep(change, password)) {
            return new LDAPResult(
                    -1, ResultCode.OTHER, "its password cannot be delivered", null, (String[]) null, null);
        }
        String dn = WireNames.of(change.dn());
        AddRequest disabled = add.apply(directory.accounts().onCreate(false));
        AddRequest enabled = add.apply(directory.accounts().onCreate(true));
        LDAPResult made;
        try {
            made = connection.get().write(disabled);
        } catch (LDAPException failed) {
            return failed.toLDAPResult();
        }
        sides.journal().confirmed(change);
        Modification newPassword = new Modification(ModificationType.REPLACE, "unicodePwd", quoted(password));
        LDAPResult set = sides.write(
                SideWrite.of(ChangeKind.MODIFY, change, dn, List.of(attribute("unicodePwd", null, quoted(password)))),
                () -> connection.get().write(new ModifyRequest(dn, newPassword)));
        if (!isDone(set)) {
            return undone(change, dn, PasswordRefusal.explained(set));
        }
        List<Modification> enable = new ArrayList<>();
        enable.add(new Modification(ModificationType.DELETE, CONTROL, value(disabled)));
        enable.add(new Modification(ModificationType.ADD, CONTROL, value(enabled)));
        if (passwords().forcesChange()) {
            enable.add(new Modification(ModificationType.REPLACE, "pwdLastSet", "0"));
        }
        AttributeChange control = attribute(CONTROL, bytes(value(disabled)), bytes(value(enabled)));
        LDAPResult last = sides.write(
                SideWrite.of(ChangeKind.ENABLE, change, dn, List.of(control)),
                () -> connection.get().write(new ModifyRequest(dn, enable)));
        return isDone(last) ? made : undone(change, dn, last);
    }

    private static AttributeChange attribute(String name, byte @Nullable [] before, byte[] after) {
        return AttributeChange.of(
                name,
                before == null ? List.of() : List.of(new ASN1OctetString(before)),
                List.of(new ASN1OctetString(after)),
                "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isDone(LDAPResult result) {
        return result.getResultCode().equals(ResultCode.SUCCESS);
    }

    /** A refusal of a new entry for its password alone says so. */
    LDAPResult explained(Account account, LDAPResult result) {
        return account.password != null && PasswordRefusal.isByNumber(result)
                ? PasswordRefusal.explained(result)
                : result;
    }

    private static String value(AddRequest request) {
        return request.getAttribute(CONTROL).getValue();
    }

    /**
     * Elsewhere than in Active Directory, an entry gets its password by an operation of its own (RFC 3062). If the
     * server refuses it, the entry is deleted again: the next run would find it there and leave it without a password.
     */
    LDAPResult setPassword(DirectoryChange change, Account account, LDAPResult made, WriteWindow window) {
        if (account.password == null || directory.kind() == DirectoryKind.ACTIVE_DIRECTORY) {
            return made;
        }
        DirectoryException dead = window.dead();
        if (dead != null) {
            return new LDAPResult(-1, dead.resultCode(), "not sent", null, (String[]) null, null);
        }
        String dn = WireNames.of(change.dn());
        LDAPResult set = give(dn, account.password);
        return isDone(set) ? made : undone(change, dn, PasswordRefusal.explained(set));
    }

    private LDAPResult give(String dn, Secret password) {
        try {
            LDAPResult set = connection.get().extended(new PasswordModifyExtendedRequest(dn, null, password.reveal()));
            boolean given = set.getResultCode().equals(ResultCode.SUCCESS);
            if (given && passwords().forcesChange() && directory.kind() == DirectoryKind.OPENLDAP) {
                connection
                        .get()
                        .write(new ModifyRequest(dn, new Modification(ModificationType.REPLACE, "pwdReset", "TRUE")));
            }
            return set;
        } catch (LDAPException failed) {
            return failed.toLDAPResult();
        }
    }

    /**
     * Gives entries the passwords that a run prepared which ended between making them and this. Only to those that our
     * account has made and nobody has changed since: they have the prepared password or none. In Active Directory an
     * entry is made with its password or not at all.
     */
    void finishEarlier(KeyRule key) {
        if (passwords == null || directory.kind() == DirectoryKind.ACTIVE_DIRECTORY || !maySend) {
            return;
        }
        int given = 0;
        for (PasswordAccess.Waiting one : passwords.waiting()) {
            Optional<ReadOnlyEntry> entry = directory.read(
                    connection.get(), one.dn(), Set.of(key.attribute(), CREATOR, "createTimestamp", "modifyTimestamp"));
            if (entry.isPresent() && isUntouched(one, entry.get(), key) && isDone(giveLater(one, entry.get()))) {
                callbacks.call(() -> passwords().confirm(one.key()));
                given++;
            }
        }
        if (given > 0) {
            logger.atInfo().addKeyValue("accounts", given).log("gave accounts of an earlier run their passwords");
        }
    }

    private LDAPResult giveLater(PasswordAccess.Waiting one, ReadOnlyEntry entry) {
        AttributeChange password =
                attribute("userPassword", null, bytes(one.password().reveal()));
        SideWrite write =
                new SideWrite(ChangeKind.MODIFY, one.key(), one.dn(), directory.id(entry), null, List.of(password));
        return sides.write(write, () -> give(one.dn(), one.password()));
    }

    private boolean isUntouched(PasswordAccess.Waiting one, ReadOnlyEntry entry, KeyRule key) {
        String made = entry.getAttributeValue("createTimestamp");
        String creator = entry.getAttributeValue(CREATOR);
        String[] keys = entry.getAttributeValues(key.attribute());
        boolean ours = connection.get().lastBind() instanceof SimpleBindRequest bind
                && creator != null
                && isSame(creator, bind.getBindDN());
        return ours
                && made != null
                && made.equals(entry.getAttributeValue("modifyTimestamp"))
                && keys != null
                && keys.length == 1
                && key.normalize(keys[0]).equals(one.key())
                && directory.protectedBecause(entry).isEmpty()
                && directory.ownedByOther(entry).isEmpty();
    }

    private static boolean isSame(String one, String other) {
        try {
            return DN.equals(one, other);
        } catch (LDAPException notDns) {
            return false;
        }
    }

    private LDAPResult undone(DirectoryChange change, String dn, LDAPResult why) {
        if (WriteWindow.isLoss(why.getResultCode())) {
            return why;
        }
        LDAPResult deleted = sides.write(
                SideWrite.of(ChangeKind.DELETE, change, dn, List.of()),
                () -> connection.get().write(new DeleteRequest(dn)));
        if (isDone(deleted)) {
            return why;
        }
        String said = "the entry was made, but has no password (" + why.getDiagnosticMessage()
                + ") and could not be deleted again (" + deleted.getDiagnosticMessage() + "): delete it by hand";
        return new LDAPResult(-1, why.getResultCode(), said, null, (String[]) null, null);
    }

    /** The entry was not sent. */
    void abandon(DirectoryChange change, Account account) {
        if (account.password != null) {
            callbacks.call(() -> passwords().cancel(change.key()));
        }
    }

    void finish(DirectoryChange change, Account account, LDAPResult result) {
        if (account.password == null) {
            return;
        }
        if (result.getResultCode().equals(ResultCode.SUCCESS)) {
            callbacks.call(() -> passwords().confirm(change.key()));
        } else if (!WriteWindow.isLoss(result.getResultCode())) {
            abandon(change, account);
        }
        // After a loss nobody knows whether the account was made: its password stays prepared.
    }

    private PasswordAccess passwords() {
        return Objects.requireNonNull(passwords, "passwords");
    }

    /** In quotes, and in UTF-16 with the low byte first. */
    private static byte[] quoted(Secret password) {
        return ("\"" + password.reveal() + "\"").getBytes(StandardCharsets.UTF_16LE);
    }
}
