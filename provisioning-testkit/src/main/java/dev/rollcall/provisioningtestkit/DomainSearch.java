package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One search as Active Directory answers it: at most 1,000 entries at once, at most 1,500 values of a member list, bit
 * filters, and no password ever.
 */
final class DomainSearch {
    private static final int MAX_PAGE = 1000;
    private static final int MAX_VALUES = 1500;
    private static final String BITS_AND = "1.2.840.113556.1.4.803";
    private static final String BITS_OR = "1.2.840.113556.1.4.804";
    private static final Pattern RANGE = Pattern.compile("(?i)member;range=([0-9]+)-([0-9]+|\\*)");

    private final ReadOnlySearchRequest asked;
    private final boolean bits;
    private final int from;
    private final int to;
    private final boolean ranged;

    DomainSearch(ReadOnlySearchRequest asked) {
        this.asked = asked;
        this.bits = hasBits(asked.getFilter());
        Matcher range = asked.getAttributeList().stream()
                .map(RANGE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElse(null);
        this.ranged = range != null;
        this.from = range == null ? 0 : Integer.parseInt(range.group(1));
        this.to = range == null || range.group(2).equals("*") ? Integer.MAX_VALUE : Integer.parseInt(range.group(2));
    }

    SearchRequest rewritten(String base) throws LDAPException {
        List<String> attributes = new ArrayList<>();
        for (String attribute : asked.getAttributeList()) {
            attributes.add(RANGE.matcher(attribute).matches() ? "member" : attribute);
        }
        List<Control> controls = new ArrayList<>();
        boolean paged = false;
        for (Control control : asked.getControlList()) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                paged = true;
                SimplePagedResultsControl page =
                        new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue());
                controls.add(new SimplePagedResultsControl(Math.min(MAX_PAGE, page.getSize()), page.getCookie()));
            } else {
                controls.add(control);
            }
        }
        int limit = asked.getSizeLimit();
        if (!paged) {
            limit = limit == 0 ? MAX_PAGE : Math.min(MAX_PAGE, limit);
        }
        return new SearchRequest(
                null,
                controls.toArray(Control[]::new),
                base,
                asked.getScope(),
                asked.getDereferencePolicy(),
                limit,
                asked.getTimeLimitSeconds(),
                asked.typesOnly(),
                categories(bits ? withoutBits(asked.getFilter()) : asked.getFilter()),
                attributes.toArray(String[]::new));
    }

    /** What the client gets of an entry; null if the bits of its filter leave the entry out. */
    @Nullable
    Entry answer(Entry found, @Nullable Entry whole) throws LDAPException {
        if (bits && (whole == null || !matches(asked.getFilter(), whole))) {
            return null;
        }
        Entry answer = found.duplicate();
        answer.removeAttribute("unicodePwd");
        Attribute members = answer.getAttribute("member");
        if (members != null && (ranged || members.size() > MAX_VALUES)) {
            answer.removeAttribute("member");
            String[] values = members.getValues();
            int end = (int) Math.min(values.length, Math.min((long) to + 1, (long) from + MAX_VALUES));
            if (from < values.length || from == 0) {
                String name = "member;range=" + from + "-" + (end >= values.length ? "*" : String.valueOf(end - 1));
                answer.addAttribute(new Attribute(name, Arrays.copyOfRange(values, Math.min(from, end), end)));
            }
        }
        return answer;
    }

    /** A category may be asked for by its short name: {@code (objectCategory=person)}. */
    private static Filter categories(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND ->
                Filter.createANDFilter(Arrays.stream(filter.getComponents())
                        .map(DomainSearch::categories)
                        .toList());
            case Filter.FILTER_TYPE_OR ->
                Filter.createORFilter(Arrays.stream(filter.getComponents())
                        .map(DomainSearch::categories)
                        .toList());
            case Filter.FILTER_TYPE_NOT -> Filter.createNOTFilter(categories(filter.getNOTComponent()));
            case Filter.FILTER_TYPE_EQUALITY -> {
                boolean shortName = "objectCategory".equalsIgnoreCase(filter.getAttributeName())
                        && filter.getAssertionValue().indexOf('=') < 0;
                yield shortName
                        ? Filter.createEqualityFilter(
                                "objectCategory",
                                "CN=" + filter.getAssertionValue() + ",CN=Schema,CN=Configuration,"
                                        + InMemoryActiveDirectory.BASE)
                        : filter;
            }
            default -> filter;
        };
    }

    private static boolean isBits(Filter filter) {
        return filter.getFilterType() == Filter.FILTER_TYPE_EXTENSIBLE_MATCH
                && (BITS_AND.equals(filter.getMatchingRuleID()) || BITS_OR.equals(filter.getMatchingRuleID()));
    }

    private static boolean hasBits(Filter filter) {
        if (filter.getFilterType() == Filter.FILTER_TYPE_NOT) {
            return hasBits(filter.getNOTComponent());
        }
        return isBits(filter) || Arrays.stream(filter.getComponents()).anyMatch(DomainSearch::hasBits);
    }

    /** A wider filter without bits; what it finds too many is left out by {@link #matches}. */
    private static Filter withoutBits(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND ->
                Filter.createANDFilter(Arrays.stream(filter.getComponents())
                        .map(DomainSearch::withoutBits)
                        .toList());
            case Filter.FILTER_TYPE_OR ->
                Filter.createORFilter(Arrays.stream(filter.getComponents())
                        .map(DomainSearch::withoutBits)
                        .toList());
            case Filter.FILTER_TYPE_NOT -> hasBits(filter) ? Filter.createPresenceFilter("objectClass") : filter;
            default -> isBits(filter) ? Filter.createPresenceFilter("objectClass") : filter;
        };
    }

    private static boolean matches(Filter filter, Entry entry) throws LDAPException {
        boolean and = filter.getFilterType() == Filter.FILTER_TYPE_AND;
        if (and || filter.getFilterType() == Filter.FILTER_TYPE_OR) {
            for (Filter component : filter.getComponents()) {
                if (matches(component, entry) != and) {
                    return !and;
                }
            }
            return and;
        }
        if (filter.getFilterType() == Filter.FILTER_TYPE_NOT) {
            return !matches(filter.getNOTComponent(), entry);
        }
        return isBits(filter) ? matchesBits(filter, entry) : categories(filter).matchesEntry(entry);
    }

    private static boolean matchesBits(Filter filter, Entry entry) {
        Long value = entry.getAttributeValueAsLong(filter.getAttributeName());
        if (value == null) {
            return false;
        }
        long mask = Long.parseLong(filter.getAssertionValue());
        return BITS_AND.equals(filter.getMatchingRuleID()) ? (value & mask) == mask : (value & mask) != 0;
    }
}
