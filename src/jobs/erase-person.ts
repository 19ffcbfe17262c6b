/**
 * Door of erasing. In: whom. Out: an erasure that goes on step by step, each part in one transaction with the note that
 * it is done, so that a process may die at any moment and another goes on. When it ends, nothing of Heed's names the
 * person, later loads do not bring them back, and what remains counts as before under a random pseudonym.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { allowAuditChange, audit } from '../access/audit.ts';
import { accountRows } from '../access/privacy/account-rows.ts';
import { buildMatcher } from '../access/privacy/build-matcher.ts';
import { type PrivacySubject, privacySubjectSchema } from '../access/privacy/subject.ts';
import { countOwnedRows } from '../store/privacy-records.ts';
import { countMentions, countRows, loadWordColumns } from '../store/privacy-rows.ts';
import {
  type ErasureRow,
  finishErasure,
  forgetErasureSubject,
  insertErasure,
  listErasures,
  lockErasure,
  saveErasureProgress,
} from '../store/privacy-store.ts';
import { addSuppressed, type Suppressed, suppressedOf } from '../store/suppression.ts';
import { newId } from '../toolkit/ids.ts';
import { compact } from './erasure/compact.ts';
import { eraseFiles } from './erasure/erase-files.ts';
import { deleteAccountRows, eraseChat, renameRecords, retractMessages } from './erasure/erase-records.ts';
import { eraseTexts, searchedTables, searchOf } from './erasure/erase-texts.ts';
import {
  CountTally,
  done,
  type ErasureDeps,
  type ErasureStep,
  type Transaction,
} from './erasure/erasure-step.ts';

export type { ErasureDeps } from './erasure/erasure-step.ts';

/** What stands where a name stood: random, so that nobody can compute it from the name. */
export function newPseudonyms(): { readonly person: string; readonly account: string } {
  const mark = randomBytes(4).toString('hex');
  return { person: `Erased person ${mark}`, account: `Erased customer ${mark}` };
}

/** From here on nothing names the person any more, the erasure's own row included. */
const forget: ErasureStep = {
  kind: 'transaction',
  name: 'forget',
  run: async ({ deps, trx, erasure, matcher, counts }) => {
    await forgetErasureSubject(trx, erasure.id);
    const { changed, deleted, messages, files } = counts.result;
    const detail = {
      kind: erasure.kind,
      by: matcher.scrubText(deps.by, false),
      pseudonym: erasure.pseudonym,
      startedAt: erasure.startedAt.toISOString(),
      steps: stepsOf(erasure.kind).map(({ name }) => name),
      changed,
      deleted,
      messages: messages.length,
      files,
    };
    await audit(trx, {
      actorId: null,
      action: 'privacy-erase',
      subject: `erasure:${erasure.id}`,
      detail,
      at: deps.clock.now(),
    });
    return done;
  },
};

const stepsOf = (kind: ErasureRow['kind']): readonly ErasureStep[] =>
  kind === 'person'
    ? [eraseChat, renameRecords, eraseTexts, eraseFiles, forget, compact]
    : [retractMessages, deleteAccountRows, eraseTexts, eraseFiles, forget, compact];

/**
 * Opens an erasure, and in the same transaction puts the person on the list of those whom no load may bring back.
 *
 * @returns id of the erasure; `runErasure` does the rest
 */
export async function beginErasure(deps: ErasureDeps, subject: PrivacySubject): Promise<string> {
  const id = newId(deps.clock.now().getTime());
  const pseudonym = subject.identities[0]?.pseudonym ?? newPseudonyms().person;
  const step = stepsOf(subject.kind)[0]?.name ?? 'compact';
  await deps.store.transaction(async (trx) => {
    const startedAt = deps.clock.now();
    const key = await insertErasure(trx, { id, kind: subject.kind, step, subject, pseudonym, startedAt });
    for (const identity of subject.identities)
      await addSuppressed(
        trx,
        key,
        { id, pseudonym: identity.pseudonym },
        suppressedOf(identity, standInOf(subject)),
      );
    const ids = subject.records.map(
      (record): Suppressed => ({
        kind: 'id',
        value: record.id,
        replacementId: subject.kind === 'person' ? record.newId : null,
      }),
    );
    await addSuppressed(trx, key, { id, pseudonym }, ids);
  });
  return id;
}

/**
 * What another record with the same address is from now on: the erased one, or nobody. Its tickets stay, even when the
 * address was met in an erased customer.
 */
function standInOf({ kind, records }: PrivacySubject): string {
  const contact = records.find(({ entity }) => entity === 'contact') ?? records[0];
  return kind === 'person' && contact !== undefined ? contact.newId : randomUUID();
}

