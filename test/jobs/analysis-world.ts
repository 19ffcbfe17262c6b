import { loadAnalyserSettings } from '../../src/catalogue/analyser-settings.ts';
import { loadHealthSettings } from '../../src/catalogue/health.ts';
import { loadSlaPolicies } from '../../src/catalogue/sla.ts';
import type { TicketEventRecord } from '../../src/domain/records.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { shippedCatalogue } from '../support/shipped-catalogue.ts';

/** Tuesday 31 March 2026, 14:00 in Berlin. */
export const worldNow = new Date('2026-03-31T12:00Z');
const zone = 'Europe/Berlin';

export const idOf = (entity: string, name: string) => stableId(entity, 'test', name);
const source = (entity: string, name: string) => ({
  id: idOf(entity, name),
  source: 'test',
  source_id: name,
});

let shippedSettings: ReturnType<typeof readShippedSettings> | undefined;

function readShippedSettings() {
  const sla = loadSlaPolicies(packagePath('catalogue'));
  const health = loadHealthSettings(packagePath('catalogue'));
  const settings = loadAnalyserSettings(packagePath('catalogue'));
  if (!sla.ok || !health.ok || !settings.ok) throw new Error('the shipped catalogue does not load');
  return { sla: sla.value, health: health.value, settings: settings.value, catalogue: shippedCatalogue() };
}

/** What `runAnalysis` needs, with the shipped catalogue, read once, and a clock that the test moves. */
export function analysisDeps(store: Store) {
  shippedSettings ??= readShippedSettings();
  return { store, clock: fixedClock(worldNow), zone, ...shippedSettings };
}

async function addTeam(store: Store, name: string): Promise<void> {
  await store.db
    .insertInto('team')
    .values({ ...source('team', name), name })
    .execute();
}

async function addPerson(store: Store, name: string, team: string | null = null): Promise<void> {
  const row = { ...source('person', name), name, team_id: team === null ? null : idOf('team', team) };
  await store.db.insertInto('person').values(row).execute();
}

async function addAccount(
  store: Store,
  name: string,
  columns: { owner?: string; tier?: string; region?: string; arr?: number; currency?: string } = {},
): Promise<void> {
  const { owner, ...rest } = columns;
  const row = { ...source('account', name), name, owner_id: owner ? idOf('person', owner) : null, ...rest };
  await store.db.insertInto('account').values(row).execute();
}

export async function addTicket(
  store: Store,
  number: string,
  columns: { account?: string; assignee?: string; opened: string } & Partial<Record<string, unknown>>,
): Promise<void> {
  const { account, assignee, opened, ...rest } = columns;
  const row = {
    ...source('ticket', number),
    number,
    subject: `Subject of ${number}`,
    status: 'open' as const,
    priority: 'normal' as const,
    opened_at: new Date(opened),
    account_id: account ? idOf('account', account) : null,
    assignee_id: assignee ? idOf('person', assignee) : null,
    ...rest,
  };
  await store.db.insertInto('ticket').values(row).execute();
}

export async function addTicketEvent(
  store: Store,
  number: string,
  kind: TicketEventRecord['kind'],
  when: string,
  values: { old?: string; new?: string; public?: boolean } = {},
): Promise<void> {
  await store.db
    .insertInto('ticket_event')
    .values({
      ...source('ticket_event', `${number}/${kind}/${when}`),
      ticket_id: idOf('ticket', number),
      kind,
      at: new Date(when),
      old_value: values.old ?? null,
      new_value: values.new ?? null,
      public: values.public ?? null,
    })
    .execute();
}

/** One row a day, the last of them on `lastDay`. */
async function addUsage(
  store: Store,
  account: string,
  lastDay: string,
  days: number,
  row: { api_calls: number; logins: number },
): Promise<void> {
  const rows = Array.from({ length: days }, (_, index) => {
    const at = new Date(Date.parse(`${lastDay}T00:00:00Z`) - index * 86_400_000);
    const day = at.toISOString().slice(0, 10);
    return {
      ...source('usage_daily', `${account}/${day}`),
      account_id: idOf('account', account),
      day,
      ...row,
    };
  });
  await store.db.insertInto('usage_daily').values(rows).execute();
}

async function addSurvey(store: Store, account: string, score: number, when: string): Promise<void> {
  await store.db
    .insertInto('survey_response')
    .values({
      ...source('survey_response', `${account}/${when}`),
      account_id: idOf('account', account),
      kind: 'csat',
      score,
      responded_at: new Date(when),
    })
    .execute();
}

async function addDeal(
  store: Store,
  name: string,
  columns: {
    owner?: string;
    account?: string;
    close_date: string | null;
    amount?: number;
    is_closed?: boolean;
  },
): Promise<void> {
  const { owner, account, ...rest } = columns;
  await store.db
    .insertInto('opportunity')
    .values({
      ...source('opportunity', name),
      name,
      stage: 'Negotiation',
      owner_id: owner ? idOf('person', owner) : null,
      account_id: account ? idOf('account', account) : null,
      currency: 'EUR',
      ...rest,
    })
    .execute();
}

