package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads a {@code policy} block. Not thread-safe: for one thread at a time. */
final class PolicyReader {
    private static final Map<String, Enabling> ENABLING =
            Map.of("ours", Enabling.OURS, "always", Enabling.ALWAYS, "never", Enabling.NEVER);
    private static final Map<String, Leavers.Groups> GROUPS =
            Map.of("keep", Leavers.Groups.KEEP, "remove-owned", Leavers.Groups.REMOVE_OWNED);
    private static final Map<String, Guardrails.OnTrip> ON_TRIP =
            Map.of("block-destructive", Guardrails.OnTrip.BLOCK_DESTRUCTIVE, "stop", Guardrails.OnTrip.STOP);
    private static final Map<String, Boolean> NEVER_SEEN = Map.of("report", false, "leaver", true);
    private static final double MOST = 1_000_000_000;

    static final Setting DELETE_AFTER = Setting.duration("deleteAfter")
            .between(Duration.ofDays(1), Duration.ofDays(36_500))
            .description("how long a disabled leaver is kept before it is deleted");
    static final Setting PASSWORD_LENGTH = Setting.integer("length")
            .between(12, 128)
            .byDefault("20")
            .description("how many characters a generated password has");
    static final Setting AT_LEAST = Setting.integer("atLeast")
            .between(0, (long) MOST)
            .byDefault("0")
            .description("up to how many changes a percentage does not count");

    private final Block block;
    private final Findings findings;
    private final Path folder;

    private PolicyReader(Block block, Path folder) {
        this.block = block;
        this.folder = folder;
        this.findings = block.findings();
    }

    static Policy read(Block block, Path folder) {
        return new PolicyReader(block, folder).read();
    }

    private Policy read() {
        Categories categories = categories();
        Leavers told = block.block("leavers").map(this::leavers).orElseGet(Leavers::disable);
        Leavers leavers = block.choice("neverSeen", NEVER_SEEN, false) ? told.endNeverSeen() : told;
        Enabling enabling = block.choice("enable", ENABLING, Enabling.OURS);
        Guardrails guardrails = block.block("guardrails").map(this::guardrails).orElseGet(Guardrails::defaults);
        Optional<PasswordPolicy> passwords = block.block("password").flatMap(this::passwords);
        block.done();
        if (leavers.sourceMissing() == Leavers.Action.DELETE && !categories.allows(ChangeKind.DELETE)) {
            findings.note(
                    "withheld",
                    block.path("leavers"),
                    "deletes are withheld, since the categories do not allow them",
                    "add delete to categories if it is meant");
        }
        return new Policy(categories, leavers, enabling, guardrails, passwords);
    }

    private Categories categories() {
        if (!block.has("categories")) {
            return Categories.defaults();
        }
        List<String> words = block.texts("categories");
        boolean known = true;
        for (int i = 0; i < words.size(); i++) {
            if (!Categories.words().contains(words.get(i))) {
                known = false;
                block.unknownWord(block.itemPath("categories", i), Value.of(words.get(i)), Categories.words());
            }
        }
        return known ? Categories.of(words) : Categories.defaults();
    }

    private Leavers leavers(Block given) {
        Map<String, Leavers.Action> actions = new LinkedHashMap<>();
        actions.put("ignore", Leavers.Action.IGNORE);
        actions.put("disable", Leavers.Action.DISABLE);
        actions.put("disable-and-move", Leavers.Action.DISABLE_AND_MOVE);
        Map<String, Leavers.Action> withDelete = new LinkedHashMap<>(actions);
        withDelete.put("delete", Leavers.Action.DELETE);

        Leavers.Action all = given.choice("action", withDelete, Leavers.Action.DISABLE);
        Leavers.Action others = all == Leavers.Action.DELETE ? Leavers.Action.DISABLE : all;
        Leavers.Action missing = given.choice("sourceMissing", withDelete, all);
        Leavers.Action inactive = given.choice("inactive", actions, others);
        Leavers.Action outOfScope = given.choice("outOfScope", actions, others);
        Leavers leavers = Leavers.disable().groups(given.choice("groups", GROUPS, Leavers.Groups.KEEP));
        Optional<String> moveTo = given.text("moveTo");
        boolean moves = List.of(missing, inactive, outOfScope).contains(Leavers.Action.DISABLE_AND_MOVE);
        Leavers timed = deleteTree(given, missing, deleteAfter(given, missing, leavers));
        given.done();
        if (moveTo.isPresent() && !DN.isValidDN(moveTo.get())) {
            findings.add(
                    "bad-dn",
                    given.path("moveTo"),
                    "'" + moveTo.get() + "' is no DN",
                    "such as ou=left,dc=example,dc=com");
            return timed;
        } else if (moves && moveTo.isEmpty()) {
            given.missing("moveTo", "name the container that leavers are moved to");
            return timed;
        }
        Leavers placed = moveTo.isPresent() ? timed.moveTo(moveTo.get()) : timed;
        return placed.sourceMissing(missing).inactive(inactive).outOfScope(outOfScope);
    }

