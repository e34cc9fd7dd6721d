package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a host lends and asks. */
class HostTest {
    @Nested
    class a_context {
        @Test
        void has_defaults_without_threads() {
            ConnectorContext context = ConnectorContext.defaults();
            AtomicInteger ran = new AtomicInteger();
            context.executor().execute(ran::incrementAndGet);

            assertThat(ran).hasValue(1);
            assertThat(context.lendsThreads()).isFalse();
            assertThat(context.seed()).isZero();
            assertThat(context.clock().getZone()).isEqualTo(ZoneOffset.UTC);
        }

        @Test
        void keeps_everything_that_was_lent() {
            Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
            TokenStore store = TokenStore.inMemory();
            ConnectorContext context = ConnectorContext.defaults()
                    .clock(clock)
                    .executor(Runnable::run)
                    .tokenStore(store)
                    .seed(7);

            assertThat(context.clock()).isSameAs(clock);
            assertThat(context.lendsThreads()).isTrue();
            assertThat(context.tokenStore()).isSameAs(store);
            assertThat(context.seed()).isEqualTo(7);
        }
    }

    @Nested
    class tokens_in_memory {
        private final TokenStore store = TokenStore.inMemory();
        private final StoredToken token =
                new StoredToken(Secret.of("a"), null, Instant.EPOCH, null, Map.of("api_domain", "crm"));

        @Test
        void are_found_by_their_name() {
            store.save("crm", token);

            assertThat(store.load("crm")).contains(token);
            assertThat(store.load("other")).isEmpty();
            store.remove("other");
            assertThat(store.load("crm")).contains(token);
            store.remove("crm");
            assertThat(store.load("crm")).isEmpty();
            assertThat(token).hasToString("token without expiry");
            assertThat(token.refreshToken()).isEmpty();
            assertThat(token.extra()).containsEntry("api_domain", "crm");
        }

        @Test
        void keep_what_the_server_granted_and_when() {
            Instant end = Instant.EPOCH.plusSeconds(3600);
            StoredToken granted = new StoredToken(Secret.of("a"), Secret.of("r"), Instant.EPOCH, end, Map.of());

            assertThat(granted.accessToken().reveal()).isEqualTo("a");
            assertThat(granted.refreshToken()).contains(Secret.of("r"));
            assertThat(granted.receivedAt()).isEqualTo(Instant.EPOCH);
            assertThat(granted.expiresAt()).contains(end);
        }

        @Test
        void differ_by_everything_that_was_granted() {
            Instant later = Instant.EPOCH.plusSeconds(1);
            Map<String, String> extra = token.extra();

            assertThat(new StoredToken(Secret.of("a"), null, Instant.EPOCH, null, extra))
                    .isEqualTo(token)
                    .hasSameHashCodeAs(token);
            assertThat(List.of(
                            new StoredToken(Secret.of("b"), null, Instant.EPOCH, null, extra),
                            new StoredToken(Secret.of("a"), Secret.of("r"), Instant.EPOCH, null, extra),
                            new StoredToken(Secret.of("a"), null, later, null, extra),
                            new StoredToken(Secret.of("a"), null, Instant.EPOCH, later, extra),
                            new StoredToken(Secret.of("a"), null, Instant.EPOCH, null, Map.of())))
                    .doesNotContain(token);
        }

        @Test
        void are_refreshed_by_one_at_a_time() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                AtomicInteger inside = new AtomicInteger();
                CountDownLatch entered = new CountDownLatch(1);
                CountDownLatch leave = new CountDownLatch(1);
                Future<Integer> first = threads.submit(() -> store.exclusively("crm", () -> {
                    entered.countDown();
                    await(leave);
                    return inside.incrementAndGet();
                }));
                assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
                Future<Integer> second = threads.submit(() -> store.exclusively("crm", inside::incrementAndGet));
                assertThat(store.exclusively("other", () -> "free")).isEqualTo("free");
                leave.countDown();

                assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
                assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(2);
            } finally {
                threads.shutdownNow();
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class a_query {
        @Test
        void for_everybody_is_the_only_one_that_is_whole() {
            assertThat(UserQuery.all().isAll()).isTrue();
            assertThat(UserQuery.all().columns(Set.of("id")).isAll()).isTrue();
            assertThat(UserQuery.changedSince(Instant.EPOCH).isAll()).isFalse();
            assertThat(UserQuery.byKeys(List.of("1")).isAll()).isFalse();
        }

        @Test
        void by_keys_names_at_least_one() {
            assertThatIllegalArgumentException().isThrownBy(() -> UserQuery.byKeys(List.of()));
        }

        @Test
        void prints_what_it_asks_without_naming_people() {
            assertThat(UserQuery.all()).hasToString("all users");
            assertThat(UserQuery.byKeys(List.of("ada", "bob"))).hasToString("users by 2 keys");
            assertThat(UserQuery.changedSince(Instant.EPOCH)).hasToString("users changed since 1970-01-01T00:00:00Z");
        }

        @Test
        void tells_a_connector_whom_and_what_to_fetch() {
            UserQuery byKeys = UserQuery.byKeys(List.of("2", "1")).columns(Set.of("email"));
            UserQuery changed = UserQuery.changedSince(Instant.EPOCH).columns(Set.of("email"));

            assertThat(byKeys.keys()).containsExactly("2", "1");
            assertThat(byKeys.changedSince()).isEmpty();
            assertThat(byKeys.columns()).containsExactly("email");
            assertThat(changed.changedSince()).contains(Instant.EPOCH);
            assertThat(changed.keys()).isEmpty();
            assertThat(UserQuery.all().columns()).isEmpty();
        }

        @Test
        void equals_one_that_asks_the_same() {
            UserQuery query = UserQuery.byKeys(List.of("1")).columns(Set.of("a"));

            assertThat(query)
                    .isEqualTo(UserQuery.byKeys(List.of("1")).columns(Set.of("a")))
                    .hasSameHashCodeAs(UserQuery.byKeys(List.of("1")).columns(Set.of("a")))
                    .isNotEqualTo(UserQuery.byKeys(List.of("1")))
                    .isNotEqualTo(UserQuery.byKeys(List.of("2")).columns(Set.of("a")))
                    .isNotEqualTo(UserQuery.changedSince(Instant.EPOCH).columns(Set.of("a")));
        }
    }

    @Nested
    class authorization {
        @Test
        void is_begun_finished_or_revoked() {
            URI callback = URI.create("http://127.0.0.1/callback?code=1");

            assertThat(AuthorizationRequest.begin().callback()).isEmpty();
            assertThat(AuthorizationRequest.finish(callback).callback()).contains(callback);
            assertThat(AuthorizationRequest.finish(callback)).hasToString("finish authorization");
            assertThat(AuthorizationRequest.begin().isRevocation()).isFalse();
            assertThat(AuthorizationRequest.revoke().isRevocation()).isTrue();
            assertThat(AuthorizationRequest.revoke()).hasToString("revoke authorization");
        }

        @Test
        void is_not_needed_granted_or_wants_a_person() {
            URI address = URI.create("https://login.example.test");

            assertThat(AuthorizationResult.notNeeded()).isEqualTo(new AuthorizationResult.NotNeeded());
            assertThat(AuthorizationResult.granted()).isEqualTo(new AuthorizationResult.Granted());
            assertThat(AuthorizationResult.revoked()).isEqualTo(new AuthorizationResult.Revoked());
            assertThat(AuthorizationResult.sendPersonTo(address))
                    .isEqualTo(new AuthorizationResult.SendPersonTo(address));
        }
    }
}
