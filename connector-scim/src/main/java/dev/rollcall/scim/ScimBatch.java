package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes many writes: in bulk requests where the provider offers them, else several at the same time on threads that the
 * host lends. Thread-safe.
 */
final class ScimBatch {
    /** The threads that writes may go on beside each other on; null for none. */
    record Threads(@Nullable Executor executor) {}

    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private static final int WAVES = 8;

    /**
     * An operation of which the response does not show what became of it.
     *
     * @param done whether the response says that it is done, so that the account is read and not written again
     */
    private record Unsettled(int number, String location, boolean done) {
        static Unsettled of(int number, BulkOutcome outcome) {
            return new Unsettled(number, outcome.location(), outcome.saysDone());
        }
    }

    /** What a bulk request leaves to do: what was not done for sure, and what must be looked at. */
    private record Left(List<Integer> undone, List<Unsettled> unsettled) {
        Left() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final ScimSingleWriter writer;
    private final ScimCreation creation;
    private final ScimHttp http;
    private final ScimUsers users;
    private final ScimSettings settings;
    private final ScimPatch patch;
    private final Threads threads;
    private volatile boolean bulkRefused;

    ScimBatch(
            ScimSingleWriter writer,
            ScimHttp http,
            ScimUsers users,
            ScimSettings settings,
            ScimPatch patch,
            Threads threads) {
        this.writer = writer;
        this.creation = writer.creation();
        this.http = http;
        this.users = users;
        this.settings = settings;
        this.patch = patch;
        this.threads = threads;
    }

    int size() {
        int beside = settings.parallel() * WAVES;
        return offersBulk() ? Math.max(beside, users.features().bulkOperations()) : beside;
    }

    private boolean offersBulk() {
        return settings.bulk() && !bulkRefused && users.features().bulkOperations() > 1;
    }

    List<AccountResult> write(List<AccountWrite> writes) {
        @Nullable AccountResult[] results = new AccountResult[writes.size()];
        List<Integer> single = new ArrayList<>();
        List<Integer> together = new ArrayList<>();
        AtomicBoolean lost = new AtomicBoolean();
        long created = writes.stream()
                .filter(write -> write.kind() == AccountWrite.Kind.CREATE)
                .count();
        boolean lookingUp = created <= AccountWriter.MOST_KEYS_LOOKED_UP;
        for (int i = 0; i < writes.size(); i++) {
            AccountWrite write = writes.get(i);
            if (write.kind() == AccountWrite.Kind.CREATE && offersBulk() && creation.hasMadeNone() && !lost.get()) {
                // The first goes alone, so that its account can be looked at.
                results[i] = written(() -> single(write, lookingUp), lost);
            } else {
                (inBulk(write) ? together : single).add(i);
            }
        }
        if (together.size() < 2) {
            single.addAll(together);
        } else {
            bulk(writes, together, single, results, lost, lookingUp);
        }
        beside(single, lost, number -> results[number] = written(() -> single(writes.get(number), lookingUp), lost));
        List<AccountResult> all = new ArrayList<>();
        for (AccountResult result : results) {
            all.add(result == null ? AccountResult.notTried() : result);
        }
        return all;
    }

    private AccountResult single(AccountWrite write, boolean lookingUp) {
        return write.kind() == AccountWrite.Kind.CREATE && !lookingUp
                ? AccountResult.done(creation.make(write))
                : writer.write(write);
    }

    /** In bulk goes what needs no look at the account before or after. */
    private boolean inBulk(AccountWrite write) {
        boolean named =
                write.seen().map(seen -> ScimUsers.canBeInUrl(seen.id())).orElse(true);
        if (!offersBulk() || !named) {
            return false; // of an id that cannot be in a path, that write alone fails
        }
        return switch (write.kind()) {
            case CREATE -> creation.isBelieved();
            case DELETE -> hasVersion(write);
            case MODIFY, ENABLE, DISABLE ->
                settings.style() == ScimSettings.PatchStyle.PATH
                        && users.features().patch()
                        && hasVersion(write)
                        && !ScimSingleWriter.namesElements(write);
        };
    }

