package dev.rollcall.integration.wrong;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;

/** The wrongs, one class each. */
public final class Wrongs {
    private Wrongs() {}

    public static final class Prints {
        void out() {
            System.out.println("hello");
        }
    }

    public static final class LogsToTheJdk {
        private static final Logger LOGGER = Logger.getLogger("wrong");

        void log() {
            LOGGER.info("hello");
        }
    }

    public static final class ThrowsAnything {
        void fail() {
            throw new RuntimeException("anything");
        }
    }

    public static final class PrintsStackTraces {
        void trace(IllegalStateException e) {
            e.printStackTrace();
        }
    }

    public static final class Exits {
        void exit() {
            System.exit(1);
        }
    }

    public static final class ReadsTheEnvironment {
        String home() {
            return String.valueOf(System.getenv("HOME"));
        }
    }

    public static final class LooksAtTheWall {
        Instant time() {
            return Instant.now();
        }
    }

    public static final class KnowsInternals {
        Object spool() {
            return new HashIndex();
        }
    }

    public static final class ShowsJackson {
        public List<JsonNode> tree() {
            return List.of();
        }
    }

    public static final class HidesJackson {
        List<JsonNode> tree() {
            return List.of();
        }
    }

    public static final class TalksHttp {
        HttpClient client() {
            return HttpClient.newHttpClient();
        }
    }

    public static final class TalksLdap {
        DN root() {
            return DN.NULL_DN;
        }
    }

    public static final class KnowsTheRecord {
        Object record(UserRecord known) {
            return known;
        }
    }
}
