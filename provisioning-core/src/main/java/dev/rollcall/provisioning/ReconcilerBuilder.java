package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.internal.account.AccountAccess;
import dev.rollcall.provisioning.internal.account.AccountRun;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.journal.Recording;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.records.Selection;
import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.internal.run.Policies;
import dev.rollcall.provisioning.internal.run.RunInput;
import dev.rollcall.provisioning.internal.run.RunStorage;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpoolDisk;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.policy.PlanProgress;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.state.StateStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the policies of a {@link Reconciler}. Not thread-safe: for one thread at a time. */
public final class ReconcilerBuilder {
    /** What a data source is called where there is one only. */
    private static final String DEFAULT = "default";

    private final Source source;
    private final Mapping mapping;
    private final @Nullable Directory directory;
    private final @Nullable AccountTarget target;
    private Leavers leavers = Leavers.disable();
    private Categories categories = Categories.defaults();
    private Guardrails guardrails = Guardrails.defaults();
    private Enabling enabling = Enabling.OURS;
    private final Set<String> allowed = new LinkedHashSet<>();
    private Selection selection = Selection.everybody();
    private MappingInput input = MappingInput.none();
    private long memory = SpoolBudget.ofHeap();
    private SpoolDisk disk = SpoolDisk.ofProcess();
    private ChangeGate gate = ChangeGate.open();
    private final List<ChangeListener> listeners = new ArrayList<>();
    private BooleanSupplier cancelled = () -> false;
    private PlanProgress progress = (phase, done, total) -> {};
    private UnaryOperator<Problem> locate = UnaryOperator.identity();
    private @Nullable PasswordPolicy passwords;
    private StateStore state = StateStore.memory();
    private String dataSource = DEFAULT;

    ReconcilerBuilder(Source source, Mapping mapping, Directory directory) {
        this.source = Objects.requireNonNull(source, "source");
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.target = null;
    }

    ReconcilerBuilder(Source source, Mapping mapping, AccountTarget target) {
        this.source = Objects.requireNonNull(source, "source");
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        this.directory = null;
        this.target = Objects.requireNonNull(target, "target");
        // An application tells nobody who disabled an account: what is disabled is taken for disabled by its leaver.
        this.enabling = Enabling.ALWAYS;
    }

