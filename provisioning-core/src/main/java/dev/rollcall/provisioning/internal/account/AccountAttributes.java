package dev.rollcall.provisioning.internal.account;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.MatchRule;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes that a configuration names, held against what the application says that its accounts have. Immutable and
 * thread-safe.
 */
final class AccountAttributes {
    private static final String ATTRIBUTES = "mapping.attributes";

    private final AccountRun run;

    AccountAttributes(AccountRun run) {
        this.run = run;
    }

    /**
     * Throws a ConfigurationException that names the key of each attribute that the application does not have, or that it
     * would refuse in every account.
     */
    void refuse() {
        Set<String> written = run.written();
        boolean creating = run.policies().categories().allows(ChangeKind.CREATE);
        List<Problem> problems = new ArrayList<>();
        for (Problem problem : run.target().writer().check(written, creating)) {
            problems.add(located(problem, written(problem.path())));
        }
        Map<String, String> read = read(written);
        for (Problem problem : run.target().writer().checkRead(read.keySet())) {
            problems.add(located(problem, read.getOrDefault(problem.path(), ATTRIBUTES)));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Where the configuration writes an attribute; without a name, where it would. */
    private String written(String attribute) {
        if (attribute.isEmpty()) {
            return ATTRIBUTES;
        }
        return attribute.equalsIgnoreCase(run.mapping().key().attribute())
                ? "mapping.key.attribute"
                : ATTRIBUTES + "." + attribute;
    }

    /** Where the configuration names each attribute that is compared and not written. */
    private Map<String, String> read(Set<String> written) {
        Map<String, String> places = new LinkedHashMap<>();
        List<MatchRule> rules = run.mapping().match();
        for (int i = 0; i < rules.size(); i++) {
            places.putIfAbsent(rules.get(i).attribute(), "mapping.match[" + i + "].attribute");
        }
        run.target()
                .protectingAttributes()
                .forEach((attribute, item) -> places.putIfAbsent(attribute, "protected[" + item + "]"));
        places.keySet().removeIf(attribute -> written.stream().anyMatch(attribute::equalsIgnoreCase));
        return places;
    }

    private Problem located(Problem problem, String path) {
        String message = run.target().name() + ": " + problem.message();
        return run.callbacks().locate().apply(Problem.of(problem.code(), path, message, problem.remedy()));
    }
}
