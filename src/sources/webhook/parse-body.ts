import type { ItemError } from './item-error.ts';

export type BodyFormat = 'json' | 'ndjson';

/** One element of `items`, or one line; what could not be read has its reason. */
export type ParsedItem =
  | { readonly index: number; readonly value: unknown }
  | { readonly index: number; readonly error: ItemError };

export type ParsedBody =
  | { readonly kind: 'items'; readonly items: readonly ParsedItem[] }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly whatToDo: string };

export const mostItems = 500;
/** Deeper values would exhaust the stack of whoever walks them, ours or the database's. */
const MOST_LEVELS = 32;

/** `application/json` or NDJSON by the content type; null: neither. */
export function bodyFormatOf(contentType: string | null): BodyFormat | null {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return null;
  switch (type.trim()) {
    case 'application/json':
      return 'json';
    case 'application/x-ndjson':
    case 'application/ndjson':
    case 'application/jsonl':
      return 'ndjson';
    default:
      return null;
  }
}

/** The items of a body. Never throws, whatever the bytes are. */
export function parseBody(body: Uint8Array, format: BodyFormat): ParsedBody {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return unreadable('the body is not UTF-8', 'Encode the body as UTF-8.');
  }
  const items = format === 'json' ? itemsOfJson(text) : itemsOfLines(text);
  if (!Array.isArray(items)) return items as Extract<ParsedBody, { kind: 'unreadable' }>;
  const parsed = items as readonly ParsedItem[];
  if (parsed.length === 0) return unreadable('there are no items', 'Send at least one item.');
  if (parsed.length > mostItems)
    return unreadable(
      `there are ${parsed.length} items`,
      `Send at most ${mostItems} items in one request; split the rest into further requests.`,
    );
  return { kind: 'items', items: parsed.map(refuseDeep) };
}

function itemsOfJson(text: string): ParsedBody | readonly ParsedItem[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable('the body is not JSON', 'Send {"items": [{…}]}, or NDJSON with its content type.');
  }
  const items = isObject(value) && Object.hasOwn(value, 'items') ? value['items'] : undefined;
  if (!Array.isArray(items))
    return unreadable(
      'the body has no list "items"',
      'Send {"items": [{…}]}, also for a single item; for one item a line use application/x-ndjson.',
    );
  return items.map((item: unknown, index) => ({ index, value: item }));
}

function itemsOfLines(text: string): readonly ParsedItem[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    try {
      return { index, value: JSON.parse(line) as unknown };
    } catch {
      const whatToDo = 'Write one JSON object a line, without line breaks inside it.';
      return { index, error: { index, field: null, reason: 'the line is not JSON', whatToDo } };
    }
  });
}

function refuseDeep(item: ParsedItem): ParsedItem {
  if ('error' in item || !isDeeper(item.value, MOST_LEVELS)) return item;
  const { index } = item;
  const reason = `values are nested more than ${MOST_LEVELS} levels deep`;
  return { index, error: { index, field: null, reason, whatToDo: 'Send flatter values.' } };
}

/** Level by level, because a recursion is what the limit is there to prevent. */
function isDeeper(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((one): readonly unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}

const unreadable = (reason: string, whatToDo: string): Extract<ParsedBody, { kind: 'unreadable' }> => ({
  kind: 'unreadable',
  reason,
  whatToDo,
});

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
