package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.SettingReader;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads a {@code policy} block. Not thread-safe: for one thread at a time. */
final class PolicyReader {
    private static final int MOST = 1_000_000_000;
    private static final String LEAVER = "leaver";
    private static final String[] WITHOUT_DELETE = {"ignore", "disable", "disable-and-move"};

    private static final Setting ACTION = Setting.choice("action", Leavers.Action.class)
            .byDefault("disable")
            .description(
                    "short for the next three; with `delete` an account whose person is missing is deleted, and the"
                            + " others are disabled");
    private static final Setting SOURCE_MISSING = Setting.choice("sourceMissing", Leavers.Action.class)
            .description("what happens to the account of a person who is missing from the source; default: `action`");
    private static final Setting INACTIVE = Setting.choice("inactive", WITHOUT_DELETE)
            .description("what happens to the account of a person who is not active; default: `action`");
    private static final Setting OUT_OF_SCOPE = Setting.choice("outOfScope", WITHOUT_DELETE)
            .description("what happens to the account of a person who is not in `scope`; default: `action`");
    private static final Setting GROUPS = Setting.choice("groups", Leavers.Groups.class)
            .byDefault("keep")
            .description("what happens to the memberships of a leaver");
    private static final Setting MOVE_TO =
            Setting.text("moveTo").description("the DN of the container for `disable-and-move`");
    static final Setting DELETE_AFTER = Setting.duration("deleteAfter")
            .between(Duration.ofDays(1), Duration.ofDays(36_500))
            .description("how long a leaver stays disabled before the account is deleted; needs `directory.mark`, which"
                    + " holds the day of the disable");
    private static final Setting DELETE_TREE = Setting.flag("deleteTree")
            .byDefault("false")
            .description(
                    "whether entries below a deleted entry are deleted with it; otherwise such an entry is disabled"
                            + " and reported");
    static final BlockKeys LEAVERS_KEYS =
            BlockKeys.of(ACTION, SOURCE_MISSING, INACTIVE, OUT_OF_SCOPE, GROUPS, MOVE_TO, DELETE_AFTER, DELETE_TREE);

    static final Setting PASSWORD_LENGTH = Setting.integer("length")
            .between(12, 128)
            .byDefault("20")
            .description("how many characters a generated password has");
    static final BlockKeys GENERATE_KEYS = BlockKeys.of(PASSWORD_LENGTH);
    private static final Setting PASSWORD_FILE = Setting.text("file")
            .required()
            .description("the file that passwords are written to, relative to the configuration file");
    static final BlockKeys DELIVER_KEYS = BlockKeys.of(PASSWORD_FILE);
    private static final Setting GENERATE =
            Setting.block("generate", GENERATE_KEYS).required().description("how a password is made");
    private static final Setting FORCE_CHANGE = Setting.flag("forceChange")
            .byDefault("true")
            .description("whether the password has to be changed at the first login");
    private static final Setting DELIVER =
            Setting.any("deliver").keys(DELIVER_KEYS).required().description("a map with `file`, or `discard`");
    static final BlockKeys PASSWORD_KEYS = BlockKeys.of(GENERATE, FORCE_CHANGE, DELIVER);

    private static final Setting COUNT = Setting.number("count")
            .between(0, MOST)
            .description("how many changes the limit lets pass; `none` for no limit");
    private static final Setting PERCENT = Setting.number("percent")
            .between(0, 100)
            .description("which share of the entries the limit lets pass; `none` for no limit");
    /** More may be created than there is; of everything else at most all can be changed. */
    private static final Setting CREATE_PERCENT =
            Setting.number("percent").between(0, MOST).description(PERCENT.description());

    static final Setting AT_LEAST = Setting.integer("atLeast")
            .between(0, MOST)
            .byDefault("3")
            .description("up to how many changes a percentage does not count");
    static final BlockKeys LIMIT_KEYS = BlockKeys.of(COUNT, PERCENT, AT_LEAST);
    static final BlockKeys CREATE_KEYS = BlockKeys.of(COUNT, CREATE_PERCENT, AT_LEAST);

