import type { LineChart, Tone } from '../../domain/chart-data.ts';
import type { Finding, FindingEvidence } from '../../domain/finding.ts';
import type { HealthSettings } from '../../domain/health-profile.ts';
import { addDays, asOf, shorten } from '../wording.ts';
import type { HealthAccount } from './account-signals.ts';
import { type ComponentReference, type Contribution, contributionsOf } from './contributions.ts';
import type { HealthScore, WeightedComponent } from './health-score.ts';

/** A score of an earlier day, as it was stored. */
export interface PastScore {
  readonly day: string;
  readonly score: number;
  /** Part -> score, for "what changed". */
  readonly parts: Readonly<Partial<Record<string, number>>>;
}

const HISTORY_DAYS = 30;
const CHANGE_DAYS = 7;
/** How far from exactly seven days ago a score may lie to be compared with. */
const CHANGE_SLACK_DAYS = 2;
/** Points that a part must have taken off the score within the week to be named for it. */
const CLEAR_FALL = 5;

export interface HealthFindingInput {
  readonly account: HealthAccount;
  readonly today: HealthScore;
  /** Scores of the active profile before today, any order. */
  readonly past: readonly PastScore[];
  readonly reference: ComponentReference;
}

/** The finding `account-health` of an account; null when it is not scored today. */
export function buildHealthFinding(
  { account, today, past, reference }: HealthFindingInput,
  settings: HealthSettings,
  now: Date,
  zone: string,
): Finding | null {
  if (today.score === null || today.band === null) return null;
  const before = scoreBefore(past, today.day);
  const change = before === null ? null : round(today.score - before.score);
  const contributions = contributionsOf(today, reference);
  const parts = today.components.map(({ name, score }) => [`component_${name}`, round(score)]);
  return {
    kind: 'account-health',
    subject: { kind: 'account', id: account.id, label: account.name },
    accountId: account.id,
    ownerId: account.ownerId,
    teamId: account.teamId,
    value: today.score,
    observedAt: now,
    facts: {
      profile: today.profile,
      band: today.band,
      previous_score: before?.score ?? null,
      change_7d: change,
      coverage: today.coverage,
      account: account.name,
      arr: account.arr,
      currency: account.currency,
      top_driver: topDriver(today, contributions, before),
      ...(Object.fromEntries(parts) as Record<string, number>),
    },
    evidence: buildEvidence(today, before, contributions),
    chart: buildChart(
      account,
      today,
      { score: today.score, band: today.band, change },
      past,
      settings,
      now,
      zone,
    ),
  };
}

/** The score a week ago, or the nearest within two days of it. */
function scoreBefore(past: readonly PastScore[], day: string): PastScore | null {
  for (let slack = 0; slack <= CHANGE_SLACK_DAYS; slack += 1) {
    for (const days of [CHANGE_DAYS + slack, CHANGE_DAYS - slack]) {
      const found = past.find((one) => one.day === addDays(day, -days));
      if (found) return found;
    }
  }
  return null;
}

/**
 * The part to look at first, with its fact: the one whose fall took most off the score if it fell clearly within the
 * week, else the one that pulls it furthest below the portfolio, else the one with most to gain; null at 100.
 */
function topDriver(
  today: HealthScore,
  contributions: readonly Contribution[],
  before: PastScore | null,
): string | null {
  const pulls = new Map(contributions.map(({ name, points }) => [name, points]));
  const measures: readonly ((part: WeightedComponent) => number)[] = [
    ({ name, weight, score }) => {
      const lost = weight * ((before?.parts[name] ?? score) - score);
      return lost >= CLEAR_FALL ? lost : 0;
    },
    ({ name }) => pulls.get(name) ?? 0,
    ({ weight, score }) => weight * (100 - score),
  ];
  for (const measure of measures) {
    const [top] = today.components.toSorted((a, b) => measure(b) - measure(a));
    if (top !== undefined && measure(top) > 0) return `${top.name} (${top.fact})`;
  }
  return null;
}

function buildEvidence(
  today: HealthScore,
  before: PastScore | null,
  contributions: readonly Contribution[],
): FindingEvidence {
  const missing = Math.round((1 - today.coverage) * 100);
  return {
    caption: `Health by profile ${today.profile}: each part, its weight, the portfolio's median and how many points it pulls the score below it${missing > 0 ? `; parts with ${missing} % of the weight have no data and are left out` : ''}`,
    columns: ['Part', 'Score', 'Weight', 'Median', 'Pulls down', '7 days ago', 'Why'],
    rows: contributions.map(({ name, reference, points }) => {
      const part = today.components.find((one) => one.name === name)!;
      const weekAgo = before?.parts[name];
      return [
        name,
        round(part.score),
        `${round(part.weight * 100)} %`,
        round(reference),
        round(points),
        weekAgo === undefined ? null : round(weekAgo),
        part.fact,
      ];
    }),
  };
}

function buildChart(
  account: HealthAccount,
  today: HealthScore,
  current: { readonly score: number; readonly band: string; readonly change: number | null },
  past: readonly PastScore[],
  settings: HealthSettings,
  now: Date,
  zone: string,
): LineChart {
  const days = Array.from({ length: HISTORY_DAYS }, (_, index) =>
    addDays(today.day, index + 1 - HISTORY_DAYS),
  );
  const byDay = new Map(past.map((one) => [one.day, one.score]));
  byDay.set(today.day, current.score);
  const values = days.map((day) => byDay.get(day) ?? null);
  const change =
    current.change === null
      ? ''
      : `, ${current.change >= 0 ? 'up' : 'down'} ${Math.abs(current.change)} in 7 days`;
  const words = `${current.score}, ${current.band}${change}`;
  const tone = toneOf(current.score, settings);
  return {
    kind: 'line',
    title: shorten(`Health of ${account.name}: ${words}`, 80),
    subtitle: `Score 0-100 by profile ${today.profile}, last ${HISTORY_DAYS} days, ${asOf(now, zone)}`,
    altText: `Health of ${account.name} is ${words}. Daily scores since ${days[0] ?? ''}: ${values.map((value) => value ?? 'none').join(', ')}.`,
    labels: days.map(shortDay),
    series: [{ name: 'Health score', values, tone }],
    thresholds: settings.bands
      .filter(({ from }) => from > 0)
      .map(({ name, from }) => ({
        value: from,
        label: `${name} from ${from}`,
        tone: toneOf(from, settings),
      })),
    marks: [{ index: days.length - 1, label: `${current.score} ${current.band}`, tone }],
    format: { kind: 'number', decimals: 0 },
  };
}

/** Tones from the best band to the worst; more bands than tones share the last one. */
const bandTones: readonly Tone[] = ['good', 'good', 'warning', 'critical', 'critical'];

function toneOf(score: number, settings: HealthSettings): Tone {
  const index = settings.bands.findIndex(({ from }) => score >= from);
  return bandTones[index] ?? 'critical';
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
function shortDay(day: string): string {
  return dayFormat.format(new Date(`${day}T00:00:00Z`));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
