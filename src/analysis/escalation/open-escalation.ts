import type { Priority } from '../../domain/priority.ts';
import type { CustomerEscalationStatus, HotShard } from '../../domain/records.ts';

/** A customer escalation that is not resolved, with the names of its people. */
export interface OpenEscalation {
  readonly id: string;
  readonly ceNumber: string;
  readonly title: string;
  readonly accountId: string | null;
  readonly account: string | null;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly teamId: string | null;
  readonly priority: Priority | null;
  readonly category: string | null;
  readonly status: CustomerEscalationStatus;
  readonly impact: string | null;
  readonly rootCause: string | null;
  readonly actionPlan: string | null;
  readonly sentiment: string | null;
  readonly sentimentScore: number | null;
  readonly openedAt: Date;
  readonly hotShard: HotShard | null;
}

const rankOfPriority: Readonly<Record<Priority, number>> = { urgent: 4, high: 3, normal: 2, low: 1 };

/** urgent 4, high 3, normal 2, low 1; without a priority it counts as normal. */
export function priorityRank(priority: Priority | null): number {
  return rankOfPriority[priority ?? 'normal'];
}

/**
 * How hard the customer is hit, read from the words of the impact; the highest level that is named counts.
 * 4 lost or down, 3 unusable or stopped in part, 2 slow or degraded, 1 anything else said, 0 nothing said.
 */
const impactWords: readonly { readonly rank: number; readonly words: RegExp }[] = [
  {
    rank: 4,
    words:
      /\b(outages?|down|downtime|unreachable|unavailable|data loss|lost data|corrupt\w*|breach(ed)?|production stopped|all (users|customers)|revenue)\b/i,
  },
  {
    rank: 3,
    words:
      /\b(blocked|blocking|fail(s|ed|ing|ures?)?|errors?|timeouts?|cannot|can't|unusable|critical|severe)\b/i,
  },
  {
    rank: 2,
    words: /\b(slow\w*|latenc\w+|degrad\w+|delay\w*|intermittent\w*|partial\w*|performance)\b/i,
  },
];

export function impactRank(impact: string | null): number {
  if (impact === null || impact.trim() === '') return 0;
  return impactWords.find(({ words }) => words.test(impact))?.rank ?? 1;
}

/** Most pressing first: priority, then impact, then age. */
export function byUrgency(a: OpenEscalation, b: OpenEscalation): number {
  return (
    priorityRank(b.priority) - priorityRank(a.priority) ||
    impactRank(b.impact) - impactRank(a.impact) ||
    a.openedAt.getTime() - b.openedAt.getTime() ||
    a.ceNumber.localeCompare(b.ceNumber)
  );
}
