package dev.rollcall.examples;

import static dev.rollcall.mapping.AttributeRule.unique;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import java.util.List;
import java.util.Map;

public final class QuickStart {
    public static void main(String[] args) throws Exception {
        InMemoryDirectoryServer server = new InMemoryDirectoryServer("dc=example,dc=test");
        server.startListening();
        server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");

        Mapping people = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid},dc=example,dc=test")
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${join(' ', record.first, record.last)}")
                .attribute("uid", unique("${record.first | first(1) | lower}${record.last | lower}"))
                .build();
        Source users = Source.of(List.of(
                UserRecord.of(Map.of("id", 1, "first", "Ada", "last", "Lovelace")),
                UserRecord.of(Map.of("id", 2, "first", "Al", "last", "Lovelace"))));

        try (Directory directory = Directory.openLdap(server.getConnectionPool(2))
                .base("dc=example,dc=test")
                .build()) {
            Reconciler reconciler = Reconciler.builder(users, people, directory).build();
            for (int run = 1; run <= 2; run++) {
                try (Plan plan = reconciler.plan()) {
                    System.out.println("run " + run + ": " + plan);
                    plan.changes().forEach(System.out::println);
                    if (plan.guardrails().passed()) reconciler.apply(plan);
                }
            }
        }
        server.close();
    }
}
