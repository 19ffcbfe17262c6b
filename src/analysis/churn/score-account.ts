import type { ChurnBand, ChurnSettings } from '../../domain/churn-settings.ts';
import type { HealthSettings } from '../../domain/health-profile.ts';
import type { HealthMoment } from '../health/account-signals.ts';
import { scoreComponents } from '../health/components.ts';
import { type HealthScore, weighComponents } from '../health/health-score.ts';
import type { ChurnModel } from './churn-model.ts';
import { type ChurnSignals, contractAt, knownAt } from './churn-signals.ts';
import { type ChurnReference, type ExplainedLogit, explainFitted, explainIndex } from './contributions.ts';
import { type FeatureValues, featuresAt } from './features.ts';
import { probabilityOf } from './logistic-regression.ts';
import { type Contract, indexLogit, priorityOf, riskBandOf } from './risk-index.ts';

/** What of an account a model is applied to. */
export interface ChurnView {
  readonly accountId: string;
  readonly day: string;
  /** By the active profile. */
  readonly health: HealthScore;
  readonly contract: Contract;
  readonly features: FeatureValues;
  /** Logit of the risk index with the rules of the cold start; null where health is not scored. */
  readonly indexLogit: number | null;
  /** Risk index of what customers and their tickets tell, by itself; null where they tell nothing. */
  readonly supportRisk: number | null;
}

export interface ChurnScore {
  readonly accountId: string;
  readonly day: string;
  /** Within the model's horizon; of an uncalibrated model the risk index. */
  readonly probability: number;
  /** 0-1 on the scale of the bands, whatever the model: the index that has this probability. */
  readonly riskIndex: number;
  readonly band: ChurnBand;
  readonly priority: ChurnBand;
  readonly health: number | null;
  readonly supportRisk: number | null;
  readonly explained: ExplainedLogit;
}

const nothingUsual: ChurnReference = { parts: {}, features: {} };

/** Looks at an account as it was known at a moment. */
export function viewAccount(
  signals: ChurnSignals,
  moment: HealthMoment,
  isToday: boolean,
  { health, churn }: { readonly health: HealthSettings; readonly churn: ChurnSettings },
): ChurnView {
  const known = knownAt(signals, moment, isToday);
  const parts = scoreComponents(known, moment, health);
  const score = weighComponents(known.account.id, moment.day, parts, health.activeProfile, health);
  const contract = contractAt(known.account, moment.day);
  const given = { components: score.components, contract };
  return {
    accountId: known.account.id,
    day: moment.day,
    health: score,
    contract,
    features: featuresAt(known, moment),
    indexLogit: score.score === null ? null : explainIndex(given, nothingUsual, null, churn).logit,
    supportRisk: supportRiskOf(parts, health, churn),
  };
}

/** The index of the mean of satisfaction and incidents, by the largest weights that profiles give them. */
function supportRiskOf(
  parts: ReturnType<typeof scoreComponents>,
  { profiles }: HealthSettings,
  churn: ChurnSettings,
): number | null {
  // No incident is the usual state: alone it tells nothing of what customers say.
  const told = (['satisfaction', 'incident'] as const).flatMap((name) => {
    const weight = Math.max(...profiles.map(({ weights }) => weights[name] ?? 0));
    const part = parts[name];
    return part && weight > 0 ? [{ weight, score: part.score }] : [];
  });
  const sum = told.reduce((total, { weight }) => total + weight, 0);
  if (sum === 0) return null;
  const score = told.reduce((total, one) => total + one.weight * one.score, 0) / sum;
  return probabilityOf(indexLogit(score, churn));
}

/**
 * Scores an account by a model.
 *
 * @returns null where too little is known: less than half of the health weights, or of the model's features
 */
export function scoreChurn(view: ChurnView, model: ChurnModel, settings: ChurnSettings): ChurnScore | null {
  const explained = explain(view, model, settings);
  if (explained === null) return null;
  const probability = probabilityOf(explained.logit);
  const { offset, slope } = model.calibration ?? { offset: 0, slope: 1 };
  const riskIndex = probabilityOf((explained.logit - offset) / slope);
  const health = view.health.score;
  return {
    accountId: view.accountId,
    day: view.day,
    probability,
    riskIndex,
    band: riskBandOf(riskIndex, settings),
    priority: priorityOf(riskIndex, health, settings),
    health,
    supportRisk: view.supportRisk,
    explained,
  };
}

function explain(view: ChurnView, model: ChurnModel, settings: ChurnSettings): ExplainedLogit | null {
  const { fitted, reference, calibration } = model;
  if (fitted !== null) {
    const used = fitted.terms.filter(({ coefficient }) => coefficient !== 0);
    const known = used.filter(({ feature }) => view.features[feature] !== undefined).length;
    return known < used.length / 2 ? null : explainFitted(view.features, fitted, reference);
  }
  if (view.indexLogit === null) return null;
  const given = { components: view.health.components, contract: view.contract };
  return explainIndex(given, reference, calibration, settings);
}
