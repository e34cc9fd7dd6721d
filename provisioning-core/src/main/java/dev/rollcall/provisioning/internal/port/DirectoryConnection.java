package dev.rollcall.provisioning.internal.port;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.schema.Schema;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a directory server. A write is an {@code AddRequest}, {@code ModifyRequest}, {@code ModifyDNRequest} or
 * {@code DeleteRequest}. Not thread-safe: for one thread at a time; the responses to {@link #send} may come on another.
 */
public interface DirectoryConnection {
    /** Searches, and hands entries to the listener of the request, if it has one. */
    SearchResult search(SearchRequest request) throws LDAPSearchException;

    /**
     * Sends one write and waits for its response.
     *
     * @throws LDAPException if the server refuses it, or no response comes
     * @throws IllegalArgumentException if the request is not a write
     */
    LDAPResult write(LDAPRequest request) throws LDAPException;

    /**
     * Sends one write without waiting.
     *
     * @param response called with the response, or with a result code that stands for the loss of the connection
     * @throws LDAPException if it could not be sent; {@code response} may be called as well
     * @throws IllegalArgumentException if the request is not a write
     */
    void send(LDAPRequest request, Consumer<LDAPResult> response) throws LDAPException;

    /** Sends one extended request and waits for its response, whatever it is. */
    ExtendedResult extended(ExtendedRequest request) throws LDAPException;

    /** The root DSE; null if the server shows none. */
    @Nullable
    RootDSE rootDse() throws LDAPException;

    /** The schema; null if the server shows none. */
    @Nullable
    Schema schema() throws LDAPException;

    /** Whether it can still be used, as far as is known without asking the server. */
    boolean isOpen();

    /** Address and port of the server. */
    String server();

    /** Whether what is sent is encrypted. */
    boolean isEncrypted();

    /** Whether the server is on this machine; false once the connection is lost. */
    boolean isLoopback();

    /** How the connection was bound; null if it was not. */
    @Nullable
    BindRequest lastBind();
}
