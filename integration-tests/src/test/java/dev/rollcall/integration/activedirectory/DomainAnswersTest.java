package dev.rollcall.integration.activedirectory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** The in-memory domain answers as a domain controller does: the same questions to both. */
class DomainAnswersTest {
    @Nested
    class In_memory extends Suite {
        @Override
        Domain start() throws Exception {
            return Domain.inMemory();
        }
    }

    @Nested
    @Tag("real")
    class Samba extends Suite {
        @Override
        Domain start() {
            return Domain.samba();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Suite extends Questions implements Names, Passwords, Entries, Groups {
        abstract Domain start() throws Exception;

        @BeforeAll
        void open() throws Exception {
            begin(start());
        }

        @AfterAll
        void close() {
            end();
        }

        @Override
        public Questions ask() {
            return this;
        }
    }
}
