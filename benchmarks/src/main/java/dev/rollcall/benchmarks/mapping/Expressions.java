package dev.rollcall.benchmarks.mapping;

import java.util.List;

/** The one mapping, in each language: fifteen attributes, made of fifteen formats. Stateless, and thus thread-safe. */
final class Expressions {
    static final List<String> NAMES = List.of(
            "employeeNumber",
            "givenName",
            "sn",
            "cn",
            "displayName",
            "initials",
            "uid",
            "mail",
            "title",
            "ou",
            "telephoneNumber",
            "l",
            "postalCode",
            "employeeType",
            "description");

    static final int UID = NAMES.indexOf("uid");

    static final List<String> ROLLCALL = List.of(
            "${record.id}",
            "${record.first_name}",
            "${record.last_name | trim}",
            "${join(' ', record.first_name, record.last_name)}",
            "${record.last_name}, ${record.nickname ?? record.first_name}",
            "${record.first_name | first(1)}${record.last_name | first(1)}",
            "${record.first_name | first(1) | lower}${record.last_name | lower}",
            "${record.email | lower}",
            "${record.title ?? 'Employee'}",
            "${if(record.department == 'R&D', 'Research', record.department)}",
            "${record.phone | replace(' ', '')}",
            "${record.city}",
            "${record.zip | padLeft(4)}",
            "${if(record.contract == 'fixed', 'Contractor', 'Employee')}",
            "${record.title} in ${record.city}");

    /** Strict about what is missing where it has to be, as Rollcall is. */
    static final List<String> JEXL = List.of(
            "record.id",
            "record.first_name",
            "record.last_name.trim()",
            "record.first_name + ' ' + record.last_name",
            "record.last_name + ', ' + (record.nickname ?? record.first_name)",
            "record.first_name.substring(0, 1) + record.last_name.substring(0, 1)",
            "record.first_name.substring(0, 1).toLowerCase() + record.last_name.toLowerCase()",
            "record.email.toLowerCase()",
            "record.title ?? 'Employee'",
            "record.department == 'R&D' ? 'Research' : record.department",
            "record.phone.replace(' ', '')",
            "record.city",
            "text:padLeft(record.zip, 4)",
            "record.contract == 'fixed' ? 'Contractor' : 'Employee'",
            "record.title == null ? null : record.title + ' in ' + record.city");

    static final List<String> SPEL = List.of(
            "['id']",
            "['first_name']",
            "['last_name'].trim()",
            "['first_name'] + ' ' + ['last_name']",
            "['last_name'] + ', ' + (['nickname'] ?: ['first_name'])",
            "['first_name'].substring(0, 1) + ['last_name'].substring(0, 1)",
            "['first_name'].substring(0, 1).toLowerCase() + ['last_name'].toLowerCase()",
            "['email'].toLowerCase()",
            "['title'] ?: 'Employee'",
            "['department'] == 'R&D' ? 'Research' : ['department']",
            "['phone'].replace(' ', '')",
            "['city']",
            "T(dev.rollcall.benchmarks.mapping.HandWritten).padLeft(['zip'], 4)",
            "['contract'] == 'fixed' ? 'Contractor' : 'Employee'",
            "['title'] == null ? null : ['title'] + ' in ' + ['city']");

    private Expressions() {}
}
