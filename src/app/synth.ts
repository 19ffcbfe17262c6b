import type { WorldSize } from '../sources/synthetic/world.ts';
import { leastDays, mostDays } from '../sources/synthetic/world-sizes.ts';
import { writeWorld } from '../sources/synthetic/write-world.ts';
import { UserError } from '../toolkit/issue.ts';
import { inStep, type Progress } from './progress.ts';

export interface SynthRequest {
  readonly seed: number;
  readonly size: WorldSize;
  readonly outDir: string;
  readonly asOf: Date;
  /** Undefined: as many as the size has. */
  readonly days: number | undefined;
  readonly replaces: boolean;
  readonly signal: AbortSignal;
}

/** What `heed synth --json` prints. */
export interface SynthReport {
  readonly folder: string;
  readonly seed: number;
  readonly size: WorldSize;
  readonly asOf: string;
  readonly accounts: number;
  readonly tickets: number;
  /** Of all CSV files. */
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
}

/** Writes a synthetic world into a folder. @throws UserError for a folder in use or days out of range */
export async function synth(request: SynthRequest, progress: Progress): Promise<SynthReport> {
  const { seed, size, outDir, asOf, days, replaces, signal } = request;
  if (days !== undefined && (days < leastDays || days > mostDays)) {
    throw new UserError([
      {
        code: 'out-of-range',
        path: '--days',
        message: `${days} is not between ${leastDays} and ${mostDays}; leave it out for what the size has.`,
      },
    ]);
  }
  const started = Date.now();
  const perSecond = (rows: number): number =>
    Math.round(rows / Math.max(0.001, (Date.now() - started) / 1000));
  const truth = await inStep(
    progress,
    'Writing a company’s files',
    (step) =>
      writeWorld({
        seed,
        size,
        asOf,
        outDir,
        days,
        replaces,
        signal,
        onRows: (rows, table) =>
          step.update(
            `${rows.toLocaleString('en')} rows, ${perSecond(rows).toLocaleString('en')} a second, now ${table}`,
          ),
      }),
    (made) => `${made.accounts.toLocaleString('en')} accounts, ${made.tickets.toLocaleString('en')} tickets`,
  );
  return {
    folder: outDir,
    seed,
    size,
    asOf: truth.asOf,
    accounts: truth.accounts,
    tickets: truth.tickets,
    rows: truth.rows,
    seconds: Math.round((Date.now() - started) / 100) / 10,
    rowsPerSecond: perSecond(truth.rows),
  };
}
