package dev.rollcall.benchmarks.mapping;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the entry of one person, as a program without Rollcall would. Implementations are for one thread at a time. */
interface Mapper {
    /** Where everybody is. */
    DN PARENT = new DN(new RDN("ou", "people"), new RDN("dc", "example"), new RDN("dc", "test"));

    /** {@return the entry of a person, whose columns are given by name} */
    Entry map(Map<String, @Nullable Object> person);

    /** {@return the entry with these values, in the order of {@link Expressions#NAMES}; those that are null are left out} */
    static Entry entry(String uid, @Nullable Object[] values) {
        List<Attribute> attributes = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                attributes.add(new Attribute(Expressions.NAMES.get(i), String.valueOf(values[i])));
            }
        }
        return new Entry(new DN(new RDN("uid", uid), PARENT), attributes);
    }
}
