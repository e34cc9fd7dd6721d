/** The format language: text with macros, conditions, and the functions in them. */
module dev.rollcall.formats {
    requires transitive dev.rollcall.connector;
    requires static transitive org.jspecify;

    exports dev.rollcall.formats;
    exports dev.rollcall.formats.function;
}
