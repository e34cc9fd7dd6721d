package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
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
    private static final Setting COLUMN =
            Setting.text("column").description("the column that identifies a user; default: `primaryKey`");
    static final Setting KEY_ATTRIBUTE =
            Setting.text("attribute").required().description("the attribute that holds the key");
    private static final Setting NORMALIZE = Setting.list("normalize")
            .description("what is done to both before they are compared: any of `trim`, `caseFold` and"
                    + " `stripLeadingZeros`");
    private static final Setting PREVIOUS =
            Setting.text("previous").description("the column that holds the key before a renumbering");
    static final BlockKeys KEY_KEYS = BlockKeys.of(COLUMN, KEY_ATTRIBUTE, NORMALIZE, PREVIOUS);

    static final Setting MATCH_ATTRIBUTE =
            Setting.text("attribute").required().description("the attribute that is searched");
    private static final Setting MATCH_FORMAT =
            Setting.text("format").required().description("the value that the entry of a record has there");
    private static final Setting REHIRE = Setting.flag("rehire")
            .byDefault("false")
            .description("whether the rule also finds an entry whose key is in no record any more");
    static final BlockKeys MATCH_KEYS = BlockKeys.of(MATCH_ATTRIBUTE, MATCH_FORMAT, REHIRE);

    private static final Setting DN_FORMAT = Setting.text("format").required().description("the format of the DN");
    private static final Setting CREATE_PARENTS =
            Setting.flag("createParents").byDefault("false").description("whether missing containers are created");
    static final BlockKeys DN_KEYS = BlockKeys.of(DN_FORMAT, AttributeReader.APPLY, CREATE_PARENTS);

    private static final Setting GROUP_DN = Setting.text("dn").required().description("a format: the DN of the group");
    private static final Setting WHEN =
            Setting.text("when").description("a condition on the record; without one every person is a member");
    private static final Setting REMOVE = Setting.flag("remove")
            .byDefault("true")
            .description("whether persons for whom the condition is false are removed from the group");
    static final BlockKeys GROUP_KEYS = BlockKeys.of(GROUP_DN, WHEN, REMOVE);

    static final Setting KEY =
            Setting.block("key", KEY_KEYS).description("how a record and its entry are known to belong together");
    static final Setting MATCH = Setting.list("match")
            .keys(MATCH_KEYS)
            .description("rules by which a record finds an entry that has no key yet; needs the category `link`");
    static final Setting DN = Setting.any("dn").keys(DN_KEYS).description("a format, or a map with it");
    static final Setting OBJECT_CLASSES =
            Setting.list("objectClasses").description("the object classes that every entry must have; others stay");
    static final Setting ATTRIBUTES =
            Setting.any("attributes").description("a rule for each attribute, by its name, below");
    static final Setting MEMBERSHIPS =
            Setting.list("groups").keys(GROUP_KEYS).description("the groups that a person is a member of");

    /** The keys of a mapping. */
    static final BlockKeys KEYS = BlockKeys.of(KEY, MATCH, DN, OBJECT_CLASSES, ATTRIBUTES, MEMBERSHIPS);

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
        builder.objectClasses(block.texts(OBJECT_CLASSES).toArray(String[]::new));
        for (Block match : block.blocks(MATCH)) {
            String attribute = match.requiredText(MATCH_ATTRIBUTE);
            String format = match.requiredText(MATCH_FORMAT);
            if (match.flag(REHIRE)) {
                builder.matchRehires(attribute, format);
            } else {
                builder.match(attribute, format);
            }
            match.done();
        }
        AttributeReader attributes = new AttributeReader(block.path(ATTRIBUTES), findings);
        block.values(ATTRIBUTES).forEach((name, value) -> builder.attribute(name, attributes.read(name, value)));
        for (Block group : block.blocks(MEMBERSHIPS)) {
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
        Optional<Block> key = block.block(KEY);
        if (key.isEmpty()) {
            return;
        }
        Optional<String> column = key.get().text(COLUMN).or(() -> primaryKey);
        if (column.isEmpty()) {
            key.get().missing(COLUMN, "name the column that identifies a user");
        }
        String attribute = key.get().requiredText(KEY_ATTRIBUTE);
        Map<String, KeyRule.Normalization> words = new LinkedHashMap<>();
        for (KeyRule.Normalization normalization : KeyRule.Normalization.values()) {
            words.put(normalization.word(), normalization);
        }
        List<KeyRule.Normalization> steps = new ArrayList<>();
        List<String> named = key.get().texts(NORMALIZE);
        for (int i = 0; i < named.size(); i++) {
            KeyRule.Normalization step = words.get(named.get(i));
            if (step == null) {
                key.get().unknownWord(key.get().itemPath(NORMALIZE, i), Value.of(named.get(i)), words.keySet());
            } else {
                steps.add(step);
            }
        }
        key.get().text(PREVIOUS).ifPresent(builder::previousKey);
        key.get().done();
        builder.key(column.orElse("key"), attribute, steps.toArray(KeyRule.Normalization[]::new));
    }

    private void dn(MappingBuilder builder) {
        if (!(block.value(DN) instanceof Value.Fields)) {
            block.text(DN).ifPresent(builder::dn);
            return;
        }
        Block dn = block.block(DN).orElseThrow();
        DnRule rule = DnRule.format(dn.requiredText(DN_FORMAT));
        if (dn.choice(AttributeReader.APPLY, Apply.class).orElseThrow() == Apply.ON_CREATE) {
            rule = rule.onCreate();
        }
        builder.dn(dn.flag(CREATE_PARENTS) ? rule.createParents() : rule);
        dn.done();
    }

    private static void group(MappingBuilder builder, Block group) {
        String dn = group.requiredText(GROUP_DN);
        Optional<String> when = group.text(WHEN);
        boolean remove = group.flag(REMOVE);
        group.done();
        if (remove) {
            when.ifPresentOrElse(condition -> builder.group(dn, condition), () -> builder.group(dn));
        } else {
            builder.groupToAddOnly(dn, when.orElse("true"));
        }
    }
}
