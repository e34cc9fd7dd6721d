package dev.rollcall.provisioning.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.LDAPBindException;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryExceptionTest {
    private static DirectoryException refused(String diagnostic) {
        BindResult answer = new BindResult(1, ResultCode.INVALID_CREDENTIALS, diagnostic, null, null, null);
        return DirectoryException.of("binding", new LDAPBindException(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "52e, check the bind DN",
        "530, not log on at this time",
        "531, not log on from this machine",
        "532, password of the bind account has expired",
        "533, is disabled",
        "701, has expired",
        "773, must change its password",
        "775, locked out"
    })
    void a_refused_bind_at_active_directory_says_why(String data, String remedy) {
        DirectoryException failure = refused(
                "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data " + data + ", v4f7c");

        assertThat(failure.problem().remedy()).contains(remedy);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure.activeDirectoryNumber()).hasValue("80090308");
    }

    @Test
    void a_base_that_is_not_there_and_a_server_that_takes_no_writes_say_what_to_do() {
        assertThat(DirectoryException.of("searching ou=peple", new LDAPException(ResultCode.NO_SUCH_OBJECT))
                        .problem()
                        .remedy())
                .contains("check its spelling (directory.base");
        assertThat(DirectoryException.of(
                                "adding", new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "operation restricted"))
                        .problem()
                        .remedy())
                .contains("is read-only");
    }

    @Test
    void a_refused_bind_elsewhere_says_what_to_check() {
        assertThat(refused("Invalid credentials").problem().remedy())
                .isEqualTo("check the bind DN, its password and TLS");
    }
}
