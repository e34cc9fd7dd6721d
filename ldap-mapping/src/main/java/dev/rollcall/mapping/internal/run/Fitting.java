package dev.rollcall.mapping.internal.run;

import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.text.Letters;
import dev.rollcall.mapping.internal.values.AdValues;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.internal.values.MailAddresses;
import dev.rollcall.mapping.internal.values.ReservedNames;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.Sanitizer;
import java.time.ZoneId;
import java.util.List;

/** Makes texts fit their attribute, or says that they do not. Stateless, and thus thread-safe. */
public final class Fitting {
    /** A text that fits, or why the attribute is left alone. */
    record Fit(String text, boolean skip, String reason) {
        static Fit as(String text) {
            return new Fit(text, false, "");
        }

        static Fit skip(String reason) {
            return new Fit("", true, reason);
        }
    }

    private Fitting() {}

    /** Whether a text surely fits as it is; if not, {@link #fit} tells. */
    static boolean fits(AttributePlan plan, String text, Limits limits) {
        return limits != Limits.ACTIVE_DIRECTORY
                && plan.sanitizer().isEmpty()
                && (plan.maxLength() <= 0 || text.length() <= plan.maxLength());
    }

    public static Fit fit(AttributePlan plan, String given, Limits limits, ZoneId zone) {
        String text = plan.sanitizer().isPresent() ? sanitized(plan, given) : given;
        if (limits == Limits.ACTIVE_DIRECTORY) {
            text = AdValues.convert(plan.name(), text, zone, plan);
        }
        String wrong = forbidden(plan, text, limits);
        if (!wrong.isEmpty()) {
            switch (plan.onLimit()) {
                case SKIP -> {
                    return Fit.skip(plan.name() + " may not contain " + wrong);
                }
                case TRUNCATE -> text = without(plan, text, limits);
                case FAIL ->
                    throw plan.of(
                            "forbidden-character",
                            plan.name() + " may not contain " + wrong + ", found '" + text + "'",
                            "take it out with replace or sanitize, or set onLimit to truncate or skip");
            }
        }
        if (limits == Limits.ACTIVE_DIRECTORY && isLogonName(plan) && ReservedNames.has(text)) {
            if (plan.onLimit() == OnLimit.SKIP) {
                return Fit.skip("Windows keeps the name '" + text + "' for itself");
            }
            throw plan.of(
                    "reserved-name",
                    plan.name() + " may not be '" + text + "', a name that Windows keeps for itself",
                    "make the name unique, so that it gets a counter");
        }
        int length = LdapValues.length(text);
        if (plan.maxLength() > 0 && length > plan.maxLength()) {
            switch (plan.onLimit()) {
                case SKIP -> {
                    return Fit.skip(length + " characters are too many for " + plan.name());
                }
                case TRUNCATE -> text = cut(plan, text, plan.maxLength());
                case FAIL ->
                    throw plan.of(
                            "too-long",
                            plan.name() + " takes " + plan.maxLength() + " characters, found " + length + ": '"
                                    + LdapValues.cut(text, 40) + (length > 40 ? "…'" : "'"),
                            "shorten it with substring, or set onLimit to truncate or skip");
            }
        }
        return Fit.as(text);
    }

    /** A candidate for a unique name: shortened without asking, since a name with a counter is shortened too. */
    static String name(AttributePlan plan, String given, Limits limits) {
        String text = plan.sanitizer().isPresent() ? sanitized(plan, given) : given;
        String wrong = forbidden(plan, text, limits);
        if (!wrong.isEmpty()) {
            if (plan.onLimit() != OnLimit.TRUNCATE) {
                throw plan.of(
                        "forbidden-character",
                        plan.name() + " may not contain " + wrong + ", found '" + text + "'",
                        "make the name fit with sanitize, or set onLimit to truncate");
            }
            text = without(plan, text, limits);
        }
        return plan.maxLength() > 0 ? cut(plan, text, plan.maxLength()) : text;
    }

    private static String cut(AttributePlan plan, String text, int length) {
        int at = text.lastIndexOf('@');
        boolean address = at > 0
                && (plan.rule().kind() == AttributeDefinition.Kind.UNIQUE
                        || plan.sanitizer().isPresent());
        String domain = address ? text.substring(at) : "";
        int room = length - LdapValues.length(domain);
        if (LdapValues.length(text) <= length || room < 1) {
            return LdapValues.cut(text, length);
        }
        String local = LdapValues.cut(address ? text.substring(0, at) : text, room);
        boolean name = plan.rule().kind() == AttributeDefinition.Kind.UNIQUE
                || plan.sanitizer().isPresent()
                || isLogonName(plan);
        String trimmed = name ? Letters.trimCut(local) : local;
        return (trimmed.isEmpty() ? local : trimmed) + domain;
    }

    private static String sanitized(AttributePlan plan, String given) {
        Sanitizer sanitizer = plan.sanitizer().orElseThrow();
        if (sanitizer != Sanitizer.SAM_ACCOUNT_NAME && Letters.haveNoForm(given)) {
            throw plan.of(
                    "unmappable-letters",
                    "'" + given + "' has letters that a name of sort " + sanitizer.word() + " has no form for",
                    "write it in Latin letters by transliterate of the module functions-transliterate, or map another"
                            + " column");
        }
        String text = sanitizer.apply(given);
        if (text.isEmpty()) {
            throw plan.of(
                    "nothing-left",
                    "nothing is left of '" + given + "' in a name of sort " + sanitizer.word(),
                    "map another column, or add a fallback (${… ?? '…'})");
        }
        return text;
    }

    /** {@return the first character that the attribute forbids, for a person to read; or nothing} */
    private static String forbidden(AttributePlan plan, String text, Limits limits) {
        if (limits != Limits.ACTIVE_DIRECTORY) {
            return "";
        }
        String forbidden = plan.facts().forbidden();
        boolean noControls = isLogonName(plan);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (forbidden.indexOf(c) >= 0) {
                return c == ' ' ? "a blank" : "'" + c + "'";
            } else if (noControls && c < 32) {
                return "control characters";
            }
        }
        if (isLogonName(plan) && text.endsWith("$")) {
            return "a $ at the end, which computers have";
        }
        return isLogonName(plan) && text.endsWith(".") ? "a dot at the end" : "";
    }

    private static String without(AttributePlan plan, String text, Limits limits) {
        StringBuilder rest = new StringBuilder(text.length());
        String forbidden = plan.facts().forbidden();
        boolean noControls = isLogonName(plan);
        text.codePoints()
                .filter(c -> forbidden.indexOf(c) < 0 && !(noControls && c < 32))
                .forEach(rest::appendCodePoint);
        String result = isLogonName(plan) ? Letters.trimEnd(rest.toString()) : rest.toString();
        if (result.isBlank() || !forbidden(plan, result, limits).isEmpty()) {
            throw plan.of(
                    "nothing-left", "nothing is left of '" + text + "' without what " + plan.name() + " forbids", "");
        }
        return result;
    }

    private static boolean isLogonName(AttributePlan plan) {
        return plan.name().equalsIgnoreCase("sAMAccountName");
    }

    /** Rules about all values of an attribute together. */
    static List<String> together(AttributePlan plan, List<String> texts) {
        return plan.holdsAddresses() ? MailAddresses.of(texts, plan) : texts;
    }
}
