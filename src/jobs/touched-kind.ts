import type { Finding, FindingKind } from '../domain/finding.ts';
import type { TouchedIds } from '../store/ingest-store.ts';
import type { AnalysisDeps, Transaction } from './analysis-step.ts';

/** What a look works with; everything is read in the transaction that writes, under the guard of its findings. */
export interface Look extends Pick<AnalysisDeps, 'sla' | 'health' | 'zone'> {
  readonly trx: Transaction;
  readonly now: Date;
}

export interface Looked {
  readonly findings: readonly Finding[];
  /** Every subject that was looked at; those without a finding are well. */
  readonly subjectIds: readonly string[];
  /** Stores what a run of the analyser would store beside the findings. */
  readonly save?: () => Promise<void>;
}

/** How one kind of finding is made for a few subjects: by the functions that make it for all. */
export interface TouchedKind {
  readonly kind: FindingKind;
  readonly idsOf: (touched: TouchedIds) => readonly string[];
  readonly look: (ids: readonly string[], look: Look) => Promise<Looked>;
}
