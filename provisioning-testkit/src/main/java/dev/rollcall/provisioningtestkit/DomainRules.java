package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyModifyDNRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Puts a domain's rules before and behind each operation of an in-memory server. Thread-safe. */
final class DomainRules extends InMemoryOperationInterceptor {
    private static final String MEMBERS = "members";
    private static final String SEARCH = "search";

    private final DomainEntries entries;
    private @Nullable InMemoryDirectoryServer server;
    private @Nullable IntSupplier securePort;
    private volatile boolean refusesNewPasswords;

    DomainRules(Clock clock) {
        this.entries = new DomainEntries(clock);
    }

    /** The server is made with its rules, so the rules learn of it afterwards. */
    void serve(InMemoryDirectoryServer made, IntSupplier port) {
        server = made;
        securePort = port;
    }

    void refuseNewPasswords() {
        refusesNewPasswords = true;
    }

    DomainEntries entries() {
        return entries;
    }

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
        SimpleBindRequest bind = request.getRequest();
        Entry user = entries.byLogonName(server(), bind.getBindDN());
        if (user == null) {
            return; // the administrator, or nobody: the server judges
        }
        if (user.hasAttribute("userAccountControl") && DomainEntries.isDisabled(user)) {
            throw new LDAPException(
                    ResultCode.INVALID_CREDENTIALS, "80090308: LdapErr: DSID-0C09044E, data 533, account disabled");
        }
        request.setRequest(new SimpleBindRequest(
                user.getDN(), Objects.requireNonNull(bind.getPassword()).getValue()));
    }

    @Override
    public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
        Entry entry = request.getRequest().toEntry();
        if (refusesNewPasswords && entry.hasAttribute("unicodePwd")) {
            throw DomainCodes.unreadablePassword("a password is taken for an account that is there only");
        }
        entries.check(server(), entry, isSecure(request));
        entries.complete(entry);
        request.setProperty(MEMBERS, MemberChanges.ofNew(entry));
        request.setRequest(new AddRequest(entry, request.getRequest().getControls()));
    }

    @Override
    public void processAddResult(InMemoryInterceptedAddResult result) {
        if (result.getResult().getResultCode().equals(ResultCode.SUCCESS)) {
            backLink(result.getProperty(MEMBERS));
        }
    }

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
        String dn = entries.resolve(server(), request.getRequest().getDN());
        Entry entry = server().getEntry(dn);
        if (entry == null) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "0000208D: NameErr: " + dn);
        }
        List<Modification> modifications = new ArrayList<>();
        for (Modification modification : request.getRequest().getModifications()) {
            Modification named = entries.resolve(server(), modification);
            modifications.add(entries.check(server(), entry, named, isSecure(request)));
        }
        entries.checkResult(entry, modifications);
        modifications.addAll(entries.touched(modifications));
        request.setProperty(MEMBERS, MemberChanges.of(entry, modifications));
        request.setRequest(
                new ModifyRequest(dn, modifications, request.getRequest().getControls()));
    }

    @Override
    public void processModifyResult(InMemoryInterceptedModifyResult result) {
        if (result.getResult().getResultCode().equals(ResultCode.SUCCESS)) {
            backLink(result.getProperty(MEMBERS));
        }
    }

    @Override
    public void processModifyDNRequest(InMemoryInterceptedModifyDNRequest request) throws LDAPException {
        var asked = request.getRequest();
        String dn = entries.resolve(server(), asked.getDN());
        DN to = newDn(dn, asked);
        if (to.equals(new DN(dn))) {
            // The server underneath takes a name for the same if only its case differs; a domain does not.
            String away = "CN=" + UUID.randomUUID();
            server().modifyDN(dn, away, true);
            dn = away + "," + to.getParentString();
        }
        request.setRequest(new ModifyDNRequest(
                dn, asked.getNewRDN(), asked.deleteOldRDN(), asked.getNewSuperiorDN(), asked.getControls()));
    }

    @Override
    public void processModifyDNResult(InMemoryInterceptedModifyDNResult result) {
        if (result.getResult().getResultCode().equals(ResultCode.SUCCESS)) {
            entries.renamed(server(), newDn(result.getRequest().getDN(), result.getRequest()));
        }
    }

    @Override
    public void processDeleteRequest(InMemoryInterceptedDeleteRequest request) throws LDAPException {
        String dn = entries.resolve(server(), request.getRequest().getDN());
        request.setRequest(new DeleteRequest(dn, request.getRequest().getControls()));
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
        DomainSearch search = new DomainSearch(request.getRequest());
        request.setProperty(SEARCH, search);
        request.setRequest(
                search.rewritten(entries.resolve(server(), request.getRequest().getBaseDN())));
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry result) {
        if (result.getProperty(SEARCH) instanceof DomainSearch search) {
            try {
                Entry whole = server().getEntry(result.getSearchEntry().getDN());
                result.setSearchEntry(search.answer(result.getSearchEntry(), whole));
            } catch (LDAPException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static DN newDn(String dn, ReadOnlyModifyDNRequest request) {
        try {
            DN old = new DN(dn);
            String superior = request.getNewSuperiorDN();
            DN parent = superior == null ? old.getParent() : new DN(superior);
            return new DN(new RDN(request.getNewRDN()), parent);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private void backLink(@Nullable Object property) {
        if (property instanceof MemberChanges changes) {
            for (String member : changes.added()) {
                link(member, ModificationType.ADD, changes.group());
            }
            for (String member : changes.removed()) {
                link(member, ModificationType.DELETE, changes.group());
            }
        }
    }

    private void link(String member, ModificationType type, String group) {
        try {
            if (server().getEntry(member) != null) {
                server().modify(member, new Modification(type, "memberOf", group));
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)
                    && !e.getResultCode().equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS)) {
                throw new IllegalStateException("memberOf of " + member + " cannot be kept: " + e.getMessage(), e);
            }
        }
    }

    private boolean isSecure(InMemoryInterceptedRequest request) {
        return request.getConnectedPort() == Objects.requireNonNull(securePort).getAsInt();
    }

    private InMemoryDirectoryServer server() {
        return Objects.requireNonNull(server, "the rules serve no server yet");
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
