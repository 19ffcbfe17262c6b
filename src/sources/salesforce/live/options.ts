import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, systemClock } from '../../../toolkit/clock.ts';

/** Knobs of the connector; the defaults suit an org of any size. */
export interface SalesforceOptions {
  readonly clock?: Clock;
  /** Rows of a page of a query: 200 to 2,000 (REST API Developer Guide, "Query Options Header"). Default 2,000. */
  readonly pageRows?: number;
  /** A first load with more rows goes through a bulk job, which costs few API calls. Default 20,000. */
  readonly bulkOverRows?: number;
  /** Rows of a page of a bulk job's results. Default 10,000. */
  readonly bulkPageRows?: number;
  /** First wait for a bulk job; it doubles up to 15 times as long. Default 2,000. */
  readonly bulkPollMilliseconds?: number;
  /** How far behind now a window ends. Default 30 s. */
  readonly settleSeconds?: number;
  /** How far a window reaches back into the one before. Default 600 s, the longest that an Apex transaction may take. */
  readonly overlapSeconds?: number;
  /** Share of the org's daily API calls at which Heed stops. Default 0.8. */
  readonly apiShare?: number;
  /** Attempts of one request before it fails. Default 8. */
  readonly attempts?: number;
  /** First wait before another attempt where Salesforce names none; it doubles. Default 1,000. */
  readonly firstWaitMilliseconds?: number;
  /** A longer Retry-After ends the sync instead of holding it. Default 300,000. */
  readonly longestWaitMilliseconds?: number;
  /** From sending a request to the last byte of its answer. Default 120,000. */
  readonly requestTimeoutMilliseconds?: number;
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told of every request that got an answer; a path never holds a secret. */
  readonly onRequest?: (request: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
  }) => void;
}

export type Knobs = Required<SalesforceOptions>;

export const withDefaults = (options: SalesforceOptions): Knobs => ({
  clock: systemClock,
  pageRows: 2000,
  bulkOverRows: 20_000,
  bulkPageRows: 10_000,
  bulkPollMilliseconds: 2000,
  settleSeconds: 30,
  overlapSeconds: 600,
  apiShare: 0.8,
  attempts: 8,
  firstWaitMilliseconds: 1000,
  longestWaitMilliseconds: 300_000,
  requestTimeoutMilliseconds: 120_000,
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, { signal });
  },
  onRequest: () => undefined,
  ...options,
});
