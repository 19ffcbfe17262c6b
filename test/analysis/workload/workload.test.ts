import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentPresence, buildAwayFindings } from '../../../src/analysis/workload/away-findings.ts';
import { buildQueueFindings, type QueueWindow } from '../../../src/analysis/workload/channel-findings.ts';
import { type HourOfWeek, loadHours } from '../../../src/analysis/workload/hour-load.ts';
import { type AgentWork, judgeWorkload, median } from '../../../src/analysis/workload/judge-workload.ts';
import { isOpenAt } from '../../../src/analysis/workload/open-hours.ts';
import { buildLevelFindings, judgeLevel } from '../../../src/analysis/workload/service-levels.ts';
import { buildWorkloadFindings } from '../../../src/analysis/workload/workload-findings.ts';
import { loadWorkloadSettings, parseWorkloadSettings } from '../../../src/catalogue/workload-settings.ts';
import { chartSpecSchema } from '../../../src/charts/chart-spec-schema.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';

const loaded = loadWorkloadSettings(packagePath('catalogue'));
if (!loaded.ok) throw new Error('the shipped workload.yml does not load');
const settings = loaded.value;
const now = new Date('2026-03-31T12:00Z');
const zone = 'Europe/Berlin';
const moment = { now, zone };

const agent = (name: string, normal: number, more: Partial<AgentWork> = {}): AgentWork => ({
  personId: name,
  agent: name,
  teamId: 'chat',
  team: 'Chat',
  tickets: { urgent: 0, high: 0, normal, low: 0 },
  conversations: 0,
  ...more,
});

describe('workload against the team (S1-29)', () => {
  it('is overloaded above 1.3 times and underutilised below 0.7 times the median, balanced on the limits', () => {
    const judged = judgeWorkload(
      [agent('a', 13), agent('b', 10), agent('c', 7), agent('d', 14), agent('e', 6)],
      settings,
    );
    expect(judged.map(({ agent: name, ratio, state }) => [name, ratio, state])).toEqual([
      ['a', 1.3, 'balanced'],
      ['b', 1, 'balanced'],
      ['c', 0.7, 'balanced'],
      ['d', 1.4, 'overloaded'],
      ['e', 0.6, 'underutilised'],
    ]);
  });

  it('weighs priorities and conversations', () => {
    const one = agent('a', 1, { tickets: { urgent: 1, high: 1, normal: 1, low: 1 }, conversations: 2 });
    expect(judgeWorkload([one], settings)[0]).toMatchObject({
      weightedWork: 4 + 2 + 1 + 0.5 + 2,
      openTickets: 4,
    });
  });

  it('judges nobody in a team of two, without a team, or where nobody has anything to do', () => {
    const small = [agent('a', 9), agent('b', 1)];
    const loose = ['a', 'b', 'c'].map((name) => agent(name, 5, { teamId: null, team: null }));
    const idle = ['a', 'b', 'c'].map((name) => agent(name, 0));
    for (const team of [small, loose, idle])
      expect(new Set(judgeWorkload(team, settings).map(({ state }) => state))).toEqual(new Set(['unjudged']));
  });

  it('says who could take some of it, with a picture that can be drawn', () => {
    const judged = judgeWorkload([agent('Ann', 20), agent('Ben', 10), agent('Cem', 9)], settings);
    const findings = buildWorkloadFindings(judged, settings, moment);
    expect(findings.map((one) => [one.subject.label, one.value, one.facts['relief']])).toEqual([
      ['Ann', 2, 'Cem'],
    ]);
    expect(findings[0]!.evidence.rows.map(([name]) => name)).toEqual(['Ann', 'Ben', 'Cem']);
    expect(chartSpecSchema.safeParse(findings[0]!.chart).success).toBe(true);
  });

  it('takes a median that half of the team is not above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 }), (values) => {
        const middle = median(values);
        expect(values.filter((value) => value > middle).length * 2).toBeLessThanOrEqual(values.length);
        expect(values.filter((value) => value < middle).length * 2).toBeLessThanOrEqual(values.length);
      }),
    );
  });
});

const berlin = {
  id: 'berlin',
  zone,
  week: [0, 1, 2, 3, 4].map(() => [{ fromMinute: 540, toMinute: 1050 }]).concat([[], []]),
  holidays: new Set(['04-03']),
  boundary: 'closing' as const,
  version: '1',
};

