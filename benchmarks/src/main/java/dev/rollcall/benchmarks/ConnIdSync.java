package dev.rollcall.benchmarks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import net.tirasa.connid.bundles.ldap.LdapConfiguration;
import net.tirasa.connid.bundles.ldap.LdapConnector;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationOptions;
import org.identityconnectors.framework.common.objects.OperationOptionsBuilder;
import org.identityconnectors.framework.common.objects.filter.FilterBuilder;
import org.identityconnectors.test.common.TestHelpers;
import org.jspecify.annotations.Nullable;

/**
 * The same work by ConnId and its LDAP bundle, four threads writing: with one sweep over the directory, or with a lookup
 * for each record, as identity servers use it. Not thread-safe: for one thread at a time.
 */
final class ConnIdSync {
    private static final int THREADS = 4;
    private static final String DISABLED = "000001010000Z";
    private static final String[] ATTRIBUTES = {
        "employeeNumber",
        "uid",
        "cn",
        "sn",
        "givenName",
        "mail",
        "departmentNumber",
        "title",
        "telephoneNumber",
        "pwdAccountLockedTime"
    };

    private final Settings settings;
    private final ConnectorFacade directory;
    private final Map<String, ConnectorObject> entries = new ConcurrentHashMap<>();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong modified = new AtomicLong();
    private final AtomicLong disabled = new AtomicLong();

    ConnIdSync(Settings settings) {
        this.settings = settings;
        LdapConfiguration ldap = new LdapConfiguration();
        ldap.setHost(settings.host());
        ldap.setPort(settings.port());
        ldap.setPrincipal(settings.bindDn());
        ldap.setCredentials(new GuardedString(settings.password().toCharArray()));
        ldap.setBaseContexts(settings.base());
        ldap.setAccountObjectClasses("top", "person", "organizationalPerson", "inetOrgPerson");
        ldap.setUidAttribute("employeeNumber");
        APIConfiguration api = TestHelpers.createTestConfiguration(LdapConnector.class, ldap);
        api.getResultsHandlerConfiguration().setEnableNormalizingResultsHandler(false);
        api.getResultsHandlerConfiguration().setEnableFilteredResultsHandler(false);
        api.getResultsHandlerConfiguration().setEnableAttributesToGetSearchResultsHandler(false);
        this.directory = ConnectorFacadeFactory.getInstance().newInstance(api);
    }

    /** With one sweep before. */
    Counts bulk() throws Exception {
        sweep();
        each(wanted -> write(wanted, entries.remove(wanted.get("employeeNumber"))));
        disableRest();
        return counts();
    }

    /**
     * With a lookup for each, and a sweep for those who are gone. The sweep comes first: with several connections in the
     * pool it would take its pages from different ones, and the server refuse the cookie.
     */
    Counts lookup() throws Exception {
        sweep();
        each(wanted -> {
            String key = wanted.getOrDefault("employeeNumber", "");
            entries.remove(key);
            write(wanted, find(key));
        });
        disableRest();
        return counts();
    }

    private Counts counts() {
        Counts counts = new Counts();
        counts.added = added.get();
        counts.modified = modified.get();
        counts.disabled = disabled.get();
        return counts;
    }

    private void each(People.Each<RuntimeException> each) throws Exception {
        try (Threads threads = new Threads()) {
            People.<RuntimeException>each(
                    settings.source(),
                    wanted -> threads.run(() -> {
                        each.person(wanted);
                        return true;
                    }));
            threads.finish();
        }
    }

    private void sweep() {
        String cookie = null;
        do {
            OperationOptionsBuilder options =
                    new OperationOptionsBuilder().setAttributesToGet(ATTRIBUTES).setPageSize(1000);
            if (cookie != null) {
                options.setPagedResultsCookie(cookie);
            }
            cookie = directory
                    .search(ObjectClass.ACCOUNT, null, new Page(entries), options.build())
                    .getPagedResultsCookie();
        } while (cookie != null);
    }

    private @Nullable ConnectorObject find(String key) {
        List<ConnectorObject> found = new ArrayList<>();
        directory.search(
                ObjectClass.ACCOUNT,
                FilterBuilder.equalTo(AttributeBuilder.build("employeeNumber", key)),
                found::add,
                options());
        return found.isEmpty() ? null : found.get(0);
    }

    private static OperationOptions options() {
        return new OperationOptionsBuilder().setAttributesToGet(ATTRIBUTES).build();
    }

    private void write(Map<String, String> wanted, @Nullable ConnectorObject entry) {
        Set<Attribute> attributes = new HashSet<>();
        wanted.forEach((name, value) -> {
            if (entry == null || !value.equals(text(entry, name))) {
                attributes.add(AttributeBuilder.build(name, value));
            }
        });
        if (entry == null) {
            attributes.add(new Name("uid=" + wanted.get("uid") + "," + settings.base()));
            directory.create(ObjectClass.ACCOUNT, attributes, options());
            added.incrementAndGet();
        } else if (!attributes.isEmpty()) {
            directory.update(ObjectClass.ACCOUNT, entry.getUid(), attributes, options());
            modified.incrementAndGet();
        }
    }

    private void disableRest() {
        for (ConnectorObject gone : entries.values()) {
            if (text(gone, "pwdAccountLockedTime") == null) {
                directory.update(
                        ObjectClass.ACCOUNT,
                        gone.getUid(),
                        Set.of(AttributeBuilder.build("pwdAccountLockedTime", DISABLED)),
                        options());
                disabled.incrementAndGet();
            }
        }
    }

    private static @Nullable String text(ConnectorObject entry, String name) {
        Attribute attribute = entry.getAttributeByName(name);
        return attribute == null
                        || attribute.getValue() == null
                        || attribute.getValue().isEmpty()
                ? null
                : String.valueOf(attribute.getValue().get(0));
    }

    /** Four threads with a few hundred tasks at most on their way. Not thread-safe: for one thread at a time. */
    private static final class Threads implements AutoCloseable {
        private static final int WAITING = 256;

        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        private final List<Future<?>> running = new ArrayList<>();

        void run(Callable<?> task) {
            running.add(threads.submit(task));
            if (running.size() == WAITING) {
                finish();
            }
        }

        void finish() {
            for (Future<?> task : running) {
                try {
                    task.get();
                } catch (ExecutionException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                }
            }
            running.clear();
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
