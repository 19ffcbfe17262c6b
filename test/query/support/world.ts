import type { Insertable } from 'kysely';
import type { Asker } from '../../../src/access/asker.ts';
import type { Role } from '../../../src/domain/records.ts';
import type { Store } from '../../../src/store/database.ts';
import type { Schema } from '../../../src/store/schema.ts';
import { stableId } from '../../../src/toolkit/ids.ts';

/**
 * A small company whose every row is known, so that answers can be computed again in memory. Saturday 21 November 2026,
 * 10:30 UTC is now. Two support teams, one sales team, six customers, deals in two currencies.
 */
export const now = new Date('2026-11-21T10:30:00Z');

type Row<Table extends keyof Schema> = Insertable<Schema[Table]>;

export const idOf = (entity: string, name: string): string => stableId(entity, 'test', name);

function imported(entity: string, name: string) {
  return {
    id: idOf(entity, name),
    source: 'test',
    source_id: name,
    synced_at: new Date('2026-11-21T10:20:00Z'),
  };
}

function aTeam(name: string, more: Partial<Row<'team'>> = {}): Row<'team'> {
  return { ...imported('team', name), name, ...more };
}

function aPerson(
  name: string,
  role: Role | null,
  team: string | null,
  more: Partial<Row<'person'>> = {},
): Row<'person'> {
  return {
    ...imported('person', name),
    name,
    role,
    team_id: team === null ? null : idOf('team', team),
    email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
    ...more,
  };
}

function anAccount(name: string, owner: string, more: Partial<Row<'account'>> = {}): Row<'account'> {
  return { ...imported('account', name), name, owner_id: idOf('person', owner), currency: 'USD', ...more };
}

export function aTicket(number: string, more: Partial<Row<'ticket'>> = {}): Row<'ticket'> {
  return {
    ...imported('ticket', number),
    number,
    subject: `Ticket ${number}`,
    status: 'open',
    priority: 'normal',
    opened_at: new Date('2026-11-01T00:00:00Z'),
    ...more,
  };
}

function aDeal(name: string, more: Partial<Row<'opportunity'>> = {}): Row<'opportunity'> {
  return { ...imported('opportunity', name), name, stage: 'Prospecting', currency: 'USD', ...more };
}

function anEscalation(
  number: string,
  more: Partial<Row<'customer_escalation'>> = {},
): Row<'customer_escalation'> {
  return {
    ...imported('customer_escalation', number),
    ce_number: number,
    title: `Trouble ${number}`,
    status: 'open',
    opened_at: new Date('2026-11-01T00:00:00Z'),
    ...more,
  };
}

const teams = [
  aTeam('Support EMEA', { region: 'EMEA' }),
  aTeam('Support Americas', { region: 'Americas' }),
  aTeam('Sales', { region: 'EMEA' }),
];

const people = [
  aPerson('Ada Agent', 'agent', 'Support EMEA', { region: 'EMEA' }),
  aPerson('Abe Agent', 'agent', 'Support EMEA', { region: 'EMEA' }),
  aPerson('Zoe Agent', 'agent', 'Support Americas', { region: 'Americas' }),
  aPerson('Sue Supervisor', 'supervisor', 'Support EMEA'),
  aPerson('Rita Rep', 'rep', 'Sales', {
    region: 'North',
    quota: 50_000,
    currency: 'USD',
    manager_id: idOf('person', 'Max Manager'),
  }),
  aPerson('Rob Rep', 'rep', 'Sales', { region: 'South', quota: 40_000, currency: 'EUR' }),
  aPerson('Sam Saleslead', 'supervisor', 'Sales'),
  aPerson('Max Manager', 'manager', null),
  aPerson('Eve Executive', 'executive', null),
  aPerson('Ann Admin', 'admin', null),
  aPerson('Nora Norole', null, 'Sales'),
  aPerson('Lone Supervisor', 'supervisor', null),
  aPerson('Gone Agent', 'agent', 'Support EMEA', { active: false }),
];

const products = [
  { ...imported('product', 'GTX Pro'), name: 'GTX Pro', category: 'GTX' },
  { ...imported('product', 'MG Special'), name: 'MG Special', category: 'MG' },
] satisfies Row<'product'>[];

