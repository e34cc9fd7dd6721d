package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.directory.DirectoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends writes on one connection without waiting for each response, up to a window of them. Responses are handed to the
 * thread that calls.
 *
 * <p>When the server closes the connection, it is opened again and the writes without response are sent one by one: the
 * write that closes the connection once more fails alone. Not thread-safe: for one thread at a time.
 */
final class WriteWindow {
    /** What has become of a write whose response was lost. */
    @FunctionalInterface
    interface Lost {
        /** {@return the response that the write would get now, without sending it again; null to send it again} */
        @Nullable
        LDAPResult found();
    }

    private record Answer(long number, LDAPResult result) {}

    private record Waiting(String entry, LDAPRequest request, Lost lost, Consumer<LDAPResult> then) {}

    /** How the response begins that stands for a closed connection. */
    static final String CLOSED = "the server closed the connection";

    /** A server that closes the connection on each of these in turn takes no writes at all. */
    private static final int MOST_CLOSINGS = 5;

    private final WriteConnection connection;
    private final int size;
    private final Duration timeout;
    private LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private final Map<String, Integer> entries = new HashMap<>();
    private long next;
    private int closings;
    private boolean wasReopened;
    private @Nullable DirectoryException dead;

    WriteWindow(WriteConnection connection, int size, Duration timeout) {
        this.connection = connection;
        this.size = size;
        this.timeout = timeout;
    }

    /**
     * Sends one write; {@code then} is called with its response during a later call of ours.
     *
     * @param lost asked after the connection was lost, before the write is sent again
     * @return false if it was not sent, since the connection has ended: nobody is called then
     */
    boolean send(String entry, LDAPRequest request, Lost lost, Consumer<LDAPResult> then) {
        while (waiting.size() >= size) {
            await();
        }
        if (dead != null) {
            return false;
        }
        long number = next++;
        waiting.put(number, new Waiting(entry, request, lost, then));
        entries.merge(entry, 1, Integer::sum);
        request.setResponseTimeoutMillis(0); // one that waits in a long window is not late: silence is what counts
        boolean sent = false;
        try {
            transmit(number, request);
            sent = true;
        } finally {
            if (!sent) {
                waiting.remove(number);
            }
        }
        return true;
    }

