import type { Alert } from '../domain/alert.ts';
import type { AlertRoutes, AlertRule } from '../domain/alert-rule.ts';
import type { Finding } from '../domain/finding.ts';
import type { AlertCore } from './state/alert-core.ts';
import type { Decision, Notify } from './state/decision.ts';
import type { Observation } from './state/observation.ts';

/** What rules look at; the evidence and the picture are fetched only for alerts that change. */
export type FindingHead = Omit<Finding, 'evidence' | 'chart'>;

/** One fingerprint on its way through the pipeline. */
export interface Candidate {
  readonly fingerprint: string;
  /** The open alert, or one that was dismissed and whose condition still holds; null: none yet. */
  readonly current: Alert | null;
  /** The finding that speaks for this fingerprint: the worst that matches; null: the subject has left. */
  readonly finding: FindingHead | null;
  readonly observation: Observation;
  /** The state after the decisions so far. */
  readonly core: AlertCore | null;
  readonly decisions: readonly Decision[];
  readonly notify: Notify;
  readonly labels: Readonly<Record<string, string>>;
  /** Where the message is, or goes. */
  readonly conversations: readonly string[];
  /** Why no message is posted although it fires; null: nothing is held back. */
  readonly held: string | null;
  /** An earlier alert whose message is written to instead of a new one. */
  readonly messageOf: string | null;
  readonly isFlapping: boolean;
}

/** What the stages may know besides the candidates; all of it is read before the pipeline runs. */
export interface EvaluationContext {
  readonly rule: AlertRule;
  readonly routes: AlertRoutes;
  readonly now: Date;
  /** Names the analyser run; a run is counted once however often it is evaluated. */
  readonly runId: string;
  /** The findings were made by events between two runs, see `StepContext`. */
  readonly isBetweenRuns?: boolean;
  /** False: the analyser has nothing new of this kind, so every alert keeps its state. */
  readonly hasData: boolean;
  /** Subject key -> rule that is open for it and keeps this rule quiet. */
  readonly inhibitors: ReadonlyMap<string, string>;
  /** Fingerprint -> how often it fired or resolved within the last hour, and where its message is. */
  readonly recent: ReadonlyMap<string, RecentChanges>;
  /** Direct conversation with the owner of a subject, where the owner is linked to a chat account. */
  readonly ownerConversation: (ownerId: string) => string | null;
  readonly postAtMost: number;
}

export interface RecentChanges {
  readonly changes: number;
  /** The alert that resolved last, with a message that can be written to; null: none. */
  readonly message: { readonly alertId: string; readonly conversations: readonly string[] } | null;
}

/** Names a subject across rules. */
export function subjectKey(subject: { readonly kind: string; readonly id: string }): string {
  return `${subject.kind}/${subject.id}`;
}
