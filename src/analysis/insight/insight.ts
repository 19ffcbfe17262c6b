import type { FindingEvidence } from '../../domain/finding.ts';

/** Something of a run that is worth telling, in a sentence, with the rows it rests on and the rule that made it. */
export interface Insight {
  readonly kind: InsightKind;
  /** At most one insight of a kind about a subject at a time. */
  readonly subject: { readonly kind: string; readonly id: string; readonly label: string };
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly title: string;
  /** Reads well aloud: no symbols, no abbreviations. */
  readonly sentence: string;
  /** 0-100; see the rule. */
  readonly importance: number;
  readonly value: number;
  /** At most 20 rows; the caption says how the value comes about. */
  readonly evidence: FindingEvidence;
}

/** The rule that makes it has the same name. */
export type InsightKind =
  | 'week-change'
  | 'health-fall'
  | 'breach-category'
  | 'breach-account'
  | 'oldest-escalation'
  | 'slipped-pipeline'
  | 'revenue-at-risk'
  | 'unusual-volume';