const accounts = [
  anAccount('Acme Corp', 'Rita Rep', {
    industry: 'Retail',
    region: 'EMEA',
    segment: 'Enterprise',
    tier: 'Gold',
    lifecycle_stage: 'active',
    arr: 120_000,
  }),
  anAccount('Hottechi', 'Rita Rep', {
    industry: 'Technology',
    region: 'EMEA',
    segment: 'Mid-market',
    tier: 'Silver',
    lifecycle_stage: 'active',
    arr: 60_000.5,
  }),
  anAccount('Cancity', 'Rob Rep', {
    industry: 'Retail',
    region: 'Americas',
    segment: 'Enterprise',
    tier: 'Gold',
    lifecycle_stage: 'onboarding',
    arr: 80_000,
    currency: 'EUR',
  }),
  anAccount('Isdom', 'Rob Rep', {
    industry: 'Medical',
    region: 'Americas',
    segment: 'SMB',
    tier: 'Silver',
    lifecycle_stage: 'churned',
    arr: null,
  }),
  anAccount('Acme Foods', 'Rob Rep', {
    industry: 'Food',
    region: 'APAC',
    segment: 'SMB',
    tier: 'Gold',
    lifecycle_stage: 'active',
    arr: 5000,
    created_at: new Date('2026-10-02T00:00:00Z'),
  }),
  anAccount('Deleted Inc', 'Rita Rep', { arr: 999_999, deleted_at: now }),
];

const accountNames = ['Acme Corp', 'Hottechi', 'Cancity', 'Isdom', 'Acme Foods'];
const agents = ['Ada Agent', 'Abe Agent', 'Zoe Agent', null];
const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
const priorities = ['urgent', 'high', 'normal', 'low', null] as const;

const hours = (count: number) => count * 3_600_000;
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** 90 tickets, one every 31 hours back from now, their properties turning at different speeds. */
const tickets = Array.from({ length: 90 }, (_, index): Row<'ticket'> => {
  const opened = new Date(now.getTime() - hours(31 * index + 1));
  const status = pick(statuses, index);
  const isDone = status === 'solved' || status === 'closed';
  const agent = pick(agents, index);
  return aTicket(String(1000 + index), {
    account_id: idOf('account', pick(accountNames, index)),
    product_id: idOf('product', pick(['GTX Pro', 'MG Special'], index)),
    assignee_id: agent === null ? null : idOf('person', agent),
    team_id:
      agent === null ? null : idOf('team', agent === 'Zoe Agent' ? 'Support Americas' : 'Support EMEA'),
    status,
    priority: pick(priorities, index),
    channel: pick(['email', 'chat', 'phone'], index),
    category: pick(['billing', 'hot shard', 'login', null], index),
    type: pick(['question', 'incident'], index),
    opened_at: opened,
    first_replied_at: index % 7 === 3 ? null : new Date(opened.getTime() + hours(0.5 + (index % 5))),
    solved_at: isDone ? new Date(opened.getTime() + hours(3 + (index % 11) * 4)) : null,
    // Some sources count neither.
    reopens: index % 13 === 5 ? null : index % 9 === 4 ? 1 : 0,
    replies: index % 13 === 5 ? null : index % 6,
    sentiment_score: index % 8 === 0 ? null : ((index % 5) - 2) / 2,
    escalated: index % 10 === 0,
    source_sla_met: index % 4 === 0 ? null : index % 3 !== 0,
  });
});
const deletedTicket = aTicket('deleted', {
  deleted_at: now,
  account_id: idOf('account', 'Acme Corp'),
  assignee_id: idOf('person', 'Ada Agent'),
});

