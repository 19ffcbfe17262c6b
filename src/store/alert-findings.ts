import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type AlertSnapshot, evidenceSchema } from '../domain/alert.ts';
import type { Finding, FindingKind } from '../domain/finding.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** The last analyser run that ended well. */
export interface AnalysedRun {
  readonly id: string;
  readonly asOf: Date;
}

export async function findLatestRun(db: Db): Promise<AnalysedRun | null> {
  const row = await db
    .selectFrom('analysis_run')
    .select(['id', 'as_of'])
    .where('state', '=', 'done')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, asOf: row.as_of };
}

/** Findings of one kind without their evidence and pictures, each with the run that made it. */
export type StoredFindingHead = Omit<Finding, 'evidence' | 'chart'> & { readonly runId: string };

/** @param only about these subjects; all without it */
export async function listFindingHeads(
  db: Db,
  kind: FindingKind,
  only?: readonly string[],
): Promise<readonly StoredFindingHead[]> {
  const rows = await db
    .selectFrom('finding')
    .select([
      'subject_kind',
      'subject_id',
      'subject_label',
      'account_id',
      'owner_id',
      'team_id',
      'value',
      'observed_at',
      'facts',
      'run_id',
    ])
    .where('kind', '=', kind)
    .$if(only !== undefined, (query) =>
      query.where('subject_id', '=', sql<string>`any(${[...(only ?? [])]}::text[])`),
    )
    .orderBy('subject_id')
    .execute();
  return rows.map((row) => ({
    kind,
    subject: {
      kind: row.subject_kind as Finding['subject']['kind'],
      id: row.subject_id,
      label: row.subject_label,
    },
    accountId: row.account_id,
    ownerId: row.owner_id,
    teamId: row.team_id,
    value: row.value,
    observedAt: row.observed_at,
    facts: factsSchema.parse(row.facts),
    runId: row.run_id,
  }));
}

/** Evidence and picture of findings, by subject id. */
export interface FindingDetail {
  readonly evidence: AlertSnapshot['fired']['evidence'];
  readonly chart: unknown;
}

export async function listFindingDetails(
  db: Db,
  kind: FindingKind,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, FindingDetail>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('finding')
    .select(['subject_id', 'evidence', 'chart'])
    .where('kind', '=', kind)
    .where('subject_id', '=', sql<string>`any(${subjectIds})`)
    .execute();
  return new Map(
    rows.map((row) => [row.subject_id, { evidence: evidenceSchema.parse(row.evidence), chart: row.chart }]),
  );
}

/** What a message says about an account beside the finding. */
export type AccountBrief = NonNullable<AlertSnapshot['account']>;

export async function listAccountBriefs(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AccountBrief>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('account')
    .select(['id', 'name', 'arr', 'currency', 'tier'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, ...brief }) => [id, brief]));
}

export interface PersonBrief {
  readonly name: string;
  /** Null when the person is not linked on this platform. */
  readonly chatUserId: string | null;
}

export async function listPersonBriefs(
  db: Db,
  platform: 'slack' | 'teams',
  ids: readonly string[],
): Promise<ReadonlyMap<string, PersonBrief>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .leftJoin('chat_identity', (join) =>
      join.onRef('chat_identity.person_id', '=', 'person.id').on('chat_identity.platform', '=', platform),
    )
    .select(['person.id', 'person.name', 'chat_identity.chat_user_id'])
    .where('person.id', '=', sql<string>`any(${ids}::uuid[])`)
    // Somebody linked twice is called by the newest link.
    .orderBy('chat_identity.linked_at', 'asc')
    .execute();
  return new Map(rows.map((row) => [row.id, { name: row.name, chatUserId: row.chat_user_id }]));
}
