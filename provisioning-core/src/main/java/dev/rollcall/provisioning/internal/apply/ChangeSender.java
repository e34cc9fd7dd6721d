package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.ResultCodes;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Sends the requests of changes, and reports what the server refused. Not thread-safe: for one thread at a time. */
final class ChangeSender {
    private static final int ATTEMPTS = 3;

    private final WriteConnection connection;
    private final WriteWindow window;
    private final ApplyLog log;

    ChangeSender(WriteConnection connection, WriteWindow window, ApplyLog log) {
        this.connection = connection;
        this.window = window;
        this.log = log;
    }

    /** Sends it; a server that is busy did nothing, and is asked again a few times. False if it could not be sent. */
    boolean send(DirectoryChange change, LDAPRequest request, WriteWindow.Lost lost, Consumer<LDAPResult> then) {
        return send(change, request, lost, then, 1);
    }

    private boolean send(
            DirectoryChange change,
            LDAPRequest request,
            WriteWindow.Lost lost,
            Consumer<LDAPResult> then,
            int attempt) {
        return window.send(ChangeEntries.of(change), request, lost, result -> {
            if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                log.journal().confirmed(change);
            }
            boolean again = result.getResultCode().equals(ResultCode.BUSY) && attempt < ATTEMPTS;
            if (!again || !send(change, request, lost, then, attempt + 1)) {
                judge(change, () -> then.accept(result));
            }
        });
    }

    /** Judges a response; that may take a search, and the directory may be lost by then, which is reported of the change. */
    void judge(DirectoryChange change, Runnable judgement) {
        try {
            judgement.run();
        } catch (DirectoryException failed) {
            window.lost(failed.resultCode());
            log.failed(
                    WriteWindow.isLoss(failed.resultCode())
                            ? Outcome.unknown(change, failed.code(), failed.getMessage() + "; the next run finds out")
                            : Outcome.failed(
                                    change, failed.code(), String.valueOf(failed.getMessage()), failed.kind()));
        }
    }

    /** Sends one write and waits for its response. */
    LDAPResult now(LDAPRequest request) {
        if (window.dead() != null) {
            return WriteWindow.result(ResultCode.SERVER_DOWN, "not sent");
        }
        LDAPResult result;
        try {
            result = connection.get().write(request);
        } catch (LDAPException failed) {
            result = failed.toLDAPResult();
        }
        window.lost(result.getResultCode());
        return result;
    }

    void refused(DirectoryChange change, LDAPResult result) {
        refused(change, change.attributes(), result, "");
    }

    /**
     * The server refused a change, or a part of it.
     *
     * @param attributes what was refused
     * @param more what else is to be said
     */
    void refused(DirectoryChange change, List<AttributeChange> attributes, LDAPResult result, String more) {
        ResultCode failure = result.getResultCode();
        window.lost(failure);
        String code = ResultCodes.codeOf(failure);
        log.failed(
                WriteWindow.isLoss(failure)
                        ? Outcome.unknown(change, code, "no answer came; the next run finds out")
                        : Outcome.failed(
                                change,
                                code,
                                blamed(attributes, result) + said(result) + more,
                                ResultCodes.kindOf(failure)));
    }

    private static String said(LDAPResult result) {
        String said = result.getDiagnosticMessage();
        String printed = said == null ? "" : ResultCodes.printable(said);
        String[] referrals = result.getReferralURLs();
        if (result.getResultCode().equals(ResultCode.REFERRAL) && referrals.length > 0) {
            return "the server does not write this itself and refers to " + String.join(", ", referrals)
                    + ": set directory.url to that server" + (printed.isEmpty() ? "" : " (" + printed + ")");
        }
        return ResultCodes.readOnly(printed)
                .map(remedy -> printed + ": " + remedy)
                .orElse(printed);
    }

    /** The attributes at fault and where their values come from, as far as the response shows. */
    private static String blamed(List<AttributeChange> attributes, LDAPResult result) {
        List<AttributeChange> culprits = culprits(attributes, result);
        return culprits.isEmpty()
                ? ""
                : culprits.stream()
                        .map(one -> one.because().isEmpty() ? one.name() : one.name() + " (" + one.because() + ")")
                        .collect(Collectors.joining(", ", "", ": "));
    }

    /** The attributes that the server names in its response, or that alone can be meant. */
    static List<AttributeChange> culprits(List<AttributeChange> attributes, LDAPResult result) {
        ResultCode code = result.getResultCode();
        String said = result.getDiagnosticMessage() == null ? "" : result.getDiagnosticMessage();
        if (code.equals(ResultCode.OTHER) && said.startsWith(WriteWindow.CLOSED)) {
            return attributes.stream()
                    .max((one, other) -> Long.compare(size(one), size(other)))
                    .map(List::of)
                    .orElse(List.of());
        }
        boolean aboutClasses =
                code.equals(ResultCode.OBJECT_CLASS_VIOLATION) || code.equals(ResultCode.OBJECT_CLASS_MODS_PROHIBITED);
        List<String> words = Arrays.asList(said.split("[^A-Za-z0-9;._-]+", -1));
        List<AttributeChange> named = attributes.stream()
                .filter(one -> words.stream().anyMatch(one.name()::equalsIgnoreCase)
                        || (aboutClasses && one.name().equalsIgnoreCase("objectClass") && said.contains("structural")))
                .toList();
        boolean right = code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        if (named.isEmpty() && isAboutValues(code) && !right && attributes.size() == 1) {
            return attributes;
        }
        return named;
    }

    /** Whether the server refuses a value or an attribute, so that it may take the others. */
    static boolean isAboutValues(ResultCode code) {
        return switch (code.intValue()) {
            case ResultCode.INVALID_ATTRIBUTE_SYNTAX_INT_VALUE,
                    ResultCode.CONSTRAINT_VIOLATION_INT_VALUE,
                    ResultCode.UNDEFINED_ATTRIBUTE_TYPE_INT_VALUE,
                    ResultCode.INAPPROPRIATE_MATCHING_INT_VALUE,
                    ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE,
                    ResultCode.ATTRIBUTE_OR_VALUE_EXISTS_INT_VALUE,
                    ResultCode.ENTRY_ALREADY_EXISTS_INT_VALUE,
                    ResultCode.OBJECT_CLASS_VIOLATION_INT_VALUE,
                    ResultCode.OBJECT_CLASS_MODS_PROHIBITED_INT_VALUE,
                    ResultCode.NOT_ALLOWED_ON_RDN_INT_VALUE,
                    ResultCode.NAMING_VIOLATION_INT_VALUE,
                    ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE,
                    ResultCode.UNWILLING_TO_PERFORM_INT_VALUE,
                    ResultCode.OTHER_INT_VALUE -> true;
            default -> false;
        };
    }

    private static long size(AttributeChange attribute) {
        return attribute.after().stream()
                .mapToLong(value -> value.getValue().length)
                .sum();
    }
}
