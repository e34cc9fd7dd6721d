package dev.rollcall.provisioning.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Why nothing changes for a person, or why an entry counts as one whose person is missing. Immutable and thread-safe.
 *
 * @param key the key of the person
 * @param name the DN of the entry, or the name of the account; empty if there is none
 * @param situation what record and entry are to each other
 * @param reason why, in one sentence
 * @param because for each attribute that the mapping gives where its value comes from, as
 *     {@link AttributeChange#because()} says it of a change; empty for a missing person
 */
public record Explained(String key, String name, Situation situation, String reason, Map<String, String> because) {
    /** All are required. */
    public Explained {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(situation, "situation");
        Objects.requireNonNull(reason, "reason");
        because = Collections.unmodifiableMap(new LinkedHashMap<>(because));
    }
}
