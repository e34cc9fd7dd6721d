package dev.rollcall.integration.lifecycle;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** What accounts live through, on each kind of server. */
class LifecycleTest {
    @Nested
    class Active_directory_in_memory extends Suite implements FirstRun, DomainLife {
        @Override
        Ground start() throws Exception {
            return Ground.activeDirectoryInMemory();
        }
    }

    @Nested
    class A_generic_server_in_memory extends Suite {
        @Override
        Ground start() throws Exception {
            return Ground.genericInMemory();
        }
    }

    @Nested
    @Tag("real")
    class Samba_over_ldaps extends Suite implements FirstRun, DomainLife {
        @Override
        Ground start() throws Exception {
            return Ground.samba();
        }
    }

    @Nested
    @Tag("real")
    class OpenLdap_with_start_tls extends Suite {
        @Override
        Ground start() throws Exception {
            return Ground.openLdap();
        }
    }

    @Nested
    @Tag("real")
    class Directory_server_389 extends Suite {
        @Override
        Ground start() throws Exception {
            return Ground.directoryServer389();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Suite implements Lifecycle, Interventions, HostileNames, ChangedMeanwhile {
        private Ground ground;

        abstract Ground start() throws Exception;

        @BeforeAll
        void open() throws Exception {
            ground = start();
        }

        @AfterAll
        void close() throws Exception {
            if (ground != null) {
                ground.close();
            }
        }

        @Override
        public Firm firm() throws Exception {
            return ground.firm();
        }
    }
}
