import type { HealthBaselines, HealthComponent, HealthSettings } from '../../domain/health-profile.ts';
import { addDays, daysBetween, writeNumber } from '../wording.ts';
import type { AccountSignals, HealthMoment, UsageDay } from './account-signals.ts';
import { scoreSatisfaction } from './satisfaction.ts';

/** One part of a score and the plain facts it comes from. */
export interface ComponentScore {
  /** 0-100. */
  readonly score: number;
  /** For people: `1,120 API calls in 30 days, baseline 5,000`. */
  readonly fact: string;
}

/** A part without data is absent, which is not the same as zero. */
export type ComponentScores = Readonly<Partial<Record<HealthComponent, ComponentScore>>>;

const WINDOW_DAYS = 30;
/** A usage feed that is this many days behind is late; later still, it is taken for missing. */
const FEED_LAG_DAYS = 7;
const DAY_MS = 86_400_000;

export function scoreComponents(
  signals: AccountSignals,
  moment: HealthMoment,
  settings: HealthSettings,
): ComponentScores {
  const window = usageWindow(signals, moment);
  const baselines = baselinesOf(signals, settings);
  const parts: Partial<Record<HealthComponent, ComponentScore>> = {};
  if (window !== null) {
    parts.usage = againstBaseline(window, baselines.apiCalls, 'API calls', (row) => row.apiCalls);
    parts.engagement = againstBaseline(window, baselines.logins, 'logins', (row) => row.logins);
    const value = scoreValue(window.rows);
    if (value !== null) parts.value = value;
  }
  const satisfaction = scoreSatisfaction(signals, moment.until);
  if (satisfaction !== null) parts.satisfaction = satisfaction;
  parts.incident = scoreIncidents(signals, moment.until, settings);
  return parts;
}

interface UsageWindow {
  readonly rows: readonly UsageDay[];
  /** Days of the window since the account's first usage, 1-30: the baseline is cut to them. */
  readonly days: number;
}

/**
 * The 30 days before the day of the score (the day itself is not over), or the 30 days up to where a late feed has
 * come. An account without rows in there, but with rows before it, has stopped: its usage is zero, not unknown.
 */
function usageWindow(signals: AccountSignals, moment: HealthMoment): UsageWindow | null {
  const { firstUsageDay } = signals;
  if (firstUsageDay === null || firstUsageDay > moment.day) return null;
  // On its very first day an account has nothing but that day.
  const last = firstUsageDay === moment.day ? moment.day : moment.feedDay;
  if (last === null || daysBetween(last, moment.day) > FEED_LAG_DAYS) return null;
  const first = addDays(last, 1 - WINDOW_DAYS);
  return {
    rows: signals.usage.filter((row) => row.day >= first && row.day <= last),
    days: Math.min(WINDOW_DAYS, daysBetween(firstUsageDay, last) + 1),
  };
}

function baselinesOf(signals: AccountSignals, settings: HealthSettings): HealthBaselines {
  const { id, sourceId, name } = signals.account;
  const own = [id, sourceId, name]
    .map((key) => settings.baselineOverrides.get(key.toLowerCase()))
    .find((override) => override !== undefined);
  return { ...settings.baselines, ...own };
}

/** Share of the baseline that was reached, at most 100. */
function againstBaseline(
  window: UsageWindow,
  perMonth: number,
  what: string,
  countOf: (row: UsageDay) => number,
): ComponentScore {
  const counted = window.rows.reduce((sum, row) => sum + countOf(row), 0);
  const expected = (perMonth * window.days) / WINDOW_DAYS;
  return {
    score: Math.min(100, (100 * counted) / expected),
    fact: `${writeNumber(counted)} ${what} in ${window.days} days, baseline ${writeNumber(expected)}`,
  };
}

/** Value realisation: mean of seats used over seats bought and features used over features there are. */
function scoreValue(rows: readonly UsageDay[]): ComponentScore | null {
  const parts: { share: number; fact: string }[] = [];
  const seats = rows.findLast((row) => (row.seatsEntitled ?? 0) > 0)?.seatsEntitled;
  if (seats && rows.some((row) => row.activeUsers !== null)) {
    const used = Math.max(...rows.map((row) => row.activeUsers ?? 0));
    parts.push({ share: Math.min(1, used / seats), fact: `${used} of ${seats} seats used` });
  }
  const features = rows.findLast((row) => (row.featuresAvailable ?? 0) > 0)?.featuresAvailable;
  if (features && rows.some((row) => row.featuresUsed !== null)) {
    const used = Math.max(...rows.map((row) => row.featuresUsed ?? 0));
    parts.push({ share: Math.min(1, used / features), fact: `${used} of ${features} features used` });
  }
  if (parts.length === 0) return null;
  const mean = parts.reduce((sum, part) => sum + part.share, 0) / parts.length;
  return { score: 100 * mean, fact: parts.map((part) => part.fact).join(', ') };
}

/** 100 less the penalties of incidents that began in the last 30 days or are still open; never below 0. */
function scoreIncidents(signals: AccountSignals, until: Date, settings: HealthSettings): ComponentScore {
  const since = until.getTime() - WINDOW_DAYS * DAY_MS;
  const counted = signals.incidents.filter(({ startedAt, resolvedAt }) => {
    if (startedAt.getTime() > until.getTime()) return false;
    const isOpen = resolvedAt === null || resolvedAt.getTime() > until.getTime();
    return isOpen || startedAt.getTime() > since;
  });
  const penalty = counted.reduce((sum, incident) => sum + settings.incidentPenalties[incident.severity], 0);
  const bySeverity = (['critical', 'high', 'medium', 'low'] as const)
    .map((severity) => ({ severity, n: counted.filter((incident) => incident.severity === severity).length }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => `${n} ${severity}`);
  return {
    score: Math.max(0, 100 - penalty),
    fact:
      bySeverity.length === 0 ? 'no incidents in 30 days' : `incidents in 30 days: ${bySeverity.join(', ')}`,
  };
}