    /** A limit of the plan: its key, and how it is set. */
    private record Rail(GuardrailName name, Setting setting, BiFunction<Guardrails, Limit, Guardrails> set) {
        static Rail of(GuardrailName name, String limits, BiFunction<Guardrails, Limit, Guardrails> set) {
            BlockKeys keys = name == GuardrailName.MAX_CREATE ? CREATE_KEYS : LIMIT_KEYS;
            Setting setting = Setting.block(name.word(), keys)
                    .byDefault(text(Guardrails.defaults().limit(name)))
                    .description(limits);
            return new Rail(name, setting, set);
        }

        private static String text(Limit limit) {
            List<String> parts = new ArrayList<>();
            if (limit.count() >= 0) {
                parts.add("count: " + limit.count());
            }
            if (limit.percent() >= 0) {
                parts.add("percent: " + Math.round(limit.percent()));
            }
            if (limit.atLeast() != Integer.parseInt(AT_LEAST.defaultText())) {
                parts.add("atLeast: " + limit.atLeast());
            }
            return "{" + String.join(", ", parts) + "}";
        }
    }

    private static final List<Rail> RAILS = List.of(
            Rail.of(GuardrailName.MAX_DISABLE_OR_DELETE, "entries disabled or deleted", Guardrails::maxDisableOrDelete),
            Rail.of(GuardrailName.MAX_MODIFY, "entries modified, renamed or moved", Guardrails::maxModify),
            Rail.of(
                    GuardrailName.MAX_ATTRIBUTE_CHANGE,
                    "entries whose present value of one attribute changes",
                    Guardrails::maxAttributeChange),
            Rail.of(
                    GuardrailName.MAX_CREATE,
                    "entries created; the percentage may be above 100",
                    Guardrails::maxCreate),
            Rail.of(GuardrailName.MAX_KEYLESS, "records without key", Guardrails::maxKeyless),
            Rail.of(GuardrailName.MAX_ENABLE, "entries enabled", Guardrails::maxEnable),
            Rail.of(
                    GuardrailName.MAX_GROUP_REMOVE,
                    "memberships of one group that end although the person stays active; trips if both count and"
                            + " percentage are exceeded",
                    Guardrails::maxGroupRemove),
            Rail.of(GuardrailName.MAX_CONFLICTS, "records and entries in conflict", Guardrails::maxConflicts),
            Rail.of(GuardrailName.FAILURES, "failed changes, during apply", Guardrails::failures));
    private static final Setting ON_TRIP = Setting.choice("onTrip", Guardrails.OnTrip.class)
            .byDefault("block-destructive")
            .description("what a run does when a limit is exceeded, below");
    static final BlockKeys GUARDRAILS_KEYS = BlockKeys.of(
                    RAILS.stream().map(Rail::setting).toArray(Setting[]::new))
            .and(ON_TRIP);

    private static final Setting CATEGORIES = Setting.list("categories")
            .description("which changes a run may make, of `create`, `link`, `modify`, `rename`, `move`, `enable`,"
                    + " `disable`, `delete` and `groups`; default: all but `link` and `delete`. Other changes are counted"
                    + " as withheld");
    private static final Setting LEAVERS =
            Setting.block("leavers", LEAVERS_KEYS).description("what happens to accounts that must end, below");
    private static final Setting NEVER_SEEN = Setting.choice("neverSeen", "report", LEAVER)
            .byDefault("report")
            .description(
                    "what happens to accounts that are in no record and that no run made: with a state in a database"
                            + " those whose key the data source has never shown, without one where every account has"
                            + " the key and there is no mark ([reconciliation.md](reconciliation.md#every-end-is-accounted-for))");
    static final Setting ENABLE = Setting.choice("enable", Enabling.class)
            .byDefault("ours")
            .description(
                    "which disabled accounts are enabled when their person is active: those that Rollcall disabled,"
                            + " all, or none");
    private static final Setting GUARDRAILS =
            Setting.block("guardrails", GUARDRAILS_KEYS).description("limits on the whole plan, below");
    static final Setting PASSWORD = Setting.block("password", PASSWORD_KEYS)
            .description("a first password for new accounts; default: they are created without one");

