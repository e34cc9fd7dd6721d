package dev.rollcall.benchmarks;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.report.Report;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.state.StateStore;
import dev.rollcall.rest.GenericRestProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run keeps something for: a manager for everybody, two unique names, two groups, an attribute of which the
 * server keeps something else than it was given (a UUID in capitals), a state file and a report.
 */
final class ScaleSync {
    private static final String GROUPS = "ou=groups,dc=example,dc=test";
    private static final String TENTHS = "cn=tenths," + GROUPS;
    private static final String FIRSTS = "cn=firsts," + GROUPS;

    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${uid},ou=people,dc=example,dc=test")
            .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson", "badgeHolder")
            .attribute("uid", AttributeRule.unique("${record.login}"))
            .attribute("displayName", AttributeRule.unique("${record.first_name} ${record.last_name} ${record.id}"))
            .attribute("cn", "${record.first_name} ${record.last_name}")
            .attribute("sn", "${record.last_name}")
            .attribute("givenName", "${record.first_name}")
            .attribute("mail", "${record.email | lower}")
            .attribute("departmentNumber", "${record.department}")
            .attribute("title", "${record.title}")
            .attribute("telephoneNumber", "${record.phone}")
            .attribute("manager", AttributeRule.reference("${record.manager}"))
            .attribute("badge", "${record.badge}")
            .group(TENTHS, "record.title == 'Engineer 7'")
            .group(FIRSTS, "record.title == 'Engineer 1'")
            .build();

    private ScaleSync() {}

    /**
     * Plans and applies.
     *
     * @param filter of the directory; one that finds nobody puts everybody in conflict, and nothing is applied
     * @param folder for the state file and the report
     */
    static String run(Settings settings, String filter, Path folder) throws LDAPException {
        dev.rollcall.connector.Settings source = dev.rollcall.connector.Settings.builder()
                .block(
                        "endpoints",
                        Value.from(List.of(Map.of(
                                "name",
                                "users",
                                "url",
                                settings.source(),
                                "records",
                                "/data",
                                "paging",
                                Map.of(
                                        "type",
                                        "cursor",
                                        "parameter",
                                        "cursor",
                                        "next",
                                        "/next",
                                        "maxPages",
                                        100_000)))))
                .build();
        LDAPConnectionPool pool = new LDAPConnectionPool(
                new LDAPConnection(settings.host(), settings.port(), settings.bindDn(), settings.password()), 1, 4);
        for (String group : List.of(TENTHS, FIRSTS)) {
            make(pool, group);
        }
        try (Connector people = new GenericRestProvider().create(source, ConnectorContext.defaults());
                Directory directory = Directory.openLdap(pool)
                        .base(settings.base())
                        .filter(filter)
                        .build()) {
            Reconciler reconciler = Reconciler.builder(Source.of(people).active("record.active"), PEOPLE, directory)
                    .allow("maxDisableOrDelete")
                    .state(StateStore.file(folder.resolve("state.json")))
                    .build();
            try (Plan plan = reconciler.plan()) {
                Report report = Report.of(plan);
                String counts = plan.conflicts().size() + " in conflict";
                if (plan.guardrails().passed()) {
                    Outcomes outcomes = reconciler.apply(plan);
                    report = report.applied(outcomes);
                    counts = outcomes.counts().of(ChangeKind.CREATE) + " added, "
                            + outcomes.counts().of(ChangeKind.MODIFY) + " modified, "
                            + outcomes.counts().of(ChangeKind.DISABLE) + " disabled, "
                            + outcomes.counts().of(ChangeKind.GROUP_ADD) + " in groups, "
                            + outcomes.normalized().size() + " normalized, "
                            + outcomes.failures().size() + " failed"
                            + outcomes.stopped()
                                    .map(why -> ", stopped: " + why.text())
                                    .orElse("");
                }
                report.write(folder.resolve("report.json"));
                return counts;
            }
        }
    }

    private static void make(LDAPConnectionPool pool, String group) throws LDAPException {
        try {
            pool.add("dn: " + group, "objectClass: groupOfNames", "member: cn=admin,dc=example,dc=test");
        } catch (LDAPException failed) {
            if (!failed.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
                throw failed;
            }
        } catch (com.unboundid.ldif.LDIFException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
