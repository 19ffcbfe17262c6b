import type { ChurnSettings } from '../../domain/churn-settings.ts';
import type { FittedTerms } from './contributions.ts';
import { type ChurnFeature, churnFeatures } from './features.ts';
import { fitLogistic } from './logistic-regression.ts';
import { medianOf } from './median.ts';

/** A customer at the beginning of a month, and whether it left within the horizon. */
export interface TrainingRow {
  readonly accountId: string;
  /** First day of the month; features are of before it. */
  readonly day: string;
  readonly label: 0 | 1;
  /** Of the risk index with the rules of the cold start. */
  readonly indexLogit: number;
  /** Those that were known. */
  readonly features: Readonly<Partial<Record<ChurnFeature, number>>>;
}

const LEAST_KNOWN = 0.5;

/** Features that at least half of the rows have, and that differ between them. */
export function usableFeatures(rows: readonly TrainingRow[]): readonly ChurnFeature[] {
  return churnFeatures
    .map(({ name }) => name)
    .filter((name) => {
      const known = rows.flatMap(({ features }) => features[name] ?? []);
      return known.length >= LEAST_KNOWN * rows.length && known.some((value) => value !== known[0]);
    });
}

/** Ridge logistic regression on the features, which may move the risk only the way that they can. */
export function fitFeatures(
  rows: readonly TrainingRow[],
  names: readonly ChurnFeature[],
  settings: ChurnSettings,
): FittedTerms {
  const medians = names.map((name) => medianOf(rows.flatMap(({ features }) => features[name] ?? [])));
  const model = fitLogistic(
    rows.map(({ features }) => names.map((name, j) => features[name] ?? medians[j]!)),
    rows.map(({ label }) => label),
    {
      lambda: settings.calibration.lambda,
      signs: names.map((name) => churnFeatures.find((one) => one.name === name)!.sign),
    },
  );
  return {
    intercept: model.intercept,
    terms: names.map((feature, j) => ({
      feature,
      coefficient: model.coefficients[j]!,
      center: model.centers[j]!,
      scale: model.scales[j]!,
      median: medians[j]!,
    })),
  };
}

/** The logit that a fitted model gives; a feature that is not known is taken for the median. */
export function fittedLogit(
  features: Readonly<Partial<Record<ChurnFeature, number>>>,
  { intercept, terms }: FittedTerms,
): number {
  return terms.reduce(
    (sum, { feature, coefficient, center, scale, median }) =>
      sum + (coefficient * ((features[feature] ?? median) - center)) / scale,
    intercept,
  );
}
