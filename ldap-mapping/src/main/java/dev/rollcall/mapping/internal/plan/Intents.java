package dev.rollcall.mapping.internal.plan;

import dev.rollcall.mapping.entry.AttributeIntent;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted for the attributes of one record, in the order of the mapping. All records have the same attributes, so
 * that only the intents are a record's own. Not thread-safe while it is filled, and only read afterwards.
 */
public final class Intents extends AbstractMap<String, AttributeIntent> {
    /** The attributes that a mapping can want something for: the key, those mapped, those that the DN names. */
    public static final class Layout {
        private final List<String> names;
        private final Map<String, Integer> places = new HashMap<>();

        public Layout(String key, Iterable<AttributePlan> plans, List<String> leafAttributes) {
            List<String> all = new ArrayList<>(List.of(key));
            plans.forEach(plan -> all.add(plan.name()));
            leafAttributes.stream()
                    .filter(leaf -> all.stream().noneMatch(leaf::equalsIgnoreCase))
                    .forEach(all::add);
            names = List.copyOf(all);
            for (int i = 0; i < names.size(); i++) {
                places.put(names.get(i), i);
            }
        }
    }

    private final Layout layout;
    private final @Nullable AttributeIntent[] intents;
    private int size;

    public Intents(Layout layout) {
        this.layout = layout;
        this.intents = new @Nullable AttributeIntent[layout.names.size()];
    }

    /** Sets what is wanted for the attribute at a place of the layout. */
    public void set(int place, AttributeIntent intent) {
        if (intents[place] == null) {
            size++;
        }
        intents[place] = intent;
    }

    /** Sets what is wanted for an attribute of the layout, named as it names it. */
    public void set(String name, AttributeIntent intent) {
        set(Objects.requireNonNull(layout.places.get(name), name), intent);
    }

    @Override
    public @Nullable AttributeIntent get(@Nullable Object name) {
        Integer place = layout.places.get(name);
        return place == null ? null : intents[place];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super AttributeIntent> action) {
        for (int i = 0; i < intents.length; i++) {
            AttributeIntent intent = intents[i];
            if (intent != null) {
                action.accept(layout.names.get(i), intent);
            }
        }
    }

    @Override
    public Set<Entry<String, AttributeIntent>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, AttributeIntent>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, AttributeIntent>> {
        private int next;

        @Override
        public boolean hasNext() {
            while (next < intents.length && intents[next] == null) {
                next++;
            }
            return next < intents.length;
        }

        @Override
        public Entry<String, AttributeIntent> next() {
            AttributeIntent intent = hasNext() ? intents[next] : null;
            if (intent == null) {
                throw new NoSuchElementException();
            }
            return Map.entry(layout.names.get(next++), intent);
        }
    }
}
