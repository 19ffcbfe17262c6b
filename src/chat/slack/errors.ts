import { webApi } from '@slack/bolt';
import { DeliveryError, type DeliveryFailure } from '../platform.ts';

/** Slack's error words by what they mean for a message; a word that is not listed may have had an effect. */
const failures: Readonly<Record<string, DeliveryFailure>> = {
  ...words('target-refused', [
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'user_not_found',
    'cannot_dm_bot',
    'user_disabled',
    'messages_tab_disabled',
    'thread_not_found',
    'no_permission',
  ]),
  ...words('message-refused', [
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_attachments',
    'msg_too_long',
    'no_text',
    'too_many_attachments',
    'msg_blocks_too_long',
    'metadata_too_large',
    // An upload can be shared once, and expires when it is not: what it said goes out without it.
    'file_not_found',
    'invalid_arguments',
    'invalid_metadata_format',
  ]),
  ...words('message-gone', ['message_not_found', 'cant_update_message', 'edit_window_closed']),
  ...words('unauthorised', [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'missing_scope',
    'no_permission_for_team',
    'org_login_required',
    'ekm_access_denied',
    'team_access_not_granted',
  ]),
  ...words('rate-limited', ['ratelimited', 'rate_limited', 'message_limit_exceeded']),
  ...words('not-sent', ['service_unavailable', 'team_added_to_org', 'accesslimited']),
};

/** Sockets that never opened: nothing can have happened. */
const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/**
 * What a failed Web API call means. Doubt is on the safe side: whatever may have had an effect is `unclear`, for
 * Slack says itself that part of an `internal_error` may have succeeded.
 */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new DeliveryError('rate-limited', 'ratelimited', {
      retryAfterSeconds: error.retryAfter,
      cause: error,
    });
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const word = error.data.error;
    return new DeliveryError(failures[word] ?? 'unclear', shortWord(word), { cause: error });
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    if (error.statusCode === 429) return new DeliveryError('rate-limited', 'http_429', { cause: error });
    return new DeliveryError('unclear', `http_${error.statusCode}`, { cause: error });
  }
  const code = findCode(error);
  if (code !== null && neverConnected.includes(code))
    return new DeliveryError('not-sent', code, { cause: error });
  return new DeliveryError('unclear', code ?? 'no_answer', { cause: error });
}

function words(failure: DeliveryFailure, list: readonly string[]): Record<string, DeliveryFailure> {
  return Object.fromEntries(list.map((word) => [word, failure]));
}

/** An HTML page that came instead of JSON arrives in place of the word. */
function shortWord(word: string): string {
  return /^[a-z0-9_]{1,60}$/.test(word) ? word : 'unreadable_answer';
}

/** Node and fetch hide the socket's error code behind causes. */
function findCode(error: unknown, depth = 0): string | null {
  if (!(error instanceof Error) || depth > 5) return null;
  if ('code' in error && typeof error.code === 'string' && /^E[A-Z]+/.test(error.code)) return error.code;
  const next = error instanceof webApi.WebAPIRequestError ? error.original : error.cause;
  return findCode(next, depth + 1);
}
