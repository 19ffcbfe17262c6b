import type { Transaction } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import type { MetricDefinition } from '../../src/catalogue/catalogue.ts';
import { dimensionsOf, entityOf } from '../../src/catalogue/lookup.ts';
import type { AnswerData, CellValue } from '../../src/query/answer-data.ts';
import type { Store } from '../../src/store/database.ts';
import type { Schema } from '../../src/store/schema.ts';
import { openTestStore } from '../support/store.ts';
import { asking, figure, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { asker, askers, idOf, seedWorld, world } from './support/world.ts';

const catalogue = theCatalogue();
let store: Store;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
});

type EntityId =
  | 'ticket'
  | 'sla_clock'
  | 'customer_escalation'
  | 'account'
  | 'health_score'
  | 'opportunity'
  | 'usage_daily'
  | 'incident'
  | 'survey_response'
  | 'person';
interface Owned {
  readonly assignee_id?: string | null;
  readonly owner_id?: string | null;
  readonly team_id?: string | null;
  readonly account_id?: string | null;
  readonly ticket_id?: string | null;
  readonly id?: string;
}

const ownerOfAccount = (id: string | null | undefined) =>
  world.account.find((account) => account.id === id)?.owner_id ?? null;
const teamOf = (personId: string | null | undefined) =>
  world.person.find((person) => person.id === personId)?.team_id ?? null;
const ticketOf = (id: string | null | undefined) => world.ticket.find((ticket) => ticket.id === id);

/** The rule in words, written down a second time: who owns a row, for whom, and which team it belongs to. */
function owners(
  entity: EntityId,
  row: Owned,
  role: Asker['role'],
): { person: string | null; team: string | null } {
  const person = (() => {
    if (role === 'rep' && entity !== 'person' && entity !== 'opportunity')
      return entity === 'account' ? (row.owner_id ?? null) : ownerOfAccount(row.account_id);
    switch (entity) {
      case 'ticket':
      case 'sla_clock':
        return row.assignee_id ?? null;
      case 'customer_escalation':
      case 'account':
      case 'opportunity':
        return row.owner_id ?? null;
      case 'survey_response':
        return ticketOf(row.ticket_id)?.assignee_id ?? null;
      case 'person':
        return row.id ?? null;
      default:
        return ownerOfAccount(row.account_id);
    }
  })();
  const team =
    entity === 'ticket' || entity === 'sla_clock' || entity === 'person'
      ? (row.team_id ?? null)
      : entity === 'survey_response'
        ? (ticketOf(row.ticket_id)?.team_id ?? null)
        : null;
  return { person, team };
}

function mayAsk(entity: EntityId, role: Asker['role']): boolean {
  const supportOnly = ['ticket', 'sla_clock', 'customer_escalation', 'survey_response', 'person'];
  return role !== 'agent' || supportOnly.includes(entity);
}

function isVisible(entity: EntityId, row: Owned, who: Asker): boolean {
  if (!mayAsk(entity, who.role)) return false;
  const { person, team } = owners(entity, row, who.role);
  const asRep = ['ticket', 'sla_clock', 'customer_escalation', 'survey_response'].includes(entity);
  switch (who.role) {
    case 'agent':
    case 'rep':
      return person === who.personId;
    case 'supervisor': {
      // Whatever one of the team sees as their own: a rep what accounts of theirs have.
      const people = [person, ...(asRep ? [owners(entity, row, 'rep').person] : [])];
      const isTheirs = people.some((one) => one !== null && teamOf(one) === who.teamId);
      return who.teamId !== null && (team === who.teamId || isTheirs);
    }
    default:
      return true;
  }
}

const entityIds: readonly EntityId[] = [
  'ticket',
  'sla_clock',
  'customer_escalation',
  'account',
  'health_score',
  'opportunity',
  'usage_daily',
  'incident',
  'survey_response',
  'person',
];
const visible = (entity: EntityId, who: Asker) =>
  (world[entity] as readonly Owned[]).filter((row) => isVisible(entity, row, who));

/** Lists of people show only those who are still here. */
const isListed = (row: Owned & { active?: boolean }) => row.active !== false;

/** A column whose value tells rows apart, to see exactly which ones were listed. */
const naming = {
  ticket: ['ticket_number', (row: Owned) => (row as { number: string }).number],
  customer_escalation: ['ce_number', (row: Owned) => (row as { ce_number: string }).ce_number],
  account: ['account', (row: Owned) => (row as { name: string }).name],
  opportunity: ['deal', (row: Owned) => (row as { name: string }).name],
  person: ['person', (row: Owned) => (row as { name: string }).name],
  incident: ['incident_title', (row: Owned) => (row as { title: string }).title],
} as const;

