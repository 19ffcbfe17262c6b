import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../src/domain/records.ts';
import type { Cursor } from '../../src/sources/connector.ts';
import { emptyDirectory } from '../../src/sources/identity.ts';
import type { SalesforceOptions } from '../../src/sources/salesforce/connector.ts';
import type { Fault } from '../fakes/salesforce-server.ts';
import { idOf, type Lab, openLab, recordsOf, stored } from './salesforce-live.ts';

/** What happens to the data between two sessions. */
interface Change {
  readonly number: number;
  readonly isDeleted: boolean;
  /** Seconds between stamp and commit. */
  readonly lateness: number;
}

/** One life of the process: pages until it is stopped; the last page may be read and not stored. */
interface Life {
  readonly pages: number;
  readonly losesLast: boolean;
  readonly faults: readonly Fault[];
  readonly options: SalesforceOptions;
  readonly changes: readonly Change[];
  readonly pauseSeconds: number;
}

const change = fc.record<Change>({
  number: fc.integer({ min: 1, max: 12 }),
  isDeleted: fc.boolean(),
  lateness: fc.constantFrom(0, 0, 30, 400),
});

const life = fc.record<Life>({
  pages: fc.integer({ min: 1, max: 6 }),
  losesLast: fc.boolean(),
  faults: fc.array(
    fc.constantFrom<Fault>(
      null,
      null,
      null,
      'rate-limit',
      'unavailable',
      'concurrent',
      'session',
      'locators',
      'jobs',
      'reset',
    ),
    { maxLength: 12 },
  ),
  options: fc.record({
    pageRows: fc.integer({ min: 1, max: 5 }),
    bulkOverRows: fc.constantFrom(0, 5, 1000),
    bulkPageRows: fc.integer({ min: 1, max: 5 }),
    attempts: fc.constantFrom(2, 8),
  }),
  changes: fc.array(change, { maxLength: 5 }),
  pauseSeconds: fc.constantFrom(1, 45, 700),
});

const writers: Readonly<Record<string, (lab: Lab, change: Change, serial: number) => void>> = {
  Account: ({ server, clock }, { number, isDeleted, lateness }, serial) => {
    // Whole minutes, so that many rows share a stamp.
    const minute = Math.floor(clock.now().getTime() / 60_000) * 60_000;
    server.org.put(
      'Account',
      {
        Id: idOf('001', number),
        Name: `Customer ${number}, version ${serial}`,
        IsDeleted: isDeleted,
        SystemModstamp: new Date(minute).toISOString(),
      },
      new Date(minute + lateness * 1000),
    );
  },
  OpportunityHistory: ({ server, clock }, { number, lateness }, serial) => {
    const at = clock.now();
    server.org.put(
      'OpportunityHistory',
      {
        Id: idOf('008', serial),
        OpportunityId: idOf('006', number % 3),
        StageName: `Stage ${number}`,
        Amount: serial,
        CreatedDate: at.toISOString(),
        SystemModstamp: at.toISOString(),
      },
      new Date(at.getTime() + lateness * 1000),
    );
  },
};

async function readAll(
  lab: Lab,
  stream: string,
  options: SalesforceOptions,
  cursor: Cursor,
): Promise<AnyRecord[]> {
  const request = {
    stream,
    cursor,
    directory: emptyDirectory,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  };
  const pages = [];
  for await (const page of lab.connect(options).read(request)) pages.push(page);
  expect(pages.at(-1)?.isLast).toBe(true);
  return recordsOf(pages);
}

/** Lives a life from a cursor and returns what a store would hold of it: pages and cursors go in together or not. */
async function live(lab: Lab, stream: string, plan: Life, start: Cursor) {
  lab.server.faults = [...plan.faults];
  let cursor = start;
  const records: AnyRecord[] = [];
  let pages = 0;
  const request = {
    stream,
    cursor,
    directory: emptyDirectory,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  };
  try {
    for await (const page of lab.connect(plan.options).read(request)) {
      pages += 1;
      if (pages === plan.pages && plan.losesLast) break;
      records.push(...recordsOf([page]));
      cursor = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
      if (pages === plan.pages) break;
    }
  } catch {
    // Too many faults for one life: what was stored stays, and the next life goes on from there.
  }
  lab.server.faults = [];
  return { cursor, records };
}

describe('Salesforce, whatever happens on the way', () => {
  it.each(['Account', 'OpportunityHistory'])(
    'ends with the same %s records as one undisturbed read',
    async (stream) => {
      const write = writers[stream]!;
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { maxLength: 12 }),
          fc.array(life, { minLength: 1, maxLength: 5 }),
          async (first, lives) => {
            const lab = await openLab();
            try {
              let serial = 0;
              const apply = (changes: readonly Change[]): void => {
                for (const one of changes) {
                  serial += 1;
                  write(lab, one, serial);
                }
              };
              apply(first);
              lab.clock.advance(3600);
              let cursor: Cursor = null;
              const seen: AnyRecord[] = [];
              for (const plan of lives) {
                const lived = await live(lab, stream, plan, cursor);
                cursor = lived.cursor;
                seen.push(...lived.records);
                apply(plan.changes);
                lab.clock.advance(plan.pauseSeconds);
              }
              lab.clock.advance(600);
              const pageRows = { pageRows: 4 };
              // What a stopped window still held, then what has changed since.
              for (let round = 0; round < 2; round += 1) {
                const request = {
                  pages: 1000,
                  losesLast: false,
                  faults: [],
                  options: pageRows,
                  changes: [],
                  pauseSeconds: 0,
                };
                const lived = await live(lab, stream, request, cursor);
                cursor = lived.cursor;
                seen.push(...lived.records);
              }
              const undisturbed = await readAll(lab, stream, { bulkOverRows: 1000 }, null);
              expect(stored(seen)).toEqual(stored(undisturbed));
            } finally {
              await lab.close();
            }
          },
        ),
        { numRuns: 40 },
      );
    },
    60_000,
  );
});
