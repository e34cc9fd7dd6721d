package dev.rollcall.benchmarks.mapping;

import com.unboundid.ldap.sdk.Entry;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The mapping as plain Java, without a word too many. Immutable and thread-safe. */
public final class HandWritten implements Mapper {
    @Override
    public Entry map(Map<String, @Nullable Object> person) {
        String first = text(person, "first_name");
        String last = text(person, "last_name");
        String uid = first.substring(0, 1).toLowerCase(Locale.ROOT) + last.toLowerCase(Locale.ROOT);
        String title = (String) person.get("title");
        String nickname = (String) person.get("nickname");
        String department = text(person, "department");
        String city = text(person, "city");
        return Mapper.entry(uid, new @Nullable Object[] {
            text(person, "id"),
            first,
            last.trim(),
            first + " " + last,
            last + ", " + (nickname == null ? first : nickname),
            first.substring(0, 1) + last.substring(0, 1),
            uid,
            text(person, "email").toLowerCase(Locale.ROOT),
            title == null ? "Employee" : title,
            department.equals("R&D") ? "Research" : department,
            text(person, "phone").replace(" ", ""),
            city,
            padLeft(text(person, "zip"), 4),
            text(person, "contract").equals("fixed") ? "Contractor" : "Employee",
            title == null ? null : title + " in " + city
        });
    }

    private static String text(Map<String, @Nullable Object> person, String column) {
        return (String) Objects.requireNonNull(person.get(column), column);
    }

    /** Fills a text with zeros; for the other languages too, which have nothing of the kind. */
    public static String padLeft(String text, int length) {
        return text.length() >= length ? text : "0".repeat(length - text.length()) + text;
    }
}
