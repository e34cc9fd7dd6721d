/**
 * What is asked of a directory server, and nothing else: searches, writes and their responses, on connections that are
 * lent and taken back.
 *
 * <p>Begin with {@code DirectoryConnection}. The one implementation is over UnboundID's pool; tests have others, which
 * lose connections. What entries mean does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.port;

import org.jspecify.annotations.NullMarked;
