package dev.rollcall.provisioning;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.rule.OnNothing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** People and the accounts of an application in memory, to be reconciled. Not thread-safe: for one thread at a time. */
abstract class AccountRoll {
    static final Mapping ACCOUNTS = Mapping.builder()
            .forAccounts()
            .key("id", "externalId")
            .match("userName", "${record.mail | lower}")
            .attribute(
                    "userName", AttributeRule.format("${record.mail | lower}").onAbsent(OnNothing.FAIL))
            .attribute("title", "${record.title}")
            .build();

    final InMemoryAccounts accounts = new InMemoryAccounts();
    final List<UserRecord> people = new ArrayList<>();
    AccountTarget target = AccountTarget.of("crm", accounts);
    UnaryOperator<Source> source = all -> all.active("record.enabled ?? true");

    static UserRecord record(Object... columns) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            record.put((String) columns[i], columns[i + 1]);
        }
        return UserRecord.of(record);
    }

    static UserRecord person(int number) {
        return record("id", String.valueOf(number), "mail", "u" + number + "@example.test", "title", "Engineer");
    }

    void everybody(int count) {
        for (int i = 1; i <= count; i++) {
            people.add(person(i));
            accounts.add(true, "externalId", "" + i, "userName", "u" + i + "@example.test", "title", "Engineer");
        }
    }

    ReconcilerBuilder builder() {
        return Reconciler.builder(source.apply(Source.of(people)), ACCOUNTS, target);
    }

    Plan plan() {
        return builder().build().plan();
    }

    Outcomes apply(ReconcilerBuilder builder) {
        Reconciler reconciler = builder.build();
        try (Plan plan = reconciler.plan()) {
            return reconciler.apply(plan);
        }
    }

    static List<String> words(Plan plan) {
        return plan.changes()
                .map(change -> change.kind().word() + " " + change.key())
                .toList();
    }
}
