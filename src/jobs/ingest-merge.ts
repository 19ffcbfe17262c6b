import type { AnyRecord } from '../domain/records.ts';
import type { ItemError } from '../sources/webhook/item-error.ts';
import type { ReadItem } from '../sources/webhook/read-items.ts';

/** What the items of a request make of one record. */
export interface MergedRecord {
  readonly record: AnyRecord;
  /** Places of the items in the request. */
  readonly indexes: readonly number[];
  /** Required fields that none of them gives. */
  readonly missing: readonly string[];
}

/**
 * Brings items about the same record together, in the order in which they stand; where both tell when they were
 * changed, the later change wins. Ordered by id, so that requests that meet wait for each other in one order.
 */
export function mergeItems(items: readonly ReadItem[]): readonly MergedRecord[] {
  const merged = new Map<string, MergedRecord>();
  for (const { index, record, missing } of items) {
    const before = merged.get(record.id);
    if (before === undefined) merged.set(record.id, { record, indexes: [index], missing });
    else
      merged.set(record.id, {
        record: later(before.record, record),
        indexes: [...before.indexes, index],
        missing: missing.filter((field) => before.missing.includes(field)),
      });
  }
  return [...merged.values()].sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}

/** Two items about one record, or two records that turn out to be one. */
function later(first: AnyRecord, second: AnyRecord): AnyRecord {
  const isOlder = first.updatedAt != null && second.updatedAt != null && second.updatedAt < first.updatedAt;
  const [base, over]: readonly object[] = isOlder ? [second, first] : [first, second];
  const { id, source, sourceId } = first;
  const merged: object = { ...base, ...over, id, source, sourceId };
  return merged as AnyRecord;
}

/**
 * Gives usage the id under which the customer's day is stored already, or under which this request names it first.
 *
 * @param stored id by `<account id>/<day>`
 */
export function withDayIds(
  items: readonly ReadItem[],
  stored: ReadonlyMap<string, string>,
): readonly ReadItem[] {
  const ids = new Map(stored);
  return items.map((item) => {
    if (item.record.entity !== 'usage_daily' || item.missing.includes('day')) return item;
    const day = `${item.record.accountId}/${item.record.day}`;
    const id = ids.get(day) ?? item.record.id;
    ids.set(day, id);
    return id === item.record.id ? item : { ...item, record: { ...item.record, id } };
  });
}

/** An error for each item that would have to make a new record and lacks what that needs. */
export function incompleteErrors(
  merged: readonly MergedRecord[],
  stored: ReadonlySet<string>,
): readonly ItemError[] {
  return merged
    .filter(({ record, missing }) => missing.length > 0 && !stored.has(record.id))
    .flatMap(({ indexes, missing }) =>
      indexes.map((index) => ({
        index,
        field: missing[0] ?? null,
        reason: `is needed for a record that is not stored yet (missing: ${missing.join(', ')})`,
        whatToDo: 'Send the whole record first, or check the id: a part can change only what is there.',
      })),
    );
}