/** One resolution clock and one first-response clock for each ticket, in all states. */
const slaClocks = [...tickets, deletedTicket].flatMap((ticket, index): Row<'sla_clock'>[] =>
  (['first_response', 'resolution'] as const).map((metric, second) => {
    const state = pick(['met', 'breached', 'running', 'paused', 'met', 'cancelled'] as const, index + second);
    const started = new Date(ticket.opened_at);
    const isOpen = state === 'running' || state === 'paused';
    return {
      id: stableId('sla_clock', ticket.id, metric),
      ticket_id: ticket.id,
      account_id: ticket.account_id ?? null,
      assignee_id: ticket.assignee_id ?? null,
      team_id: ticket.team_id ?? null,
      metric,
      policy: 'standard',
      calendar: 'weekdays',
      calendar_version: '1',
      priority: ticket.priority ?? null,
      target_seconds: 3600,
      started_at: started,
      warn_at: state === 'running' ? new Date(now.getTime() + hours((index % 5) - 2)) : null,
      due_at: state === 'running' ? new Date(now.getTime() + hours((index % 5) - 1)) : null,
      state,
      stopped_at:
        isOpen || (state === 'breached' && index % 3 === 0) ? null : new Date(started.getTime() + hours(2)),
      breached_at: state === 'breached' ? new Date(started.getTime() + hours(1)) : null,
      used_seconds: 1800,
      computed_at: now,
    };
  }),
);

/** How long the customers of the solved tickets waited, and we worked; every fourth has no policy. */
const ticketTimes = [...tickets, deletedTicket].map(
  (ticket, index): Row<'ticket_time'> => ({
    ticket_id: ticket.id,
    account_id: ticket.account_id ?? null,
    assignee_id: ticket.assignee_id ?? null,
    team_id: ticket.team_id ?? null,
    opened_at: ticket.opened_at,
    stopped_at: ticket.solved_at ?? null,
    requester_wait_seconds: 3600 * (2 + (index % 7)),
    requester_wait_business_seconds: index % 4 === 0 ? null : 1800 * (1 + (index % 5)),
    agent_work_seconds: 3600 * (1 + (index % 6)),
    agent_work_business_seconds: index % 4 === 0 ? null : 900 * (1 + (index % 5)),
    calendar: index % 4 === 0 ? null : 'weekdays',
    calendar_version: index % 4 === 0 ? null : '1',
    rules_version: '1',
    computed_at: now,
  }),
);

/** Three exchanges on every solved ticket, the second of them the worst. */
const exchanges = tickets.flatMap((ticket, index): Row<'sla_clock'>[] =>
  [1, 2, 3].flatMap((cycle) =>
    (['next_response', 'update'] as const).map((metric) => ({
      id: stableId('sla_clock', ticket.id, metric, String(cycle)),
      ticket_id: ticket.id,
      account_id: ticket.account_id ?? null,
      assignee_id: ticket.assignee_id ?? null,
      team_id: ticket.team_id ?? null,
      metric,
      cycle,
      policy: 'standard',
      calendar: 'weekdays',
      calendar_version: '1',
      priority: ticket.priority ?? null,
      target_seconds: 7200,
      started_at: new Date(ticket.opened_at),
      state: cycle === 2 && index % 3 === 0 ? ('breached' as const) : ('met' as const),
      stopped_at: new Date(new Date(ticket.opened_at).getTime() + hours(cycle)),
      breached_at:
        cycle === 2 && index % 3 === 0 ? new Date(new Date(ticket.opened_at).getTime() + hours(1)) : null,
      used_seconds: (cycle === 2 ? 6000 : 600) + 60 * (index % 30),
      is_worst: cycle === 2,
      computed_at: now,
    })),
  ),
);

const escalations = [
  anEscalation('CE-101', {
    account_id: idOf('account', 'Acme Corp'),
    owner_id: idOf('person', 'Ada Agent'),
    priority: 'urgent',
    category: 'performance',
    root_cause: 'hot shard',
    sentiment: 'negative',
    sentiment_score: -0.8,
    opened_at: new Date('2026-11-18T08:00:00Z'),
  }),
  anEscalation('CE-102', {
    account_id: idOf('account', 'Hottechi'),
    owner_id: idOf('person', 'Zoe Agent'),
    priority: 'high',
    category: 'backup',
    status: 'investigating',
    root_cause: 'disk full',
    sentiment: 'neutral',
    sentiment_score: 0,
    opened_at: new Date('2026-11-03T08:00:00Z'),
  }),
  anEscalation('CE-103', {
    account_id: idOf('account', 'Acme Corp'),
    owner_id: idOf('person', 'Abe Agent'),
    priority: 'urgent',
    category: 'performance',
    status: 'resolved',
    root_cause: 'hot shard',
    sentiment: 'negative',
    sentiment_score: -0.4,
    opened_at: new Date('2026-10-01T08:00:00Z'),
    resolved_at: new Date('2026-10-05T20:00:00Z'),
  }),
  anEscalation('CE-104', {
    account_id: idOf('account', 'Cancity'),
    owner_id: null,
    priority: null,
    category: null,
    status: 'monitoring',
    root_cause: null,
    opened_at: new Date('2026-09-15T08:00:00Z'),
  }),
  anEscalation('CE-105', {
    account_id: idOf('account', 'Isdom'),
    owner_id: idOf('person', 'Ada Agent'),
    priority: 'low',
    category: 'backup',
    status: 'closed',
    opened_at: new Date('2026-01-15T08:00:00Z'),
    resolved_at: new Date('2026-01-20T08:00:00Z'),
  }),
  anEscalation('CE-999', { deleted_at: now }),
];

