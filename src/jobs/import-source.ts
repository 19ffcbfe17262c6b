import type { AnyRecord, Entity } from '../domain/records.ts';
import { checkRecords } from '../sources/check-record.ts';
import { buildDirectory, customersSource, looseCustomerKey } from '../sources/identity.ts';
import type { SourceEvent } from '../sources/source-event.ts';
import type { SourcePlan } from '../sources/source-plan.ts';
import type { Store } from '../store/database.ts';
import { createRecordLoad, type LoadedEntity } from '../store/record-load.ts';
import { type AccountMerge, countOrphans, mergeAccounts } from '../store/record-store.ts';
import {
  beatRun,
  finishRun,
  loadKnownCases,
  loadKnownNames,
  type RunOwner,
  startRun,
} from '../store/sync-store.ts';
import type { Clock } from '../toolkit/clock.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { newId } from '../toolkit/ids.ts';
import type { Issue } from '../toolkit/issue.ts';
import type { SourceReport } from './import-report.ts';
import { defaultSpoolFolder, ImportSpool } from './import-spool.ts';
import { ImportTally } from './import-tally.ts';
import { saveTallied } from './save-tallied.ts';

export interface ImportProgress {
  readonly source: string;
  readonly phase: 'reading' | 'storing';
  readonly rowsRead: number;
  /** Records stored so far and in all; 0 of 0 while reading. */
  readonly recordsStored: number;
  readonly recordsToStore: number;
  readonly rowsPerSecond: number;
}

export interface ImportSourceDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly owner: RunOwner;
  /** Where records wait until all of a source has been read; default a folder of the system's for such files. */
  readonly spoolFolder?: string;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Rows between two looks at the clock and the rejects. */
const FLUSH_EVERY = 500;
/** Rows of one statement: small enough for a socket message, large enough that its overhead does not count. */
const STORE_BATCH = 5_000;
const PROGRESS_EVERY_MS = 500;
const TICKETS_BY_NUMBER = 200_000;

/** Reads a source, and when all of it is good stores it in one transaction. Never throws for bad content. */
export async function importSource(
  deps: ImportSourceDeps,
  plan: SourcePlan,
  origin: string,
): Promise<SourceReport> {
  const { store, clock, owner } = deps;
  const runId = newId(clock.now().getTime());
  await startRun(store.db, { id: runId, source: plan.source, origin, startedAt: clock.now(), owner });
  const spool = new ImportSpool(deps.spoolFolder ?? defaultSpoolFolder(), runId);
  const work = new SourceWork(deps, plan, runId, spool);
  let issues: readonly Issue[];
  try {
    issues = await work.read();
    if (issues.length === 0) return await work.store();
  } catch (error) {
    // Whatever broke, what was stored before stays as it was and the run says why it failed.
    issues = [
      { code: 'import-failed', path: plan.source, message: `could not be stored: ${messageOf(error)}` },
    ];
  } finally {
    await spool.remove();
  }
  return work.fail(issues);
}

class SourceWork {
  private readonly deps: ImportSourceDeps;
  private readonly plan: SourcePlan;
  private readonly runId: string;
  private readonly tally = new ImportTally();
  private readonly startedMs = performance.now();
  private shownMs = performance.now();
  private readonly spool: ImportSpool;
  private sinceFlush = 0;

  constructor(deps: ImportSourceDeps, plan: SourcePlan, runId: string, spool: ImportSpool) {
    this.deps = deps;
    this.plan = plan;
    this.runId = runId;
    this.spool = spool;
  }

  /** @returns why the source cannot be stored; empty when all is well */
  async read(): Promise<readonly Issue[]> {
    const { db } = this.deps.store;
    this.progress('reading');
    const names = await loadKnownNames(db);
    const cases = this.plan.adapter === 'escalation-text' ? await loadKnownCases(db, TICKETS_BY_NUMBER) : {};
    for await (const event of checkRecords(this.plan.read(buildDirectory({ ...names, ...cases })))) {
      if (event.kind === 'refused') return event.issues;
      const isBehind = this.take(event);
      if (isBehind) await isBehind;
      this.sinceFlush += 1;
      if (this.sinceFlush >= FLUSH_EVERY) await this.flush();
    }
    await this.flush();
    await this.spool.seal();
    if (this.plan.partial === 'allow' || this.tally.rowsRejected === 0) return [];
    const message = `${this.tally.rowsRejected} rows are bad and the mapping says partial: refuse`;
    return [{ code: 'rows-refused', path: this.plan.source, message }];
  }

  /** @returns a promise when the disk is behind */
  private take(event: Exclude<SourceEvent, { kind: 'refused' }>): Promise<void> | undefined {
    switch (event.kind) {
      case 'accepted':
        this.tally.rowsAccepted += 1;
        return this.keep(event.records);
      case 'derived':
        return this.keep(event.records);
      case 'rejected':
        this.tally.addReject(event.reject);
        return undefined;
      case 'skipped':
        this.tally.linesSkipped += event.lines;
        return undefined;
      case 'note':
        this.tally.addNote(event.note);
        return undefined;
      case 'file-read':
        this.tally.files.push({ file: event.file, bytes: event.bytes, sha256: event.sha256 });
        return undefined;
      default:
        return exhaustive(event);
    }
  }

  private keep(records: readonly AnyRecord[]): Promise<void> | undefined {
    let isBehind: Promise<void> | undefined;
    for (const record of records) isBehind = this.spool.add(record) ?? isBehind;
    return isBehind;
  }

