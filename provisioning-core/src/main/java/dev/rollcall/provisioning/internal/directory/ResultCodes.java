package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import java.util.Locale;
import java.util.Optional;

/** What the answers of directories mean. Immutable and thread-safe. */
public final class ResultCodes {
    private ResultCodes() {}

    /** The SDK says {@code insufficient access rights}, the RFCs and every administrator {@code insufficientAccessRights}. */
    public static String codeOf(ResultCode code) {
        StringBuilder text = new StringBuilder();
        for (String word : code.getName().split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                text.append(
                        text.length() == 0
                                ? word.toLowerCase(Locale.ROOT)
                                : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
        }
        return text.toString();
    }

    public static FailureKind kindOf(ResultCode code) {
        return switch (code.intValue()) {
            case ResultCode.INVALID_CREDENTIALS_INT_VALUE,
                    ResultCode.INAPPROPRIATE_AUTHENTICATION_INT_VALUE,
                    ResultCode.STRONG_AUTH_REQUIRED_INT_VALUE,
                    ResultCode.CONFIDENTIALITY_REQUIRED_INT_VALUE,
                    ResultCode.AUTH_METHOD_NOT_SUPPORTED_INT_VALUE -> FailureKind.UNAUTHORIZED;
            case ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE -> FailureKind.FORBIDDEN;
            case ResultCode.NO_SUCH_OBJECT_INT_VALUE -> FailureKind.NOT_FOUND;
            case ResultCode.BUSY_INT_VALUE,
                    ResultCode.UNAVAILABLE_INT_VALUE,
                    ResultCode.SERVER_DOWN_INT_VALUE,
                    ResultCode.CONNECT_ERROR_INT_VALUE,
                    // The SDK's word for TLS that cannot be begun on a connection that is open.
                    ResultCode.LOCAL_ERROR_INT_VALUE -> FailureKind.UNAVAILABLE;
            case ResultCode.TIMEOUT_INT_VALUE, ResultCode.TIME_LIMIT_EXCEEDED_INT_VALUE -> FailureKind.TIMEOUT;
            case ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE, ResultCode.ADMIN_LIMIT_EXCEEDED_INT_VALUE ->
                FailureKind.LIMIT_EXCEEDED;
            case ResultCode.UNAVAILABLE_CRITICAL_EXTENSION_INT_VALUE -> FailureKind.UNSUPPORTED;
            case ResultCode.DECODING_ERROR_INT_VALUE -> FailureKind.MALFORMED_RESPONSE;
            case ResultCode.CANCELED_INT_VALUE, ResultCode.USER_CANCELED_INT_VALUE -> FailureKind.CANCELLED;
            default -> FailureKind.REJECTED;
        };
    }

    /** Samba ends some messages with a NUL, Active Directory with a line break and a NUL. */
    public static String printable(String diagnostic) {
        return diagnostic.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** {@return what to do if the diagnostic message says that the server is read-only: OpenLDAP with olcReadOnly or olcRestrict} */
    public static Optional<String> readOnly(String diagnostic) {
        return diagnostic.contains("operation restricted") || diagnostic.contains("read-only")
                ? Optional.of(
                        "the server is read-only: set directory.url to a writable server, or unset olcReadOnly there")
                : Optional.empty();
    }
}
