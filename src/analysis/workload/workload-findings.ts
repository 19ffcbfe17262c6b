import type { HorizontalBarChart } from '../../domain/chart-data.ts';
import type { Finding } from '../../domain/finding.ts';
import type { WorkloadSettings } from '../../domain/workload-settings.ts';
import { groupBy } from '../group-by.ts';
import { asOf, shorten, writeNumber } from '../wording.ts';
import type { JudgedWork } from './judge-workload.ts';

const EVIDENCE_ROWS = 20;
const BARS = 12;

interface Moment {
  readonly now: Date;
  readonly zone: string;
}

/** One `agent-workload` finding for each agent who has clearly more, or clearly less, to do than their team. */
export function buildWorkloadFindings(
  judged: readonly JudgedWork[],
  settings: WorkloadSettings,
  moment: Moment,
): readonly Finding[] {
  const teams = groupBy(judged, ({ teamId }) => teamId);
  return judged.flatMap((one) => {
    if (one.ratio === null || (one.state !== 'overloaded' && one.state !== 'underutilised')) return [];
    const team = (teams.get(one.teamId) ?? [one]).toSorted((a, b) => b.weightedWork - a.weightedWork);
    return [buildFinding(one, one.ratio, team, settings, moment)];
  });
}

function buildFinding(
  one: JudgedWork,
  ratio: number,
  team: readonly JudgedWork[],
  settings: WorkloadSettings,
  moment: Moment,
): Finding {
  const relief = team.findLast(({ personId }) => personId !== one.personId) ?? null;
  const times = `${writeNumber(ratio, 1)} times`;
  return {
    kind: 'agent-workload',
    subject: { kind: 'person', id: one.personId, label: one.agent },
    accountId: null,
    ownerId: one.personId,
    teamId: one.teamId,
    value: ratio,
    observedAt: moment.now,
    facts: {
      headline: `${one.agent} is ${one.state}`,
      sentence: `Open work of ${writeNumber(one.weightedWork, 1)} is ${times} the median of ${one.team ?? 'the team'} (${writeNumber(one.teamMedian ?? 0, 1)}): ${countOf(one.openTickets, 'ticket')} and ${countOf(one.conversations, 'conversation')}, weighed by priority.`,
      over: `The work of ${one.agent} is balanced again`,
      agent: one.agent,
      team: one.team,
      state: one.state,
      weighted_work: round(one.weightedWork),
      team_median: round(one.teamMedian ?? 0),
      open_tickets: one.openTickets,
      open_conversations: one.conversations,
      relief: one.state === 'overloaded' ? (relief?.agent ?? null) : null,
      relief_work: one.state === 'overloaded' && relief !== null ? round(relief.weightedWork) : null,
    },
    evidence: {
      caption: captionOf(settings),
      columns: ['Agent', 'Urgent', 'High', 'Normal', 'Low', 'Conversations', 'Weighted', 'Of median'],
      rows: team
        .slice(0, EVIDENCE_ROWS)
        .map(({ agent, tickets, conversations, weightedWork, ratio: own }) => [
          agent,
          tickets.urgent,
          tickets.high,
          tickets.normal,
          tickets.low,
          conversations,
          round(weightedWork),
          own === null ? null : round(own),
        ]),
    },
    chart: drawTeam(one, team, settings, moment),
  };
}

function captionOf({ weights, overloadedAbove, underutilisedBelow }: WorkloadSettings): string {
  return `Weighted work = open tickets × weight (urgent ${weights.urgent}, high ${weights.high}, normal ${weights.normal}, low ${weights.low}) + open conversations × ${weights.conversation}. Overloaded above ${overloadedAbove} times the median of the team, underutilised below ${underutilisedBelow} times.`;
}

function drawTeam(
  one: JudgedWork,
  team: readonly JudgedWork[],
  { overloadedAbove, underutilisedBelow }: WorkloadSettings,
  { now, zone }: Moment,
): HorizontalBarChart {
  const shown = team.slice(0, BARS);
  const bars = shown.includes(one) ? shown : [...shown.slice(0, -1), one];
  const middle = one.teamMedian ?? 0;
  const title = shorten(`Open work of ${one.team ?? 'the team'}`, 80);
  return {
    kind: 'horizontal-bar',
    title,
    subtitle: `Open tickets and conversations, weighted; ${asOf(now, zone)}`,
    altText: shorten(
      `${title}: ${bars.map(({ agent, weightedWork }) => `${agent} ${writeNumber(weightedWork, 1)}`).join(', ')}. Median ${writeNumber(middle, 1)}.`,
      2000,
    ),
    bars: bars.map(({ agent, weightedWork, state }) => ({
      label: agent,
      value: weightedWork,
      tone: state === 'overloaded' ? 'warning' : state === 'underutilised' ? 'notice' : 'neutral',
      ...(state === 'balanced' ? {} : { note: state }),
    })),
    thresholds: [
      { value: middle * overloadedAbove, label: 'overloaded', tone: 'warning' },
      { value: middle * underutilisedBelow, label: 'underutilised', tone: 'notice' },
    ],
    format: { kind: 'number', decimals: 1 },
  };
}

function countOf(n: number, word: string): string {
  return `${n} open ${word}${n === 1 ? '' : 's'}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
