import type { ValueFormat } from '../domain/chart-data.ts';
import type { QueryPlan } from './metric-query.ts';

/** The computed answer: rows and everything needed to check them. */
export interface AnswerData {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly CellValue[])[];
  /** Ids of the rows, where they were asked for; never shown. */
  readonly rowIds?: readonly string[];
  /** True when rows beyond the limit exist. */
  readonly truncated: boolean;
  /** Of a list: what its rows come to, those beyond the limit among them; absent where the rows say it. */
  readonly totals?: ListTotals;
  readonly provenance: Provenance;
}

/** What the rows of a list come to. */
export interface ListTotals {
  readonly count: number;
  /** One of each currency; empty where the rows have no amount. */
  readonly amounts: readonly { readonly currency: string | null; readonly value: number }[];
}

export type CellValue = string | number | boolean | null;

export interface AnswerColumn {
  /** Metric or dimension id, or what stands beside a metric: `<metric>__previous`, see `shown-columns.ts`. */
  readonly id: string;
  readonly label: string;
  readonly role: 'dimension' | 'metric' | 'comparison';
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'instant';
  readonly format: ValueFormat | null;
  /** How stored words of a closed vocabulary are shown: `first_response` -> `First response`. Cells hold the stored word. */
  readonly valueLabels?: Readonly<Record<string, string>>;
}

/** What was computed, from what, for whom, as of when. */
export interface Provenance {
  readonly plan: QueryPlan;
  readonly metrics: readonly { readonly id: string; readonly label: string; readonly description: string }[];
  /** Half-open: from `start` up to but not including `end`, in `zone`; null where no range applies. */
  readonly time: {
    readonly start: string | null;
    readonly end: string | null;
    readonly zone: string;
    readonly words: string;
  } | null;
  readonly comparedTime: { readonly start: string; readonly end: string; readonly words: string } | null;
  /** In words, the metric's own conditions first. */
  readonly filters: readonly string[];
  /** For example `rows of your team (Support EMEA)`. */
  readonly scope: string;
  /** Whose rows were read, where the question did not say so: "only your own tickets"; absent: everybody's, or as it asked. */
  readonly whose?: string;
  /** Why the asker cannot know: no row that the answer hangs on is theirs to see. Absent: some are. */
  readonly unseen?: string;
  /**
   * Why only the compiler narrowed the rows and row-level security of the database did not as well, in words; absent:
   * both did.
   */
  readonly oneWall?: string;
  readonly rowsRead: number;
  /** Newest data per source that took part, and when the analyser last ran. */
  readonly freshness: readonly { readonly source: string; readonly syncedAt: string }[];
  /** What comes from snapshots and what was counted live, in words; absent: everything was counted live. */
  readonly history?: string;
  /** What was done with the figures after they were counted (shares, running totals, empty groups), in words. */
  readonly steps?: readonly string[];
  readonly catalogueVersion: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly elapsedMs: number;
}