/** Does what is left of an erasure. Safe to call again, also from two processes at once. */
export async function runErasure(deps: ErasureDeps, id: string): Promise<void> {
  for (;;) {
    const next = await deps.store.transaction(async (trx) => {
      const erasure = await lockErasure(trx, id);
      if (erasure === null || erasure.state === 'done') return { kind: 'finished' as const };
      const steps = stepsOf(erasure.kind);
      const at = steps.findIndex(({ name }) => name === erasure.step);
      const step = steps[at];
      if (step === undefined)
        throw new Error(`erasure ${id} is at step "${erasure.step}", which this version does not know`);
      const after = steps[at + 1]?.name ?? null;
      if (step.kind === 'outside') return { kind: 'outside' as const, step, erasure, after };
      await runPart(deps, trx, step, erasure, after);
      return { kind: 'again' as const };
    });
    if (next.kind === 'finished') return;
    if (next.kind === 'outside') await runOutside(deps, next.step, next.erasure, next.after);
  }
}

async function runPart(
  deps: ErasureDeps,
  trx: Transaction,
  step: Extract<ErasureStep, { kind: 'transaction' }>,
  erasure: ErasureRow,
  after: string | null,
): Promise<void> {
  const subject = privacySubjectSchema.parse(erasure.subject);
  const counts = new CountTally(erasure.counts);
  const matcher = buildMatcher(subject.identities);
  deps.onProgress?.({ step: step.name, detail: '' });
  await allowAuditChange(trx, 'erasure');
  const result = await step.run({ deps, trx, erasure, subject, matcher, counts });
  const next =
    result.kind === 'again'
      ? { step: step.name, progress: result.progress }
      : { step: after ?? step.name, progress: {} };
  await saveErasureProgress(trx, erasure.id, { ...next, counts: counts.result });
}

async function runOutside(
  deps: ErasureDeps,
  step: Extract<ErasureStep, { kind: 'outside' }>,
  erasure: ErasureRow,
  after: string | null,
): Promise<void> {
  const subject = privacySubjectSchema.nullable().parse(erasure.subject);
  const counts = new CountTally(erasure.counts);
  const matcher = subject === null ? null : buildMatcher(subject.identities);
  deps.onProgress?.({ step: step.name, detail: '' });
  await step.run({ deps, erasure, matcher, counts });
  await deps.store.transaction(async (trx) => {
    const now = await lockErasure(trx, erasure.id);
    // Another process was faster.
    if (now === null || now.step !== step.name || now.state === 'done') return;
    await saveErasureProgress(trx, erasure.id, {
      step: after ?? step.name,
      progress: {},
      counts: counts.result,
    });
    if (after === null) await finishErasure(trx, erasure.id, deps.clock.now());
  });
}

/**
 * Finishes what was begun and cut off. Called at every start of the service and by `heed privacy resume`.
 *
 * @returns how many were finished
 */
export async function finishErasures(deps: ErasureDeps): Promise<number> {
  const open = await listErasures(deps.store.db, 'running');
  for (const { id } of open) await runErasure(deps, id);
  return open.length;
}

/** What an erasure would touch. Reads only. */
export interface ErasurePlan {
  readonly subject: PrivacySubject;
  /** Rows that belong to the person or mention them, by table; for a customer those that would stay. */
  readonly touched: Readonly<Record<string, number>>;
  /** Rows that would be deleted, by table. */
  readonly deleted: Readonly<Record<string, number>>;
}

/** Counts what an erasure would change and delete. */
export async function planErasure(
  deps: Pick<ErasureDeps, 'store'>,
  subject: PrivacySubject,
): Promise<ErasurePlan> {
  const { db } = deps.store;
  const matcher = buildMatcher(subject.identities);
  const types = await loadWordColumns(db);
  const touched: Record<string, number> = {};
  const deleted: Record<string, number> = {};
  for (const table of searchedTables) {
    const search = searchOf(table, subject, matcher, types);
    if (search === null) continue;
    const count = subject.kind === 'person' ? await countRows(db, search) : await countMentions(db, search);
    if (count > 0) touched[table] = count;
  }
  if (subject.kind === 'account') {
    const ids = subject.records.filter(({ entity }) => entity === 'account').map(({ id }) => id);
    deleted['account'] = ids.length;
    for (const { table } of accountRows) {
      const count = await countOwnedRows(db, table, accountRows, ids);
      if (count > 0) deleted[table] = count;
    }
  }
  return { subject, touched, deleted };
}
