import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Message } from '../messages/message.ts';
import type { Planner } from '../planner/planner.ts';
import type { Summariser } from '../planner/summariser.ts';
import type { AnswerData, Provenance } from '../query/answer-data.ts';
import type { CostGate } from '../query/cost-gate.ts';
import type { Plan } from '../query/metric-query.ts';
import type { ResultCache } from '../query/result-cache.ts';
import type { NameBook } from '../query/seen-names.ts';
import type { SpreadBook } from '../query/spread.ts';
import type { ValueBook } from '../query/stored-values.ts';
import type { Store } from '../store/database.ts';
import type { Clock } from '../toolkit/clock.ts';

/** What answering needs; the catalogue is the whole one, roles are applied inside. */
export interface AnswerDeps {
  readonly store: Pick<Store, 'db' | 'readOnly' | 'transaction'>;
  readonly catalogue: Catalogue;
  readonly planner: Planner;
  /** Reads texts for the summary lane; absent: they are quoted. */
  readonly summariser?: Summariser;
  readonly clock: Clock;
  readonly log?: { warn(details: Readonly<Record<string, unknown>>, message: string): void };
  /** From question to visible reply; default 15 seconds. */
  readonly deadlineMs?: number;
  /** How rows spread over dimensions; orders what can be drilled by. */
  readonly spreads?: SpreadBook;
  /** Which values are stored; absent: planners know the words of the catalogue alone. */
  readonly values?: ValueBook;
  /** What the asker may see is called; absent: names are told by their form. */
  readonly names?: NameBook;
  /** Told of every answer, for the figures of the service. */
  readonly onAnswered?: (answer: StoredAnswer) => void;
  /** Answers of the last half minute; absent: every question is computed. */
  readonly cache?: ResultCache;
  /** Questions that would cost more are refused before they run. */
  readonly costGate?: CostGate;
  /** First month of the fiscal year, 1-12. */
  readonly fiscalStartMonth?: number;
}

/** Where a question was asked. */
export interface Surface {
  /** `slack`, `teams`, `cli`. */
  readonly platform: string;
  readonly conversation: string | null;
  readonly threadId: string | null;
}

export interface QuestionRequest {
  readonly asker: Asker;
  readonly question: string;
  readonly surface: Surface;
  readonly requestId: string;
}

export type AnswerOutcome = 'answered' | 'clarified' | 'refused' | 'failed';

/** An answer as it is stored, and as `heed ask --json` prints it. */
export interface StoredAnswer {
  readonly id: string;
  readonly question: string;
  readonly outcome: AnswerOutcome;
  readonly text: string;
  readonly plan: Plan | null;
  readonly columns: AnswerData['columns'];
  readonly rows: AnswerData['rows'];
  /** Rows beyond those shown exist. */
  readonly truncated: boolean;
  readonly provenance: Provenance | null;
  readonly planner: string;
  readonly notes: readonly string[];
  /** Why there is no answer; null when there is one. */
  readonly reason: string | null;
  readonly latencyMs: number;
  /** Stamp of the data it was computed from; null without rows. */
  readonly dataVersion: string | null;
  /** Version of the model's prompt; null when no model took part. */
  readonly promptVersion: string | null;
  /** Answer that this one was drilled, filtered or run again from. */
  readonly parentId: string | null;
}

export interface AnsweredQuestion {
  readonly message: Message;
  readonly answer: StoredAnswer;
}