describe('rows of each role (S0-46, S1-44)', () => {
  describe.each(askers)('%s', (name) => {
    const who = asker(name);

    it.each(Object.keys(naming) as (keyof typeof naming)[])(
      'lists exactly the own share of every %s',
      async (entity) => {
        const [column, nameOf] = naming[entity];
        const plan = { ...listPlan(entity, { columns: [column] }), limit: 1000 };
        const result = await asking(store, catalogue).run(plan, name);
        if (!mayAsk(entity, who.role)) {
          expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(['not-allowed']);
          return;
        }
        const shown = result.ok ? result.value.rows.map((row) => row[0]) : [];
        expect(shown.toSorted()).toEqual(visible(entity, who).filter(isListed).map(nameOf).toSorted());
      },
    );

    // People of one role share the metrics among them: together they ask for all. People and customers also stand
    // behind other rows as names and owners, so each is taken away on its own.
    const peers = askers.filter((one) => asker(one).role === who.role);
    const metrics = [...catalogue.metrics.values()].filter(
      (_, index) => index % peers.length === peers.indexOf(name),
    );
    it.each([
      ['account'],
      ['person'],
      entityIds.filter((id) => id !== 'account' && id !== 'person'),
    ] as EntityId[][])(
      'gets the same figures when foreign rows of %s are not there at all',
      async (...entities) => {
        const full = await allFigures(store, name, entities, metrics);
        const [mine, managers] = await withoutForeignRows(who, entities, async (trx) => {
          const reduced: Pick<Store, 'readOnly'> = { readOnly: (_limit, work) => work(trx) };
          return [
            await allFigures(reduced, name, entities, metrics),
            await allFigures(reduced, 'Max Manager', entities, metrics),
          ];
        });
        expect(mine).toEqual(full);
        for (const [metric, figures] of Object.entries(full)) {
          if (figures !== 'not-allowed') expect(managers?.[metric], metric).toEqual(figures);
        }
      },
    );
  });

  it('shows that roles differ at all', async () => {
    const sizes = await Promise.all(
      askers.map(async (name) =>
        Number(
          figure(
            await asking(store, catalogue).answer(
              metricPlan('tickets_opened', { time: { kind: 'all' } }),
              name,
            ),
          ),
        ),
      ),
    );
    expect(sizes).toEqual(askers.map((name) => visible('ticket', asker(name)).length));
    expect(new Set(sizes).size).toBeGreaterThan(5);
  });

  it('shows nothing to a lead without a team', async () => {
    const answer = await asking(store, catalogue).answer(metricPlan('open_tickets'), 'Lone Supervisor');
    expect(figure(answer)).toBe(0);
    expect(answer.provenance.scope).toBe('no tickets: you are in no team');
  });
});

type Figures = Record<string, 'not-allowed' | readonly (readonly CellValue[])[]>;

/** Metrics of some entities, alone and by customer where they have one, as one person sees them. */
async function allFigures(
  from: Pick<Store, 'readOnly'>,
  name: string,
  entities: readonly string[],
  metrics: readonly MetricDefinition[],
): Promise<Figures> {
  const figures: Figures = {};
  const ask = asking(from, catalogue);
  for (const metric of metrics) {
    const entity = entityOf(catalogue, metric)!;
    if (!entities.includes(entity.id)) continue;
    const hasAccount = dimensionsOf(catalogue, entity.id).some((dimension) => dimension.id === 'account');
    const groupings = hasAccount ? [[], [{ dimension: 'account' }]] : [[]];
    for (const groupBy of groupings) {
      const result = await ask.run(metricPlan(metric.id, { groupBy, limit: 100 }), name);
      const key = `${metric.id} ${groupBy.map(({ dimension }) => dimension).join()}`;
      if (result.ok) figures[key] = rounded(result.value);
      else {
        expect(result.issues.map(({ code }) => code)).toEqual(['not-allowed']);
        figures[key] = 'not-allowed';
      }
    }
  }
  return figures;
}

/** Sums of doubles may differ in the last digit when rows are added in another order. */
function rounded(answer: AnswerData): readonly (readonly CellValue[])[] {
  return answer.rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(12)) : cell)),
  );
}

