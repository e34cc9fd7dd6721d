/**
 * Sends a rendered webhook call. Begin with {@link dev.rollcall.rest.internal.webhook.WebhookSender}.
 *
 * <p>No macros and no judgement of the response: both are with the webhook's definition.
 */
@NullMarked
package dev.rollcall.rest.internal.webhook;

import org.jspecify.annotations.NullMarked;
