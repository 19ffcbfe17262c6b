import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findAccount } from '../access/privacy/find-account.ts';
import { findPerson } from '../access/privacy/find-person.ts';
import type { PrivacySubject } from '../access/privacy/subject.ts';
import {
  beginErasure,
  type ErasurePlan,
  finishErasures,
  newPseudonyms,
  planErasure,
  runErasure,
} from '../jobs/erase-person.ts';
import { describeExport, exportPerson, type PersonExport } from '../jobs/export-person.ts';
import { recoverSyncRuns } from '../jobs/sync-sources.ts';
import { countMessageStates, type ErasureRow, listErasures } from '../store/privacy-store.ts';
import type { Result } from '../toolkit/issue.ts';
import type { Heed } from './open-heed.ts';
import { inStep, type Progress, silentProgress } from './progress.ts';

type PrivacyHeed = Pick<Heed, 'store' | 'clock' | 'config'>;

/** Whom a command is about; several that fit are an issue with their ids. */
export function findSubject(
  heed: PrivacyHeed,
  who: { readonly person: string } | { readonly account: string },
): Promise<Result<PrivacySubject>> {
  const pseudonyms = newPseudonyms();
  return 'person' in who
    ? findPerson(heed.store.db, who.person, pseudonyms.person)
    : findAccount(heed.store.db, who.account, pseudonyms.account, pseudonyms.person);
}

export function exportSubject(heed: PrivacyHeed, subject: PrivacySubject): Promise<PersonExport> {
  return exportPerson({ store: heed.store, home: heed.config.home, now: heed.clock.now() }, subject);
}

/** Writes an export as a folder of JSON files with a README.txt, readable by its owner alone. */
export function writeExport(exported: PersonExport, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  for (const [table, rows] of Object.entries(exported.tables))
    write(`${table}.json`, `${JSON.stringify(rows, null, 2)}\n`);
  if (exported.logLines.length > 0) write('log-lines.txt', `${exported.logLines.join('\n')}\n`);
  write('README.txt', describeExport(exported));
}

export const defaultExportFolder = (): string => `privacy-export-${randomUUID().slice(0, 8)}`;

export function planSubjectErasure(heed: PrivacyHeed, subject: PrivacySubject): Promise<ErasurePlan> {
  return planErasure({ store: heed.store }, subject);
}

/** Erases to the end and tells what was done. */
export async function eraseSubject(
  heed: PrivacyHeed,
  subject: PrivacySubject,
  progress: Progress,
): Promise<ErasureStatus> {
  // What an import that died left on the disk goes first.
  await recoverSyncRuns({ store: heed.store, clock: heed.clock });
  const id = await inStep(
    progress,
    'Erasing',
    async (step) => {
      const deps = {
        ...erasureDeps(heed),
        onProgress: (at: StepName) => step.update(`${at.step} ${at.detail}`.trimEnd()),
      };
      const begun = await beginErasure(deps, subject);
      await runErasure(deps, begun);
      return begun;
    },
    () => 'done',
  );
  const status = (await listErasureStates(heed)).find((one) => one.id === id);
  if (status === undefined) throw new Error(`erasure ${id} is not there`);
  return status;
}

interface StepName {
  readonly step: string;
  readonly detail: string;
}

/** Finishes erasures that were cut off; called at the start of the service. */
export function resumeErasures(heed: PrivacyHeed, progress: Progress = silentProgress): Promise<number> {
  return inStep(
    progress,
    'Finishing erasures',
    (step) =>
      finishErasures({
        ...erasureDeps(heed),
        onProgress: ({ step: name, detail }) => step.update(`${name} ${detail}`.trimEnd()),
      }),
    (count) => `${count} finished`,
  );
}

function erasureDeps(heed: PrivacyHeed) {
  return { store: heed.store, clock: heed.clock, home: heed.config.home, by: accountName() };
}

function accountName(): string {
  try {
    return `command line, ${userInfo().username}`;
  } catch {
    return 'command line';
  }
}

/** An erasure with what became of the posted messages that named the person. */
export interface ErasureStatus extends ErasureRow {
  readonly postedMessages: { readonly edited: number; readonly waiting: number; readonly givenUp: number };
}

export async function listErasureStates(heed: PrivacyHeed): Promise<readonly ErasureStatus[]> {
  const rows = await listErasures(heed.store.db, 'all');
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      subject: null,
      postedMessages: await countMessageStates(heed.store.db, row.counts.messages),
    })),
  );
}

/** What was done and what was not, in plain words. */
export function describeErasure(status: ErasureStatus, engine: 'embedded' | 'server'): string {
  const { counts, postedMessages, pseudonym } = status;
  const list = (rows: Readonly<Record<string, number>>): readonly string[] =>
    Object.entries(rows)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, count]) => `  ${name.padEnd(28)} ${count.toLocaleString('en').padStart(9)}`);
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [title, ...lines, ''];
  const posted = counts.messages.length;
  const pictures = counts.images.length;
  return [
    `Erasure ${status.id} is ${status.state === 'done' ? 'done' : `at step ${status.step}`}. The name stands nowhere any more; "${pseudonym}" stands in its place.`,
    '',
    ...section('Rows changed:', list(counts.changed)),
    ...section('Rows deleted:', list(counts.deleted)),
    ...section('Files:', list(counts.files)),
    posted === 0
      ? 'No posted message named them.'
      : `${posted} posted messages named them: ${postedMessages.edited} are edited, ${postedMessages.waiting} will be edited by the running service (heed start), ${postedMessages.givenUp} cannot be edited any more. See heed privacy status.`,
    ...(pictures === 0
      ? []
      : [
          `${pictures} pictures that those messages showed stay in the chat platform's own file list; delete them there: ${counts.images.join(', ')}`,
        ]),
    '',
    'What stays, and why:',
    '  - the rows themselves under the pseudonym, so that counts and response times stay right;',
    '  - one entry of the audit trail without the name, as proof that the request was met (GDPR art. 5(2));',
    '  - keyed hashes of ids, addresses and names, so that the next import does not bring them back (art. 17(3)(b)).',
    engine === 'embedded'
      ? 'The database files were rewritten and the old log was removed. Copies of HEED_HOME that you made are yours to delete.'
      : 'The tables were rewritten. The server’s write-ahead log, replicas, backups and its own log files may hold old versions until they run out: that is for the database administrator.',
    'Erase them in the systems that Heed reads from, too; what they hold is not changed from here.',
  ].join('\n');
}
