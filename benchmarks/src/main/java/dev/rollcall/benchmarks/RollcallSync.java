package dev.rollcall.benchmarks;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.rest.GenericRestProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The same work by Rollcall: the whole of it, with plan, guardrails and old values named. */
final class RollcallSync {
    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${uid},ou=people,dc=example,dc=test")
            .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
            .attribute("uid", "${record.login}")
            .attribute("cn", "${record.first_name} ${record.last_name}")
            .attribute("sn", "${record.last_name}")
            .attribute("givenName", "${record.first_name}")
            .attribute("mail", "${record.email | lower}")
            .attribute("departmentNumber", "${record.department}")
            .attribute("title", "${record.title}")
            .attribute("telephoneNumber", "${record.phone}")
            .build();

    private static final int THREADS = 2;

    private RollcallSync() {}

    static Counts run(Settings settings) throws LDAPException {
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
                                Map.of("type", "cursor", "parameter", "cursor", "next", "/next")))))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Connector people = new GenericRestProvider()
                        .create(source, ConnectorContext.defaults().executor(threads));
                Directory directory = Directory.openLdap(pool(settings))
                        .base(settings.base())
                        .filter("(objectClass=inetOrgPerson)")
                        .build()) {
            Reconciler reconciler = Reconciler.builder(Source.of(people).active("record.active"), PEOPLE, directory)
                    .allow("maxDisableOrDelete")
                    .build();
            try (Plan plan = reconciler.plan()) {
                if (!plan.guardrails().passed()) {
                    throw new IllegalStateException(String.valueOf(plan));
                }
                Counts counts = new Counts();
                try (Outcomes outcomes = reconciler.apply(plan)) {
                    if (!outcomes.isComplete()) {
                        throw new IllegalStateException(String.valueOf(outcomes));
                    }
                    counts.added = outcomes.counts().of(ChangeKind.CREATE);
                    counts.modified = outcomes.counts().of(ChangeKind.MODIFY);
                    counts.disabled = outcomes.counts().of(ChangeKind.DISABLE);
                }
                return counts;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static LDAPConnectionPool pool(Settings settings) throws LDAPException {
        return new LDAPConnectionPool(
                new LDAPConnection(settings.host(), settings.port(), settings.bindDn(), settings.password()), 1, 4);
    }
}
