package dev.rollcall.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountResult;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads and writes accounts by SCIM: {@link ScimSingleWriter} one at a time, {@link ScimBatch} many. Thread-safe. */
final class ScimWriter implements AccountWriter {
    private static final ScimPath EXTERNAL_ID = ScimPath.of("externalId");

    private final ScimUsers users;
    private final ScimSettings settings;
    private final ScimQuirks quirks;
    private final ScimSingleWriter single;
    private final ScimBatch batch;
    private volatile Set<String> fixed;

    ScimWriter(ScimHttp http, ScimUsers users, ScimSettings settings, ScimQuirks quirks, ScimBatch.Threads threads) {
        this.users = users;
        this.settings = settings;
        this.quirks = quirks;
        this.fixed = quirks.fixed();
        ScimPatch patch = new ScimPatch(settings.flagsAsText());
        this.single = new ScimSingleWriter(http, users, settings, quirks, patch);
        this.batch = new ScimBatch(single, http, users, settings, patch, threads);
    }

    @Override
    public PageIterator<Account> accounts(Set<String> attributes) {
        Map<String, ScimPath> paths = ScimPath.named(attributes);
        PageIterator<ObjectNode> pages = users.all();
        boolean keyed = paths.values().stream().anyMatch(path -> path.equals(EXTERNAL_ID));
        return new PageIterator<>() {
            private boolean looked = !keyed;

            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public Page<Account> next() {
                Page<ObjectNode> page = pages.next();
                if (!looked && !page.items().isEmpty()) {
                    looked = true;
                    requireKeys(page.items());
                }
                List<Account> accounts = page.items().stream()
                        .filter(ScimUsers::isUser)
                        .map(user -> ScimUsers.account(user, paths))
                        .toList();
                return page.withItems(accounts);
            }

            @Override
            public void close() {
                pages.close();
            }
        };
    }

    /**
     * A service may leave the key out of its lists. Then nobody of the list would have one, all would be linked anew in each
     * run, and no leaver would be found.
     */
    private void requireKeys(List<ObjectNode> first) {
        ObjectNode one = first.get(0);
        boolean told = first.stream().anyMatch(user -> !EXTERNAL_ID.read(user).isEmpty());
        String id = ScimJson.text(ScimJson.child(one, "id"));
        if (!told
                && !users.byId(id)
                        .map(found -> EXTERNAL_ID.read(found.body()))
                        .orElse(List.of())
                        .isEmpty()) {
            throw ScimErrors.keyNotListed();
        }
    }

    @Override
    public List<Account> find(String attribute, String value, Set<String> attributes) {
        ScimPath path = ScimPath.of(attribute);
        if (!ScimUsers.canFind(path)) {
            throw ConnectorException.unsupported("users are found by userName and externalId only");
        }
        if (!users.looksUp()) {
            throw ConnectorException.unsupported("the service cannot look users up");
        }
        Map<String, ScimPath> paths = ScimPath.named(attributes);
        return users.find(path, value).stream()
                .map(user -> ScimUsers.account(user, paths))
                .toList();
    }

    @Override
    public AccountResult write(AccountWrite write) {
        return single.write(write);
    }

    @Override
    public List<AccountResult> writeAll(List<AccountWrite> writes) {
        return batch.write(writes);
    }

    @Override
    public int batchSize() {
        return batch.size();
    }

    @Override
    public List<Problem> check(Collection<String> attributes, boolean creating) {
        if (!settings.schemas()) {
            return List.of();
        }
        ScimSchemas schemas = users.schemas();
        Set<String> all = new HashSet<>(quirks.fixed());
        attributes.stream().filter(schemas::isFixed).forEach(all::add);
        fixed = Set.copyOf(all);
        return schemas.problems(attributes, creating);
    }

    @Override
    public List<Problem> checkRead(Collection<String> attributes) {
        return settings.schemas() ? users.schemas().unknown(attributes) : List.of();
    }

    @Override
    public Set<String> fixedAttributes() {
        return fixed;
    }

    @Override
    public String comparable(String attribute, String value) {
        boolean truth = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
        return truth
                ? value.toLowerCase(Locale.ROOT)
                : ScimPath.parse(attribute).map(path -> path.comparable(value)).orElse(value);
    }
}
