/**
 * Walks the audit trail. In: the database. Out: that every entry follows the one before it and says what it said when
 * it was written, or the first one that does not. Hashes are computed here, not by the database's own functions.
 */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../store/schema.ts';

/** What a walk over the trail found. */
export type AuditVerdict =
  | {
      readonly kind: 'whole';
      /** Entries that were looked at. */
      readonly entries: number;
      /** Of them, entries whose words an erasure has replaced. */
      readonly rewritten: number;
      /** Number of the last entry that retention has removed; 0: none. */
      readonly prunedThrough: number;
      /** Number and hash of the newest entry: noted somewhere else, it proves later that nothing before it was redone. */
      readonly head: { readonly seq: number; readonly hash: string };
    }
  | {
      readonly kind: 'broken';
      /** Number of the first entry that is wrong, or after which one is missing. */
      readonly seq: number;
      readonly id: string | null;
      readonly why: string;
    };

interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly detail: string;
  readonly salt: string | null;
  readonly contents_hash: string;
  readonly previous_hash: string;
  readonly hash: string;
}

const pageEntries = 5_000;

/**
 * Checks the whole trail, page by page, on one snapshot when `db` is a transaction.
 *
 * @param noted hash of an entry that was noted earlier; it must still be in the trail
 */
export async function verifyAudit(db: Kysely<Schema>, noted?: string): Promise<AuditVerdict> {
  const seals = await loadSeals(db);
  let previous: { seq: number; hash: string } | null = null;
  let entries = 0;
  let rewritten = 0;
  let prunedThrough = 0;
  let isNotedFound = noted === undefined;
  for (;;) {
    const page: readonly Entry[] = await loadPage(db, previous?.seq ?? -1);
    for (const entry of page) {
      const start = previous ?? seals.startBefore(entry.seq);
      if (previous === null) prunedThrough = entry.seq - 1;
      const why =
        start === null
          ? 'the entries before it were not removed by retention'
          : mistake(entry, start, seals.latest(entry.seq));
      if (why !== null) return { kind: 'broken', seq: entry.seq, id: entry.id, why };
      if (seals.latest(entry.seq) !== undefined) rewritten += 1;
      if (entry.hash === noted) isNotedFound = true;
      entries += 1;
      previous = { seq: entry.seq, hash: entry.hash };
    }
    if (page.length < pageEntries) break;
  }
  const head = previous ?? { seq: 0, hash: genesis };
  const kept = await db.selectFrom('audit_head').select(['last_seq', 'last_hash']).executeTakeFirst();
  if (kept?.last_seq !== head.seq || kept.last_hash !== head.hash)
    return {
      kind: 'broken',
      seq: head.seq,
      id: null,
      why: `it is the last one, but there were ${kept?.last_seq ?? 'no'} entries`,
    };
  if (!isNotedFound)
    return {
      kind: 'broken',
      seq: head.seq,
      id: null,
      why: `no entry has the hash ${noted ?? ''} that was noted earlier`,
    };
  return { kind: 'whole', entries, rewritten, prunedThrough, head };
}

const genesis = 'genesis';

/** Entries that seal what an erasure and retention did; they are part of the chain themselves. */
interface Seals {
  /** Digest of what an entry says since it was rewritten; undefined: it never was. */
  latest(seq: number): string | undefined;
  /** What the first entry that is still there must follow. */
  startBefore(seq: number): { readonly seq: number; readonly hash: string } | null;
}

async function loadSeals(db: Kysely<Schema>): Promise<Seals> {
  const { rows } = await sql<{ action: string; target: number; value: string | null }>`
    select action, substring(subject from '^audit:([0-9]+)$')::bigint as target,
      coalesce(detail ->> 'contents', detail ->> 'hash') as value
    from audit_log where action in ('audit-rewritten', 'audit-pruned') order by seq`.execute(db);
  const contents = new Map<number, string>();
  const removed = new Map<number, string>();
  for (const { action, target, value } of rows)
    (action === 'audit-pruned' ? removed : contents).set(target, value ?? '');
  return {
    latest: (seq) => contents.get(seq),
    startBefore: (seq) => {
      const hash = seq === 1 ? genesis : removed.get(seq - 1);
      return hash === undefined ? null : { seq: seq - 1, hash };
    },
  };
}

async function loadPage(db: Kysely<Schema>, after: number): Promise<readonly Entry[]> {
  const { rows } = await sql<Entry>`
    select seq, id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, action,
      coalesce(actor_id::text, '') as actor, subject, detail::text as detail, salt, contents_hash, previous_hash, hash
    from audit_log where seq > ${after} order by seq limit ${pageEntries}`.execute(db);
  return rows;
}

function mistake(
  entry: Entry,
  before: { readonly seq: number; readonly hash: string },
  sealed: string | undefined,
): string | null {
  if (entry.seq !== before.seq + 1) return `entry ${before.seq + 1} is missing before it`;
  if (entry.previous_hash !== before.hash) return 'it does not follow the entry before it';
  const { seq, id, at, action, contents_hash, previous_hash } = entry;
  if (entry.hash !== digest(seq, id, at, action, contents_hash, previous_hash))
    return 'its number, time, action or digest was changed';
  const contents = digest(entry.salt ?? '', entry.actor, entry.subject, entry.detail);
  if (contents !== (sealed ?? contents_hash)) return 'what it says was changed';
  return null;
}

const digest = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join('|')).digest('hex');
