package dev.rollcall.benchmarks.mapping;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.mapping.entry.AttributeIntent;
import java.util.ArrayList;
import java.util.List;

/** The mapping in Rollcall, with everything that a run does for a record. Immutable and thread-safe. */
final class Rollcall {
    static final Mapping MAPPING = mapping();

    private Rollcall() {}

    private static Mapping mapping() {
        MappingBuilder builder = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid}," + Mapper.PARENT)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson");
        for (int i = 1; i < Expressions.NAMES.size(); i++) {
            builder.attribute(Expressions.NAMES.get(i), Expressions.ROLLCALL.get(i));
        }
        return builder.build();
    }

    static DesiredEntry map(UserRecord person) {
        return MAPPING.map(person);
    }

    /** {@return what is wanted as an entry, to hold it against the others} */
    static Entry entry(UserRecord person) {
        DesiredEntry wanted = map(person);
        List<Attribute> attributes = new ArrayList<>();
        wanted.attributes().forEach((name, intent) -> {
            if (intent instanceof AttributeIntent.Set set) {
                attributes.add(new Attribute(name, set.texts()));
            }
        });
        return new Entry(wanted.dn().orElseThrow(), attributes);
    }
}
