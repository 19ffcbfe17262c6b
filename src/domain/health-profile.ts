import type { Severity } from './priority.ts';

/** Parts of a health score, each 0-100. */
export const healthComponents = ['usage', 'engagement', 'satisfaction', 'value', 'incident'] as const;
export type HealthComponent = (typeof healthComponents)[number];

export interface HealthProfile {
  /** Stored with every score, for example `cs4`. */
  readonly id: string;
  /** Shares that add up to 1. */
  readonly weights: Readonly<Partial<Record<HealthComponent, number>>>;
}

/** Half-open: from this score up to the next band. */
interface HealthBand {
  readonly name: string;
  readonly from: number;
}

/** `catalogue/health.yml`, checked. */
export interface HealthSettings {
  /** All are computed and stored. */
  readonly profiles: readonly HealthProfile[];
  /** The one that findings and alerts speak of. */
  readonly activeProfile: HealthProfile;
  /** Highest first; the last begins at 0. */
  readonly bands: readonly HealthBand[];
  /** What a healthy account does in 30 days. */
  readonly baselines: HealthBaselines;
  /** By lower-case account name, source id or id. */
  readonly baselineOverrides: ReadonlyMap<string, Partial<HealthBaselines>>;
  /** Points an incident takes off within 30 days. */
  readonly incidentPenalties: Readonly<Record<Severity, number>>;
}

export interface HealthBaselines {
  readonly apiCalls: number;
  readonly logins: number;
}
