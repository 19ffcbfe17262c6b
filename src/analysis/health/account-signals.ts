import type { Severity } from '../../domain/priority.ts';

/** Everything health is computed from, for one account. */
export interface AccountSignals {
  readonly account: HealthAccount;
  /** Ascending by day, at least the 62 days before the newest day that is scored. */
  readonly usage: readonly UsageDay[];
  /** First day with usage ever, also before the rows at hand; null: never any. */
  readonly firstUsageDay: string | null;
  readonly incidents: readonly HealthIncident[];
  readonly surveys: readonly HealthSurvey[];
  readonly tones: readonly HealthTone[];
}

export interface HealthAccount {
  readonly id: string;
  readonly sourceId: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly arr: number | null;
  readonly currency: string | null;
}

export interface UsageDay {
  readonly day: string;
  readonly apiCalls: number;
  readonly logins: number;
  readonly activeUsers: number | null;
  readonly seatsEntitled: number | null;
  readonly featuresUsed: number | null;
  readonly featuresAvailable: number | null;
}

interface HealthIncident {
  readonly severity: Severity;
  readonly startedAt: Date;
  /** Null: still open. */
  readonly resolvedAt: Date | null;
}

interface HealthSurvey {
  readonly kind: 'csat' | 'nps' | 'ces';
  readonly score: number;
  readonly respondedAt: Date;
}

/** Tone of one ticket or customer escalation, -1 to 1. */
interface HealthTone {
  readonly score: number;
  readonly at: Date;
}

/** The moment a score speaks of; nothing later is used. */
export interface HealthMoment {
  /** Local day. */
  readonly day: string;
  /** End of that day, or now while it is today. */
  readonly until: Date;
  /** Newest day before `day` for which any account has usage: how far the feed had come; null: no feed. */
  readonly feedDay: string | null;
}
