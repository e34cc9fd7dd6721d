package dev.rollcall.rest.internal.template;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.Origin;
import java.net.URI;

/**
 * An address that an application tells together with a token, while there may be no token yet: {@code
 * token://api_domain/persons/7}. Calls are rendered to it without I/O, and led to the real one when they are sent. Immutable and thread-safe.
 */
public final class AnnouncedUrl {
    private static final String SCHEME = "token";

    private AnnouncedUrl() {}

    /** {@return what stands for a member of the token's answer} */
    public static Value of(ColumnPath member) {
        return Value.of(SCHEME + "://" + member);
    }

    static boolean is(URI address) {
        return SCHEME.equals(address.getScheme()) && address.getRawAuthority() != null;
    }

    /**
     * {@return where a call goes: its own address, or that which the application told}
     *
     * @throws ConnectorException if there is no token, or no address came with it
     */
    public static URI resolve(String what, URI address, Authorizer authorizer) {
        if (!is(address)) {
            return address;
        }
        String member = address.getRawAuthority();
        String told =
                authorizer.told(ColumnPath.parse(member)).text().orElse("").replaceFirst("/+$", "");
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        try {
            URI real = URI.create(told + address.getRawPath() + query);
            if (Origin.of(real).isHttp() && real.getRawUserInfo() == null) {
                return real;
            }
        } catch (IllegalArgumentException e) {
            // What the application sent is not repeated: it may be anything.
        }
        String message = what + ": the application told no address as " + member + " together with its token";
        throw new ConnectorException(
                FailureKind.REJECTED, Problem.of(UrlTemplate.NO_VALUE, "", message, "set the address in the url"));
    }
}
