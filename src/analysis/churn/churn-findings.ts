import type { LineChart, Tone } from '../../domain/chart-data.ts';
import type { ChurnBand, ChurnSettings } from '../../domain/churn-settings.ts';
import type { Finding, FindingEvidence } from '../../domain/finding.ts';
import { addDays, asOf, daysBetween, shorten } from '../wording.ts';
import { type ChurnModel, writeState } from './churn-model.ts';
import type { ChurnAccount } from './churn-signals.ts';
import { type ChurnContribution, contributionChanges } from './contributions.ts';
import { addMonths } from './monthly-rate.ts';
import type { ChurnScore } from './score-account.ts';

/** A score of an earlier day, as it was stored. */
export interface PastChurn {
  readonly day: string;
  readonly probability: number;
  readonly riskIndex: number;
  readonly base: number;
  readonly contributions: readonly ChurnContribution[];
}

export interface ChurnFindingInput {
  readonly account: ChurnAccount;
  readonly score: ChurnScore;
  readonly tenureMonths: number | null;
  /** Of first days of months and of about 30 days ago. */
  readonly past: readonly PastChurn[];
  readonly model: ChurnModel;
}

const CHANGE_DAYS = 30;
const CHANGE_SLACK_DAYS = 3;
const SHOWN_DRIVERS = 3;
const CHART_MONTHS = 6;

/** The score about 30 days ago: the nearest within three days of it. */
export function scoreOfMonthAgo(past: readonly PastChurn[], day: string): PastChurn | null {
  const wanted = addDays(day, -CHANGE_DAYS);
  const near = past
    .filter((one) => Math.abs(daysBetween(one.day, wanted)) <= CHANGE_SLACK_DAYS)
    .toSorted((a, b) => Math.abs(daysBetween(a.day, wanted)) - Math.abs(daysBetween(b.day, wanted)));
  return near[0] ?? null;
}

/** What raises the risk most, with its fact; null: nothing does. */
export function driversOf({ explained }: ChurnScore): readonly string[] {
  return explained.contributions
    .filter(({ points }) => points > 0)
    .slice(0, SHOWN_DRIVERS)
    .map(({ label, fact }) => `${label} (${fact})`);
}

/** The finding `churn-risk` of an account; null when its priority is low. */
export function buildChurnFinding(
  input: ChurnFindingInput,
  settings: ChurnSettings,
  now: Date,
  zone: string,
): Finding | null {
  const { account, score, past, model } = input;
  if (score.priority === 'low') return null;
  const before = scoreOfMonthAgo(past, score.day);
  const [top, second, third] = driversOf(score);
  return {
    kind: 'churn-risk',
    subject: { kind: 'account', id: account.id, label: account.name },
    accountId: account.id,
    ownerId: account.ownerId,
    teamId: account.teamId,
    value: round(score.probability, 4),
    observedAt: now,
    facts: {
      probability: round(score.probability, 4),
      risk_index: round(score.riskIndex, 4),
      risk_band: score.band,
      priority: score.priority,
      state: writeState(model),
      health: score.health,
      change_30d: before === null ? null : round(score.probability - before.probability, 4),
      top_driver: top ?? null,
      second_driver: second ?? null,
      third_driver: third ?? null,
      support_risk: score.supportRisk === null ? null : round(score.supportRisk, 4),
      tenure_months: input.tenureMonths === null ? null : Math.floor(input.tenureMonths),
      account: account.name,
      arr: account.arr,
      currency: account.currency,
      lifecycle_stage: account.lifecycleStage,
    },
    evidence: buildEvidence(score, before, model),
    chart: buildChart(input, settings, now, zone),
  };
}

function buildEvidence(score: ChurnScore, before: PastChurn | null, model: ChurnModel): FindingEvidence {
  const { explained } = score;
  const changes = new Map(
    before === null
      ? []
      : contributionChanges(before, explained).map(({ name, points }) => [name, points] as const),
  );
  const changeOf = (name: string) => (before === null ? null : round(changes.get(name) ?? 0, 2));
  const since = before === null ? '' : `; the change is since ${before.day}`;
  return {
    caption: `Points of the logit against the median customer; the usual ${explained.base.toFixed(2)} and the points add up to ${explained.logit.toFixed(2)}, which is a ${writeChance(score, model)} (1 / (1 + e^-logit)). ${sentenceOfState(model)}${since}`,
    columns: ['What', 'Points', 'Change', 'Why'],
    rows: [
      ...explained.contributions
        .slice(0, 18)
        .map(({ name, label, points, fact }) => [label, round(points, 2), changeOf(name), fact]),
      ['Usual customer', round(explained.base, 2), changeOf('base'), 'medians of all customers'],
    ],
  };
}

function writeChance({ probability }: ChurnScore, { stage, horizonDays }: ChurnModel): string {
  const percent = `${round(100 * probability, 1)} %`;
  return stage === 'uncalibrated'
    ? `risk index of ${percent}`
    : `chance of ${percent} to leave within ${horizonDays} days`;
}

/** Honest about how far the number may be trusted. */
export function sentenceOfState(model: ChurnModel): string {
  switch (model.stage) {
    case 'uncalibrated':
      return 'Uncalibrated: an index of risk, not a probability, because nobody is known to have left';
    case 'base-rate':
      return `Calibrated to the rate of the last 12 months alone (${model.events} left)`;
    case 'platt':
      return `Calibrated on ${model.events} customers who left`;
    case 'fitted':
      return `Fitted to ${model.events} customers who left`;
  }
}

const tones: Readonly<Record<ChurnBand, Tone>> = {
  low: 'good',
  medium: 'notice',
  high: 'warning',
  critical: 'critical',
};

/** The risk index, on which the bands lie, on the first day of six months and today. */
function buildChart(
  { account, score, past }: ChurnFindingInput,
  { riskBands }: ChurnSettings,
  now: Date,
  zone: string,
): LineChart {
  const month = `${score.day.slice(0, 7)}-01`;
  const days = Array.from({ length: CHART_MONTHS }, (_, i) => addMonths(month, i + 1 - CHART_MONTHS)).filter(
    (day) => day < score.day,
  );
  const byDay = new Map(past.map((one) => [one.day, round(one.riskIndex, 3)]));
  const values = [...days.map((day) => byDay.get(day) ?? null), round(score.riskIndex, 3)];
  const words = `${Math.round(score.riskIndex * 100)} of 100, ${score.band}`;
  const labels = [...days.map(shortMonth), 'today'];
  return {
    kind: 'line',
    title: shorten(`Risk index of ${account.name}: ${words}`, 80),
    subtitle: `Priority ${score.priority}, first day of each month and today, ${asOf(now, zone)}`,
    altText: `Risk index of ${account.name} is ${words}. ${labels.map((label, i) => `${label}: ${values[i] ?? 'none'}`).join(', ')}.`,
    labels,
    series: [{ name: 'Risk index', values, tone: tones[score.band] }],
    thresholds: (['low', 'medium', 'high'] as const).map((band, place) => ({
      value: riskBands[band],
      label: `${['medium', 'high', 'critical'][place]} above ${Math.round(riskBands[band] * 100)} %`,
      tone: (['notice', 'warning', 'critical'] as const)[place]!,
    })),
    marks: [{ index: labels.length - 1, label: words, tone: tones[score.band] }],
    format: { kind: 'percent' },
  };
}

const monthFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: '2-digit' });
function shortMonth(day: string): string {
  return monthFormat.format(new Date(`${day}T00:00:00Z`));
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
