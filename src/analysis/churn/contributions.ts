import type { ChurnSettings } from '../../domain/churn-settings.ts';
import type { WeightedComponent } from '../health/health-score.ts';
import type { FeatureValues } from './features.ts';
import { type ChurnFeature, churnFeatures } from './features.ts';
import type { Calibration } from './platt.ts';
import { type Contract, coldStartPoints, indexLogit } from './risk-index.ts';

/** How much one thing moves the logit against what is usual; above 0 it raises the risk. */
export interface ChurnContribution {
  readonly name: string;
  readonly label: string;
  readonly points: number;
  /** For people: what it rests on. */
  readonly fact: string;
}

/** base + sum of the points = logit, to the last digits of a number. */
export interface ExplainedLogit {
  readonly logit: number;
  /** The logit of a customer for whom everything is usual. */
  readonly base: number;
  /** Largest rise first. */
  readonly contributions: readonly ChurnContribution[];
}

/** What is usual: medians over the customers. */
export interface ChurnReference {
  readonly parts: Readonly<Partial<Record<string, number>>>;
  readonly features: Readonly<Partial<Record<ChurnFeature, number>>>;
}

/**
 * The logit of the risk index, with the rules of the cold start: -slope (H - neutral) + points of the rules. A health
 * part contributes slope * weight * (usual - score), a rule its points; what is usual is the base. Calibrated, all of
 * it is multiplied by the slope of the calibration.
 *
 * @param calibration logit p' = offset + slope * logit p; null: as it is
 */
export function explainIndex(
  given: { readonly components: readonly WeightedComponent[]; readonly contract: Contract },
  reference: ChurnReference,
  calibration: Calibration | null,
  settings: ChurnSettings,
): ExplainedLogit {
  const { offset, slope } = calibration ?? { offset: 0, slope: 1 };
  const usualOf = ({ name, score }: WeightedComponent) => reference.parts[name] ?? score;
  const usualHealth = given.components.reduce((sum, part) => sum + part.weight * usualOf(part), 0);
  const parts = given.components.map((part) => ({
    name: part.name,
    label: `Health: ${part.name}`,
    points: slope * settings.riskIndex.slope * part.weight * (usualOf(part) - part.score),
    fact: part.fact,
  }));
  const rules = Object.entries(coldStartPoints(given.contract, settings)).map(([name, points]) => ({
    name,
    label: ruleLabels[name] ?? name,
    points: slope * points,
    fact: ruleFact(name, given.contract),
  }));
  return addUp(offset + slope * indexLogit(usualHealth, settings), [...parts, ...rules]);
}

const ruleLabels: Readonly<Record<string, string>> = {
  tenure: 'Time as a customer',
  commitment: 'Commitment',
  past_due: 'Payment',
};

function ruleFact(name: string, { tenureMonths, commitment, isPastDue }: Contract): string {
  if (name === 'tenure') return `customer for ${Math.round(tenureMonths ?? 0)} months`;
  if (name === 'commitment')
    return commitment === 'longer' ? 'renews after more than a year' : `renews ${commitment ?? 'never'}`;
  return isPastDue ? 'a payment is past due' : 'payments on time';
}

/** A fitted model as it is kept: one term per feature that it uses. */
export interface FittedTerms {
  readonly intercept: number;
  readonly terms: readonly FittedTerm[];
}

export interface FittedTerm {
  readonly feature: ChurnFeature;
  /** Of the feature less its center, over its scale. */
  readonly coefficient: number;
  readonly center: number;
  readonly scale: number;
  /** What a feature that is not known is taken for. */
  readonly median: number;
}

/** A fitted model's logit: a feature contributes coefficient * (value - usual) / scale; one that is not known, nothing. */
export function explainFitted(
  features: FeatureValues,
  model: FittedTerms,
  reference: ChurnReference,
): ExplainedLogit {
  const base = model.terms.reduce(
    (sum, { feature, coefficient, center, scale, median }) =>
      sum + (coefficient * ((reference.features[feature] ?? median) - center)) / scale,
    model.intercept,
  );
  const contributions = model.terms.flatMap(({ feature, coefficient, scale, median }) => {
    const known = features[feature];
    const usual = reference.features[feature] ?? median;
    // What is not known is taken for usual.
    if (known === undefined || coefficient === 0) return [];
    const { label } = churnFeatures.find(({ name }) => name === feature)!;
    return [
      { name: feature, label, points: (coefficient * (known.value - usual)) / scale, fact: known.fact },
    ];
  });
  return addUp(base, contributions);
}

/** What changed between two explanations: by name, now less then, largest change first. */
export function contributionChanges(
  then: { readonly base: number; readonly contributions: readonly ChurnContribution[] },
  now: { readonly base: number; readonly contributions: readonly ChurnContribution[] },
): readonly { readonly name: string; readonly label: string; readonly points: number }[] {
  const before = new Map(then.contributions.map((one) => [one.name, one]));
  const after = new Map(now.contributions.map((one) => [one.name, one]));
  const changes = [...new Set([...after.keys(), ...before.keys()])].map((name) => ({
    name,
    label: (after.get(name) ?? before.get(name))!.label,
    points: (after.get(name)?.points ?? 0) - (before.get(name)?.points ?? 0),
  }));
  const base = now.base - then.base;
  if (base !== 0) changes.push({ name: 'base', label: 'What is usual, or the model', points: base });
  return changes.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

function addUp(base: number, contributions: readonly ChurnContribution[]): ExplainedLogit {
  const logit = contributions.reduce((sum, { points }) => sum + points, base);
  return { logit, base, contributions: contributions.toSorted((a, b) => b.points - a.points) };
}
