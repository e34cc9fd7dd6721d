package dev.rollcall.mapping.internal.lint;

import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.rule.LintCode;
import java.util.ArrayList;
import java.util.List;

/** Collects findings, each only once. Not thread-safe: for one thread at a time. */
public final class LintFindings {
    private final List<Problem> all = new ArrayList<>();

    void add(LintCode code, String path, String message, String remedy) {
        Problem problem = Problem.of(code.code(), path, message, remedy);
        if (!all.contains(problem)) {
            all.add(problem);
        }
    }

    /** An attribute is required by the object classes, and is not mapped. */
    void missing(String attribute) {
        add(
                LintCode.MANDATORY_UNMAPPED,
                "attributes",
                "the object classes demand " + attribute + ", which is not mapped",
                "map it, or leave the class out");
    }

    public List<Problem> all() {
        return List.copyOf(all);
    }
}
