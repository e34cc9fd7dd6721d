package dev.rollcall.configuration;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Functions;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a {@link Mapping} from a {@code mapping} block. Not thread-safe: for one thread at a time. */
final class MappingReader {
    private final Block block;
    private final Findings findings;

    private MappingReader(Block block) {
        this.block = block;
        this.findings = block.findings();
    }

    /**
     * Reads a mapping.
     *
     * @param primaryKey the column that identifies a user, if the key says none
     * @param limits whose limits values must keep; by default the object classes tell
     * @param functions those that formats and conditions may call
     * @return the mapping, or nothing after adding why
     */
    static Optional<Mapping> read(
            Block block, Optional<String> primaryKey, Optional<Limits> limits, Functions functions) {
        MappingBuilder builder = Mapping.builder().functions(functions);
        limits.ifPresent(builder::limits);
        return new MappingReader(block).read(primaryKey, builder);
    }

    /** Reads the mapping of an application's accounts. */
    static Optional<Mapping> readForAccounts(Block block, Optional<String> primaryKey, Functions functions) {
        return new MappingReader(block)
                .read(primaryKey, Mapping.builder().functions(functions).forAccounts());
    }

    private Optional<Mapping> read(Optional<String> primaryKey, MappingBuilder builder) {
        key(builder, primaryKey);
        dn(builder);
        builder.objectClasses(block.texts("objectClasses").toArray(String[]::new));
        for (Block match : block.blocks("match")) {
            String attribute = match.requiredText("attribute");
            String format = match.requiredText("format");
            if (match.flag("rehire", false)) {
                builder.matchRehires(attribute, format);
            } else {
                builder.match(attribute, format);
            }
            match.done();
        }
        block.block("attributes").ifPresent(attributes -> {
            AttributeReader reader = new AttributeReader(attributes);
            attributes.fields().asMap().keySet().forEach(name -> builder.attribute(name, reader.read(name)));
        });
        for (Block group : block.blocks("groups")) {
            group(builder, group);
        }
        block.done();
        try {
            return Optional.of(builder.build());
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                Problem here = problem.under(block.path());
                if (findings.problems().stream().noneMatch(known -> known.path().equals(here.path()))) {
                    findings.add(here);
                }
            }
            return Optional.empty();
        }
    }

    private void key(MappingBuilder builder, Optional<String> primaryKey) {
        Optional<Block> key = block.block("key");
        if (key.isEmpty()) {
            return;
        }
        Optional<String> column = key.get().text("column").or(() -> primaryKey);
        if (column.isEmpty()) {
            key.get().missing("column", "name the column that identifies a user");
        }
        String attribute = key.get().requiredText("attribute");
        Map<String, KeyRule.Normalization> words = new LinkedHashMap<>();
        for (KeyRule.Normalization normalization : KeyRule.Normalization.values()) {
            words.put(normalization.word(), normalization);
        }
        List<KeyRule.Normalization> steps = new ArrayList<>();
        List<String> named = key.get().texts("normalize");
        for (int i = 0; i < named.size(); i++) {
            KeyRule.Normalization step = words.get(named.get(i));
            if (step == null) {
                key.get().unknownWord(key.get().itemPath("normalize", i), Value.of(named.get(i)), words.keySet());
            } else {
                steps.add(step);
            }
        }
        key.get().text("previous").ifPresent(builder::previousKey);
        key.get().done();
        builder.key(column.orElse("key"), attribute, steps.toArray(KeyRule.Normalization[]::new));
    }

    private void dn(MappingBuilder builder) {
        if (!(block.value("dn") instanceof Value.Fields)) {
            block.text("dn").ifPresent(builder::dn);
            return;
        }
        Block dn = block.block("dn").orElseThrow();
        DnRule rule = DnRule.format(dn.requiredText("format"));
        if (dn.choice("apply", AttributeReader.APPLY, Apply.ALWAYS) == Apply.ON_CREATE) {
            rule = rule.onCreate();
        }
        builder.dn(dn.flag("createParents", false) ? rule.createParents() : rule);
        dn.done();
    }

    private static void group(MappingBuilder builder, Block group) {
        String dn = group.requiredText("dn");
        Optional<String> when = group.text("when");
        boolean remove = group.flag("remove", true);
        group.done();
        if (remove) {
            when.ifPresentOrElse(condition -> builder.group(dn, condition), () -> builder.group(dn));
        } else {
            builder.groupToAddOnly(dn, when.orElse("true"));
        }
    }
}
