import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Message } from '../messages/message.ts';
import type { Planner } from '../planner/planner.ts';
import type { Summariser } from '../planner/summariser.ts';
import type { AnswerData, Provenance } from '../query/answer-data.ts';
import type { Plan } from '../query/metric-query.ts';
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
  readonly provenance: Provenance | null;
  readonly planner: string;
  readonly notes: readonly string[];
  /** Why there is no answer; null when there is one. */
  readonly reason: string | null;
  readonly latencyMs: number;
}

export interface AnsweredQuestion {
  readonly message: Message;
  readonly answer: StoredAnswer;
}
