package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.AsyncResultListener;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.directory.DirectoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends writes on one connection without waiting for each answer, up to a window of them. Answers are handed to the
 * thread that calls. Not thread-safe: for one thread at a time.
 */
final class WriteWindow {
    private record Answer(long number, LDAPResult result) {}

    private record Waiting(String entry, Consumer<LDAPResult> then) {}

    private final LDAPConnection connection;
    private final int size;
    private final Duration timeout;
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private final Map<String, Integer> entries = new HashMap<>();
    private long next;
    private @Nullable DirectoryException dead;

    WriteWindow(LDAPConnection connection, int size, Duration timeout) {
        this.connection = connection;
        this.size = size;
        this.timeout = timeout;
    }

    /**
     * Sends one write; {@code then} is called with its answer during a later call of ours.
     *
     * @return false if it was not sent, since the connection has ended: nobody is called then
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the listener is told, the future is not needed
    boolean send(String entry, LDAPRequest request, Consumer<LDAPResult> then) {
        while (waiting.size() >= size) {
            await();
        }
        if (dead != null) {
            return false;
        }
        long number = next++;
        AsyncResultListener listener = (id, result) -> answers.add(new Answer(number, result));
        waiting.put(number, new Waiting(entry, then));
        entries.merge(entry, 1, Integer::sum);
        request.setResponseTimeoutMillis(0); // one that waits in a long window is not late: silence is what counts
        try {
            if (request instanceof AddRequest add) {
                connection.asyncAdd(add, listener);
            } else if (request instanceof ModifyRequest modify) {
                connection.asyncModify(modify, listener);
            } else if (request instanceof ModifyDNRequest rename) {
                connection.asyncModifyDN(rename, listener);
            } else if (request instanceof DeleteRequest delete) {
                connection.asyncDelete(delete, listener);
            } else {
                throw new IllegalArgumentException("not a write: " + request.getClass());
            }
        } catch (LDAPException failed) {
            answers.add(new Answer(number, failed.toLDAPResult()));
        }
        return true;
    }

    /** Waits until nothing sent for this entry is unanswered. */
    void settle(String entry) {
        while (entries.containsKey(entry)) {
            await();
        }
    }

    /** Waits until everything sent is answered. */
    void drain() {
        while (!waiting.isEmpty()) {
            await();
        }
    }

    /** What ended the connection, if it ended. */
    @Nullable
    DirectoryException dead() {
        return dead;
    }

    private void await() {
        Answer answer = null;
        boolean interrupted = false;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (answer == null) {
            long left = deadline - System.nanoTime();
            try {
                answer = answers.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    break;
                }
            } catch (InterruptedException asked) {
                // What was sent is answered soon; to walk away now would leave everything in flight unknown.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (answer == null) {
            silence();
            return;
        }
        Waiting who = waiting.remove(answer.number);
        if (who != null) {
            lost(answer.result.getResultCode());
            answered(who, answer.result);
        }
    }

    /** Whoever asks the server something in between tells how it ended: after a loss nothing more is sent. */
    void lost(ResultCode code) {
        if (isLoss(code) && dead == null) {
            dead = new DirectoryException(
                    FailureKind.UNAVAILABLE,
                    code,
                    Problem.of(
                            "directory-lost",
                            "",
                            "the connection to the directory was lost while changes were being made",
                            "run again; what is not known to be done is found out then"),
                    null);
        }
    }

    /** No answer in time: nothing more is sent, and what is in flight is not known to be done or not. */
    private void silence() {
        dead = new DirectoryException(
                FailureKind.TIMEOUT,
                ResultCode.TIMEOUT,
                Problem.of(
                        "directory-silent",
                        "",
                        "the directory gave no answer within " + timeout.toSeconds() + " s",
                        "run again; what is not known to be done is found out then"),
                null);
        List<Waiting> left = new ArrayList<>(waiting.values());
        waiting.clear();
        for (Waiting who : left) {
            answered(who, new LDAPResult(-1, ResultCode.TIMEOUT, "no answer in time", null, (String[]) null, null));
        }
    }

    private void answered(Waiting who, LDAPResult result) {
        entries.computeIfPresent(who.entry, (entry, count) -> count == 1 ? null : count - 1);
        who.then.accept(result);
    }

    static boolean isLoss(ResultCode code) {
        return code.equals(ResultCode.SERVER_DOWN)
                || code.equals(ResultCode.CONNECT_ERROR)
                || code.equals(ResultCode.ENCODING_ERROR)
                || code.equals(ResultCode.DECODING_ERROR)
                || code.equals(ResultCode.TIMEOUT);
    }
}
