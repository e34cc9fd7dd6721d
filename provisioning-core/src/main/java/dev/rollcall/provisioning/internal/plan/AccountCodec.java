package dev.rollcall.provisioning.internal.plan;

import dev.rollcall.connector.Account;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accounts and their changes as bytes: what is spooled, and what the hash of a plan is made of. Immutable and thread-safe. */
public final class AccountCodec {
    private AccountCodec() {}

    public static byte[] encode(Account account) {
        ItemWriter out = new ItemWriter()
                .text(account.id())
                .text(account.label())
                .text(account.version().orElse(null))
                .octet((account.isActive() ? 1 : 0) | (account.isInactive() ? 2 : 0))
                .number(account.attributes().size());
        account.attributes().forEach((name, values) -> out.text(name).texts(values));
        return out.item();
    }

    public static Account account(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        String id = in.text();
        String label = in.text();
        String version = in.textOrNull();
        int state = in.octet();
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (int left = in.number(); left > 0; left--) {
            attributes.put(in.text(), in.texts());
        }
        Account account = Account.of(id, label, state == 1, attributes).version(version);
        return state == 0 ? account.withUnknownState() : account;
    }

    public static byte[] encode(AccountChange change) {
        // What is made of the key where no label was given is no label.
        String label = change.label().equals("account of " + change.key()) ? "" : change.label();
        ItemWriter out = new ItemWriter()
                .text(change.kind().name())
                .text(change.key())
                .text(change.situation().name())
                .text(label)
                .text(change.id().orElse(null))
                .text(change.version().orElse(null))
                .texts(change.identity())
                .octet((change.wasActive() ? 1 : 0) | (change.isLeaver() ? 2 : 0) | (change.isReplacement() ? 4 : 0))
                .number(change.attributes().size());
        for (AttributeChange attribute : change.attributes()) {
            out.text(attribute.name())
                    .values(attribute.before())
                    .values(attribute.after())
                    .text(attribute.because())
                    .flag(attribute.isSensitive());
        }
        return out.item();
    }

    public static AccountChange change(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        ChangeKind kind = ChangeKind.valueOf(in.text());
        AccountChange.Builder draft = AccountChange.builder(kind, in.text(), Situation.valueOf(in.text()));
        draft.label(in.text());
        draft.id(in.textOrNull());
        draft.version(in.textOrNull());
        draft.identity(in.texts());
        int flags = in.octet();
        draft.active((flags & 1) != 0);
        draft.leaver((flags & 2) != 0);
        draft.replacement((flags & 4) != 0);
        int count = in.number();
        List<AttributeChange> attributes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attributes.add(AttributeChange.of(in.text(), in.values(), in.values(), in.text())
                    .sensitive(in.flag()));
        }
        draft.attributes(attributes);
        return draft.build();
    }
}
