/** What a connector implements, and the words it shares with the rest of Rollcall. */
module dev.rollcall.connector {
    requires static transitive org.jspecify;

    exports dev.rollcall.connector;

    uses dev.rollcall.connector.ConnectorProvider;
}
