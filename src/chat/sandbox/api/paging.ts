import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { Arguments } from './arguments.ts';
import { text, wholeNumber } from './arguments.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly response_metadata: JsonObject;
}

/** One page of a list by `limit` and `cursor`. Cursors are opaque: base64 of the key of the next page's first item. */
export function paginate<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  args: Arguments,
  limit: { readonly default: number; readonly max: number },
): Page<T> {
  const size = wholeNumber(args, 'limit', { default: limit.default, min: 1, max: limit.max });
  const cursor = text(args, 'cursor');
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  const start = cursor === '' ? 0 : items.findIndex((item) => `next:${keyOf(item)}` === key);
  if (start < 0) throw new SlackError('invalid_cursor');
  const next = items[start + size];
  return {
    items: items.slice(start, start + size),
    hasMore: next !== undefined,
    response_metadata: {
      next_cursor: next === undefined ? '' : Buffer.from(`next:${keyOf(next)}`).toString('base64url'),
    },
  };
}