    static final BlockKeys KEYS = BlockKeys.of(CATEGORIES, LEAVERS, NEVER_SEEN, ENABLE, GUARDRAILS, PASSWORD);

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
        Leavers told = block.block(LEAVERS).map(this::leavers).orElseGet(Leavers::disable);
        boolean ends = block.word(NEVER_SEEN).filter(LEAVER::equals).isPresent();
        Leavers leavers = ends ? told.endNeverSeen() : told;
        Enabling enabling = block.choice(ENABLE, Enabling.class).orElseThrow();
        Guardrails guardrails = block.block(GUARDRAILS).map(this::guardrails).orElseGet(Guardrails::defaults);
        Optional<PasswordPolicy> passwords = block.block(PASSWORD).flatMap(this::passwords);
        block.done();
        if (leavers.sourceMissing() == Leavers.Action.DELETE && !categories.allows(ChangeKind.DELETE)) {
            findings.note(
                    "withheld",
                    block.path(LEAVERS),
                    "deletes are withheld, since the categories do not allow them",
                    "add delete to categories if it is meant");
        }
        return new Policy(categories, leavers, enabling, guardrails, passwords);
    }

    private Categories categories() {
        if (!block.has(CATEGORIES)) {
            return Categories.defaults();
        }
        List<String> words = block.texts(CATEGORIES);
        boolean known = true;
        for (int i = 0; i < words.size(); i++) {
            if (!Categories.words().contains(words.get(i))) {
                known = false;
                block.unknownWord(block.itemPath(CATEGORIES, i), Value.of(words.get(i)), Categories.words());
            }
        }
        return known ? Categories.of(words) : Categories.defaults();
    }

    private Leavers leavers(Block given) {
        Leavers.Action all = given.choice(ACTION, Leavers.Action.class).orElseThrow();
        Leavers.Action others = all == Leavers.Action.DELETE ? Leavers.Action.DISABLE : all;
        Leavers.Action missing =
                given.choice(SOURCE_MISSING, Leavers.Action.class).orElse(all);
        Leavers.Action inactive = given.choice(INACTIVE, Leavers.Action.class).orElse(others);
        Leavers.Action outOfScope =
                given.choice(OUT_OF_SCOPE, Leavers.Action.class).orElse(others);
        Leavers leavers = Leavers.disable()
                .groups(given.choice(GROUPS, Leavers.Groups.class).orElseThrow());
        Optional<String> moveTo = given.text(MOVE_TO);
        boolean moves = List.of(missing, inactive, outOfScope).contains(Leavers.Action.DISABLE_AND_MOVE);
        Leavers timed = deleteTree(given, missing, deleteAfter(given, missing, leavers));
        given.done();
        if (moveTo.isPresent() && !DN.isValidDN(moveTo.get())) {
            findings.add(
                    "bad-dn",
                    given.path(MOVE_TO),
                    "'" + moveTo.get() + "' is no DN",
                    "such as ou=left,dc=example,dc=com");
            return timed;
        } else if (moves && moveTo.isEmpty()) {
            given.missing(MOVE_TO, "name the container that leavers are moved to");
            return timed;
        }
        Leavers placed = moveTo.isPresent() ? timed.moveTo(moveTo.get()) : timed;
        return placed.sourceMissing(missing).inactive(inactive).outOfScope(outOfScope);
    }

    private Leavers deleteTree(Block given, Leavers.Action missing, Leavers leavers) {
        if (!given.flag(DELETE_TREE)) {
            return leavers;
        }
        if (missing != Leavers.Action.DELETE) {
            findings.add(
                    "no-effect",
                    given.path(DELETE_TREE),
                    "nobody is to be deleted",
                    "set sourceMissing or action to delete, or leave it out");
        }
        return leavers.deleteTree();
    }

    private Leavers deleteAfter(Block given, Leavers.Action missing, Leavers leavers) {
        if (!given.has(DELETE_AFTER)) {
            return leavers;
        }
        Optional<Duration> time = given.duration(DELETE_AFTER);
        if (missing != Leavers.Action.DELETE) {
            findings.add(
                    "no-effect",
                    given.path(DELETE_AFTER),
                    "nobody is to be deleted",
                    "set sourceMissing or action to delete, or leave it out");
        } else {
            return time.map(leavers::deleteAfter).orElse(leavers);
        }
        return leavers;
    }

    private Optional<PasswordPolicy> passwords(Block given) {
        if (!given.has(GENERATE)) {
            given.missing(GENERATE, "say {length: 20}");
        }
        Optional<Block> generate = given.block(GENERATE);
        int length = generate.map(it -> it.integer(PASSWORD_LENGTH)).orElse(20);
        generate.ifPresent(Block::done);
        boolean forceChange = given.flag(FORCE_CHANGE);
        Optional<PasswordDelivery> delivery = delivery(given);
        given.done();
        return delivery.map(it -> PasswordPolicy.generate(length, it).forceChange(forceChange));
    }

    private Optional<PasswordDelivery> delivery(Block given) {
        if (!given.has(DELIVER)) {
            given.missing(DELIVER, "say {file: passwords.csv} or discard");
            return Optional.empty();
        } else if (!(given.value(DELIVER) instanceof Value.Fields)) {
            Value word = given.value(DELIVER);
            if (!(word instanceof Value.Absent)
                    && !SettingReader.isSameWord(word.text().orElse(""), "discard")) {
                given.unknownWord(given.path(DELIVER), word, Set.of("discard"));
            }
            return Optional.of(PasswordDelivery.discard());
        }
        Block deliver = given.block(DELIVER).orElseThrow();
        String name = deliver.requiredText(PASSWORD_FILE);
        deliver.done();
        return deliver.writable(PASSWORD_FILE, name, folder).map(PasswordDelivery::file);
    }

    private Guardrails guardrails(Block given) {
        Guardrails rails = Guardrails.defaults();
        for (Rail rail : RAILS) {
            rails = limit(given, rail, rails);
        }
        rails = rails.onTrip(given.choice(ON_TRIP, Guardrails.OnTrip.class).orElseThrow());
        given.done();
        return rails;
    }

    /** What a limit does not say keeps its default; {@code none} lifts it. */
    private static Guardrails limit(Block given, Rail rail, Guardrails rails) {
        Value value = given.value(rail.setting());
        if (value.text().isPresent()) {
            String remedy = "such as {count: 25, percent: 10}; none in place of a number lifts it";
            String message = "must be a map of keys" + Block.was(value);
            given.findings().add("wrong-type", given.path(rail.setting()), message, remedy);
            return rails;
        }
        Optional<Block> block = given.block(rail.setting());
        if (block.isEmpty()) {
            return rails;
        }
        Limit before = rails.limit(rail.name());
        double count = part(block.get(), COUNT, before.count());
        Setting share = rail.name() == GuardrailName.MAX_CREATE ? CREATE_PERCENT : PERCENT;
        double percent = part(block.get(), share, before.percent());
        int atLeast = block.get().integer(AT_LEAST, before.atLeast());
        block.get().done();
        return rail.set().apply(rails, new Limit((int) count, percent, atLeast));
    }

    private static double part(Block limit, Setting key, double fallback) {
        if (limit.value(key).text().filter("none"::equals).isPresent()) {
            return -1;
        }
        return limit.number(key).orElse(fallback);
    }
}
