package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorsTest {
    /** A connector with the id that its class is named for; opens nothing. */
    abstract static class Provider implements ConnectorProvider {
        private final String id;

        Provider(String id) {
            this.id = id;
        }

        @Override
        public ConnectorDescriptor descriptor() {
            return ConnectorDescriptor.builder(id)
                    .setting(Setting.uri("url").required())
                    .build();
        }

        @Override
        public Connector create(Settings settings, ConnectorContext context) {
            settings.uri("url");
            return new Connector() {
                @Override
                public AuthorizationResult authorize(AuthorizationRequest request) {
                    return AuthorizationResult.notNeeded();
                }

                @Override
                public PageIterator<UserRecord> fetchUsers(UserQuery query) {
                    return PageIterator.of(token -> Page.last(List.of(UserRecord.of(Map.of("id", 1)))));
                }

                @Override
                public void close() {}
            };
        }
    }

    public static final class Payroll extends Provider {
        public Payroll() {
            super("payroll");
        }
    }

    public static final class OtherPayroll extends Provider {
        public OtherPayroll() {
            super("payroll");
        }
    }

    public static final class Crm extends Provider {
        public Crm() {
            super("crm");
        }
    }

    public static final class FailsWhenMade extends Provider {
        public FailsWhenMade() {
            super("never");
            throw new IllegalStateException("no licence");
        }
    }

    public static final class FailsToDescribeItself extends Provider {
        public FailsToDescribeItself() {
            super("Not An Id");
        }
    }

    public static final class NeedsAClassThatIsGone extends Provider {
        public NeedsAClassThatIsGone() {
            super("gone");
            throw new NoClassDefFoundError("com/example/Gone");
        }
    }

    private static final Settings SETTINGS =
            Settings.builder().set("url", "https://payroll.example.test").build();

    @Nested
    class discovered {
        @TempDir
        Path folder;

        @Test
        void by_the_services_file() {
            Connectors connectors = discover(Payroll.class.getName(), Crm.class.getName());

            assertThat(connectors.ids()).containsExactly("crm", "payroll");
            assertThat(connectors.failures()).isEmpty();
            assertThat(connectors.provider("crm")).isInstanceOf(Crm.class);
        }

        @Test
        void on_the_class_path_of_these_tests() {
            Connectors connectors = Connectors.discover(getClass().getClassLoader());

            assertThat(connectors.ids()).contains("registered");
            try (Connector connector = connectors.open("registered", SETTINGS, ConnectorContext.defaults());
                    PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
                assertThat(pages.next().items()).hasSize(1);
            }
        }

        @Test
        void all_but_those_that_are_broken() {
            Connectors connectors = discover(
                    "com.example.NoSuchProvider",
                    FailsWhenMade.class.getName(),
                    Payroll.class.getName(),
                    FailsToDescribeItself.class.getName(),
                    ConnectorsTest.class.getName(),
                    NeedsAClassThatIsGone.class.getName(),
                    Crm.class.getName());

            assertThat(connectors.ids()).containsExactly("crm", "payroll");
            assertThat(connectors.failures())
                    .extracting(Problem::toString)
                    .allMatch(text -> text.startsWith("a connector provider cannot be loaded: "))
                    .anyMatch(text -> text.contains("com.example.NoSuchProvider"))
                    .anyMatch(text -> text.contains("no licence"));
        }

        @Test
        void each_broken_one_is_told() {
            Connectors connectors = discover(
                    FailsToDescribeItself.class.getName(),
                    NeedsAClassThatIsGone.class.getName(),
                    ConnectorsTest.class.getName(),
                    Crm.class.getName());

            assertThat(connectors.ids()).containsExactly("crm");
            assertThat(connectors.failures())
                    .extracting(Problem::message)
                    .satisfiesExactly(
                            first -> assertThat(first).contains("Not An Id"),
                            second -> assertThat(second).contains("com/example/Gone"),
                            third -> assertThat(third).contains("not a subtype"));
        }

        @Test
        void a_class_file_that_this_Java_cannot_read_hides_no_other() throws IOException {
            Path broken = folder.resolve("com/example/TooNew.class");
            Files.createDirectories(broken.getParent());
            Files.write(broken, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 99});
            Connectors connectors = discover("com.example.TooNew", Crm.class.getName());

            assertThat(connectors.ids()).containsExactly("crm");
            assertThat(connectors.failures())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("TooNew"));
        }

        @Test
        void two_of_one_id_are_an_error_that_names_both() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> discover(Payroll.class.getName(), OtherPayroll.class.getName()))
                    .withMessageContaining("two providers have the id 'payroll'")
                    .withMessageContaining(Payroll.class.getName())
                    .withMessageContaining(OtherPayroll.class.getName());
        }

        private Connectors discover(String... lines) {
            try {
                Path services = folder.resolve("META-INF/services/" + ConnectorProvider.class.getName());
                Files.createDirectories(services.getParent());
                Files.write(services, List.of(lines));
                // The parent's own services file is hidden, so that only the one above is read.
                URL[] here = {folder.toUri().toURL()};
                try (URLClassLoader loader = new URLClassLoader(here, getClass().getClassLoader()) {
                    @Override
                    public java.util.Enumeration<URL> getResources(String name) throws IOException {
                        return name.startsWith("META-INF/services") ? findResources(name) : super.getResources(name);
                    }
                }) {
                    return Connectors.discover(loader);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Nested
    class named_in_code {
        private final Connectors connectors = Connectors.of(new Payroll(), new Crm());

        @Test
        void are_these_and_no_others() {
            assertThat(connectors.ids()).containsExactly("crm", "payroll");
        }

        @Test
        void are_not_two_of_one_id_even_of_one_class() {
            assertThatThrownBy(() -> Connectors.of(new Payroll(), new OtherPayroll()))
                    .isInstanceOf(ConfigurationException.class);
            assertThatThrownBy(() -> Connectors.of(new Payroll(), new Payroll()))
                    .isInstanceOf(ConfigurationException.class);
        }

        @Test
        void are_suggested_for_a_mistyped_id() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> connectors.open("payrol", SETTINGS, ConnectorContext.defaults()))
                    .withMessage("connector: there is no connector 'payrol'; did you mean 'payroll'?");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> connectors.provider("workday"))
                    .withMessageEndingWith("known here: crm, payroll");
        }

        @Test
        void are_opened_with_good_settings_only() {
            Settings wrong = Settings.builder()
                    .set("urll", "x")
                    .block("endpoints", Value.of(List.of()))
                    .build();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> connectors.open("payroll", wrong, ConnectorContext.defaults()))
                    .satisfies(e -> assertThat(e.problems())
                            .extracting(Problem::path)
                            .containsExactly("settings.urll", "settings.url", "endpoints"));
        }

        @Test
        void say_that_they_send_no_webhooks() {
            try (Connector connector = connectors.open("payroll", SETTINGS, ConnectorContext.defaults())) {
                WebhookCall call = WebhookCall.of("POST", java.net.URI.create("https://payroll.example.test"));

                assertThatExceptionOfType(ConnectorException.class)
                        .isThrownBy(() -> connector.invokeWebhook(call))
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNSUPPORTED));
            }
        }
    }
}
