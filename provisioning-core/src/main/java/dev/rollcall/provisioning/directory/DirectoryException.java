package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.provisioning.internal.directory.ResultCodes;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The directory could not be reached, or refused. Keeps the LDAP result code, and Active Directory's own number. */
public final class DirectoryException extends RollcallException {
    private static final long serialVersionUID = 1L;

    private static final Pattern AD_NUMBER = Pattern.compile("^\\s*([0-9A-Fa-f]{8}):");
    private static final Pattern AD_DATA = Pattern.compile("\\bdata ([0-9A-Fa-f]+)\\b");

    private static final String MUST_CHANGE =
            "the bind account must change its password first: set a new one for it, or remove pwdReset from its entry";

    private final FailureKind kind;
    private final transient ResultCode resultCode;
    private final @Nullable String diagnostic;

    /** An exception that did not come from a server's answer alone. */
    public DirectoryException(FailureKind kind, ResultCode resultCode, Problem problem, @Nullable Throwable cause) {
        super(problem, null, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.resultCode = Objects.requireNonNull(resultCode, "resultCode");
        this.diagnostic = cause instanceof LDAPException ldap ? ldap.getDiagnosticMessage() : null;
    }

    /** {@return an exception for what the server answered when we tried to {@code doing}} */
    public static DirectoryException of(String doing, LDAPException cause) {
        FailureKind kind = ResultCodes.kindOf(cause.getResultCode());
        String said = cause.getDiagnosticMessage() == null ? cause.getMessage() : cause.getDiagnosticMessage();
        String message = doing + ": " + ResultCodes.codeOf(cause.getResultCode())
                + (said == null ? "" : ", " + ResultCodes.printable(said));
        return new DirectoryException(
                kind, cause.getResultCode(), Problem.of("directory", "", message, remedy(kind, said)), cause);
    }

    /** {@return what went wrong} */
    public FailureKind kind() {
        return kind;
    }

    /** {@return the LDAP result code} */
    public ResultCode resultCode() {
        return resultCode;
    }

    /** {@return the result code in the spelling of the RFCs, such as {@code insufficientAccessRights}} */
    public String code() {
        return ResultCodes.codeOf(resultCode);
    }

    /** {@return the eight-digit number that Active Directory puts before its diagnostic message, if there is one} */
    public Optional<String> activeDirectoryNumber() {
        return activeDirectoryNumber(diagnostic);
    }

    @Override
    public boolean isRetryable() {
        return kind.isRetryable();
    }

    static Optional<String> activeDirectoryNumber(@Nullable String diagnostic) {
        if (diagnostic == null) {
            return Optional.empty();
        }
        Matcher matcher = AD_NUMBER.matcher(diagnostic);
        return matcher.find() ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    /** What Active Directory means by the word after {@code data} in its diagnostic; the result code is always the same. */
    private static String refusedBind(@Nullable String said) {
        Matcher data = AD_DATA.matcher(said == null ? "" : said);
        return switch (data.find() ? data.group(1).toLowerCase(Locale.ROOT) : "") {
            case "530" -> "the bind account may not log on at this time";
            case "531" -> "the bind account may not log on from this machine";
            case "532" -> "the password of the bind account has expired: set a new one";
            case "533" -> "the bind account is disabled: enable it, or use another";
            case "701" -> "the bind account has expired: extend it, or use another";
            case "773" -> "the bind account must change its password first: do so, or clear pwdLastSet = 0";
            case "775" -> "the bind account is locked out: unlock it, and look for who tries wrong passwords";
            default -> isReset(said) ? MUST_CHANGE : "check the bind DN, its password and TLS";
        };
    }

    /** A server accepts the bind of an account whose password was reset, and refuses everything else. */
    private static boolean isReset(@Nullable String said) {
        return said != null && (said.contains("pwdReset") || said.startsWith("Operations are restricted to bind"));
    }

    private static String remedy(FailureKind kind, @Nullable String said) {
        return switch (kind) {
            case UNAUTHORIZED -> refusedBind(said);
            case FORBIDDEN -> isReset(said) ? MUST_CHANGE : "give the bind account this right";
            case UNAVAILABLE -> "check that the server runs, its address, and the certificate";
            case LIMIT_EXCEEDED ->
                "the server gives the bind account no more than that: raise its limits (size, pages) there";
            case TIMEOUT -> "the server is slow; raise the timeout, or look for an index that is missing";
            case NOT_FOUND ->
                "check its spelling (directory.base, for the managed subtree), and whether the bind account may read it";
            case REJECTED -> said == null ? "" : ResultCodes.readOnly(said).orElse("");
            default -> "";
        };
    }
}
