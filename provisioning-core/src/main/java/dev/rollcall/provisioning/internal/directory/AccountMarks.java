package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose an account is and who disabled it: what its server keeps of its state, and our mark beside that. Immutable and
 * thread-safe.
 */
public final class AccountMarks {
    private final DirectoryKind type;
    private final AccountControl accounts;
    private final @Nullable Mark mark;

    public AccountMarks(DirectoryKind type, AccountControl accounts, @Nullable Mark mark) {
        this.type = type;
        this.accounts = accounts;
        this.mark = mark;
    }

    public List<Modification> disable(ReadOnlyEntry entry, LocalDate day, boolean singleValued) {
        List<Modification> modifications = new ArrayList<>(accounts.disable(entry, singleValued));
        if (mark != null && !modifications.isEmpty()) {
            modifications.addAll(mark.put(entry, mark.disabled(day)));
        }
        return modifications;
    }

    public List<Modification> enable(ReadOnlyEntry entry) {
        List<Modification> modifications = new ArrayList<>(accounts.enable(entry));
        if (mark != null && !modifications.isEmpty() && isMarked(entry)) {
            modifications.addAll(mark.put(entry, mark.value()));
        }
        return modifications;
    }

    /** What gives the entry our mark; empty if it has it, or there is none. */
    public List<Modification> mark(ReadOnlyEntry entry) {
        return mark == null || isMarked(entry) ? List.of() : mark.put(entry, mark.value());
    }

    /** What takes the date off the mark of an account that can be used; empty if it has none. */
    public List<Modification> undated(ReadOnlyEntry entry) {
        boolean dated = accounts.isEnabled(entry) && disabledSince(entry).isPresent();
        return mark == null || !dated ? List.of() : mark.put(entry, mark.value());
    }

    public boolean isMarked(ReadOnlyEntry entry) {
        return mark != null && mark.ours(mark.on(entry)).isPresent();
    }

    /** Whether marks are values of this attribute. */
    public boolean standIn(String attribute) {
        return mark != null && mark.attribute().equalsIgnoreCase(attribute);
    }

    public Optional<LocalDate> disabledSince(ReadOnlyEntry entry) {
        return mark == null ? Optional.empty() : mark.ours(mark.on(entry)).map(Mark::disabledSince);
    }

    /** On OpenLDAP only a run writes the value that disables. */
    public boolean disabledByUs(ReadOnlyEntry entry) {
        return !accounts.isEnabled(entry)
                && (mark != null ? disabledSince(entry).isPresent() : type == DirectoryKind.OPENLDAP);
    }

    public Optional<String> ownedByOther(ReadOnlyEntry entry) {
        return mark == null || isMarked(entry) ? Optional.empty() : mark.theirs(mark.on(entry));
    }
}
