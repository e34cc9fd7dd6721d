package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.directory.DirectoryException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The servers that other tests need can be had here, and are not taken for another kind. */
@Tag("real")
class RealDirectoryTest {
    static Stream<Named<Supplier<RealDirectory>>> servers() {
        return Stream.of(
                Named.of("OpenLDAP", RealDirectory::openLdap),
                Named.of("389 Directory Server", RealDirectory::directoryServer389),
                Named.of("Samba AD", RealDirectory::activeDirectory));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void starts_and_answers(Supplier<RealDirectory> server) throws LDAPException {
        try (RealDirectory directory = server.get();
                LDAPConnectionPool pool = directory.pool(1)) {
            assertThat(pool.getEntry(directory.baseDn())).isNotNull();
        }
    }

    @Test
    void another_kind_of_directory_than_the_file_says_is_refused() throws LDAPException {
        try (RealDirectory openLdap = RealDirectory.openLdap()) {
            refused(
                    Directory.activeDirectory(openLdap.pool(1)),
                    openLdap,
                    "directory.type is active-directory, but the server is OpenLDAP");
        }
        try (RealDirectory server = RealDirectory.directoryServer389()) {
            refused(
                    Directory.activeDirectory(server.pool(1)),
                    server,
                    "directory.type is active-directory, but the server is 389");
        }
        try (RealDirectory samba = RealDirectory.activeDirectory()) {
            refused(
                    Directory.openLdap(samba.pool(1)),
                    samba,
                    "directory.type is openldap, but the server is an Active Directory");
        }
    }

    private static void refused(DirectoryBuilder builder, RealDirectory server, String message) {
        assertThatThrownBy(builder.base(server.baseDn())::build)
                .isInstanceOfSatisfying(
                        DirectoryException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED))
                .hasMessageContaining(message);
    }
}
