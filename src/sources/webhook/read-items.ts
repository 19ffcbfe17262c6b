/**
 * Door of the webhook's reader. In: the items of a signed body, the entity they are about. Out: records that may be
 * incomplete, and an error for each item that cannot be one. Every item is in exactly one of the two lists.
 */
import type { AnyRecord, Entity } from '../../domain/records.ts';
import { didYouMean, nearest } from '../../toolkit/nearest.ts';
import { checkRecord } from '../check-record.ts';
import { recordId, sourceKey } from '../identity.ts';
import type { ItemError } from './item-error.ts';
import { namedFields, requiredFields } from './item-fields.ts';
import { isObject, type ParsedItem } from './parse-body.ts';
import { keyOf, readValue } from './read-value.ts';

/** An item that fits its entity as far as it goes. */
export interface ReadItem {
  readonly index: number;
  /** Fields that the item does not have are absent: what is stored stays as it is. */
  readonly record: AnyRecord;
  /** Required fields that are absent: such an item can change a stored record, and cannot make a new one. */
  readonly missing: readonly string[];
}

export interface ReadItems {
  readonly items: readonly ReadItem[];
  readonly errors: readonly ItemError[];
}

/** @param source name of the sender; its keys make the ids, so the same key is the same record as in an import */
export function readItems(parsed: readonly ParsedItem[], entity: Entity, source: string): ReadItems {
  const items: ReadItem[] = [];
  const errors: ItemError[] = [];
  for (const one of parsed) {
    const read = 'error' in one ? one.error : readItem(one.index, one.value, entity, source);
    if ('record' in read) items.push(read);
    else errors.push(read);
  }
  return { items, errors };
}

function readItem(index: number, item: unknown, entity: Entity, source: string): ReadItem | ItemError {
  const error = (field: string | null, reason: string, whatToDo: string): ItemError => ({
    index,
    field,
    reason,
    whatToDo,
  });
  if (!isObject(item)) return error(null, 'is not an object', 'Send an object with "id" and fields.');
  const names = namedFields(entity);
  const values = new Map<string, unknown>();
  for (const [name, given] of Object.entries(item)) {
    if (name === 'id') continue;
    const named = names.get(name);
    if (named === undefined) {
      const meant = didYouMean(nearest(name.slice(0, 100), names.keys(), 2));
      return error(name.slice(0, 100), `is no field of ${entity}`, unknownField(meant));
    }
    if (values.has(named.field))
      return error(name, `gives ${named.field} a second time`, 'Give each field once.');
    const read = readValue(named.definition, given, { entity, field: named.field, source });
    if ('reason' in read) return error(name, read.reason, read.whatToDo);
    values.set(named.field, read.value);
  }
  const key = keyOf(Object.hasOwn(item, 'id') ? item['id'] : naturalKey(entity, item, values));
  if (key === null)
    return error(
      'id',
      'is missing or no key',
      'Send the key of the record in your system, at most 500 characters.',
    );
  return fitItem(index, Object.fromEntries(values), { entity, source, key }, error);
}

/** The last look that every importer's records get. */
function fitItem(
  index: number,
  values: Readonly<Record<string, unknown>>,
  { entity, source, key }: { readonly entity: Entity; readonly source: string; readonly key: string },
  error: (field: string, reason: string, whatToDo: string) => ItemError,
): ReadItem | ItemError {
  const record = {
    ...values,
    entity,
    id: recordId(entity, source, key),
    source,
    sourceId: sourceKey(source, key),
  } as unknown as AnyRecord;
  const checked = checkRecord(record, { cleaning: { removed: 0 }, cut: 0 }, { partial: true });
  if ('problem' in checked) {
    const { field, reason } = checked.problem;
    return error(field, reason, 'Send a value that fits the field; docs/guides/webhook.md lists them.');
  }
  const missing = requiredFields(entity).filter((field) => !Object.hasOwn(values, field));
  return { index, record: checked.record, missing };
}

/** Telemetry has no key of its own: a day of a customer is named by the two. */
function naturalKey(
  entity: Entity,
  item: Readonly<Record<string, unknown>>,
  values: ReadonlyMap<string, unknown>,
): unknown {
  if (entity !== 'usage_daily') return undefined;
  const given = item['account'] ?? item['accountId'] ?? item['account_id'];
  const account = keyOf(isObject(given) ? given['id'] : given);
  const of = isObject(given) && typeof given['source'] === 'string' ? `${given['source']}:` : '';
  const day = values.get('day');
  return account === null || typeof day !== 'string' ? undefined : `${of}${account}/${day}`;
}

const unknownField = (meant: string): string =>
  `Leave it out, or put what Heed has no field for under "raw"${meant === '' ? '' : meant.replace('; did', '. Did')}`;