describe('a team without anybody there (S1-28)', () => {
  const presence = (name: string, more: Partial<AgentPresence>): AgentPresence => ({
    personId: name,
    agent: name,
    teamId: 'chat',
    team: 'Chat',
    status: 'away',
    since: new Date('2026-03-31T11:40Z'),
    until: null,
    lastThereAt: new Date('2026-03-31T11:40Z'),
    openConversations: 1,
    ...more,
  });
  const away = (agents: readonly AgentPresence[], at = now) =>
    buildAwayFindings(agents, () => berlin, settings, { now: at, zone });

  it('is told in business hours with who was there last and for how long nobody has been', () => {
    const [finding, ...others] = away([
      presence('Ann', { lastThereAt: new Date('2026-03-31T11:10Z') }),
      presence('Ben', { status: 'offline' }),
    ]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      value: 20,
      subject: { kind: 'team', label: 'Chat' },
      facts: { agents: 2, away_seconds: 1200, last_agent: 'Ben', open_conversations: 2 },
    });
  });

  it('is not told while one is online or busy, at night, on a holiday, or without a calendar', () => {
    for (const status of ['online', 'busy'] as const)
      expect(away([presence('Ann', {}), presence('Ben', { status })])).toEqual([]);
    expect(away([presence('Ann', {})], new Date('2026-03-31T18:00Z'))).toEqual([]);
    expect(away([presence('Ann', {})], new Date('2026-04-03T10:00Z'))).toEqual([]);
    expect(buildAwayFindings([presence('Ann', {})], () => null, settings, moment)).toEqual([]);
  });

  it('does not trust an agent who seems to be online since yesterday', () => {
    const since = new Date(now.getTime() - 17 * 3_600_000);
    expect(away([presence('Ann', { status: 'online', since })])).toHaveLength(1);
  });

  it('counts the night shift that began the day before', () => {
    const night = { ...berlin, week: berlin.week.map(() => [{ fromMinute: 1320, toMinute: 1800 }]) };
    expect(isOpenAt(night, new Date('2026-03-31T00:30Z'))).toBe(true);
    expect(isOpenAt(night, new Date('2026-03-31T04:30Z'))).toBe(false);
    expect(isOpenAt(berlin, new Date('2026-03-31T07:00Z'))).toBe(true);
    expect(isOpenAt(berlin, new Date('2026-03-31T15:30Z'))).toBe(false);
  });
});

describe('queues and levels', () => {
  const queue = (depth: number, ratePerMinute: number): QueueWindow => ({
    id: 'q',
    name: 'Line',
    channel: null,
    depth,
    ratePerMinute,
    usualRatePerMinute: null,
    samples: [{ at: now, depth, ratePerMinute }],
  });

  it('tells of a queue only when it is deep and slow at once; one that stands still needs a day (S1-21)', () => {
    const minutes = (depth: number, rate: number) =>
      buildQueueFindings([queue(depth, rate)], settings, moment).map(({ value }) => value);
    expect(minutes(49, 1)).toEqual([]);
    expect(minutes(50, 5.1)).toEqual([]);
    expect(minutes(50, 5)).toEqual([10]);
    expect(minutes(50, 0)).toEqual([1440]);
  });

  it('reads from the limits which way is worse (S1-07, S1-08)', () => {
    const limits = { name: 'delivery_rate', atLeast: 10, windowHours: 24 } as const;
    const low = { ...limits, warning: 0.95, critical: 0.9 };
    expect([0.96, 0.95, 0.9].map((value) => judgeLevel(value, low))).toEqual(['good', 'warning', 'critical']);
    const high = { ...limits, warning: 60, critical: 120 };
    expect([59, 60, 120].map((value) => judgeLevel(value, high))).toEqual(['good', 'warning', 'critical']);
    const built = (cases: number) =>
      buildLevelFindings([{ name: 'delivery_rate', cases, total: 9 }], [low], now);
    expect(built(9)).toEqual([]);
    expect(built(10)[0]).toMatchObject({
      value: 0.9,
      facts: { state: 'critical', measured: '90 %', cases: 10 },
    });
  });
});

describe('hours of the week (S1-23, S2-27)', () => {
  const hour = (hourOfWeek: number, incoming: number, answered = incoming): HourOfWeek => ({
    hourOfWeek,
    incoming,
    answered,
    waitSeconds: answered * 60,
  });

  it('calls the busiest fourth of the used hours peak, and rounds agents up', () => {
    const found = [hour(9, 80), hour(10, 40), hour(11, 20), hour(12, 8)];
    const hours = loadHours(found, 4, 540, settings, moment);
    expect(hours.filter(({ isPeak }) => isPeak).map(({ hourOfWeek }) => hourOfWeek)).toEqual([9]);
    // 20 an hour x 9 minutes = 3 Erlang; at 0.75 of their time 4 agents. 5 an hour: 0.75 Erlang, exactly one.
    expect(hours[9]).toMatchObject({ incomingPerHour: 20, agentsNeeded: 4 });
    expect(hours[11]).toMatchObject({ agentsNeeded: 1 });
    expect(hours[13]).toMatchObject({ incoming: 0, isPeak: false, agentsNeeded: 0 });
  });

  it('begins every hour within the week to come, at its local time', () => {
    for (const { hourOfWeek, nextAt } of loadHours([], 1, null, settings, moment)) {
      expect(nextAt.getTime()).toBeGreaterThan(now.getTime());
      expect(nextAt.getTime()).toBeLessThanOrEqual(now.getTime() + 7 * 86_400_000);
      const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
      expect(Number(local.format(nextAt))).toBe(hourOfWeek % 24);
    }
  });
});

describe('workload.yml', () => {
  it('says file and line of a limit that cannot be', () => {
    const text =
      'weights: { urgent: 4, high: 2, normal: 1, low: 0.5, conversation: 1 }\noverloaded_above: 0.5\n';
    const parsed = parseWorkloadSettings(text);
    expect(parsed.ok ? [] : parsed.issues.map(({ path, message }) => [path, message])).toContainEqual([
      'workload.yml:2 overloaded_above',
      'must be 1 or more',
    ]);
  });
});
