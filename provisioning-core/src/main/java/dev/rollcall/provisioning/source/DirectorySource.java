package dev.rollcall.provisioning.source;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.source.RecordCodec;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The managed entries of a directory as user records, so that the directory drives applications. Thread-safe.
 *
 * <p>Each attribute is a column: a text where the schema says that there is only one value, else a list; null where the
 * entry has no value. Beside them are
 * {@code dn}, {@code id} (what the entry is known by however it is renamed) and {@code enabled}: whether the account can
 * be used.
 */
public final class DirectorySource implements UserSource {
    private static final int PAGE = 1000;
    private static final Set<String> OWN = Set.of("dn", "id", "enabled");

    private final DirectoryAccess directory;

    /** By the name of the column, the name under which entries hold the attribute. */
    private final Map<String, String> attributes;

    private DirectorySource(DirectoryAccess directory, Map<String, String> attributes) {
        this.directory = directory;
        this.attributes = attributes;
    }

    /**
     * {@return the entries in base and filter of a directory, which stays the caller's to close}
     *
     * @param columns those that are wanted, named as records will have them: by any name of an attribute, such as
     *     {@code surname} for {@code sn}
     */
    public static DirectorySource of(Directory directory, Iterable<String> columns) {
        DirectoryAccess access = (DirectoryAccess) Objects.requireNonNull(directory, "directory");
        Map<String, String> attributes = new LinkedHashMap<>();
        columns.forEach(column -> attributes.put(column, access.knownName(column)));
        attributes.keySet().removeAll(OWN);
        return new DirectorySource(access, Collections.unmodifiableMap(attributes));
    }

    /** {@inheritDoc} Only everybody can be asked for. */
    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery query) {
        if (!query.isAll()) {
            throw dev.rollcall.connector.ConnectorException.unsupported("a directory is read as a whole");
        }
        return new Entries();
    }

    private UserRecord record(ReadOnlyEntry entry) {
        Map<String, Value> columns = new LinkedHashMap<>();
        attributes.forEach((column, name) -> {
            Attribute attribute = entry.getAttribute(name);
            boolean valued = attribute != null && attribute.size() > 0;
            // It was asked for: that the entry has none is known, so that the last group takes the role with it.
            columns.put(column, valued ? value(name, Arrays.asList(attribute.getRawValues())) : Value.ofNull());
        });
        columns.put("dn", Value.of(entry.getDN()));
        columns.put("id", Value.of(directory.id(entry)));
        columns.put("enabled", Value.of(directory.isEnabled(entry)));
        return UserRecord.of(Value.of(columns)).from(entry.getDN());
    }

    private Value value(String name, List<ASN1OctetString> raw) {
        ValueEquality equality = directory.values(name.toLowerCase(Locale.ROOT));
        List<Value> values = new ArrayList<>();
        for (ASN1OctetString each : raw) {
            values.add(equality.isBytes() ? new Value.Bytes(each.getValue()) : Value.of(each.stringValue()));
        }
        return equality.isSingleValued() ? values.get(0) : Value.of(values);
    }

    /** The pages of one search, which is whole or fails. Not thread-safe: for one thread at a time. */
    private final class Entries implements PageIterator<UserRecord> {
        private final RecordCodec codec = new RecordCodec();
        private @Nullable Spool spool;
        private long position;

        @Override
        public boolean hasNext() {
            return position < read().end();
        }

        @Override
        public Page<UserRecord> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the last page was read");
            }
            Spool all = read();
            List<UserRecord> items = new ArrayList<>();
            while (items.size() < PAGE && position < all.end()) {
                byte[] item = all.read(position);
                position = Spool.after(position, item);
                items.add(codec.decode(item));
            }
            return position < all.end() ? Page.more(items) : Page.last(items);
        }

        private Spool read() {
            Spool known = spool;
            if (known == null) {
                Spool all = new Spool(new SpoolBudget(SpoolBudget.ofHeap()));
                spool = all;
                directory.beginRun();
                directory.scan(Set.copyOf(attributes.values()), entry -> all.append(codec.encode(record(entry))));
                known = all;
            }
            return known;
        }

        @Override
        public void close() {
            if (spool != null) {
                spool.close();
            }
        }
    }
}
