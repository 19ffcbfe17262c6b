import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { planning } from './support/plans.ts';

const stored = new Map([
  ['currency', ['EUR', 'USD']],
  ['category', ['Backup', 'Billing', 'Performance']],
  ['region', ['Americas', 'EMEA']],
  ['forecast_category', ['Best Case', 'Commit', 'Pipeline']],
  ['campaign', ['Backup week', 'Database round table']],
  ['product', ['Quorum Geo', 'Quorum Vault']],
  ['stage', ['Qualification', 'Negotiation/Review']],
]);
const names = new Map([
  ['account', ['Halden Logistics AB', 'Umbra Security']],
  ['person', ['Jonas Weber', 'Naomi Carter']],
  ['product', ['Quorum Geo', 'Quorum Vault']],
]);
const now = new Date('2026-11-20T14:00:00Z');
const { lastOf } = planning(stored, { names, now });
const planner = createRulesPlanner();
const planned = (question: string) =>
  planner.explain({ catalogue: theCatalogue(), now, zone: 'UTC', requestId: 'r', stored, names, question })
    .planned;

describe('a question put otherwise', () => {
  it.each([
    ['total value of the open pipeline with a commit forecast', 'value of the open pipeline in commit'],
    ['which accounts have had no activity so far this month', 'accounts without any activity this month'],
    [
      'deals of mine that are still open although the close date has passed',
      'my open deals past their close date',
    ],
    [
      'interventions the team finished this month, by outcome',
      'interventions my team finished this month by outcome',
    ],
    ['customers per region (without the former ones)', 'customers per region'],
    [
      'cost and responses of the Database round table',
      'campaign cost and campaign responses of the Database round table',
    ],
    [
      'what did Backup week cost and how many leads did it bring',
      'campaign cost and number of leads of Backup week',
    ],
    ['quorum geo sales last month', 'sales amount of Quorum Geo last month'],
    ['campaigns by cost, highest first', 'campaign cost by campaign, highest first'],
    ['partners by number of deals, open or closed', 'joint deals by partner'],
    [
      'median time from opening to closing of deals won this year',
      'median days to close of deals won this year',
    ],
    ['open tickets at jonas accounts', "open tickets at jonas's accounts"],
  ])('“%s” is “%s”', (asked, plain) => {
    const { plan } = planned(asked);
    const expected = planned(plain).plan;
    expect(expected.kind, plain).toMatch(/^(?:metric|list)$/);
    expect(lowered(plan)).toEqual(lowered(expected));
  });

  it.each([
    ['open tickets per agent so i can rebalance', 'so i can rebalance'],
    ['average csat per month since september, want to see if it goes down', 'want to see if it goes down'],
    ['nps this quarter vs last, trying to spot a trend', 'trying to spot a trend'],
  ])('tells beside the answer to “%s” what it took for background', (asked, background) => {
    const { plan, notes } = planned(asked);
    expect(plan.kind).toBe('metric');
    expect(notes.join()).toContain(`I took “${background}” as background`);
  });

  it('names the words that it left out', () => {
    const { plan, notes, confidence } = planned(
      'what kind of tickets is Umbra Security raising this month? by category',
    );
    expect(plan).toMatchObject({ kind: 'metric', groupBy: [{ dimension: 'category' }] });
    expect(notes).toContain('I left out “raising”.');
    expect(confidence).toBeLessThan(0.5);
  });

  it.each(['which customers are really upset this month', 'orders of Quorum Geo but not Quorum Vault'])(
    'leaves out no word that could change the answer of “%s”',
    (asked) => {
      expect(planned(asked).plan.kind).toMatch(/^(?:refuse|clarify)$/);
    },
  );

  it('does not take off a wish for how it is shown', () => {
    const { notes } = planned('open tickets, i want them by region');
    expect(notes.join()).not.toContain('background');
  });
});

describe('changes said in several steps', () => {
  it.each([
    [['open deals by stage', 'amount instead of number, EUR deals'], ['pipeline amount by stage in EUR']],
    [
      ['open escalations by owner', 'avg age in days instead of the count'],
      ['average age of open escalations by owner'],
    ],
    [
      ['tickets solved last week by team', 'how long did they take on average', 'median is better'],
      ['median resolution time by team last week'],
    ],
    [
      ['weighted pipeline by region', 'unweighted next to it'],
      ['weighted pipeline and open pipeline amount by region'],
    ],
    [
      ['sales amount of Quorum Geo last month by rep', 'units not $'],
      ['units sold of Quorum Geo last month by rep'],
    ],
  ])('%j is %j', (turns, plain) => {
    expect(lowered(lastOf(...turns))).toEqual(lowered(lastOf(...plain)));
  });

  it('counts those of the listed tickets that broke their promise', () => {
    const plan = lastOf('my open urgent tickets', 'how many breached already');
    expect(plan).toMatchObject({
      kind: 'metric',
      subject: 'me',
      related: [{ entity: 'sla_clock', has: 'some' }],
    });
  });

  it('sorts what lies ahead with the next one first', () => {
    expect(lastOf('my open deals', 'sort by close date')).toMatchObject({
      orderBy: [{ by: 'close_date', direction: 'asc' }],
    });
  });

  it('asks for other records of the customer before', () => {
    const plan = lastOf('last activity at Halden Logistics AB', 'any open opps there?');
    expect(plan).toMatchObject({ kind: 'list', entity: 'opportunity' });
    expect(JSON.stringify(plan)).toContain('Halden Logistics AB');
  });

  it('bounds the groups by the number that is shown beside the figure', () => {
    const plan = lastOf(
      'CSAT last month',
      'per agent, with the number of responses',
      'only agents with 5 or more responses',
    );
    expect(plan).toMatchObject({
      metrics: ['csat_average', 'csat_responses'],
      having: [{ metric: 'csat_responses', op: 'gte', value: 5 }],
    });
  });
});

/** Names are looked up whatever their case is. */
const lowered = (plan: unknown): unknown => JSON.parse(JSON.stringify(plan).toLowerCase());