/** Deletes everything that the person may not see, looks, and takes it back. */
async function withoutForeignRows<T>(
  who: Asker,
  entities: readonly EntityId[],
  look: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  class Undo extends Error {}
  let result: T | undefined;
  try {
    await store.transaction(async (trx) => {
      for (const entity of entities) {
        if (!mayAsk(entity, who.role)) continue;
        const foreign = (world[entity] as readonly Owned[]).filter((row) => !isVisible(entity, row, who));
        if (entity === 'health_score') {
          const accounts = [...new Set(foreign.map((row) => row.account_id!))];
          if (accounts.length > 0)
            await trx.deleteFrom('health_score').where('account_id', 'in', accounts).execute();
          continue;
        }
        const ids = foreign.map((row) => row.id!);
        if (ids.length > 0) await trx.deleteFrom(entity).where('id', 'in', ids).execute();
      }
      result = await look(trx);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return result as T;
}

describe('"my" and "my team\'s"', () => {
  it('narrows what a manager sees to what is theirs', async () => {
    await store.db
      .updateTable('ticket')
      .set({ assignee_id: idOf('person', 'Max Manager') })
      .where('number', '=', '1000')
      .execute();
    const answer = await asking(store, catalogue).answer(
      metricPlan('tickets_opened', { time: { kind: 'all' }, subject: 'me' }),
    );
    expect(figure(answer)).toBe(1);
    expect(answer.provenance.scope).toBe('all tickets, only yours');
    await store.db
      .updateTable('ticket')
      .set({ assignee_id: world.ticket[0]!.assignee_id ?? null })
      .where('number', '=', '1000')
      .execute();
  });

  it('shows reps only their own deals, whatever they ask for (S0-31)', async () => {
    const ask = asking(store, catalogue);
    const mine = visible('opportunity', asker('Rita Rep')).filter(
      (row) => !(row as { is_closed: boolean }).is_closed,
    ).length;
    for (const subject of ['none', 'me'] as const) {
      expect(figure(await ask.answer(metricPlan('open_deals', { subject }), 'Rita Rep'))).toBe(mine);
    }
    const team = await ask.answer(metricPlan('open_deals', { subject: 'my_team' }), 'Rita Rep');
    expect(figure(team)).toBe(mine);
    const rob = await ask.run(
      metricPlan('open_deals', { where: [{ any: [{ dimension: 'owner', op: 'eq', values: ['Rob Rep'] }] }] }),
      'Rita Rep',
    );
    expect(rob.ok ? [] : rob.issues.map(({ code }) => code)).toEqual(['unknown-value']);
  });

  it('shows a lead the rows of the team and says which team it is (S1-44)', async () => {
    const answer = await asking(store, catalogue).answer(
      metricPlan('tickets_opened', { time: { kind: 'all' } }),
      'Sue Supervisor',
    );
    expect(figure(answer)).toBe(visible('ticket', asker('Sue Supervisor')).length);
    expect(answer.provenance.scope).toBe('tickets of your team (Support EMEA)');
  });

  it('says so when nothing belongs to anybody or the person has no team', async () => {
    const ask = asking(store, catalogue);
    expect((await ask.issues(listPlan('product', { subject: 'me' }))).map(({ code }) => code)).toEqual([
      'subject-not-applicable',
    ]);
    expect(
      (await ask.issues(metricPlan('open_tickets', { subject: 'my_team' }))).map(({ code }) => code),
    ).toEqual(['no-team']);
  });
});

describe('values of others', () => {
  it('finds only customers that the person may see', async () => {
    const ask = asking(store, catalogue);
    const plan = (account: string) =>
      metricPlan('tickets_opened', {
        time: { kind: 'all' },
        where: [{ any: [{ dimension: 'account', op: 'eq', values: [account] }] }],
      });
    expect(
      (await ask.issues(plan('Cancity'), 'Rita Rep')).map(({ code, suggestions }) => [
        code,
        suggestions?.includes('Cancity'),
      ]),
    ).toEqual([['unknown-value', false]]);
    expect((await ask.answer(plan('Hottechi'), 'Rita Rep')).rows).toHaveLength(1);
  });

  it('lets an agent name the customers of their own tickets', async () => {
    const own = world.account.find((account) =>
      world.ticket.some(
        (ticket) => ticket.account_id === account.id && ticket.assignee_id === asker('Ada Agent').personId,
      ),
    )!;
    const answer = await asking(store, catalogue).answer(
      metricPlan('tickets_opened', {
        time: { kind: 'all' },
        where: [{ any: [{ dimension: 'account', op: 'eq', values: [own.name] }] }],
      }),
      'Ada Agent',
    );
    expect(figure(answer)).toBe(
      visible('ticket', asker('Ada Agent')).filter((row) => row.account_id === own.id).length,
    );
  });

  it('hides the worth of customers from agents', async () => {
    const issues = await asking(store, catalogue).issues(
      listPlan('ticket', { columns: ['ticket_number', 'account_arr'] }),
      'Ada Agent',
    );
    expect(issues.map(({ code }) => code)).toEqual(['not-allowed']);
  });

  it('does not name a deleted customer', async () => {
    const issues = await asking(store, catalogue).issues(
      metricPlan('accounts', {
        where: [{ any: [{ dimension: 'account', op: 'eq', values: ['Deleted Inc'] }] }],
      }),
    );
    expect(issues.map(({ code }) => code)).toEqual(['unknown-value']);
  });
});
