import type { JsonObject } from '../json/read-json.ts';

/**
 * Cells of a record for the paths that a mapping asks for: `customer.id` is the key of that name, or `id` inside
 * `customer`; `tags[0]` and `lines.0.sku` go into lists. Objects and lists stay JSON, for fields that hold such.
 *
 * @param paths for each column its names, the first that the record has counts
 */
export function cellsOf(
  record: JsonObject,
  paths: readonly (readonly string[])[],
): readonly (string | null)[] {
  return paths.map((names) => {
    for (const name of names) {
      const value = valueAt(record, name);
      if (value !== undefined) return cellOf(value);
    }
    return null;
  });
}

function valueAt(record: JsonObject, path: string): unknown {
  const direct = memberOf(record, path);
  if (direct !== undefined) return direct;
  let value: unknown = record;
  for (const step of path.replace(/\[(\d{1,9})\]/g, '.$1').split('.')) {
    value = memberOf(value, step);
    if (value === undefined) return undefined;
  }
  return value;
}

/** Own members alone: `constructor` is no field of anybody's record unless it stands there. */
function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, key)) return (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) return undefined;
  const lower = key.trim().toLowerCase();
  const similar = Object.keys(value).find((name) => name.trim().toLowerCase() === lower);
  return similar === undefined ? undefined : (value as Record<string, unknown>)[similar];
}

function cellOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? null : JSON.stringify(value);
}
