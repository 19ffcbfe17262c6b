/**
 * When agents were there: a chain of spans for each agent without gaps, the last one open. In: the agents of a world.
 * Out: presence/agent_status.csv. One moment is planted at which all agents are away.
 */
import type { WorldPerson } from './people.ts';
import { dayMs, hourMs, lastCommonWorkingDay, type OfficeDays, officeDays } from './presence-hours.ts';
import { putRows } from './put-rows.ts';
import type { Random } from './random.ts';
import type { WorldBasis, WorldSink } from './world.ts';

type Status = 'online' | 'away' | 'busy' | 'offline';

interface StatusSpan {
  readonly status: Status;
  readonly startedAt: number;
  /** Null while it lasts. */
  readonly endedAt: number | null;
}

const header = ['status_id', 'agent_id', 'status', 'started_at', 'ended_at', 'duration_seconds'] as const;

/** Days of presence that are exported, less where the world is shorter. */
const exportedDays = { small: 14, demo: 60, large: 90 } as const;
/** Everybody is in by then, on both sides of the ocean. */
const allAway = { hour: 15, minute: 40, minutes: 12 } as const;

export const presencePart = {
  name: 'presence',
  async write(basis: WorldBasis, sink: WorldSink): Promise<Readonly<Record<string, unknown>>> {
    const table = sink.table('presence/agent_status.csv', header);
    const plan = planPresence(basis);
    for (const agent of plan.agents) {
      let count = 0;
      for (const { status, startedAt, endedAt } of agentSpans(basis, plan, agent)) {
        count += 1;
        const ended = endedAt === null ? null : new Date(endedAt).toISOString();
        const seconds = endedAt === null ? null : (endedAt - startedAt) / 1000;
        const id = `${agent.id}-${count}`;
        await putRows(table, [[id, agent.id, status, new Date(startedAt).toISOString(), ended, seconds]]);
      }
    }
    return {
      from: new Date(plan.start).toISOString(),
      agents: plan.agents.length,
      allAway: {
        from: new Date(plan.away.from).toISOString(),
        to: new Date(plan.away.to).toISOString(),
      },
    };
  },
};

export interface PresencePlan {
  readonly agents: readonly WorldPerson[];
  /** Epoch milliseconds of a midnight in UTC. */
  readonly start: number;
  readonly offices: Readonly<Record<WorldPerson['region'], OfficeDays>>;
  readonly away: { readonly day: number; readonly from: number; readonly to: number };
}

export function planPresence({ asOf, people, scale, size }: WorldBasis): PresencePlan {
  const days = Math.min(scale.days, exportedDays[size]);
  const start = Math.floor(asOf.getTime() / dayMs) * dayMs - days * dayMs;
  const open = (region: WorldPerson['region']) => officeDays(region, new Date(start), asOf);
  const offices = { EMEA: open('EMEA'), Americas: open('Americas') };
  const day = lastCommonWorkingDay([offices.EMEA, offices.Americas], asOf, 2);
  const from = offices.EMEA.at(day, allAway.hour) + allAway.minute * 60_000;
  const agents = people.filter(({ role }) => role === 'agent');
  return { agents, start, offices, away: { day, from, to: from + allAway.minutes * 60_000 } };
}

/** A change of status; it lasts until the next one. */
type Change = readonly [at: number, status: Status];

/** The spans of one agent, ascending; the same for the same world. */
function* agentSpans(basis: WorldBasis, plan: PresencePlan, agent: WorldPerson): Generator<StatusSpan> {
  const random = basis.random('presence').fork(agent.id);
  const office = plan.offices[agent.region];
  const end = basis.asOf.getTime();
  let last: Change = [plan.start, 'offline'];
  for (let day = office.dayOf(plan.start); day <= office.dayOf(end); day += 1) {
    const isOff = random.chance(0.05) && day !== plan.away.day;
    if (!office.isWorkingDay(day) || isOff) continue;
    for (const change of shift(random, office, day, plan.away)) {
      if (change[0] >= end) break;
      if (change[0] <= last[0] || change[1] === last[1]) continue;
      yield { status: last[1], startedAt: last[0], endedAt: change[0] };
      last = change;
    }
  }
  yield { status: last[1], startedAt: last[0], endedAt: null };
}

/** One day's work: online and busy in turns, short breaks, lunch, home. */
function shift(
  random: Random,
  office: OfficeDays,
  day: number,
  away: PresencePlan['away'],
): readonly Change[] {
  const second = (hour: number): number => Math.round(office.at(day, hour) / 1000) * 1000;
  const begin = second(office.opens + Math.max(-0.5, Math.min(0.4, 0.2 * random.normal())));
  const finish = second(office.closes + Math.max(-0.4, Math.min(0.8, 0.25 * random.normal())));
  const lunch = second(11.75 + 1.25 * random.next());
  const back = lunch + random.whole(32, 62) * 60_000;
  const changes: Change[] = [...turns(random, begin, lunch), [lunch, 'away'], ...turns(random, back, finish)];
  changes.push([finish, 'offline']);
  return away.day === day ? withAway(changes, away) : changes;
}

/** Median minutes of a span. */
const usualMinutes = { online: 48, busy: 26, away: 9 } as const;

function turns(random: Random, from: number, to: number): readonly Change[] {
  const changes: Change[] = [];
  let at = from;
  let status: keyof typeof usualMinutes = 'online';
  while (at < to - 120_000) {
    changes.push([at, status]);
    at += Math.max(60, Math.round(random.logNormal(usualMinutes[status], 0.5) * 60)) * 1000;
    status = status === 'online' ? (random.chance(0.72) ? 'busy' : 'away') : 'online';
  }
  return changes;
}

/** Everybody leaves the desk at the same moment; afterwards the day goes on as it was. */
function withAway(changes: readonly Change[], { from, to }: PresencePlan['away']): readonly Change[] {
  const statusAt = changes.findLast(([at]) => at <= to)?.[1] ?? 'offline';
  return [
    ...changes.filter(([at]) => at < from),
    [from, 'away'],
    [to, statusAt === 'away' ? 'online' : statusAt],
    ...changes.filter(([at]) => at > to),
  ];
}

/** How many agents were online at the start of each whole hour from the plan's start to the end of the world. */
export function onlineByHour(basis: WorldBasis, plan: PresencePlan): readonly number[] {
  const hours = Math.floor((basis.asOf.getTime() - plan.start) / hourMs);
  const counts = new Array<number>(hours).fill(0);
  for (const agent of plan.agents) {
    for (const { status, startedAt, endedAt } of agentSpans(basis, plan, agent)) {
      if (status !== 'online') continue;
      const until = endedAt ?? basis.asOf.getTime();
      for (let hour = Math.ceil((startedAt - plan.start) / hourMs); hour < hours; hour += 1) {
        if (plan.start + hour * hourMs >= until) break;
        counts[hour] = (counts[hour] ?? 0) + 1;
      }
    }
  }
  return counts;
}
