/**
 * Door of the agents' workload. In: the open work of agents. Out: who of a team has more or less of it than the others.
 * weighted work = sum of the weights of open tickets (by priority) and open conversations;
 * ratio = weighted work / median of the team; overloaded above 1.3, underutilised below 0.7 (settings).
 */
import type { Priority } from '../../domain/priority.ts';
import type { WorkloadSettings } from '../../domain/workload-settings.ts';
import { groupBy } from '../group-by.ts';

export interface AgentWork {
  readonly personId: string;
  readonly agent: string;
  readonly teamId: string | null;
  readonly team: string | null;
  /** Open tickets by priority; those without one count as normal. */
  readonly tickets: Readonly<Record<Priority, number>>;
  readonly conversations: number;
}

export type WorkloadState = 'balanced' | 'overloaded' | 'underutilised' | 'unjudged';

export interface JudgedWork extends AgentWork {
  readonly openTickets: number;
  readonly weightedWork: number;
  /** Null where the team is too small, or nobody in it has anything to do. */
  readonly teamMedian: number | null;
  /** Weighted work over the median; null with it. */
  readonly ratio: number | null;
  readonly state: WorkloadState;
}

/** Judges every agent against the median of their own team. */
export function judgeWorkload(
  agents: readonly AgentWork[],
  settings: WorkloadSettings,
): readonly JudgedWork[] {
  const weighed = agents.map((one) => ({ one, work: weigh(one, settings) }));
  const teams = groupBy(weighed, ({ one }) => one.teamId);
  const medians = new Map(
    [...teams].map(([teamId, members]) => [
      teamId,
      teamId === null || members.length < settings.smallestTeam
        ? null
        : median(members.map(({ work }) => work)),
    ]),
  );
  return weighed.map(({ one, work }): JudgedWork => {
    const teamMedian = medians.get(one.teamId) || null;
    const ratio = teamMedian === null ? null : work / teamMedian;
    const openTickets = Object.values(one.tickets).reduce((sum, n) => sum + n, 0);
    return { ...one, openTickets, weightedWork: work, teamMedian, ratio, state: stateOf(ratio, settings) };
  });
}

function weigh({ tickets, conversations }: AgentWork, { weights }: WorkloadSettings): number {
  return (
    tickets.urgent * weights.urgent +
    tickets.high * weights.high +
    tickets.normal * weights.normal +
    tickets.low * weights.low +
    conversations * weights.conversation
  );
}

function stateOf(ratio: number | null, settings: WorkloadSettings): WorkloadState {
  if (ratio === null) return 'unjudged';
  if (ratio > settings.overloadedAbove) return 'overloaded';
  return ratio < settings.underutilisedBelow ? 'underutilised' : 'balanced';
}

/** Middle of an odd number of values, mean of the two in the middle of an even one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}
