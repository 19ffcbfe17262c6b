/**
 * Door of the webhook's storing. In: the items of a request whose signature was right, and its idempotency key. Out:
 * records stored with the answer in one transaction, or an answer that says why not. It never analyses anything: what
 * was touched is in the result and, until somebody has analysed it, beside the key.
 */
import { createHash } from 'node:crypto';
import { recordFields } from '../domain/record-fields.ts';
import type { AnyRecord, Entity } from '../domain/records.ts';
import type { ItemError } from '../sources/webhook/item-error.ts';
import type { ParsedItem } from '../sources/webhook/parse-body.ts';
import { type ReadItem, readItems } from '../sources/webhook/read-items.ts';
import type { Store } from '../store/database.ts';
import {
  findIngestAnswer,
  findUsageIds,
  listStoredIds,
  readTouched,
  saveIngestRequest,
  type TouchedIds,
} from '../store/ingest-store.ts';
import { storeRecords } from '../store/record-store.ts';
import type { Clock } from '../toolkit/clock.ts';
import { incompleteErrors, type MergedRecord, mergeItems, withDayIds } from './ingest-merge.ts';
import { countTouched, mergeTouched } from './touched.ts';

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

export interface IngestDeps {
  readonly store: Store;
  readonly clock: Clock;
}

export interface IngestRequest {
  /** Name of the sender, and `source` of the records. */
  readonly source: string;
  readonly entity: Entity;
  /** `Idempotency-Key`. */
  readonly key: string;
  /** The signature that matched. */
  readonly signature: string;
  /** Bytes of the body, for telling one request from another. */
  readonly body: Uint8Array;
  readonly items: readonly ParsedItem[];
  /** `refuse`: one bad item stores nothing. */
  readonly partial: 'allow' | 'refuse';
}

/** What a sender is told about its items. `received` = `stored` + `rejected`. */
export interface IngestAnswer {
  readonly kind: Entity;
  readonly received: number;
  /** Items that are stored now, also those that changed nothing. */
  readonly stored: number;
  /** Records that were added or changed. */
  readonly changed: number;
  readonly rejected: number;
  readonly errors: readonly { index: number; field: string | null; reason: string; what_to_do: string }[];
  /** References to records that are not stored (yet). */
  readonly warnings: readonly { index: number; field: string; reason: string }[];
}

export type IngestOutcome =
  /** `touched` null: nothing that the analyser looks at by itself. */
  | {
      readonly kind: 'stored';
      readonly status: number;
      readonly answer: string;
      readonly touched: TouchedIds | null;
    }
  /** The same request came before; this is what was answered. */
  | { readonly kind: 'replayed'; readonly status: number; readonly answer: string }
  /** Nothing was stored, and the key is free. */
  | { readonly kind: 'refused'; readonly answer: string }
  /** The key belongs to a request with another body, kind or option. */
  | { readonly kind: 'key-of-another' }
  /** The signed request was taken before, under another key. */
  | { readonly kind: 'signature-of-another' };

/** Stores the items of a request, once, however often the request comes. */
export async function ingestEvents(deps: IngestDeps, request: IngestRequest): Promise<IngestOutcome> {
  const requestHash = hashOf(request);
  const before = await answeredBefore(deps, request, requestHash);
  if (before !== null) return before;
  const read = readItems(request.items, request.entity, request.source);
  if (request.partial === 'refuse' && read.errors.length > 0) return refused(request, read.errors);
  try {
    return await deps.store.transaction((trx) => storeItems(trx, deps, request, { ...read, requestHash }));
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    return (await answeredBefore(deps, request, requestHash)) ?? { kind: 'signature-of-another' };
  }
}

/** Another request with the key or the signature was faster: nothing of this one may remain. */
class TakenError extends Error {}

async function answeredBefore(
  { store }: IngestDeps,
  { source, key }: IngestRequest,
  requestHash: string,
): Promise<IngestOutcome | null> {
  const before = await findIngestAnswer(store.db, source, key);
  if (before === null) return null;
  if (before.requestHash !== requestHash) return { kind: 'key-of-another' };
  return { kind: 'replayed', status: before.status, answer: before.answer };
}

