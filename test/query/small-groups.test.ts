import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { openTestStore } from '../support/store.ts';
import { asking, listPlan, metricPlan, theCatalogue } from './support/ask.ts';
import { aTicket, idOf, seedWorld } from './support/world.ts';

const catalogue = theCatalogue();
const byAssignee = metricPlan('tickets_opened', {
  groupBy: [{ dimension: 'assignee' }],
  time: { kind: 'all' },
  limit: 100,
});
const of = (name: string) =>
  metricPlan('tickets_opened', {
    where: [{ any: [{ dimension: 'assignee', op: 'eq', values: [name] }] }],
    time: { kind: 'all' },
  });
let store: Store;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  const rita = idOf('account', 'Acme Corp');
  await store.db.deleteFrom('ticket').execute();
  const tickets = [
    aTicket('1', { assignee_id: idOf('person', 'Ada Agent'), team_id: idOf('team', 'Support EMEA') }),
    aTicket('2', { assignee_id: idOf('person', 'Abe Agent'), team_id: idOf('team', 'Support EMEA') }),
    // A ticket of the team that somebody of another team works on.
    aTicket('3', { assignee_id: idOf('person', 'Zoe Agent'), team_id: idOf('team', 'Support EMEA') }),
    aTicket('4', { assignee_id: null, team_id: idOf('team', 'Support EMEA') }),
  ];
  await store.db
    .insertInto('ticket')
    .values(tickets.map((ticket) => ({ ...ticket, account_id: rita })))
    .execute();
});

const names = async (as: string) =>
  (await asking(store, catalogue).answer(byAssignee, as)).rows.map(([name]) => name).toSorted();

describe('figures about fewer than five colleagues (S0-46)', () => {
  it('are broken down by person for those who lead everybody', async () => {
    const everybody = ['Abe Agent', 'Ada Agent', 'Zoe Agent', null];
    for (const boss of ['Max Manager', 'Eve Executive', 'Ann Admin'])
      expect(await names(boss)).toEqual(everybody.toSorted());
  });

  it("are broken down for a supervisor as far as they are the team's, and the answer says what is left out", async () => {
    const answer = await asking(store, catalogue).answer(byAssignee, 'Sue Supervisor');
    expect(answer.rows.map(([name]) => name).toSorted()).toEqual(['Abe Agent', 'Ada Agent', null]);
    expect(answer.provenance.filters).toContain(
      'without 1 other colleague: fewer than 5 are not shown one by one',
    );
  });

  it('are shown to agents where they are their own', async () => {
    expect(await names('Ada Agent')).toEqual(['Ada Agent']);
  });

  it('leave a rep with the rows of nobody, and refuse when nothing is left', async () => {
    expect(await names('Rita Rep')).toEqual([null]);
    await store.db.deleteFrom('ticket').where('number', '=', '4').execute();
    const issues = await asking(store, catalogue).issues(byAssignee, 'Rita Rep');
    expect(issues.map(({ code }) => code)).toEqual(['small-group']);
    expect(issues[0]?.message).toContain('3 colleagues');
  });

  it('are not given by naming somebody either, while the total and the list are', async () => {
    const ask = asking(store, catalogue);
    expect((await ask.issues(of('Ada Agent'), 'Rita Rep')).map(({ code }) => code)).toEqual(['small-group']);
    expect((await ask.issues(of('Zoe Agent'), 'Sue Supervisor')).map(({ code }) => code)).toEqual([
      'small-group',
    ]);
    expect((await ask.answer(of('Ada Agent'), 'Sue Supervisor')).rows).toEqual([[1]]);
    expect((await ask.answer(of('Ada Agent'), 'Ada Agent')).rows).toEqual([[1]]);
    const total = metricPlan('tickets_opened', { time: { kind: 'all' } });
    expect((await ask.answer(total, 'Rita Rep')).rows).toEqual([[3]]);
    const list = await ask.answer(listPlan('ticket', { columns: ['assignee'] }), 'Rita Rep');
    expect(list.rows).toHaveLength(3);
  });

  it('become figures of a group when there are five', async () => {
    const more = ['Sam Saleslead', 'Rob Rep'].map((name, index) =>
      aTicket(`more ${index}`, {
        assignee_id: idOf('person', name),
        account_id: idOf('account', 'Acme Corp'),
      }),
    );
    await store.db.insertInto('ticket').values(more).execute();
    expect(await names('Rita Rep')).toEqual([
      'Abe Agent',
      'Ada Agent',
      'Rob Rep',
      'Sam Saleslead',
      'Zoe Agent',
    ]);
  });
});
