package dev.rollcall.provisioning.internal.journal;

import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads what entries have that are to be deleted, so that it can be recorded before. */
@FunctionalInterface
public interface PriorValues {
    /** Nothing can be read. */
    PriorValues NONE = deletes -> Map.of();

    /**
     * Returns by id what these entries have, each attribute as one that is cleared; nothing for one that is not found.
     *
     * @throws dev.rollcall.provisioning.directory.DirectoryException if the directory cannot be read
     */
    Map<String, List<AttributeChange>> of(Collection<Change> deletes);
}
