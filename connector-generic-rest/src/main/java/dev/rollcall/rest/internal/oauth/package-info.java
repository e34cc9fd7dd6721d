/**
 * OAuth 2.0: grants, refresh, revocation, and the access token in each call. Begin with
 * {@link dev.rollcall.rest.internal.oauth.OAuthTokens}; the block {@code authorization} is read by
 * {@link dev.rollcall.rest.internal.oauth.OAuthReader}.
 *
 * <p>Scribejava is used here only, and its types leave this package nowhere.
 */
@NullMarked
package dev.rollcall.rest.internal.oauth;

import org.jspecify.annotations.NullMarked;