    /** Sets what becomes of accounts that must end; by default they are disabled. */
    public ReconcilerBuilder leavers(Leavers policy) {
        this.leavers = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** Sets which kinds of change may be made; by default all but link and delete. */
    public ReconcilerBuilder categories(Categories newCategories) {
        this.categories = Objects.requireNonNull(newCategories, "newCategories");
        return this;
    }

    /** Sets the limits. */
    public ReconcilerBuilder guardrails(Guardrails newGuardrails) {
        this.guardrails = Objects.requireNonNull(newGuardrails, "newGuardrails");
        return this;
    }

    /**
     * Sets whose disabled accounts are enabled when their person is active; by default ours, and of an application always.
     */
    public ReconcilerBuilder enable(Enabling policy) {
        this.enabling = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Lets this run exceed a guardrail.
     *
     * @param guardrail its name; {@code maxAttributeChange:mail} for one attribute
     * @throws IllegalArgumentException if there is none of this name
     */
    public ReconcilerBuilder allow(String guardrail) {
        int colon = guardrail.indexOf(':');
        if (GuardrailName.of(colon < 0 ? guardrail : guardrail.substring(0, colon))
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "no guardrail is named " + guardrail + "; there are " + String.join(", ", GuardrailName.words()));
        }
        allowed.add(guardrail);
        return this;
    }

    /** Lets this run exceed a guardrail, whatever its subject. */
    public ReconcilerBuilder allow(GuardrailName guardrail) {
        return allow(guardrail.word());
    }

    /** Limits the run to the users with these keys; then nobody is missing. With no key it is about nobody. */
    public ReconcilerBuilder keys(Collection<String> only) {
        this.selection = Selection.of(mapping.key(), only);
        return this;
    }

    /** Sets what formats read as {@code run.}. */
    public ReconcilerBuilder run(Value.Fields facts) {
        input = input.run(facts);
        return this;
    }

    /** Sets the clock; the system's by default. */
    public ReconcilerBuilder clock(Clock clock) {
        input = input.clock(clock);
        return this;
    }

    /** Sets the time zone in which dates without one are meant; UTC by default. */
    public ReconcilerBuilder zone(ZoneId zone) {
        input = input.zone(zone);
        return this;
    }

    /** Sets the seed of what is random in formats. */
    public ReconcilerBuilder seed(long seed) {
        input = input.seed(seed);
        return this;
    }

    /** Asks that each planned value says in full where it comes from, function by function; in a few words unless asked. */
    public ReconcilerBuilder explained() {
        input = input.explained();
        return this;
    }

    /**
     * Sets how many bytes of records, entries and changes are kept in memory together; a sixteenth of the heap by default,
     * at most 64 MB. Each of them keeps at most 2 MB. The rest goes to temporary files.
     */
    public ReconcilerBuilder memory(long bytes) {
        this.memory = bytes;
        return this;
    }

    /** Sets the disk of the temporary files; for tests of a full one. */
    ReconcilerBuilder disk(SpoolDisk newDisk) {
        this.disk = newDisk;
        return this;
    }

    /** Sets who is asked before each change is made; by default every change is made. */
    public ReconcilerBuilder gate(ChangeGate newGate) {
        this.gate = Objects.requireNonNull(newGate, "newGate");
        return this;
    }

    /** Adds a listener, which is called for each change; there may be several. */
    public ReconcilerBuilder listener(ChangeListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets the question whether the run is to end, asked on the thread of the run: before each page and about every
     * thousand entries while planning, and before each change while applying. By default a run goes on to its end. A
     * run also ends when its thread is interrupted.
     *
     * <p>A plan that is cancelled is not made: {@link Reconciler#plan()} throws a
     * {@link dev.rollcall.connector.ConnectorException} of the kind {@code CANCELLED}. While applying, changes on their
     * way are waited for, and the outcomes say {@link StopReason#CANCELLED}. An exception of the question itself reaches
     * the caller of {@code plan()}; while applying it is {@link StopReason#CALLBACK_FAILED}.
     */
    public ReconcilerBuilder cancelled(BooleanSupplier question) {
        this.cancelled = Objects.requireNonNull(question, "question");
        return this;
    }

    /** Sets the listener that learns how far {@link Reconciler#plan()} is; none by default. */
    public ReconcilerBuilder progress(PlanProgress listener) {
        this.progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets how a problem gets its place in the configuration that this run was made from, such as its file and line. It is
     * asked for each problem that only the server or the application shows, whose path is that of a key:
     * {@code mapping.attributes.title}. By default a problem stays as it is.
     */
    public ReconcilerBuilder locate(UnaryOperator<Problem> location) {
        this.locate = Objects.requireNonNull(location, "location");
        return this;
    }

    /** Sets how new accounts get a password; none by default. */
    public ReconcilerBuilder passwords(PasswordPolicy policy) {
        this.passwords = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** Sets where a run remembers what later ones must know; by default in memory, for as long as the reconciler lives. */
    public ReconcilerBuilder state(StateStore store) {
        this.state = Objects.requireNonNull(store, "store");
        return this;
    }

    /** Sets the name of the data source, by which the journal lists its runs; {@code default} by default. */
    public ReconcilerBuilder dataSource(String name) {
        this.dataSource = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * {@return the reconciler; nothing is read yet}
     *
     * @throws IllegalArgumentException if an application is to do what only a directory can: unique names, references,
     *     groups, passwords, moving leavers, or telling whose a disable is; if leavers are to be deleted later in a
     *     directory without a mark, which is where the day is kept, or moved above the base
     * @throws ConfigurationException if the mapping writes, by whatever name, the attribute that
     *     disables accounts, but for Active Directory's userAccountControl, the attribute of the mark, or one that the
     *     filter looks at in a way that takes its own entries out
     */
    public Reconciler build() {
        RunInput users = new RunInput((SourceAccess) source, selection, input);
        HostCallbacks callbacks = new HostCallbacks(gate, listeners, cancelled, progress, locate);
        String recordedAs = target == null ? dataSource : ((AccountAccess) target).name();
        Recording recording = new Recording(
                state.journal().orElse(null),
                recordedAs,
                input.clock(),
                new SecureRandom(),
                null,
                List.of(),
                Recording.Ahead.of(memory));
        RunStorage storage = new RunStorage(new SpoolBudget(memory, disk), state, recording);
        if (target != null) {
            Policies policies = new Policies(leavers, categories, guardrails, enabling, allowed);
            AccountRun run = new AccountRun(users, mapping, (AccountAccess) target, policies, callbacks, storage);
            run.check(passwords != null);
            return new Reconciler(new AccountRuns(run));
        }
        DirectoryAccess entries = (DirectoryAccess) Objects.requireNonNull(directory);
        if (leavers.deleteAfter().isPresent() && entries.markAttribute().isEmpty()) {
            throw new IllegalArgumentException(
                    "deleteAfter needs a directory with a mark, which holds the day on which an account was disabled");
        }
        Mapping named = named(entries.schema());
        new WrittenAttributes(mapping, named, entries).refuse(locate);
        Leavers ends = leavers.moveTo()
                .map(to -> leavers.moveTo(entries.named(to).toString()))
                .orElse(leavers);
        if (ends.moveTo().filter(to -> DnForm.isBelow(entries.base(), to)).isPresent()) {
            throw new IllegalArgumentException("leavers cannot be moved to a container above the managed base");
        }
        Policies policies = new Policies(ends, categories, guardrails, enabling, allowed);
        return new Reconciler(new DirectoryRun(
                new RunSettings(users, named, entries, policies, (PasswordAccess) passwords, callbacks, storage)));
    }

    /** The mapping by the names of the server's schema, which may show that two rules are about one attribute. */
    private Mapping named(@Nullable Schema schema) {
        try {
            return schema == null ? mapping : mapping.named(schema);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(e.problems().stream()
                    .map(problem -> locate.apply(problem.under("mapping")))
                    .toList());
        }
    }
}