  private async flush(): Promise<void> {
    const { store, clock, owner } = this.deps;
    this.sinceFlush = 0;
    await saveTallied(store.db, this.runId, this.tally);
    if (performance.now() - this.shownMs < PROGRESS_EVERY_MS) return;
    this.shownMs = performance.now();
    await beatRun(store.db, this.runId, owner, clock.now(), this.tally.rowsRead);
    this.progress('reading');
  }

  /** Everything of this source becomes visible at once, with its run. */
  async store(): Promise<SourceReport> {
    const { store, clock } = this.deps;
    return store.transaction(async (trx) => {
      const applied = await this.load(trx);
      const merged = await adoptListedCustomers(trx, this.plan.source, applied, clock.now());
      for (const name of merged) {
        const message = `"${name}" of the customer list is now the account of ${this.plan.source}`;
        this.tally.addNote({ code: 'account-merged', file: '', message, count: 1 });
      }
      const orphans = await countOrphans(
        trx,
        this.plan.source,
        applied.map((one) => one.entity),
      );
      for (const orphan of orphans) {
        const message = `${orphan.field} of ${orphan.entity} names no ${orphan.refersTo} that is stored`;
        this.tally.addNote({ code: 'reference-orphan', file: '', message, count: orphan.count });
      }
      const done = this.report('done', applied, []);
      const isOurs = await finishRun(
        trx,
        this.runId,
        'done',
        clock.now(),
        countsOf(done),
        storedReport(done),
      );
      if (!isOurs) throw new Error('another start took this import for dead and gave it up');
      return done;
    });
  }

  /** Runs again from the start when the transaction does. */
  private async load(trx: Trx): Promise<readonly LoadedEntity[]> {
    const load = createRecordLoad(trx, this.plan.source);
    let stored = 0;
    this.progress('storing', 0);
    for await (const { entity, rows } of this.spool.batches(STORE_BATCH)) {
      await load.add(entity, rows);
      stored += rows.length;
      if (performance.now() - this.shownMs < PROGRESS_EVERY_MS) continue;
      this.shownMs = performance.now();
      this.progress('storing', stored);
    }
    return load.loaded;
  }

  async fail(issues: readonly Issue[]): Promise<SourceReport> {
    const { store, clock } = this.deps;
    const report = this.report('failed', [], issues);
    await saveTallied(store.db, this.runId, this.tally);
    await finishRun(store.db, this.runId, 'failed', clock.now(), countsOf(report), storedReport(report));
    return report;
  }

  private progress(phase: ImportProgress['phase'], recordsStored = 0): void {
    const { rowsRead } = this.tally;
    this.deps.onProgress({
      source: this.plan.source,
      phase,
      rowsRead,
      recordsStored,
      recordsToStore: phase === 'storing' ? this.spool.rows : 0,
      rowsPerSecond: this.rate(rowsRead),
    });
  }

  private seconds(): number {
    return (performance.now() - this.startedMs) / 1000;
  }

  private rate(rows: number): number {
    return Math.round(rows / Math.max(this.seconds(), 0.001));
  }

  private report(
    state: SourceReport['state'],
    applied: readonly LoadedEntity[],
    issues: readonly Issue[],
  ): SourceReport {
    const { tally, plan } = this;
    return {
      runId: this.runId,
      source: plan.source,
      adapter: plan.adapter,
      state,
      files: tally.files,
      rowsRead: tally.rowsRead,
      rowsAccepted: tally.rowsAccepted,
      rowsRejected: tally.rowsRejected,
      linesSkipped: tally.linesSkipped,
      stored: applied.reduce((sum, one) => sum + one.stored, 0),
      unchanged: applied.reduce((sum, one) => sum + one.unchanged, 0),
      entities: applied,
      notes: tally.notes,
      rejects: tally.shownRejects,
      issues,
      seconds: Math.round(this.seconds() * 100) / 100,
      rowsPerSecond: this.rate(tally.rowsRead),
    };
  }
}

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/**
 * A customer that stood only in a text list may turn up in a real system later. When exactly one account of that
 * system has its name, the two become one.
 */
async function adoptListedCustomers(
  trx: Trx,
  source: string,
  applied: readonly LoadedEntity[],
  at: Date,
): Promise<readonly string[]> {
  const hasAccounts = applied.some(
    ({ entity, stored }) => entity === ('account' satisfies Entity) && stored > 0,
  );
  if (source === customersSource || !hasAccounts) return [];
  const { accounts } = await loadKnownNames(trx);
  const listed = accounts.filter((account) => account.source === customersSource);
  if (listed.length === 0) return [];
  const directory = buildDirectory({
    accounts: accounts.filter((account) => account.source === source),
    people: [],
  });
  const merged: string[] = [];
  const merges: AccountMerge[] = [];
  for (const account of listed) {
    const successor =
      directory.findAccount(account.name) ?? directory.findAccount(looseCustomerKey(account.name));
    if (successor === null) continue;
    merges.push({ from: account.id, into: successor.id });
    merged.push(account.name);
  }
  await mergeAccounts(trx, merges, at);
  return merged;
}

function countsOf(report: SourceReport) {
  return {
    rowsRead: report.rowsRead,
    rowsStored: report.stored,
    rowsUnchanged: report.unchanged,
    rowsRejected: report.rowsRejected,
  };
}

/** What `sync_run.report` keeps; rejects have their own table. */
function storedReport(report: SourceReport): Record<string, unknown> {
  const { entities, notes, issues, files, adapter, rowsAccepted, linesSkipped, seconds } = report;
  return { adapter, files, rowsAccepted, linesSkipped, entities, notes, issues, seconds };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
