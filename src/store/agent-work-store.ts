import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Tickets and conversations that were open at a moment count; what was closed after it was open. */
const openTicket = (asOf: Date) => sql<boolean>`t.deleted_at is null and t.opened_at <= ${asOf}
  and (t.status not in ('solved', 'closed') or coalesce(t.solved_at, t.closed_at) > ${asOf})`;
const openConversation = (asOf: Date) => sql<boolean>`c.deleted_at is null and c.opened_at <= ${asOf}
  and (c.status in ('open', 'pending') or c.resolved_at > ${asOf})`;

/** Open work of every active agent at a moment, in one statement. */
export async function listAgentWork(db: Kysely<Schema>, asOf: Date) {
  const { rows } = await sql<{
    personId: string;
    agent: string;
    teamId: string | null;
    team: string | null;
    urgent: number;
    high: number;
    normal: number;
    low: number;
    conversations: number;
  }>`
    with work as (
      select t.assignee_id as person_id,
             count(*) filter (where t.priority = 'urgent') as urgent,
             count(*) filter (where t.priority = 'high') as high,
             count(*) filter (where coalesce(t.priority, 'normal') = 'normal') as normal,
             count(*) filter (where t.priority = 'low') as low
        from ticket t where t.assignee_id is not null and ${openTicket(asOf)} group by 1
    ), talks as (
      select c.agent_id as person_id, count(*) as conversations
        from conversation c where c.agent_id is not null and ${openConversation(asOf)} group by 1
    )
    select p.id as "personId", p.name as agent, p.team_id as "teamId", team.name as team,
           coalesce(work.urgent, 0)::int as urgent, coalesce(work.high, 0)::int as high,
           coalesce(work.normal, 0)::int as normal, coalesce(work.low, 0)::int as low,
           coalesce(talks.conversations, 0)::int as conversations
      from person p
      left join team on team.id = p.team_id and team.deleted_at is null
      left join work on work.person_id = p.id
      left join talks on talks.person_id = p.id
     where p.deleted_at is null and p.active is not false and p.role = 'agent'
     order by p.name, p.id`.execute(db);
  return rows.map(({ urgent, high, normal, low, ...row }) => ({
    ...row,
    tickets: { urgent, high, normal, low },
  }));
}

export interface AgentWorkloadRow {
  readonly personId: string;
  readonly teamId: string | null;
  readonly openTickets: number;
  readonly conversations: number;
  readonly weightedWork: number;
  readonly teamMedian: number | null;
  readonly state: 'balanced' | 'overloaded' | 'underutilised' | 'unjudged';
}

/** Rows per statement: Postgres takes 65,535 parameters. */
const CHUNK = 1000;

/** Makes the rows the only ones of their day. */
export async function replaceAgentWorkload(
  trx: Transaction<Schema>,
  day: string,
  rows: readonly AgentWorkloadRow[],
  computedAt: Date,
): Promise<void> {
  await trx.deleteFrom('agent_workload').where('day', '=', day).execute();
  for (let from = 0; from < rows.length; from += CHUNK) {
    await trx
      .insertInto('agent_workload')
      .values(
        rows.slice(from, from + CHUNK).map((row) => ({
          person_id: row.personId,
          day,
          team_id: row.teamId,
          open_tickets: row.openTickets,
          open_conversations: row.conversations,
          weighted_work: row.weightedWork,
          team_median: row.teamMedian,
          state: row.state,
          computed_at: computedAt,
        })),
      )
      .execute();
  }
}

/** Older than this, a status says nothing about now. */
const KNOWN_DAYS = 14;

/**
 * The newest status of every active agent of a team, at a moment; agents without one in 14 days are not known.
 *
 * @param longestHours a status that still lasts ends after so long
 */
export async function listAgentPresence(db: Kysely<Schema>, asOf: Date, longestHours: number) {
  const { rows } = await sql<{
    personId: string;
    agent: string;
    teamId: string;
    team: string;
    status: 'online' | 'away' | 'busy' | 'offline';
    since: Date;
    until: Date | null;
    lastThereAt: Date | null;
    openConversations: number;
  }>`
    with spans as (
      select s.person_id, s.status, s.started_at, case when s.ended_at <= ${asOf} then s.ended_at end as ended_at
        from agent_status s
       where s.deleted_at is null and s.started_at <= ${asOf}
         and s.started_at > ${asOf}::timestamptz - make_interval(days => ${KNOWN_DAYS}::int)
    ), newest as (
      select distinct on (person_id) person_id, status, started_at, ended_at
        from spans order by person_id, started_at desc, ended_at desc nulls first
    ), there as (
      select person_id,
             max(coalesce(ended_at, least(${asOf}, started_at + make_interval(hours => ${longestHours}::int)))) as last_at
        from spans where status in ('online', 'busy') group by 1
    ), talks as (
      select c.agent_id as person_id, count(*)::int as open
        from conversation c where c.agent_id is not null and ${openConversation(asOf)} group by 1
    )
    select p.id as "personId", p.name as agent, p.team_id as "teamId", team.name as team,
           newest.status, newest.started_at as since, newest.ended_at as until, there.last_at as "lastThereAt",
           coalesce(talks.open, 0) as "openConversations"
      from person p
      join team on team.id = p.team_id and team.deleted_at is null
      join newest on newest.person_id = p.id
      left join there on there.person_id = p.id
      left join talks on talks.person_id = p.id
     where p.deleted_at is null and p.active is not false and p.role = 'agent'
     order by p.name, p.id`.execute(db);
  return rows;
}
