/**
 * How tokens are granted and where they are stored, for hosts that wire it in code. Begin with
 * {@link dev.rollcall.rest.oauth.OAuthSettings}; {@link dev.rollcall.rest.oauth.FileTokenStore} keeps tokens in an
 * encrypted file.
 *
 * <p>No HTTP: token requests are made by {@code internal.oauth}.
 */
@NullMarked
package dev.rollcall.rest.oauth;

import org.jspecify.annotations.NullMarked;