async function storeItems(
  trx: Transaction,
  { clock }: IngestDeps,
  request: IngestRequest,
  read: {
    readonly items: readonly ReadItem[];
    readonly errors: readonly ItemError[];
    readonly requestHash: string;
  },
): Promise<IngestOutcome> {
  const { entity, source, key, signature } = request;
  const usageIds = await findUsageIds(
    trx,
    read.items.map(({ record }) => record),
  );
  const merged = mergeItems(withDayIds(read.items, usageIds));
  const ids = merged.map(({ record }) => record.id);
  const stored = await listStoredIds(trx, entity, ids);
  const incomplete = incompleteErrors(merged, stored);
  const errors = [...read.errors, ...incomplete].sort((a, b) => a.index - b.index);
  const isBad = new Set(incomplete.map(({ index }) => index));
  const good = merged.filter(({ indexes }) => !indexes.some((index) => isBad.has(index)));
  if (good.length === 0 || (errors.length > 0 && request.partial === 'refuse'))
    return refused(request, errors);
  const goodIds = good.map(({ record }) => record.id);
  // A record that moves from one customer to another concerns both.
  const left = stored.size === 0 ? null : await readTouched(trx, entity, goodIds);
  const loaded = await storeRecords(
    trx,
    source,
    good.map(({ record }) => record),
  );
  const changed = loaded.reduce((sum, one) => sum + one.stored, 0);
  const joined = changed === 0 ? null : await readTouched(trx, entity, goodIds);
  const touched = joined === null ? null : mergeTouched(left === null ? [joined] : [left, joined]);
  const warnings = await findOrphans(trx, entity, good);
  const answer = answerOf(request, { errors, warnings, changed });
  const isOurs = await saveIngestRequest(trx, {
    source,
    key,
    signature,
    requestHash: read.requestHash,
    kind: entity,
    status: 200,
    answer,
    receivedAt: clock.now(),
    touched: touched !== null && countTouched(touched) > 0 ? touched : null,
  });
  if (!isOurs) throw new TakenError();
  return { kind: 'stored', status: 200, answer, touched };
}

/** References to records that are not stored: they may still come, but a misspelt key looks the same. */
async function findOrphans(
  trx: Transaction,
  entity: Entity,
  merged: readonly MergedRecord[],
): Promise<IngestAnswer['warnings']> {
  const pointers = merged.flatMap(({ record, indexes }) =>
    Object.entries(recordFields[entity]).flatMap(([field, definition]) => {
      const id = (record as AnyRecord & Readonly<Record<string, unknown>>)[field];
      if (definition.kind !== 'reference' || typeof id !== 'string') return [];
      return [{ index: indexes.at(-1) ?? 0, field, to: definition.to, id }];
    }),
  );
  const known = new Set<string>();
  for (const to of new Set(pointers.map((pointer) => pointer.to))) {
    const ids = pointers.filter((pointer) => pointer.to === to).map(({ id }) => id);
    for (const id of await listStoredIds(trx, to, [...new Set(ids)])) known.add(`${to}/${id}`);
  }
  return pointers
    .filter(({ to, id }) => !known.has(`${to}/${id}`))
    .map(({ index, field, to }) => ({ index, field, reason: `names a record of ${to} that is not stored` }));
}

/** Nothing is stored, so every item counts as rejected; the errors name those that are bad. */
function refused(request: IngestRequest, errors: readonly ItemError[]): IngestOutcome {
  const rejected = request.items.length;
  return { kind: 'refused', answer: answerOf(request, { errors, warnings: [], changed: 0, rejected }) };
}

function answerOf(
  { entity, items }: IngestRequest,
  told: Pick<IngestAnswer, 'warnings' | 'changed'> & {
    readonly errors: readonly ItemError[];
    readonly rejected?: number;
  },
): string {
  const rejected = told.rejected ?? told.errors.length;
  const answer: IngestAnswer = {
    kind: entity,
    received: items.length,
    stored: items.length - rejected,
    changed: told.changed,
    rejected,
    errors: told.errors.map(({ index, field, reason, whatToDo }) => ({
      index,
      field,
      reason,
      what_to_do: whatToDo,
    })),
    warnings: told.warnings,
  };
  return JSON.stringify(answer);
}

function hashOf({ entity, partial, body }: IngestRequest): string {
  return createHash('sha256').update(`${entity}\n${partial}\n`).update(body).digest('hex');
}
