package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The servers that other tests need can be had here. */
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
}
