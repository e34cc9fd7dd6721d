package dev.rollcall.integration.scim;

import dev.rollcall.scim.ScimConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class ScriptedLifecycleTest {
    abstract static class On extends Lifecycle {
        final ScriptedScim server;
        final ScimConnector connector;

        On(Quirk... quirks) {
            server = new ScriptedScim(quirks);
            connector = server.connector();
        }

        @Override
        ScimConnector connector() {
            return connector;
        }

        @Override
        void somebodyElseMakes(String userName) {
            server.person(userName);
        }

        @AfterEach
        void close() {
            connector.close();
            server.close();
        }
    }

    @Nested
    class on_a_plain_server extends On {}

    @Nested
    class on_a_server_with_versions extends On {
        on_a_server_with_versions() {
            super(Quirk.ETAGS, Quirk.SCIM_JSON_ONLY);
        }
    }

    @Nested
    class on_a_server_with_bulk_and_versions extends On {
        on_a_server_with_bulk_and_versions() {
            super(Quirk.BULK, Quirk.ETAGS);
        }
    }

    @Nested
    class on_a_server_whose_bulk_answers_are_odd extends On {
        on_a_server_whose_bulk_answers_are_odd() {
            super(Quirk.BULK, Quirk.ETAGS, Quirk.BULK_STATUS_AS_OBJECT, Quirk.NO_TARGET);
        }
    }

    @Nested
    class on_a_server_without_patch extends On {
        on_a_server_without_patch() {
            super(Quirk.NO_PATCH, Quirk.ID_IN_PUT, Quirk.NO_DISCOVERY, Quirk.ETAGS);
        }
    }

    @Nested
    class on_a_server_that_answers_nothing extends On {
        on_a_server_that_answers_nothing() {
            super(Quirk.ANSWERS_204, Quirk.CREATED_WITHOUT_PLACE, Quirk.NO_HIT_IS_404);
        }
    }

    @Nested
    class on_a_server_that_gives_page_one_again extends On {
        on_a_server_that_gives_page_one_again() {
            super(Quirk.PAGE_ONE_AGAIN, Quirk.TWENTY_AT_MOST, Quirk.NUMBERS_AS_TEXT, Quirk.NO_TARGET);
        }
    }

    @Nested
    class on_a_server_whose_total_ends_at_nothing extends On {
        on_a_server_whose_total_ends_at_nothing() {
            super(Quirk.TOTAL_ZERO_PAST_END, Quirk.NO_RESOURCES_PAST_END, Quirk.PLAIN_JSON_ONLY, Quirk.HTML_ERRORS);
        }
    }

    @Nested
    class on_a_server_with_cursors extends On {
        on_a_server_with_cursors() {
            super(Quirk.CURSOR, Quirk.TWENTY_AT_MOST, Quirk.CREATED_WITHOUT_BODY);
        }
    }

    @Nested
    class in_the_style_of_okta extends Lifecycle {
        private final ScriptedScim server = new ScriptedScim(Quirk.ETAGS);

        @Override
        ScimConnector connector() {
            return server.connector(settings -> settings.set("patchStyle", "no-path"));
        }

        @Override
        void somebodyElseMakes(String userName) {
            server.person(userName);
        }

        @AfterEach
        void close() {
            server.close();
        }
    }

    @Nested
    class on_a_server_that_drops_types extends On {
        on_a_server_that_drops_types() {
            super(Quirk.DROPS_TYPES);
        }
    }

    @Nested
    class on_a_server_that_drops_types_and_finds_none extends On {
        on_a_server_that_drops_types_and_finds_none() {
            super(Quirk.DROPS_TYPES, Quirk.NO_TARGET, Quirk.ETAGS);
        }
    }
}
