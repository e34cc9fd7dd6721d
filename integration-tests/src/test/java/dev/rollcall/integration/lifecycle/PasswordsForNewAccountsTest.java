package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioningtestkit.InMemoryActiveDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A domain that takes no password together with a new account. */
class PasswordsForNewAccountsTest {
    private static final String DN = "CN=Ada,OU=People," + InMemoryActiveDirectory.BASE;

    @Test
    void an_account_is_made_disabled_gets_its_password_and_is_enabled(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("passwords.csv");
        try (InMemoryActiveDirectory domain = InMemoryActiveDirectory.start();
                LDAPConnection raw = domain.connectSecurely();
                Directory directory = Directory.activeDirectory(new LDAPConnectionPool(domain.connectSecurely(), 1, 2))
                        .base("OU=People," + InMemoryActiveDirectory.BASE)
                        .build()) {
            domain.refusePasswordsOfNewAccounts();
            Mapping mapping = Mapping.builder()
                    .key("id", "employeeNumber")
                    .dn("CN=${record.name},OU=People," + InMemoryActiveDirectory.BASE)
                    .objectClasses("top", "person", "organizationalPerson", "user")
                    .attribute("sAMAccountName", "${record.id}")
                    .build();
            Source source = Source.of(List.of(UserRecord.of(Map.of("id", "ada1", "name", "Ada"))));
            Reconciler reconciler = Reconciler.builder(source, mapping, directory)
                    .passwords(PasswordPolicy.generate(20, PasswordDelivery.file(file)))
                    .build();

            try (Plan plan = reconciler.plan();
                    Outcomes outcomes = reconciler.apply(plan)) {
                assertThat(outcomes.failures()).isEmpty();
            }

            Entry ada = raw.getEntry(DN);
            assertThat(ada.getAttributeValue("userAccountControl")).isEqualTo("512");
            assertThat(ada.getAttributeValue("pwdLastSet")).isEqualTo("0");
            List<String> confirmed = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("confirmed,"))
                    .toList();
            assertThat(confirmed).singleElement().asString().contains("\"ada1\"");
        }
    }
}
