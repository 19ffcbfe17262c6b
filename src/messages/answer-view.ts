import type { ValueFormat } from '../domain/chart-data.ts';
import type { AnswerActionsView } from './answer-actions.ts';

/** A computed answer as a message needs it: rows, words and provenance, free of plans and catalogues. */
export interface AnswerView {
  readonly question: string;
  /** `figure`: metrics, perhaps grouped. `records`: a list of rows. */
  readonly shape: 'figure' | 'records';
  readonly columns: readonly AnswerViewColumn[];
  readonly rows: readonly (readonly AnswerCell[])[];
  /** Rows beyond those shown exist. */
  readonly truncated: boolean;
  /** What all records come to, those that are not shown among them. */
  readonly totals?: {
    readonly count: number;
    readonly amounts: readonly { readonly currency: string | null; readonly value: number }[];
  };
  /** What is measured; empty for records. */
  readonly metrics: readonly AnswerViewMetric[];
  /** Noun of the records, or of what a count counts. */
  readonly noun: { readonly one: string; readonly many: string };
  /** As people say it: `in March 2016`, `last month`; empty for a state as of now. */
  readonly timeWords: string;
  /** What the course was asked by; absent: as the points lie. */
  readonly grain?: Grain;
  /** Absolute range with zone; null where no range applies. */
  readonly rangeWords: string | null;
  readonly comparedRangeWords: string | null;
  /** In words, the metric's own conditions first. */
  readonly filters: readonly string[];
  readonly scope: string;
  /** Whose rows alone were read, where the question did not say so: "only your own tickets". */
  readonly whose?: string;
  /** How the groups were to be ordered by the figure; absent: not by it. */
  readonly direction?: 'asc' | 'desc';
  /** Column of the change that the groups were to be ordered by; absent: not by one. */
  readonly changeFirst?: string;
  /** Only groups that reach a number are shown: none of them is not a count of none. */
  readonly isBounded?: true;
  /** What comes from snapshots and what was counted live; absent: all of it was counted live. */
  readonly history?: string;
  /** What was done with the figures after they were counted, one sentence each without its full stop. */
  readonly steps?: readonly string[];
  readonly rowsRead: number;
  /** Source and when it was last brought in, already in words. */
  readonly freshness: readonly string[];
  /** Who understood the question, for example `rules`. */
  readonly planner: string;
  readonly catalogueVersion: string;
  /** What the reader should know: corrections, assumptions. */
  readonly notes: readonly string[];
  readonly chart: 'auto' | 'none' | 'line' | 'bar' | 'table' | 'number';
  readonly answerId: string;
  /** What can be done with it; absent where nothing can be pressed. */
  readonly actions?: AnswerActionsView;
  /** Rows before the first that is shown; absent: none. */
  readonly skipped?: number;
  /** What there is one record of each of: "Assignee". */
  readonly onePer?: string;
  /** Zone in which instants are written. */
  readonly zone: string;
}

export type Grain = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export type AnswerCell = string | number | boolean | null;

export interface AnswerViewColumn {
  readonly id: string;
  readonly label: string;
  readonly role: 'dimension' | 'metric' | 'comparison';
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'instant';
  readonly format: ValueFormat | null;
  /** How stored words are shown. */
  readonly valueLabels?: Readonly<Record<string, string>>;
}

export interface AnswerViewMetric {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** For example `tickets`; empty when a number stands for itself. */
  readonly unit: string;
  readonly goodDirection: 'up' | 'down' | 'none';
  /** Amounts; with a currency column each row names its own. */
  readonly isMoney: boolean;
  /** No rows mean zero for a count, "none" for a sum, and "no data" for everything else. */
  readonly isCount: boolean;
  readonly isSum?: true;
}

/** A question back: each option is a button whose value is handed back on click. */
export interface ClarifyView {
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  readonly notes: readonly string[];
}

/** Why there is no answer, and what would be one. */
export interface RefusalView {
  /** Sentence that names the reason. */
  readonly reason: string;
  /** What can be answered without the words that were not understood: one click answers. */
  readonly instead?: { readonly label: string; readonly value: string };
  /** Questions that work, for this reader. */
  readonly examples: readonly string[];
  readonly notes: readonly string[];
}
