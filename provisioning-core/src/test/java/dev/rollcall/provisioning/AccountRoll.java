package dev.rollcall.provisioning;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** People and the accounts of an application in memory, to be reconciled. Not thread-safe: for one thread at a time. */
public abstract class AccountRoll {
    static final Mapping ACCOUNTS = Mapping.builder()
            .forAccounts()
            .key("id", "externalId")
            .match("userName", "${record.mail | lower}")
            .attribute(
                    "userName", AttributeRule.format("${record.mail | lower}").onAbsent(OnNothing.FAIL))
            .attribute("title", "${record.title}")
            .build();

    public final InMemoryAccounts accounts = new InMemoryAccounts();
    public final List<UserRecord> people = new ArrayList<>();
    public AccountTarget target = AccountTarget.of("crm", accounts);
    UnaryOperator<Source> source = all -> all.active("record.enabled ?? true");

    public static UserRecord record(Object... columns) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            record.put((String) columns[i], columns[i + 1]);
        }
        return UserRecord.of(record);
    }

    public static UserRecord person(int number) {
        return record("id", String.valueOf(number), "mail", "u" + number + "@example.test", "title", "Engineer");
    }

    public void everybody(int count) {
        for (int i = 1; i <= count; i++) {
            people.add(person(i));
            accounts.add(true, "externalId", "" + i, "userName", "u" + i + "@example.test", "title", "Engineer");
        }
    }

    public ReconcilerBuilder builder() {
        return Reconciler.builder(source.apply(Source.of(people)), ACCOUNTS, target);
    }

    public Plan plan() {
        return builder().build().plan();
    }

    public Outcomes apply(ReconcilerBuilder builder) {
        Reconciler reconciler = builder.build();
        try (Plan plan = reconciler.plan()) {
            return reconciler.apply(plan);
        }
    }

    public static List<String> words(Plan plan) {
        return plan.changes()
                .map(change -> change.kind().word() + " " + change.key())
                .toList();
    }
}
