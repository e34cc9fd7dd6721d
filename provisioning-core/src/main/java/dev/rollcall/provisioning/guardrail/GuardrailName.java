package dev.rollcall.provisioning.guardrail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The guardrails, by the names that configuration files, {@code --allow} and reports use. */
public enum GuardrailName {
    /** Entries that are disabled or deleted. */
    MAX_DISABLE_OR_DELETE("maxDisableOrDelete"),
    /** Entries that are modified, renamed, moved or linked; existing entries that are added to one group. */
    MAX_MODIFY("maxModify"),
    /** Entries whose present value of one attribute is changed or removed; the subject is the attribute. */
    MAX_ATTRIBUTE_CHANGE("maxAttributeChange"),
    /** Entries that are created. */
    MAX_CREATE("maxCreate"),
    /** Records without a key. */
    MAX_KEYLESS("maxKeyless"),
    /** Entries that are enabled. */
    MAX_ENABLE("maxEnable"),
    /** Memberships that end although the person stays active; the subject is the group. */
    MAX_GROUP_REMOVE("maxGroupRemove"),
    /** Records and entries in conflict. */
    MAX_CONFLICTS("maxConflicts"),
    /** A source without any usable record. */
    EMPTY_SOURCE("emptySource"),
    /** An application that lists nobody, or far fewer accounts than the last run left. */
    EMPTY_TARGET("emptyTarget"),
    /** Creations beside many entries without a key, or a filter that finds nobody. */
    UNLINKED_ENTRIES("unlinkedEntries"),
    /** A column that is in no record any more; the subject is the attribute or group that needs it. */
    VANISHED_COLUMN("vanishedColumn"),
    /** Changes that fail while a plan is applied. */
    FAILURES("failures");

    private final String word;

    GuardrailName(String word) {
        this.word = word;
    }

    /** {@return the name in configuration files, in reports and for {@code --allow}, such as {@code maxCreate}} */
    public String word() {
        return word;
    }

    /** {@return the guardrail with this name, without a subject} */
    public static Optional<GuardrailName> of(String word) {
        return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst();
    }

    /** {@return the names of all guardrails, in the order of this enum} */
    public static List<String> words() {
        return Arrays.stream(values()).map(GuardrailName::word).toList();
    }
}
