import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { ListPlan } from '../../../src/query/metric-query.ts';
import type { SeenNames } from '../../../src/query/seen-names.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([
  ['stage', ['Prospecting', 'Negotiation/Review', 'Closed Won']],
  ['tier', ['starter', 'premium', 'enterprise']],
  ['partner_tier', ['gold', 'silver']],
]);
const { list, planned } = planning(stored);

/** Every name that the asker may see; a value that is not among them is nobody's. */
const names: SeenNames = new Map([
  ['account', ['Granite State Utilities', 'Umbra Security AB', 'Alder & Finch Inc.', 'Wrenfield Bank SA']],
  ['person', ['Claire Fontaine', 'Robert Chen', 'Luis Ortega']],
  ['partner', ['Great Lakes Tech', 'Summit Ridge']],
  [
    'deal',
    [
      'Umbra Security AB: Payments ledger',
      'Umbra Security AB: Quorum Geo EU data residency',
      'Granite State Utilities: Payments ledger',
    ],
  ],
]);
const named = (question: string): ListPlan => {
  const { plan } = createRulesPlanner().explain({
    question,
    catalogue: theCatalogue(),
    now: new Date('2026-11-21T10:30:00Z'),
    zone: 'UTC',
    requestId: 'r',
    stored,
    names,
  }).planned;
  if (plan.kind !== 'list') throw new Error(`${question}: ${JSON.stringify(plan)}`);
  return plan;
};

describe('properties that are asked of records', () => {
  it.each([
    ['deals closing this month, value and next step', 'opportunity', ['deal_amount', 'next_step']],
    ['open incidents, severity and customer', 'incident', ['severity', 'account']],
    ['open escalations + root cause', 'customer_escalation', ['root_cause']],
    ['gold partners, region and certification', 'partner', ['partner_region', 'certification']],
    ['next step and probability of the open deals', 'opportunity', ['next_step', 'probability']],
    ['urgent open tickets with subject, product and category', 'ticket', ['product', 'category']],
    ['tickets opened today - number, channel, product', 'ticket', ['channel', 'product']],
  ])('are shown beside the usual ones: %s', (question, entity, columns) => {
    const plan = list(question);
    const usual = theCatalogue().entities.get(plan.entity)?.listColumns ?? [];
    expect(plan.entity).toBe(entity);
    for (const column of columns) expect([...usual, ...plan.columns]).toContain(column);
  });

  it.each([
    'open deals where the stage went backwards',
    'incidents of customers in the stage region',
    'open deals with owner and flavour',
  ])('do not swallow what is said of them: %s', (question) => {
    expect(planned(question)).toMatchObject({ kind: 'refuse' });
  });

  it('are no columns where they split a figure', () => {
    expect(planned('open tickets by product and category')).toMatchObject({
      kind: 'metric',
      groupBy: [{ dimension: 'product' }, { dimension: 'category' }],
    });
  });
});

describe('names that the asker may see', () => {
  it.each([
    ['open granite state tickets', 'account eq Granite State Utilities'],
    ['list tickets from Granite State Utilities', 'account eq Granite State Utilities'],
    ['open tickets alder and finch', 'account eq Alder & Finch Inc.'],
    ['wrenfeild bank open tickets', 'account eq Wrenfield Bank SA'],
    ['umbras open tickets', 'account eq Umbra Security AB'],
    ['the payments ledger deal of granite state', 'deal eq Granite State Utilities: Payments ledger'],
    ['stage of the Umbra payments ledger deal', 'deal eq Umbra Security AB: Payments ledger'],
    ['next step on umbra EU data residency', 'deal eq Umbra Security AB: Quorum Geo EU data residency'],
  ])('are recognised in lower case, in part and mistyped: %s', (question, filter) => {
    expect(filterWords(named(question).where)).toContain(filter);
  });

  it.each([
    ['won deals luis and claire this year', ['deal_won eq true', 'owner in Luis Ortega Claire Fontaine']],
    [
      'calls by claire and luis in october',
      ['activity_kind eq call', 'owner in Claire Fontaine Luis Ortega'],
    ],
    ['open deals claire, luis', ['deal_closed eq false', 'owner in Claire Fontaine Luis Ortega']],
    ['tickets of robert and luis', ['assignee in robert luis']],
    ['deals of umbra security and wrenfield bank', ['account in Umbra Security AB Wrenfield Bank SA']],
    [
      'won deals of claire at umbra security',
      ['deal_won eq true', 'owner eq claire', 'account eq Umbra Security AB'],
    ],
  ])('are those of what is known to be called so: %s', (question, filters) => {
    expect(filterWords(named(question).where)).toEqual(filters);
  });

  it('leave words alone that are a name only among others', () => {
    expect(filterWords(named('list tickets in state open').where)).toEqual(['ticket_status eq open']);
  });
});
