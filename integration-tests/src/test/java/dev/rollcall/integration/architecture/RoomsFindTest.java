package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rollcall.integration.wrong.Wrongs;
import dev.rollcall.integration.wrong.here.Hen;
import dev.rollcall.integration.wrong.there.Egg;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each check of the rooms finds what it is there to find. */
class RoomsFindTest {
    @Test
    void classes_that_depend_on_each_other_in_a_cycle() {
        JavaClasses both = classes(Hen.class, Egg.class);

        assertThat(Rooms.knots(both, 1)).containsExactly(Set.of(Hen.class.getName(), Egg.class.getName()));
        assertThat(Rooms.knots(both, 2)).isEmpty();
        assertThat(Rooms.knots(classes(Hen.class, Wrongs.class), 1)).isEmpty();
    }

    @Test
    void a_knot_through_nested_classes_counts_them_with_their_outer_class() {
        assertThat(Rooms.knots(classes(Outer.class, Outer.Inner.class), 1)).isEmpty();
    }

    @Test
    void a_package_with_too_many_classes() {
        String here = Hen.class.getPackageName();

        assertThat(Rooms.crowded(classes(Hen.class, Egg.class), 0)).containsEntry(here, 1L);
        assertThat(Rooms.crowded(classes(Hen.class, Egg.class), 1)).isEqualTo(Map.of());
    }

    @Test
    void an_internal_package() {
        assertThat(Rooms.isInternal("dev.rollcall.mapping.internal")).isTrue();
        assertThat(Rooms.isInternal("dev.rollcall.mapping.internal.run")).isTrue();
        assertThat(Rooms.isInternal("dev.rollcall.mapping.internals")).isFalse();
    }

    @Test
    void a_member_that_users_see_and_none_that_they_do_not() {
        assertThat(PublicApi.of(Hen.class))
                .containsExactly(
                        "final class " + Hen.class.getName(), "    " + Egg.class.getName() + " lays()", "    new()");
        assertThat(PublicApi.of(Outer.class)).isEmpty();
    }

    static final class Outer {
        Inner inner() {
            return new Inner();
        }

        static final class Inner {
            Outer outer() {
                return new Outer();
            }
        }
    }

    private static JavaClasses classes(Class<?>... classes) {
        return new ClassFileImporter().importClasses(classes);
    }
}