/** Two profiles, three days each; Isdom is not scored, the deleted customer scores very low. */
const healthScores = ['2026-11-01', '2026-11-10', '2026-11-21'].flatMap((day, dayIndex) =>
  [...accountNames, 'Deleted Inc'].flatMap((name, index) =>
    (['cs4', 'usage3'] as const).map((profile, profileIndex): Row<'health_score'> => {
      const score =
        name === 'Isdom'
          ? null
          : name === 'Deleted Inc'
            ? 3
            : Math.max(0, 90 - 22 * index - 7 * dayIndex + 5 * profileIndex);
      const band =
        score === null
          ? null
          : score >= 85
            ? 'excellent'
            : score >= 70
              ? 'good'
              : score >= 50
                ? 'warning'
                : score >= 25
                  ? 'critical'
                  : 'churn risk';
      return {
        account_id: idOf('account', name),
        profile,
        day,
        computed_at: now,
        score,
        band,
        coverage: 1,
        components: '[]',
      };
    }),
  ),
);

/** 60 deals; the amounts of Rob's deals with Cancity are in EUR. */
const deals = Array.from({ length: 60 }, (_, index): Row<'opportunity'> => {
  const kind = pick(['won', 'lost', 'open', 'won', 'open', 'won', 'open'] as const, index);
  const account = pick(accountNames, index);
  const opened = new Date(Date.UTC(2026, 2, 1 + Math.floor(index * 4.4)));
  const close = new Date(opened.getTime() + hours(24 * (20 + (index % 13) * 7)));
  return aDeal(`Deal ${index + 1}`, {
    account_id: index % 12 === 5 ? null : idOf('account', account),
    owner_id: idOf('person', pick(['Rita Rep', 'Rob Rep', 'Rita Rep'], index)),
    product_id: idOf('product', pick(['GTX Pro', 'MG Special', 'GTX Pro'], index)),
    stage: kind === 'won' ? 'Won' : kind === 'lost' ? 'Lost' : pick(['Prospecting', 'Engaging'], index),
    amount: kind === 'open' && index % 4 === 2 ? null : 500 + index * 137.25,
    currency: account === 'Cancity' ? 'EUR' : 'USD',
    probability: kind === 'open' ? 0.25 + (index % 3) * 0.25 : null,
    forecast_category: kind === 'open' ? pick(['commit', 'best case', 'pipeline'], index) : null,
    opened_on: opened.toISOString().slice(0, 10),
    close_date: close.toISOString().slice(0, 10),
    is_closed: kind !== 'open',
    is_won: kind === 'won',
    type: pick(['new business', 'renewal'], index),
  });
});
const deletedDeal = aDeal('Deleted deal', {
  deleted_at: now,
  amount: 1_000_000,
  is_closed: true,
  is_won: true,
  close_date: '2026-11-01',
});

const usage = accountNames.flatMap((name, index) =>
  Array.from({ length: 40 }, (_, day): Row<'usage_daily'> => {
    const at = new Date(now.getTime() - hours(24 * day)).toISOString().slice(0, 10);
    return {
      ...imported('usage_daily', `${name} ${at}`),
      account_id: idOf('account', name),
      day: at,
      api_calls: name === 'Isdom' ? 0 : 100 * (index + 1) + day,
      logins: (index + day) % 7,
      active_users: 3,
      seats_entitled: 10,
      features_used: 1 + (index % 4),
      features_available: 8,
    };
  }),
);