    private boolean hasVersion(AccountWrite write) {
        return users.features().versions()
                && write.seen().flatMap(Account::version).isPresent();
    }

    private void beside(List<Integer> numbers, AtomicBoolean lost, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < numbers.size(); i = next.getAndIncrement()) {
                int number = numbers.get(i);
                if (!lost.get()) {
                    task.accept(number);
                }
            }
        };
        List<FutureTask<?>> helpers = new ArrayList<>();
        Executor executor = threads.executor();
        for (int i = 1; executor != null && i < Math.min(settings.parallel(), numbers.size()); i++) {
            FutureTask<?> helper = new FutureTask<>(work, null);
            try {
                executor.execute(helper);
                helpers.add(helper);
            } catch (RejectedExecutionException busy) {
                break; // then this thread does more of it
            }
        }
        work.run();
        for (FutureTask<?> helper : helpers) {
            // A thread that has not begun by now has nothing left to do, and is not waited for.
            helper.run();
            join(helper, lost);
        }
    }

    private static void join(FutureTask<?> helper, AtomicBoolean lost) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.get();
                break;
            } catch (InterruptedException e) {
                // What is on its way is waited for, so that its outcome is known; nothing new begins.
                interrupted = true;
                lost.set(true);
            } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static AccountResult written(Supplier<AccountResult> write, AtomicBoolean lost) {
        try {
            return write.get();
        } catch (ConnectorException failed) {
            if (AccountWriter.isLost(failed)) {
                lost.set(true);
            }
            return AccountResult.failed(failed);
        }
    }

    /**
     * Makes bulk requests. Nothing counts as done that the response does not show, or that was not looked at.
     *
     * @param single takes what was not done for sure, and is to be done by single calls
     */
    private void bulk(
            List<AccountWrite> writes,
            List<Integer> numbers,
            List<Integer> single,
            @Nullable AccountResult[] results,
            AtomicBoolean lost,
            boolean lookingUp) {
        List<Integer> creates = numbers.stream()
                .filter(number -> lookingUp && writes.get(number).kind() == AccountWrite.Kind.CREATE)
                .toList();
        beside(creates, lost, number -> results[number] = unlessNew(writes.get(number), lost));
        Left left = new Left();
        requests(
                writes,
                numbers.stream().filter(number -> results[number] == null).toList(),
                left,
                results,
                lost);
        single.addAll(left.undone());
        List<Integer> unsettled =
                IntStream.range(0, left.unsettled().size()).boxed().toList();
        beside(unsettled, lost, i -> {
            Unsettled one = left.unsettled().get(i);
            results[one.number()] = written(() -> settled(writes.get(one.number()), one), lost);
        });
        beside(creates, lost, number -> results[number] = alone(writes.get(number), results[number], lost));
    }

    private AccountResult settled(AccountWrite write, Unsettled one) {
        if (write.kind() == AccountWrite.Kind.CREATE) {
            return AccountResult.done(creation.settle(write, one.location()));
        }
        return one.done() && write.kind() == AccountWrite.Kind.MODIFY ? writer.look(write) : writer.settle(write);
    }

    /** {@return the failure, if an account has the key by now} */
    private @Nullable AccountResult unlessNew(AccountWrite write, AtomicBoolean lost) {
        AccountResult result = written(
                () -> {
                    creation.requireNew(write);
                    return AccountResult.done(null);
                },
                lost);
        return result.failure().isPresent() ? result : null;
    }

    private @Nullable AccountResult alone(AccountWrite write, @Nullable AccountResult made, AtomicBoolean lost) {
        Optional<Account> account = made == null ? Optional.empty() : made.account();
        return account.isEmpty()
                ? made
                : written(
                        () -> {
                            creation.requireAlone(write, account.get());
                            return AccountResult.done(account.get());
                        },
                        lost);
    }

    private void requests(
            List<AccountWrite> writes,
            List<Integer> numbers,
            Left left,
            @Nullable AccountResult[] results,
            AtomicBoolean lost) {
        List<Integer> some = new ArrayList<>();
        ArrayNode operations = ScimJson.object().arrayNode();
        long bytes = 0;
        for (int number : numbers) {
            ObjectNode operation = operation(writes.get(number), number);
            long size = operation.toString().length() * 2L;
            boolean full = operations.size() >= users.features().bulkOperations()
                    || (!operations.isEmpty() && bytes + size > users.features().bulkBytes() / 2);
            if (full) {
                request(writes, some, operations, left, results, lost);
                operations = ScimJson.object().arrayNode();
                some = new ArrayList<>();
                bytes = 0;
            }
            operations.add(operation);
            some.add(number);
            bytes += size;
        }
        request(writes, some, operations, left, results, lost);
    }

    private ObjectNode operation(AccountWrite write, int number) {
        ObjectNode operation = ScimJson.object();
        Map<ScimPath, List<String>> values = ScimPath.keyed(write.attributes());
        operation.put("bulkId", "w" + number);
        if (write.kind() == AccountWrite.Kind.CREATE) {
            operation.put("method", "POST").put("path", users.path());
            operation.set("data", patch.created(values));
            return operation;
        }
        Account seen = write.seen().orElseThrow();
        operation.put("method", write.kind() == AccountWrite.Kind.DELETE ? "DELETE" : "PATCH");
        operation.put("path", users.path(seen.id()));
        seen.version().ifPresent(version -> operation.put("version", version));
        if (write.kind() != AccountWrite.Kind.DELETE) {
            Map<ScimPath, List<String>> before = new HashMap<>();
            ScimPath.named(write.attributes().keySet()).forEach((name, path) -> before.put(path, seen.values(name)));
            operation.set("data", patch.byPath(before, values, ScimPatch.active(write), false));
        }
        return operation;
    }

    private void request(
            List<AccountWrite> writes,
            List<Integer> numbers,
            ArrayNode operations,
            Left left,
            @Nullable AccountResult[] results,
            AtomicBoolean lost) {
        if (numbers.isEmpty() || lost.get()) {
            return;
        } else if (bulkRefused) {
            left.undone().addAll(numbers);
            return;
        }
        ObjectNode body = ScimJson.object();
        body.putArray("schemas").add(BULK);
        body.set("Operations", operations);
        String what = "bulk of " + numbers.size();
        ScimAnswer answer;
        try {
            answer = http.send(what, "POST", "/Bulk", body, null, false);
            if (List.of(404, 405, 413, 501).contains(answer.status())) {
                // Refused as a whole, so that nothing of it was done.
                bulkRefused = true;
                left.undone().addAll(numbers);
                return;
            }
            http.orThrow(answer);
        } catch (ConnectorException failed) {
            boolean unsent = failed.kind() == FailureKind.RATE_LIMITED || failed.kind() == FailureKind.UNAUTHORIZED;
            lost.set(AccountWriter.isLost(failed));
            numbers.forEach(
                    number -> results[number] = AccountResult.failed(unsent ? failed : unanswered(what, failed)));
            return;
        }
        Map<String, BulkOutcome> byId = new HashMap<>();
        JsonNode answers = ScimJson.child(answer.body(), "Operations");
        boolean inOrder = answers.size() == numbers.size();
        for (int i = 0; i < answers.size(); i++) {
            String bulkId = ScimJson.text(ScimJson.child(answers.get(i), "bulkId"));
            byId.put(bulkId.isEmpty() && inOrder ? "w" + numbers.get(i) : bulkId, new BulkOutcome(answers.get(i)));
        }
        for (int number : numbers) {
            BulkOutcome one = byId.get("w" + number);
            if (one == null) {
                results[number] = AccountResult.failed(unanswered(what, null));
            } else {
                one.result(writes.get(number), http)
                        .ifPresentOrElse(
                                found -> results[number] = found,
                                () -> left.unsettled().add(Unsettled.of(number, one)));
            }
        }
    }

    private static ConnectorException unanswered(String what, @Nullable ConnectorException cause) {
        String message = what + ": it is not known whether this was done"
                + (cause == null ? "" : "; " + cause.problem().message());
        return new ConnectorException(
                FailureKind.AMBIGUOUS, Problem.of("ambiguous", "", message, "the next run looks"), null, cause);
    }
}
