import type { Finding } from '../../domain/finding.ts';
import type { ServiceLevelLimits, ServiceLevelName } from '../../domain/workload-settings.ts';
import { writeDuration, writeNumber } from '../wording.ts';

/** A level as it is now: a mean of seconds, or `part` of `cases`. */
export interface MeasuredLevel {
  readonly name: ServiceLevelName;
  readonly cases: number;
  /** Sum of the seconds, or number of cases that count. */
  readonly total: number;
}

export type LevelState = 'good' | 'warning' | 'critical';

const words: Readonly<
  Record<
    ServiceLevelName,
    { readonly label: string; readonly of: string; readonly unit: 'seconds' | 'share' }
  >
> = {
  response_time: {
    label: 'Average response time',
    of: 'first answers of a person in conversations',
    unit: 'seconds',
  },
  peak_wait: {
    label: 'Average wait in peak hours',
    of: 'conversations that began in a peak hour and were answered by a person',
    unit: 'seconds',
  },
  delivery_rate: { label: 'Delivery rate', of: 'outgoing messages delivered or read', unit: 'share' },
  broadcast_success: {
    label: 'Broadcast success',
    of: 'messages of broadcasts delivered or read',
    unit: 'share',
  },
  bot_drop_off: {
    label: 'Drop-off of the bot',
    of: 'conversations of the bot in which the customer went away',
    unit: 'share',
  },
  bot_to_human: {
    label: 'Bot-to-human rate',
    of: 'conversations of the bot that went to a person',
    unit: 'share',
  },
};

/** Good, warning or critical; which way is worse follows from the limits. */
export function judgeLevel(value: number, { warning, critical }: ServiceLevelLimits): LevelState {
  const isBeyond = (limit: number) => (critical > warning ? value >= limit : value <= limit);
  if (isBeyond(critical)) return 'critical';
  return isBeyond(warning) ? 'warning' : 'good';
}

/** One `service-level` finding for each level with enough cases; good ones as well, so that an alert can end. */
export function buildLevelFindings(
  measured: readonly MeasuredLevel[],
  limits: readonly ServiceLevelLimits[],
  now: Date,
): readonly Finding[] {
  return limits.flatMap((limit) => {
    const level = measured.find(({ name }) => name === limit.name);
    return level === undefined || level.cases < limit.atLeast ? [] : [buildFinding(level, limit, now)];
  });
}

function buildFinding(level: MeasuredLevel, limits: ServiceLevelLimits, now: Date): Finding {
  const { label, of, unit } = words[level.name];
  const write = (value: number): string =>
    unit === 'seconds' ? writeDuration(value) : `${writeNumber(value * 100, 1)} %`;
  const value = level.total / level.cases;
  const state = judgeLevel(value, limits);
  const worse = limits.critical > limits.warning ? 'from' : 'at or below';
  return {
    kind: 'service-level',
    subject: { kind: 'series', id: `service/${level.name}`, label },
    accountId: null,
    ownerId: null,
    teamId: null,
    value,
    observedAt: now,
    facts: {
      headline: `${label}: ${write(value)}, ${state}`,
      sentence: `${label} of the last ${writeNumber(limits.windowHours)} hours is ${write(value)} over ${writeNumber(level.cases)} cases; ${worse} ${write(limits.warning)} it is a warning, ${worse} ${write(limits.critical)} critical.`,
      over: `${label} is good again`,
      level: level.name,
      label,
      state,
      measured: write(value),
      warning_from: write(limits.warning),
      critical_from: write(limits.critical),
      cases: level.cases,
      window_hours: limits.windowHours,
    },
    evidence: {
      caption:
        unit === 'seconds'
          ? `Mean seconds = sum of seconds / number of ${of}.`
          : `Share = cases that count / all; counted: ${of}.`,
      columns: [unit === 'seconds' ? 'Seconds in all' : 'Counted', 'Cases', label],
      rows: [[level.total, level.cases, write(value)]],
    },
    chart: null,
  };
}