const incidents = Array.from({ length: 12 }, (_, index): Row<'incident'> => {
  const started = new Date(now.getTime() - hours(60 * index + 5));
  const isOpen = index % 4 === 1;
  return {
    ...imported('incident', `I-${index}`),
    account_id: idOf('account', pick(accountNames, index)),
    severity: pick(['critical', 'high', 'medium', 'low'] as const, index),
    status: isOpen ? 'open' : 'resolved',
    title: `Incident ${index}`,
    started_at: started,
    resolved_at: isOpen ? null : new Date(started.getTime() + hours(1 + index)),
  };
});

const surveys = Array.from({ length: 30 }, (_, index): Row<'survey_response'> => {
  const kind = pick(['csat', 'nps', 'ces'] as const, index);
  const score = kind === 'csat' ? 1 + (index % 5) : kind === 'nps' ? (index * 7) % 11 : 1 + (index % 7);
  return {
    ...imported('survey_response', `S-${index}`),
    account_id: idOf('account', pick(accountNames, index)),
    ticket_id: pick(tickets, index).id,
    kind,
    score,
    responded_at: new Date(now.getTime() - hours(40 * index + 2)),
  };
});

/** Every live row, for computing answers in memory. */
export const world = {
  team: teams,
  person: people,
  product: products,
  account: accounts.filter((row) => !row.deleted_at),
  ticket: tickets,
  sla_clock: [...slaClocks, ...exchanges].filter((row) => row.ticket_id !== deletedTicket.id),
  ticket_time: ticketTimes.filter((row) => row.ticket_id !== deletedTicket.id),
  customer_escalation: escalations.filter((row) => !row.deleted_at),
  health_score: healthScores.filter((row) => row.account_id !== idOf('account', 'Deleted Inc')),
  opportunity: deals,
  usage_daily: usage,
  incident: incidents,
  survey_response: surveys,
};

/** Writes the world into an empty store. */
export async function seedWorld(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    await trx.insertInto('team').values(teams).execute();
    await trx.insertInto('person').values(people).execute();
    await trx.insertInto('product').values(products).execute();
    await trx.insertInto('account').values(accounts).execute();
    await trx
      .insertInto('ticket')
      .values([...tickets, deletedTicket])
      .execute();
    await trx
      .insertInto('sla_clock')
      .values([...slaClocks, ...exchanges])
      .execute();
    await trx.insertInto('ticket_time').values(ticketTimes).execute();
    await trx.insertInto('customer_escalation').values(escalations).execute();
    await trx.insertInto('health_score').values(healthScores).execute();
    await trx
      .insertInto('opportunity')
      .values([...deals, deletedDeal])
      .execute();
    await trx.insertInto('usage_daily').values(usage).execute();
    await trx.insertInto('incident').values(incidents).execute();
    await trx.insertInto('survey_response').values(surveys).execute();
    await trx
      .insertInto('sync_run')
      .values({
        id: stableId('sync', '1'),
        source: 'test',
        origin: 'test files',
        state: 'done',
        started_at: new Date('2026-11-21T10:19:00Z'),
        finished_at: new Date('2026-11-21T10:20:00Z'),
      })
      .execute();
    await trx
      .insertInto('analysis_run')
      .values({
        id: stableId('run', '1'),
        started_at: now,
        finished_at: new Date('2026-11-21T10:25:00Z'),
        state: 'done',
        as_of: now,
      })
      .execute();
  });
}

/** Somebody of the world, as the server would know them. */
export function asker(name: string): Asker {
  const row = people.find((person) => person.name === name);
  if (!row?.role) throw new Error(`${name} may not ask`);
  return { personId: row.id, name, role: row.role, teamId: row.team_id ?? null, zone: 'UTC' };
}

/** Who sees every row. */
export const overseers = ['Max Manager', 'Eve Executive', 'Ann Admin'];

/** People of six roles by name: with rows of their own and without, with a team, another one and none. */
export const askers = [
  'Ada Agent',
  'Abe Agent',
  'Zoe Agent',
  'Rita Rep',
  'Rob Rep',
  'Sue Supervisor',
  'Sam Saleslead',
  'Lone Supervisor',
  ...overseers,
];
