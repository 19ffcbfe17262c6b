import type { Finding } from '../../domain/finding.ts';
import type { BusinessCalendar } from '../../domain/sla-policy.ts';
import type { WorkloadSettings } from '../../domain/workload-settings.ts';
import { groupBy } from '../group-by.ts';
import { writeDuration, writeInstant } from '../wording.ts';
import { isOpenAt } from './open-hours.ts';

/** What is known of an agent of a team at the moment of the run. */
export interface AgentPresence {
  readonly personId: string;
  readonly agent: string;
  readonly teamId: string;
  readonly team: string;
  /** The newest status that has begun; it lasts until `until`, or still. */
  readonly status: 'online' | 'away' | 'busy' | 'offline';
  readonly since: Date;
  readonly until: Date | null;
  /** When the agent was last online or busy, or stopped to be; null: never as far as is known. */
  readonly lastThereAt: Date | null;
  /** Conversations of the agent that are open. */
  readonly openConversations: number;
}

const EVIDENCE_ROWS = 20;

/**
 * One `agents-away` finding for each team that has agents whose presence is known, of whom nobody is online or busy,
 * while its business hours run.
 *
 * @param calendarOf the team's business hours; null: they are not known, and nothing is said
 */
export function buildAwayFindings(
  agents: readonly AgentPresence[],
  calendarOf: (team: string) => BusinessCalendar | null,
  { presence }: WorkloadSettings,
  { now, zone }: { readonly now: Date; readonly zone: string },
): readonly Finding[] {
  const longestMs = presence.longestStatusHours * 3_600_000;
  const isThere = ({ status, since, until }: AgentPresence): boolean =>
    (status === 'online' || status === 'busy') &&
    (until === null ? now.getTime() - since.getTime() <= longestMs : until > now);
  return [...groupBy(agents, ({ teamId }) => teamId).values()].flatMap((members) => {
    const [first] = members;
    const calendar = first === undefined ? null : calendarOf(first.team);
    if (first === undefined || calendar === null || !isOpenAt(calendar, now) || members.some(isThere))
      return [];
    return [buildFinding(first.teamId, first.team, members, now, zone)];
  });
}

function buildFinding(
  teamId: string,
  team: string,
  members: readonly AgentPresence[],
  now: Date,
  zone: string,
): Finding {
  const latestFirst = members.toSorted(
    (a, b) => (b.lastThereAt?.getTime() ?? 0) - (a.lastThereAt?.getTime() ?? 0),
  );
  const last = latestFirst[0]?.lastThereAt == null ? null : latestFirst[0];
  const leftAt = last?.lastThereAt ?? null;
  const seconds = leftAt === null ? null : Math.round((now.getTime() - leftAt.getTime()) / 1000);
  const open = members.reduce((sum, one) => sum + one.openConversations, 0);
  return {
    kind: 'agents-away',
    subject: { kind: 'team', id: teamId, label: team },
    accountId: null,
    ownerId: null,
    teamId,
    value: (seconds ?? 86_400) / 60,
    observedAt: now,
    facts: {
      headline: `Nobody of ${team} is there`,
      sentence: `None of ${members.length} ${members.length === 1 ? 'agent' : 'agents'} is online or busy, in business hours${last === null ? '' : `; the last one, ${last.agent}, was there ${writeDuration(seconds ?? 0)} ago`}. ${open} of their conversations ${open === 1 ? 'is' : 'are'} open.`,
      over: `Somebody of ${team} is there again`,
      team,
      agents: members.length,
      away_seconds: seconds,
      last_agent: last?.agent ?? null,
      last_status: last?.status ?? null,
      open_conversations: open,
    },
    evidence: {
      caption:
        'Newest status of every agent of the team. There = online or busy, and not longer than a working day without a change.',
      columns: ['Agent', 'Status', 'Since', 'For', 'Open conversations'],
      rows: latestFirst
        .slice(0, EVIDENCE_ROWS)
        .map(({ agent, status, since, until, openConversations }) => [
          agent,
          until === null ? status : `${status}, ended`,
          writeInstant(since, zone),
          writeDuration(((until ?? now).getTime() - since.getTime()) / 1000),
          openConversations,
        ]),
    },
    chart: null,
  };
}
