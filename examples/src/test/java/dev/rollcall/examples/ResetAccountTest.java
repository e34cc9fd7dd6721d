package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.controls.PasswordExpiredControl;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ErrorType;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10WarningType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An account whose password was reset binds, and may do nothing. */
class ResetAccountTest {
    @TempDir
    Path folder;

    private final UserApi api = new UserApi();

    @AfterEach
    void stop() {
        api.close();
    }

    static Stream<Control> signs() {
        return Stream.of(
                new DraftBeheraLDAPPasswordPolicy10ResponseControl(
                        null, -1, DraftBeheraLDAPPasswordPolicy10ErrorType.CHANGE_AFTER_RESET),
                new PasswordExpiredControl());
    }

    @ParameterizedTest
    @MethodSource("signs")
    void is_recognized_by_what_the_server_says_to_its_bind(Control sign) throws Exception {
        for (String command : List.of("check", "sync")) {
            Captured run = run(command, sign);

            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(6);
            assertThat(run.err()).contains("was reset (pwdReset)", "set a new one for it, or remove pwdReset");
        }
    }

    @Test
    void is_no_account_whose_password_expires_soon() throws Exception {
        Captured run = run(
                "check",
                new DraftBeheraLDAPPasswordPolicy10ResponseControl(
                        DraftBeheraLDAPPasswordPolicy10WarningType.TIME_BEFORE_EXPIRATION, 3600, null));

        assertThat(run.err()).doesNotContain("pwdReset");
    }

    private Captured run(String command, Control sign) throws LDAPException, IOException {
        api.serve(UserApi.users(1));
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
        config.addAdditionalBindCredentials("cn=admin,dc=example,dc=test", "pa55word");
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindResult(InMemoryInterceptedSimpleBindResult bind) {
                BindResult result = bind.getResult();
                bind.setResult(new BindResult(
                        result.getMessageID(), result.getResultCode(), null, null, null, new Control[] {sign}));
            }
        });
        try (InMemoryDirectoryServer server = new InMemoryDirectoryServer(config)) {
            server.startListening();
            Path file = Files.writeString(
                    folder.resolve("people.yaml"),
                    SyncSuite.CONFIGURATION.formatted(api.url(), "ldap://127.0.0.1:" + server.getListenPort()));
            return Captured.run(
                    Map.of("API_KEY", "k3y-s3cret", "LDAP_PASSWORD", "pa55word"), List.of(command, file.toString()));
        }
    }
}