    private void transmit(long number, LDAPRequest request) {
        LinkedBlockingQueue<Answer> mine = answers;
        try {
            connection.get().send(request, result -> mine.add(new Answer(number, result)));
        } catch (LDAPException failed) {
            answers.add(new Answer(number, failed.toLDAPResult()));
        }
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

    /** Whether the connection was opened again, so that writes may have been sent twice. */
    boolean hasReopened() {
        return wasReopened;
    }

    /**
     * Waits until everything sent is answered, although there may be too little memory to look at each response; nothing more
     * is sent after that.
     */
    void finish() {
        // A response is taken out before it is looked at, so each failure leaves fewer of them.
        for (int failures = 0; !waiting.isEmpty() && failures <= size; ) {
            try {
                await();
            } catch (OutOfMemoryError again) {
                failures++;
            }
        }
        if (dead == null) {
            dead = new DirectoryException(
                    FailureKind.LIMIT_EXCEEDED,
                    ResultCode.NO_MEMORY,
                    Problem.of("out-of-memory", "", "memory ran out while changes were being made", ""),
                    null);
        }
    }

    /** What ended the connection, if it ended. */
    @Nullable
    DirectoryException dead() {
        return dead;
    }

    private void await() {
        Answer answer = poll(timeout);
        if (answer == null) {
            silence();
            return;
        }
        Waiting who = waiting.remove(answer.number);
        if (who != null) {
            ResultCode code = answer.result.getResultCode();
            if (isLoss(code) && dead == null) {
                waiting.put(answer.number, who);
                reopened();
            } else {
                closings = isLoss(code) ? closings : 0;
                answered(who, answer.result);
            }
        }
    }

    /** The next response, or null if there was none in time; after an interrupt what was sent is still waited for. */
    private @Nullable Answer poll(Duration wait) {
        Answer answer = null;
        boolean interrupted = false;
        boolean silent = false;
        long deadline = System.nanoTime() + wait.toNanos();
        while (answer == null && !silent) {
            long left = deadline - System.nanoTime();
            try {
                answer = answers.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
                silent = answer == null;
            } catch (InterruptedException asked) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    /** Opens the connection again, takes the responses that came before it was closed, and sends the other writes again. */
    private void reopened() {
        Map<Long, LDAPResult> came = new TreeMap<>();
        Map<Long, Waiting> open = new TreeMap<>(waiting);
        Answer answer = answers.poll();
        while (answer != null) {
            if (!isLoss(answer.result.getResultCode())) {
                came.put(answer.number, answer.result);
            }
            answer = answers.poll();
        }
        // The broken connection tells each listener that it is gone: into a queue that nobody reads.
        answers = new LinkedBlockingQueue<>();
        waiting.clear();
        wasReopened = true;
        try {
            connection.reopen();
        } catch (DirectoryException gone) {
            lost(ResultCode.SERVER_DOWN);
        }
        came.forEach((number, result) -> {
            Waiting who = open.remove(number);
            if (who != null) {
                answered(who, result);
            }
        });
        open.values().forEach(this::again);
    }

    /** Sends a write whose response was lost once more, alone, unless it was made or must not be made any more. */
    private void again(Waiting who) {
        LDAPResult result = null;
        try {
            result = dead == null ? who.lost.found() : null;
        } catch (DirectoryException failed) {
            lost(failed.resultCode());
        }
        if (result == null && dead == null) {
            result = alone(who.request);
            if (result.getResultCode().equals(ResultCode.TIMEOUT)) {
                lost(ResultCode.TIMEOUT);
            } else if (isLoss(result.getResultCode())) {
                result = closed(who);
            } else {
                closings = 0;
            }
        }
        answered(who, result == null ? result(ResultCode.SERVER_DOWN, "the connection was lost") : result);
    }

    private LDAPResult alone(LDAPRequest request) {
        request.setResponseTimeoutMillis(timeout.toMillis());
        try {
            return connection.get().write(request);
        } catch (LDAPException failed) {
            return failed.toLDAPResult();
        }
    }

    /** The server closed the connection on this write alone: it is the write that the server does not take. */
    private LDAPResult closed(Waiting who) {
        closings++;
        try {
            connection.reopen();
        } catch (DirectoryException gone) {
            lost(ResultCode.SERVER_DOWN);
        }
        if (dead != null || closings >= MOST_CLOSINGS) {
            lost(ResultCode.SERVER_DOWN);
            return result(ResultCode.SERVER_DOWN, "the connection was lost");
        }
        LDAPResult found = who.lost.found();
        return found != null
                ? found
                : result(ResultCode.OTHER, CLOSED + " when it received this request: a value may be too large for it");
    }

    static LDAPResult result(ResultCode code, String message) {
        return new LDAPResult(-1, code, message, null, (String[]) null, null);
    }

    /**
     * Sees to it that the connection can be used after a long time without a request; a server may have closed it. To be
     * called while nothing is on its way.
     */
    void revive() {
        if (dead != null) {
            return;
        }
        try {
            connection
                    .get()
                    .search(new SearchRequest("", SearchScope.BASE, Filter.createPresenceFilter("objectClass"), "1.1"));
        } catch (LDAPException failed) {
            try {
                connection.reopen();
            } catch (DirectoryException gone) {
                lost(ResultCode.SERVER_DOWN);
            }
        }
    }

    /** Notes how a synchronous request in between ended: after a loss nothing more is sent. */
    void lost(ResultCode code) {
        if (isLoss(code) && dead == null) {
            connection.broken();
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

    /** No response in time: nothing more is sent, and what is in flight is not known to be done or not. */
    private void silence() {
        connection.broken();
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
            answered(who, result(ResultCode.TIMEOUT, "no answer in time"));
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
