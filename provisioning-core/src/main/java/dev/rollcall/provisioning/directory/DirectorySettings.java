package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import dev.rollcall.provisioning.internal.directory.Mark;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a directory is managed. Immutable and thread-safe.
 *
 * @param otherBases what other data sources with the same mark manage
 * @param domain where a logon name is known once
 */
record DirectorySettings(
        DirectoryType type,
        DN base,
        DN searchBase,
        DN domain,
        Filter filter,
        @Nullable Mark mark,
        List<DN> otherBases,
        Duration timeout) {}
