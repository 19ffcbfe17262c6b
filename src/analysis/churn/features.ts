import type { HealthMoment } from '../health/account-signals.ts';
import { writeNumber } from '../wording.ts';
import { type ChurnSignals, contractAt } from './churn-signals.ts';
import type { Sign } from './logistic-regression.ts';
import { logins, quietDays, seatsUsed, usageTrend } from './usage-features.ts';

/** A number and the plain fact it comes from. */
export interface FeatureValue {
  readonly value: number;
  /** For people: `3.2 logins a working day in 30 days`. */
  readonly fact: string;
}

interface FeatureDefinition {
  readonly name: string;
  readonly label: string;
  /** Which way it may move the risk: 1 more of it is more risk. */
  readonly sign: Exclude<Sign, 0>;
  /** Told by customers and their tickets, not by what they use. */
  readonly isSupport: boolean;
  /** Null: not known, which is not zero. */
  readonly of: (signals: ChurnSignals, moment: HealthMoment) => FeatureValue | null;
}

/** What a fitted model may use. Ten at most: it takes ten customers who left for each. */
export const churnFeatures = [
  { name: 'usage_trend', label: 'Usage trend', sign: -1, isSupport: false, of: usageTrend },
  { name: 'logins', label: 'Logins', sign: -1, isSupport: false, of: logins },
  { name: 'quiet_days', label: 'Days without login', sign: 1, isSupport: false, of: quietDays },
  { name: 'seats_used', label: 'Seats used', sign: -1, isSupport: false, of: seatsUsed },
  { name: 'incidents', label: 'Incidents', sign: 1, isSupport: true, of: incidents },
  { name: 'csat', label: 'CSAT', sign: -1, isSupport: true, of: csat },
  { name: 'nps', label: 'NPS answers', sign: -1, isSupport: true, of: nps },
  { name: 'tone', label: 'Tone of tickets', sign: -1, isSupport: true, of: tone },
  { name: 'urgent_tickets', label: 'Urgent tickets', sign: 1, isSupport: true, of: urgentTickets },
  { name: 'tenure', label: 'Time as a customer', sign: -1, isSupport: false, of: tenure },
] as const satisfies readonly FeatureDefinition[];

export type ChurnFeature = (typeof churnFeatures)[number]['name'];
export type FeatureValues = Readonly<Partial<Record<ChurnFeature, FeatureValue>>>;

/** Signals must be those known at the moment (`knownAt`). */
export function featuresAt(signals: ChurnSignals, moment: HealthMoment): FeatureValues {
  return Object.fromEntries(
    churnFeatures.flatMap(({ name, of }) => {
      const value = of(signals, moment);
      return value === null ? [] : [[name, value]];
    }),
  );
}

const DAY_MS = 86_400_000;
/** Answers that the usual value counts for, so that one angry answer is not the whole customer. */
const PRIOR_ANSWERS = 2;
const USUAL_CSAT = 4;
const USUAL_NPS = 7.5;
const LEAST_TONES = 3;

function within(at: Date, { until }: HealthMoment, days: number): boolean {
  const age = until.getTime() - at.getTime();
  return age >= 0 && age < days * DAY_MS;
}

/** Incidents that began in 90 days. */
function incidents(signals: ChurnSignals, moment: HealthMoment): FeatureValue {
  const count = signals.incidents.filter(({ startedAt }) => within(startedAt, moment, 90)).length;
  return { value: count, fact: `${count} ${count === 1 ? 'incident' : 'incidents'} in 90 days` };
}

/** (sum of the answers + 2 usual ones) / (their number + 2), answers of 180 days, 1-5: few answer. */
function csat(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  return shrunken(scores(signals, moment, 'csat', 180), USUAL_CSAT, 'CSAT', 5);
}

/** As CSAT: answers of 180 days, 0-10. */
function nps(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  return shrunken(scores(signals, moment, 'nps', 180), USUAL_NPS, 'NPS answers', 10);
}

function scores(signals: ChurnSignals, moment: HealthMoment, kind: string, days: number): readonly number[] {
  return signals.surveys
    .filter((one) => one.kind === kind && within(one.respondedAt, moment, days))
    .map(({ score }) => score);
}

function shrunken(given: readonly number[], usual: number, what: string, best: number): FeatureValue | null {
  if (given.length === 0) return null;
  const sum = given.reduce((total, one) => total + one, 0);
  return {
    value: (sum + PRIOR_ANSWERS * usual) / (given.length + PRIOR_ANSWERS),
    fact: `${what} ${(sum / given.length).toFixed(1)} of ${best} (${given.length})`,
  };
}

/** Mean tone of tickets and customer escalations of 90 days, -1 to 1. */
function tone(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  const given = signals.tones.filter(({ at }) => within(at, moment, 90)).map(({ score }) => score);
  if (given.length < LEAST_TONES) return null;
  const mean = given.reduce((sum, one) => sum + one, 0) / given.length;
  return { value: mean, fact: `tone of ${given.length} tickets ${mean.toFixed(2)} from -1 to 1` };
}

/** Logarithm of one and the urgent and high tickets of 90 days. */
function urgentTickets(signals: ChurnSignals, moment: HealthMoment): FeatureValue {
  const count = signals.tickets.filter(({ at, isUrgent }) => isUrgent && within(at, moment, 90)).length;
  return { value: Math.log1p(count), fact: `${count} urgent or high tickets in 90 days` };
}

/** Logarithm of the months as a customer and three. */
function tenure(signals: ChurnSignals, moment: HealthMoment): FeatureValue | null {
  const { tenureMonths } = contractAt(signals.account, moment.day);
  if (tenureMonths === null) return null;
  const months = Math.max(0, tenureMonths);
  return { value: Math.log(months + 3), fact: `customer for ${writeNumber(months)} months` };
}