    private Leavers deleteTree(Block given, Leavers.Action missing, Leavers leavers) {
        if (!given.flag("deleteTree", false)) {
            return leavers;
        }
        if (missing != Leavers.Action.DELETE) {
            findings.add(
                    "no-effect",
                    given.path("deleteTree"),
                    "nobody is to be deleted",
                    "set sourceMissing or action to delete, or leave it out");
        }
        return leavers.deleteTree();
    }

    private Leavers deleteAfter(Block given, Leavers.Action missing, Leavers leavers) {
        if (!given.has("deleteAfter")) {
            return leavers;
        }
        Optional<Duration> time = given.duration(DELETE_AFTER);
        if (missing != Leavers.Action.DELETE) {
            findings.add(
                    "no-effect",
                    given.path("deleteAfter"),
                    "nobody is to be deleted",
                    "set sourceMissing or action to delete, or leave it out");
        } else {
            return time.map(leavers::deleteAfter).orElse(leavers);
        }
        return leavers;
    }

    private Optional<PasswordPolicy> passwords(Block given) {
        if (!given.has("generate")) {
            given.missing("generate", "say {length: 20}");
        }
        Optional<Block> generate = given.block("generate");
        int length = generate.map(it -> it.integer(PASSWORD_LENGTH)).orElse(20);
        generate.ifPresent(Block::done);
        boolean forceChange = given.flag("forceChange", true);
        Optional<PasswordDelivery> delivery = delivery(given);
        given.done();
        return delivery.map(it -> PasswordPolicy.generate(length, it).forceChange(forceChange));
    }

    private Optional<PasswordDelivery> delivery(Block given) {
        if (!given.has("deliver")) {
            given.missing("deliver", "say {file: passwords.csv} or discard");
            return Optional.empty();
        } else if (!(given.value("deliver") instanceof Value.Fields)) {
            Map<String, PasswordDelivery> words = Map.of("discard", PasswordDelivery.discard());
            return Optional.of(given.choice("deliver", words, PasswordDelivery.discard()));
        }
        Block deliver = given.block("deliver").orElseThrow();
        String name = deliver.requiredText("file");
        deliver.done();
        return deliver.writable("file", name, folder).map(PasswordDelivery::file);
    }

    private Guardrails guardrails(Block given) {
        Guardrails rails = Guardrails.defaults();
        rails = limit(given, GuardrailName.MAX_DISABLE_OR_DELETE, rails, Guardrails::maxDisableOrDelete);
        rails = limit(given, GuardrailName.MAX_MODIFY, rails, Guardrails::maxModify);
        rails = limit(given, GuardrailName.MAX_ATTRIBUTE_CHANGE, rails, Guardrails::maxAttributeChange);
        rails = limit(given, GuardrailName.MAX_CREATE, rails, Guardrails::maxCreate);
        rails = limit(given, GuardrailName.MAX_KEYLESS, rails, Guardrails::maxKeyless);
        rails = limit(given, GuardrailName.MAX_ENABLE, rails, Guardrails::maxEnable);
        rails = limit(given, GuardrailName.MAX_GROUP_REMOVE, rails, Guardrails::maxGroupRemove);
        rails = limit(given, GuardrailName.MAX_CONFLICTS, rails, Guardrails::maxConflicts);
        rails = limit(given, GuardrailName.FAILURES, rails, Guardrails::failures);
        rails = rails.onTrip(given.choice("onTrip", ON_TRIP, Guardrails.OnTrip.BLOCK_DESTRUCTIVE));
        given.done();
        return rails;
    }

    /** What a limit does not say keeps its default; {@code none} lifts it. */
    private static Guardrails limit(
            Block given, GuardrailName guardrail, Guardrails rails, BiFunction<Guardrails, Limit, Guardrails> set) {
        String name = guardrail.word();
        if (given.value(name).text().isPresent()) {
            String remedy = "such as {count: 25, percent: 10}; none in place of a number lifts it";
            given.findings()
                    .add(
                            "wrong-type",
                            given.path(name),
                            "must be a map of keys" + Block.was(given.value(name)),
                            remedy);
            return rails;
        }
        Optional<Block> block = given.block(name);
        if (block.isEmpty()) {
            return rails;
        }
        Limit before = rails.limit(guardrail);
        double count = part(block.get(), "count", before.count(), MOST);
        // More may be created than there is; of everything else at most all can be changed.
        double most = guardrail == GuardrailName.MAX_CREATE ? MOST : 100;
        double percent = part(block.get(), "percent", before.percent(), most);
        int atLeast = block.get().integer(AT_LEAST.byDefault(String.valueOf(before.atLeast())));
        block.get().done();
        return set.apply(rails, new Limit((int) count, percent, atLeast));
    }

    private static double part(Block limit, String key, double fallback, double most) {
        if (limit.value(key).text().filter("none"::equals).isPresent()) {
            return -1;
        }
        return limit.number(key, 0, most).orElse(fallback);
    }
}
