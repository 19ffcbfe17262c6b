/**
 * Door of the health score. In: what one account did and said up to a moment, the settings. Out: a score of 0-100
 * with its parts, or none when too little is known. It never looks beyond the moment it speaks of.
 */
import {
  type HealthComponent,
  type HealthProfile,
  type HealthSettings,
  healthComponents,
} from '../../domain/health-profile.ts';
import type { ComponentScores } from './components.ts';

export interface HealthScore {
  readonly accountId: string;
  readonly profile: string;
  readonly day: string;
  /** Null below half of the weights: not scored is not zero. One decimal, so that the band fits what is shown. */
  readonly score: number | null;
  readonly band: string | null;
  /** Share of the weights that have data. */
  readonly coverage: number;
  /** Parts of this profile that have data, with their renormalised weights (sum 1). */
  readonly components: readonly WeightedComponent[];
}

export interface WeightedComponent {
  readonly name: HealthComponent;
  readonly score: number;
  readonly weight: number;
  readonly fact: string;
}

const LEAST_COVERAGE = 0.5;

/** Weighs the parts by a profile; weights of missing parts go to the others in proportion. */
export function weighComponents(
  accountId: string,
  day: string,
  parts: ComponentScores,
  profile: HealthProfile,
  settings: HealthSettings,
): HealthScore {
  const present = healthComponents.flatMap((name) => {
    const weight = profile.weights[name] ?? 0;
    const part = parts[name];
    return weight > 0 && part ? [{ name, weight, score: part.score, fact: part.fact }] : [];
  });
  const sum = present.reduce((total, { weight }) => total + weight, 0);
  // Sums of shares such as 0.3 + 0.2 fall a hair beside the half they mean.
  const coverage = Math.round(sum * 1e9) / 1e9;
  const components = present.map((part) => ({ ...part, weight: part.weight / sum }));
  const isScored = coverage >= LEAST_COVERAGE;
  const exact = components.reduce((total, { weight, score }) => total + weight * score, 0);
  const score = isScored ? Math.round(exact * 10) / 10 : null;
  return {
    accountId,
    profile: profile.id,
    day,
    score,
    band: score === null ? null : bandOf(score, settings),
    coverage,
    components,
  };
}

/** Bands are half-open: 84.9 is good, 85 is excellent. */
export function bandOf(score: number, settings: HealthSettings): string {
  const band = settings.bands.find(({ from }) => score >= from) ?? settings.bands.at(-1);
  return band?.name ?? 'unknown';
}
