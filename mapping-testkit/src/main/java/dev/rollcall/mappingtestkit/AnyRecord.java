package dev.rollcall.mappingtestkit;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Puts a mapping through generated records, some of them hostile. Not thread-safe: for one thread at a time. */
final class AnyRecord {
    private static final List<String> TEXTS = List.of(
            "Ada",
            "Łukasz",
            "Jürgen Groß",
            "O'Brien",
            "Nguyễn",
            "İstanbul",
            "李小龍",
            "Иван",
            "😀",
            "Smith, John",
            "a+b=c",
            "\"quoted\"",
            "back\\slash",
            "#hash",
            " lead",
            "trail ",
            "line\nbreak",
            "nul\0",
            "<tag>",
            "a;b",
            "*(|&)",
            "${record.x}",
            "}",
            "ada@example.test",
            "ADA@EXAMPLE.TEST",
            "2027-03-31",
            "2027-02-30",
            "0042",
            "-1",
            "1e9",
            "true",
            "no",
            "null",
            "x".repeat(300),
            "😀".repeat(70),
            "e\u0301",
            "\u200f",
            "\ud83d");

    private final Mapping mapping;
    private final Situation situation;
    private @Nullable List<String> structure;

    AnyRecord(Mapping mapping, Situation situation) {
        this.mapping = mapping;
        this.situation = situation;
    }

    /** {@return what does not hold, and for which record; nothing if all is well} */
    Optional<String> check(int records) {
        Random random = new Random(situation.input().seed());
        for (int i = 0; i < records; i++) {
            UserRecord record = record(random, i);
            Optional<String> wrong = check(record);
            if (wrong.isPresent()) {
                return Optional.of("\n" + wrong.get() + "\nfor the generated record " + i + " of seed "
                        + situation.input().seed() + "\n  " + record.fields());
            }
        }
        return Optional.empty();
    }

    private Optional<String> check(UserRecord record) {
        DesiredEntry entry;
        try {
            entry = mapping.map(record, situation.toInput());
        } catch (MappingException e) {
            return e.problem().code().isEmpty()
                    ? Optional.of("a failure has no code: " + e.getMessage())
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("expected an entry or a MappingException\n but was " + e);
        }
        if (!entry.equals(mapping.map(record, situation.toInput()))) {
            return Optional.of("the same record gives another entry when it is mapped again");
        }
        return empty(entry).or(() -> tooLong(entry)).or(() -> shape(entry));
    }

    private static Optional<String> empty(DesiredEntry entry) {
        for (Map.Entry<String, AttributeIntent> attribute : entry.attributes().entrySet()) {
            if (attribute.getValue() instanceof AttributeIntent.Set set) {
                for (ASN1OctetString value : set.values()) {
                    if (value.getValueLength() == 0 || value.stringValue().isBlank()) {
                        return Optional.of(attribute.getKey() + " would get an empty value");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> tooLong(DesiredEntry entry) {
        for (Map.Entry<String, AttributeIntent> attribute : entry.attributes().entrySet()) {
            int most = mapping.maxLength(attribute.getKey()).orElse(Integer.MAX_VALUE);
            if (attribute.getValue() instanceof AttributeIntent.Set set) {
                for (String text : set.texts()) {
                    int length = text.codePointCount(0, text.length());
                    if (length > most) {
                        return Optional.of(
                                attribute.getKey() + " takes " + most + ", and would get a value of " + length);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The attributes of the DN, RDN by RDN, are the same for every record, also when its text is read again. */
    private Optional<String> shape(DesiredEntry entry) {
        if (entry.dn().isEmpty()) {
            return Optional.empty();
        }
        try {
            List<String> shape = new ArrayList<>();
            for (RDN rdn : new DN(entry.dn().get().toString()).getRDNs()) {
                shape.add(String.join(
                        "+", Arrays.stream(rdn.getAttributeNames()).sorted().toList()));
            }
            if (structure == null) {
                structure = shape;
            }
            return shape.equals(structure)
                    ? Optional.empty()
                    : Optional.of("the DN has the attributes " + shape + ", other records' have " + structure);
        } catch (LDAPException e) {
            return Optional.of("the DN " + entry.dn().get() + " cannot be read again: " + e.getMessage());
        }
    }

    private UserRecord record(Random random, int index) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (ColumnPath path : mapping.columns()) {
            String column = path.column();
            if (path.equals(mapping.key().column()) && random.nextInt(20) != 0) {
                fields.put(column, Value.of(index));
            } else if (random.nextInt(8) != 0) {
                fields.put(column, path.toString().equals(column) ? value(random, 0) : nested(path, random));
            }
        }
        return UserRecord.of(Value.of(fields)).from("generated record " + index);
    }

    /** An object that has something at the rest of the path, if the rest is one name. */
    private static Value nested(ColumnPath path, Random random) {
        String rest = path.toString()
                .substring(Math.min(path.column().length(), path.toString().length()));
        if (rest.startsWith(".") && rest.indexOf('[') < 0 && rest.indexOf('.', 1) < 0) {
            return Value.of(Map.of(rest.substring(1), value(random, 1)));
        }
        return value(random, 0);
    }

    private static Value value(Random random, int depth) {
        int kind = random.nextInt(depth > 2 ? 10 : 14);
        return switch (kind) {
            case 0 -> Value.ofNull();
            case 1 -> Value.of(random.nextBoolean() ? "" : " \t");
            case 2 -> Value.unknown("a side endpoint failed");
            case 3 -> Value.of(random.nextLong());
            case 4 -> Value.of(random.nextBoolean());
            case 10 -> new Value.Bytes(new byte[random.nextInt(5)]);
            case 11 -> Value.of(List.of(value(random, depth + 1), value(random, depth + 1)));
            case 12 -> Value.of(Map.of("id", value(random, depth + 1), "name", value(random, depth + 1)));
            case 13 -> Value.of(List.of());
            default -> Value.of(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }
}