async function addStageEvent(
  store: Store,
  deal: string,
  when: string,
  closeDate: string,
  prevCloseDate: string | null = null,
): Promise<void> {
  await store.db
    .insertInto('opportunity_stage_event')
    .values({
      ...source('opportunity_stage_event', `${deal}/${when}`),
      opportunity_id: idOf('opportunity', deal),
      to_stage: 'Negotiation',
      close_date: closeDate,
      prev_close_date: prevCloseDate,
      at: new Date(when),
    })
    .execute();
}

export async function addEscalation(
  store: Store,
  number: string,
  columns: {
    account?: string;
    owner?: string;
    priority?: 'urgent' | 'high' | 'normal' | 'low';
    opened: string;
    resolved?: string;
  },
): Promise<void> {
  const { account, owner, opened, resolved, ...rest } = columns;
  await store.db
    .insertInto('customer_escalation')
    .values({
      ...source('customer_escalation', number),
      ce_number: number,
      title: `Title of ${number}`,
      status: resolved ? 'resolved' : 'investigating',
      account_id: account ? idOf('account', account) : null,
      owner_id: owner ? idOf('person', owner) : null,
      opened_at: new Date(opened),
      resolved_at: resolved ? new Date(resolved) : null,
      ...rest,
    })
    .execute();
}

/** A small company: two customers, some tickets, an escalation and a few deals. */
export async function fillWorld(store: Store): Promise<void> {
  await addTeam(store, 'Support');
  await addPerson(store, 'Ada', 'Support');
  await addPerson(store, 'Ben');
  await addAccount(store, 'Acme', { owner: 'Ben', region: 'EMEA', arr: 120_000, currency: 'EUR' });
  await addAccount(store, 'Globex', { owner: 'Ben', tier: 'Enterprise' });
  await addUsage(store, 'Acme', '2026-03-30', 75, { api_calls: 200, logins: 1 });
  await addUsage(store, 'Globex', '2026-03-30', 75, { api_calls: 20, logins: 0 });
  await addSurvey(store, 'Acme', 5, '2026-02-01T10:00Z');
  await addSurvey(store, 'Globex', 2, '2026-02-01T10:00Z');
  // Standard policy, Berlin 9:00-17:30: 8 h 30 min for a first reply and 42 h 30 min for a solution.
  await addTicket(store, '1001', {
    account: 'Acme',
    assignee: 'Ada',
    opened: '2026-03-31T07:00Z',
    category: 'login',
  });
  await addTicket(store, '1002', { account: 'Acme', opened: '2026-03-30T07:00Z' });
  await addTicketEvent(store, '1002', 'reply', '2026-03-30T08:00Z', { public: true });
  await addTicket(store, '1003', {
    account: 'Acme',
    opened: '2026-03-16T08:00Z',
    status: 'solved',
    solved_at: new Date('2026-03-17T08:00Z'),
    first_replied_at: new Date('2026-03-16T09:00Z'),
  });
  // Enterprise: around the clock, 2 h for a first reply at high priority.
  await addTicket(store, '2001', {
    account: 'Globex',
    assignee: 'Ada',
    priority: 'high',
    opened: '2026-03-31T10:20Z',
  });
  await addTicket(store, '2002', { account: 'Globex', priority: 'high', opened: '2026-03-31T09:00Z' });
  await addEscalation(store, 'CE-1', {
    account: 'Globex',
    owner: 'Ada',
    priority: 'urgent',
    opened: '2026-03-31T00:00Z',
  });
  await addEscalation(store, 'CE-2', {
    account: 'Acme',
    priority: 'low',
    opened: '2026-03-01T00:00Z',
    resolved: '2026-03-05T00:00Z',
  });
  await addDeal(store, 'Late', { owner: 'Ben', account: 'Acme', close_date: '2026-03-01', amount: 60_000 });
  await addDeal(store, 'Pushed', { owner: 'Ben', close_date: '2026-04-15', amount: 90_000 });
  await addStageEvent(store, 'Pushed', '2025-11-01T00:00Z', '2026-03-20');
  await addStageEvent(store, 'Pushed', '2026-03-10T00:00Z', '2026-04-15');
  await addDeal(store, 'Fine', { owner: 'Ben', close_date: '2026-06-30' });
  await addDeal(store, 'Won', { owner: 'Ben', close_date: '2026-01-30', is_closed: true });
}

/** What the store holds, in a form that two runs can be compared by. */
export async function readFindings(store: Store) {
  const rows = await store.db
    .selectFrom('finding')
    .selectAll()
    .orderBy('kind')
    .orderBy('subject_label')
    .execute();
  return rows.map(({ computed_at: _computed, run_id: _run, ...row }) => row);
}
