/**
 * The REST engine and the connector {@code generic-rest}: the types that users and connectors name. Begin with
 * {@link dev.rollcall.rest.RestProvider} to write a connector, with {@link dev.rollcall.rest.RestConnector} to see how a
 * call to a connector goes through the packages below.
 *
 * <p>Settings and webhooks are read here and made into the objects of {@code internal}, which never names this package.
 * What sends, pages or decodes does not belong here.
 */
@NullMarked
package dev.rollcall.rest;

import org.jspecify.annotations.NullMarked;
