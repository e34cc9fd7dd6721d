package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.internal.directory.DirectoryAccess;

/**
 * The directory that a run writes to, and what its writes are sent and recorded with. Not thread-safe: for one thread at a
 * time.
 *
 * @param directory what is read of it
 * @param connection the connection that the run writes on
 * @param window the writes on their way
 * @param requests makes the requests, as this server takes them
 * @param sender sends the requests of changes, and reports what the server refused
 * @param log records what becomes of each change
 */
record WriteSession(
        DirectoryAccess directory,
        WriteConnection connection,
        WriteWindow window,
        WriteRequests requests,
        ChangeSender sender,
        ApplyLog log) {
    WriteSession(
            DirectoryAccess directory,
            WriteConnection connection,
            WriteWindow window,
            WriteRequests requests,
            ApplyLog log) {
        this(directory, connection, window, requests, new ChangeSender(connection, window, log), log);
    }

    /** Sends the writes that are no changes of the plan. */
    SideWrites sides() {
        return new SideWrites(log.journal());
    }
}
