package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.endpoint.JoinRule;
import dev.rollcall.rest.internal.endpoint.RecordScope;
import dev.rollcall.rest.internal.template.UrlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what one call for each record answers, several calls at a time. Not thread-safe: for one thread at a time.
 *
 * <p>After some calls in a row have failed, no more are made: an application that is down would otherwise be asked, with
 * all retries, once for everybody.
 */
public final class CallJoin implements Join {
    private static final Logger logger = LoggerFactory.getLogger(CallJoin.class);

    /** So many failures in a row are no accident. */
    public static final int GIVE_UP_AFTER = 20;

    private static final String ANSWER = "answer";

    private final JoinRule rule;
    private final Calls calls;
    private final ParallelCalls lanes;
    private final Evaluation evaluation;
    private final SideList answers;
    private final AtomicInteger failedInARow = new AtomicInteger();

    /** Reads the rows of one call. Implementations are thread-safe. */
    @FunctionalInterface
    interface Calls {
        /**
         * {@return the rows}
         *
         * @throws ConnectorException if they cannot be read
         */
        List<UserRecord> rows(EndpointDefinition endpoint, Evaluation evaluation);
    }

    CallJoin(JoinRule rule, Calls calls, ConnectorContext context, Evaluation evaluation) {
        this.rule = rule;
        this.calls = calls;
        this.lanes = new ParallelCalls(context, rule.concurrency());
        this.evaluation = evaluation;
        this.answers = new SideList(rule.endpoint().name(), SideList.MEMORY_BYTES);
    }

    @Override
    public List<UserRecord> add(List<UserRecord> records, String from) {
        if (!rule.callers().contains(from)) {
            return records;
        }
        List<UserRecord> added = new ArrayList<>(records);
        List<UserRecord> unasked = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            List<Value> known = answers.rows(question(records.get(i)));
            if (known.isEmpty()) {
                unasked.add(records.get(i));
                places.add(i);
            } else {
                added.set(i, Join.with(rule, records.get(i), ((Value.Fields) known.get(0)).get(ANSWER)));
            }
        }
        List<Value> fetched = lanes.map(unasked, this::answer);
        for (int i = 0; i < fetched.size(); i++) {
            UserRecord record = unasked.get(i);
            String question = question(record);
            if (answers.rows(question).isEmpty()) {
                answers.add(question, Value.of(Map.of(ANSWER, fetched.get(i))));
            }
            added.set(places.get(i), Join.with(rule, record, fetched.get(i)));
        }
        return added;
    }

    /** What the call asks with: the same question has the same answer when the list is read a second time. */
    private String question(UserRecord record) {
        StringBuilder question = new StringBuilder();
        for (Name name : rule.endpoint().names()) {
            if (name.namespace().equals("record")) {
                question.append(name.path().in(record.fields())).append('\n');
            }
        }
        return question.toString();
    }

    private Value answer(UserRecord record) {
        String name = rule.endpoint().name();
        Value nothing = nothingToAskWith(record);
        if (nothing instanceof Value.Unknown) {
            return nothing;
        }
        if (failedInARow.get() >= GIVE_UP_AFTER) {
            return new Value.Unknown(name + ": not asked any more, as " + GIVE_UP_AFTER + " calls in a row failed");
        }
        try {
            List<Value> rows = calls.rows(rule.endpoint(), RecordScope.in(evaluation, record)).stream()
                    .<Value>map(UserRecord::fields)
                    .toList();
            failedInARow.set(0);
            if (rows.size() > 1 && !rule.many()) {
                return new Value.Unknown(
                        name + ": " + rows.size() + " rows for one record; if that is right, set many: true");
            }
            return rule.shaped(rows);
        } catch (ConnectorException e) {
            return failed(e, nothing);
        }
    }

    private Value failed(ConnectorException failure, Value nothing) {
        if (failure.kind() == FailureKind.CANCELLED) {
            throw failure;
        }
        if (failure.kind() == FailureKind.NOT_FOUND) {
            failedInARow.set(0);
            return Value.absent();
        }
        if (failure.problem().code().equals(UrlTemplate.NO_VALUE) && nothing.isEmpty()) {
            return Value.absent();
        }
        if (failedInARow.incrementAndGet() == GIVE_UP_AFTER) {
            logger.atWarn()
                    .addKeyValue("endpoint", rule.endpoint().name())
                    .addKeyValue("failures", GIVE_UP_AFTER)
                    .addKeyValue("kind", failure.kind())
                    .log("a call for each record fails every time, no more are made");
        }
        return new Value.Unknown(failure.problem().message());
    }

    /** {@return unknown if a column of the call is; a kind of nothing if one in its address has no value; else anything} */
    private Value nothingToAskWith(UserRecord record) {
        Value nothing = Value.of(true);
        Set<Name> inAddress = rule.endpoint().url().names();
        for (Name name : rule.endpoint().names()) {
            if (name.namespace().equals("record")) {
                Value value = name.path().in(record.fields());
                if (value instanceof Value.Unknown) {
                    return value;
                }
                nothing = value.isEmpty() && inAddress.contains(name) ? value : nothing;
            }
        }
        return nothing;
    }

    @Override
    public void close() {
        answers.close();
    }
}
