/**
 * The connector SPI: what a plug-in for one application implements, and the values that pass through it.
 *
 * <p>An author implements {@link dev.rollcall.connector.ConnectorProvider} (found by {@link java.util.ServiceLoader})
 * and {@link dev.rollcall.connector.Connector}; a host starts at {@link dev.rollcall.connector.Connectors}. Users
 * travel as {@link dev.rollcall.connector.UserRecord}s in the {@link dev.rollcall.connector.Page}s of a
 * {@link dev.rollcall.connector.PageIterator}, whose normal end means that the read was whole.
 */
@NullMarked
package dev.rollcall.connector;

import org.jspecify.annotations.NullMarked;
