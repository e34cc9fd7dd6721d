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
import dev.rollcall.connector.WebhookResponse;
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

    private final ScimSingleWriter writer;
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
        for (int i = 0; i < writes.size(); i++) {
            AccountWrite write = writes.get(i);
            if (write.kind() == AccountWrite.Kind.CREATE && offersBulk() && writer.hasMadeNone() && !lost.get()) {
                // The first goes alone, so that its account can be looked at.
                results[i] = written(write, lost);
            } else {
                (inBulk(write) ? together : single).add(i);
            }
        }
        if (together.size() < 2) {
            single.addAll(together);
        } else {
            bulk(writes, together, results, lost).forEach(single::add);
        }
        beside(writes, single, results, lost);
        List<AccountResult> all = new ArrayList<>();
        for (AccountResult result : results) {
            all.add(result == null ? AccountResult.notTried() : result);
        }
        return all;
    }

    /** In bulk goes what needs no look at the account before or after. */
    private boolean inBulk(AccountWrite write) {
        if (!offersBulk()) {
            return false;
        }
        return switch (write.kind()) {
            case CREATE -> writer.believesCreates();
            case DELETE -> hasVersion(write);
            case MODIFY, ENABLE, DISABLE ->
                settings.style() == ScimSettings.PatchStyle.PATH
                        && users.features().patch()
                        && hasVersion(write)
                        && !ScimSingleWriter.changesLists(write);
        };
    }

    private boolean hasVersion(AccountWrite write) {
        return users.features().versions()
                && write.seen().flatMap(Account::version).isPresent();
    }

    private void beside(
            List<AccountWrite> writes, List<Integer> numbers, @Nullable AccountResult[] results, AtomicBoolean lost) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < numbers.size(); i = next.getAndIncrement()) {
                int number = numbers.get(i);
                if (!lost.get()) {
                    results[number] = written(writes.get(number), lost);
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
            // Whoever has not begun by now has nothing left to do, and is not waited for.
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

    private AccountResult written(AccountWrite write, AtomicBoolean lost) {
        try {
            return writer.write(write);
        } catch (ConnectorException failed) {
            if (AccountWriter.isLost(failed)) {
                lost.set(true);
            }
            return AccountResult.failed(failed);
        }
    }

    /** Makes bulk requests, and tells what is left for single calls. */
    private List<Integer> bulk(
            List<AccountWrite> writes, List<Integer> numbers, @Nullable AccountResult[] results, AtomicBoolean lost) {
        List<Integer> left = new ArrayList<>();
        List<Integer> some = new ArrayList<>();
        ArrayNode operations = ScimJson.object().arrayNode();
        long bytes = 0;
        for (int number : numbers) {
            ObjectNode operation = operation(writes.get(number), number);
            long size = operation.toString().length() * 2L;
            boolean full = operations.size() >= users.features().bulkOperations()
                    || (!operations.isEmpty() && bytes + size > users.features().bulkBytes() / 2);
            if (full) {
                left.addAll(request(writes, some, operations, results, lost));
                operations = ScimJson.object().arrayNode();
                some = new ArrayList<>();
                bytes = 0;
            }
            operations.add(operation);
            some.add(number);
            bytes += size;
        }
        left.addAll(request(writes, some, operations, results, lost));
        return left;
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

    private List<Integer> request(
            List<AccountWrite> writes,
            List<Integer> numbers,
            ArrayNode operations,
            @Nullable AccountResult[] results,
            AtomicBoolean lost) {
        if (numbers.isEmpty() || lost.get()) {
            return List.of();
        } else if (bulkRefused) {
            return numbers;
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
                return numbers;
            }
            http.orThrow(answer);
        } catch (ConnectorException failed) {
            boolean unsent = failed.kind() == FailureKind.RATE_LIMITED || failed.kind() == FailureKind.UNAUTHORIZED;
            lost.set(AccountWriter.isLost(failed));
            numbers.forEach(
                    number -> results[number] = AccountResult.failed(unsent ? failed : unanswered(what, failed)));
            return List.of();
        }
        Map<String, JsonNode> byId = new HashMap<>();
        JsonNode answers = ScimJson.child(answer.body(), "Operations");
        boolean inOrder = answers.size() == numbers.size();
        for (int i = 0; i < answers.size(); i++) {
            String bulkId = ScimJson.text(ScimJson.child(answers.get(i), "bulkId"));
            byId.put(bulkId.isEmpty() && inOrder ? "w" + numbers.get(i) : bulkId, answers.get(i));
        }
        List<Integer> left = new ArrayList<>();
        for (int number : numbers) {
            JsonNode one = byId.get("w" + number);
            Optional<AccountResult> result = one == null
                    ? Optional.of(AccountResult.failed(unanswered(what, null)))
                    : result(writes.get(number), one);
            result.ifPresentOrElse(found -> results[number] = found, () -> left.add(number));
        }
        return left;
    }

    private static ConnectorException unanswered(String what, @Nullable ConnectorException cause) {
        String message = what + ": it is not known whether this was done"
                + (cause == null ? "" : "; " + cause.problem().message());
        return new ConnectorException(
                FailureKind.AMBIGUOUS, Problem.of("ambiguous", "", message, "the next run looks"), null, cause);
    }

    /** What became of one operation; empty if it is to be made once more, alone. */
    private Optional<AccountResult> result(AccountWrite write, JsonNode operation) {
        JsonNode told = ScimJson.child(operation, "status");
        int status = (int) ScimJson.number(told.isObject() ? ScimJson.child(told, "code") : told);
        JsonNode response = ScimJson.child(operation, "response");
        String what = write.kind().name().toLowerCase(java.util.Locale.ROOT)
                + write.seen().map(account -> " " + account.label()).orElse("");
        if (status / 100 != 2) {
            if (write.kind() == AccountWrite.Kind.DELETE && status == 404) {
                return Optional.of(AccountResult.done(null));
            }
            boolean again = status == 412
                    || ScimJson.text(ScimJson.child(response, "scimType")).equals("noTarget");
            if (again && write.kind() != AccountWrite.Kind.DELETE) {
                return Optional.empty();
            }
            ScimAnswer answer = new ScimAnswer(
                    what,
                    new WebhookResponse(status, Map.of(), response.isMissingNode() ? "" : response.toString()),
                    response);
            return Optional.of(AccountResult.failed(http.failure(answer)));
        }
        if (write.kind() == AccountWrite.Kind.DELETE) {
            return Optional.of(AccountResult.done(null));
        }
        Map<String, ScimPath> paths = ScimPath.named(write.attributes().keySet());
        if (response.isObject() && !ScimJson.child(response, "id").isMissingNode()) {
            return Optional.of(AccountResult.done(ScimUsers.account(response, paths)));
        }
        String location = ScimJson.text(ScimJson.child(operation, "location")).replaceAll("/+$", "");
        String id = write.seen().map(Account::id).orElse(location.substring(location.lastIndexOf('/') + 1));
        if (id.isEmpty()) {
            return Optional.of(AccountResult.done(null)); // it was made, and the next run sees where
        }
        boolean active = write.kind() != AccountWrite.Kind.DISABLE
                && write.seen().map(Account::isActive).orElse(true);
        String version = ScimJson.text(ScimJson.child(operation, "version"));
        // Bulk answers hold no users: what was written is taken for what is kept, until the next run looks.
        Account account = Account.of(id, write.seen().map(Account::label).orElse(id), active, write.attributes());
        return Optional.of(AccountResult.done(account.version(version.isEmpty() ? null : version)));
    }
}
