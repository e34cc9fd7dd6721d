package dev.rollcall.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The keys that a block of a settings tree may have, each declared once. Readers read through these declarations, so that
 * a key that is not declared cannot be read; documentation and the schema of the file are made of them. Immutable and
 * thread-safe.
 */
public final class BlockKeys {
    private final Map<String, Setting> settings;
    private final boolean open;

    private BlockKeys(Map<String, Setting> settings, boolean open) {
        this.settings = Collections.unmodifiableMap(settings);
        this.open = open;
    }

    /**
     * {@return the keys of a block, in the order in which documentation lists them}
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static BlockKeys of(Setting... settings) {
        return new BlockKeys(Map.of(), false).and(settings);
    }

    /**
     * {@return these keys, followed by others}
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public BlockKeys and(Setting... others) {
        Map<String, Setting> all = new LinkedHashMap<>(settings);
        for (Setting setting : others) {
            if (all.putIfAbsent(setting.name(), setting) != null) {
                throw new IllegalArgumentException("the key '" + setting.name() + "' is declared twice");
            }
        }
        return new BlockKeys(all, open);
    }

    /** {@return these keys, followed by those of another declaration} */
    public BlockKeys and(BlockKeys others) {
        return and(others.settings.values().toArray(Setting[]::new));
    }

    /** {@return these keys without some} */
    public BlockKeys without(Setting... some) {
        List<Setting> left = List.of(some);
        return of(settings.values().stream()
                .filter(setting -> !left.contains(setting))
                .toArray(Setting[]::new));
    }

    /** {@return these keys, beside others that another reader declares and checks} */
    public BlockKeys open() {
        return new BlockKeys(settings, true);
    }

    /** {@return whether the block has other keys, which another reader declares and checks} */
    public boolean isOpen() {
        return open;
    }

    /** {@return the declarations, in order} */
    public List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    /**
     * {@return the declaration of a key}
     *
     * @throws IllegalArgumentException if it is not declared here
     */
    public Setting get(String name) {
        Setting setting = settings.get(name);
        if (setting == null) {
            throw new IllegalArgumentException("the key '" + name + "' is not declared for this block");
        }
        return setting;
    }

    /** {@return the names of the keys, in order} */
    public Set<String> names() {
        return settings.keySet();
    }

    /**
     * {@return the name of a key of this block}
     *
     * @param types what the caller reads it as; any if there are none
     * @throws IllegalArgumentException if the setting is not declared here, or holds something else
     */
    public String name(Setting setting, Setting.Type... types) {
        if (settings.get(setting.name()) != setting) {
            throw new IllegalArgumentException("the key '" + setting.name() + "' is not declared for this block");
        } else if (types.length > 0 && Stream.of(types).noneMatch(setting.type()::equals)) {
            throw new IllegalArgumentException("the key " + setting + " is read as " + List.of(types));
        }
        return setting.name();
    }

    /**
     * Reports the keys that are not declared; none for an open block.
     *
     * @param path of the block
     */
    public void check(Value.Fields block, String path, Consumer<Problem> problems) {
        for (String key : block.asMap().keySet()) {
            if (!open && !settings.containsKey(key)) {
                String where = path.isEmpty() ? key : path + "." + key;
                String remedy = Suggestion.remedy(key, names());
                problems.accept(Problem.of("unknown-key", where, "there is no such key", remedy));
            }
        }
    }

    @Override
    public String toString() {
        return "keys " + names();
    }
}
