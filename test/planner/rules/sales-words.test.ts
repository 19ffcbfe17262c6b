import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import type { SeenNames } from '../../../src/query/seen-names.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords } from './support/plans.ts';

const stored = new Map([
  ['stage', ['Prospecting', 'Negotiation/Review', 'Proposal/Price Quote', 'Closed Won', 'Closed Lost']],
  ['forecast_category', ['Commit', 'Best Case', 'Pipeline']],
  ['deal_type', ['New Business', 'Existing Business', 'Renewal']],
  ['product', ['Quorum Core', 'Quorum Geo', 'Training day on site']],
  ['region', ['EMEA', 'Americas']],
]);

const names: SeenNames = new Map([
  ['account', ['Kestrel Payments', 'Pelican Insurance AB', 'Vantage Rail', 'Halden Logistics AB']],
  ['person', ['Claire Fontaine', 'Jonas Weber', 'Luis Ortega']],
  ['partner', ['Redwood Integrators']],
  [
    'deal',
    [
      'Kestrel Payments: Multi-year renewal',
      'Kestrel Payments: Private link package',
      'Pelican Insurance AB: Migration from Oracle',
      'Pelican Insurance AB: Payments ledger',
      'Vantage Rail: Core banking pilot',
      'Vantage Rail: Second region',
    ],
  ],
]);

function planned(question: string): Plan {
  return createRulesPlanner().explain({
    question,
    catalogue: theCatalogue(),
    now: new Date('2026-11-20T14:00:00Z'),
    zone: 'Europe/Berlin',
    requestId: 'r',
    stored,
    names,
  }).planned.plan;
}

/** What decides a plan, in one line. */
function told(question: string): string {
  const plan = planned(question);
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const head = plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join('+');
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension, grain }) => grain ?? dimension) : [];
  const having = plan.kind === 'metric' ? plan.having.map(({ op, value }) => `having ${op} ${value}`) : [];
  const related = (plan.related ?? []).map(({ entity, has }) => `${has} ${entity}`);
  return [
    head,
    ...(groups.length > 0 ? [`by ${groups.join(',')}`] : []),
    ...filterWords(plan.where).map((filter) => `[${filter}]`),
    ...having,
    ...related,
    ...plan.orderBy.map(({ by, direction }) => `${by} ${direction}`),
    ...(plan.subject === 'none' ? [] : [plan.subject]),
  ].join(' ');
}

describe('one deal', () => {
  const migration = 'list opportunity [deal eq Pelican Insurance AB: Migration from Oracle]';
  const renewal = 'list opportunity [deal eq Kestrel Payments: Multi-year renewal]';
  const pilot = '[deal eq Vantage Rail: Core banking pilot]';

  it.each([
    ['which stage is the pelican migration deal in', migration],
    ['pelican migration deal what stage', migration],
    ['Pelican Insurance migration from Oracle, which stage is that in?', migration],
    ['is the pelican migration deal won yet', migration],
    ['can you tell me if the pelican migration deal is won yet', migration],
    ['the kestrel renewal', renewal],
    ['who owns the kestrel renewal and when is it due to close', renewal],
    ['is the kestrel renewal deal still expected this year?', renewal],
    ['stage of the core banking pilot for vantage rail', `list opportunity ${pilot}`],
    ['how long has the vantage rail core banking pilot deal been open', `list deal_signal ${pilot}`],
    ['how many days has the core banking pilot for vantage rail been open', `list deal_signal ${pilot}`],
  ])('is shown by whatever it is called: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    ['kestrel renewal date', /\bdeal eq/],
    ['open deals by stage of Pelican Insurance', /^list opportunity \[deal eq/],
    ['accounts in the critical health band', /^list account \[account eq/],
    ['how many deals does Pelican Insurance have', /^list/],
  ])('is not taken for what else its words may mean: %s', (question, other) => {
    expect(told(question)).not.toMatch(other);
  });

  it('counts its changes only where they are asked for', () => {
    expect(told('how many times has the vantage rail core banking pilot deal been pushed?')).toBe(
      `close_dates_pushed ${pilot}`,
    );
  });
});

describe('figures that say the same again', () => {
  const slipped = 'list opportunity [deal_closed eq false] [close_date lt @today] me';

  it.each([
    'which of my deals have slipped past their close date and are still open?',
    'which of my deals are past their close date and are still open',
  ])('are one: %s', (question) => {
    expect(told(question)).toBe(slipped);
  });

  it('are two where both are asked for', () => {
    expect(told('overdue deals and open deals by owner')).toBe('overdue_deals+open_deals by owner');
  });
});

describe('quotas', () => {
  it.each([
    [
      'who on my team is closest to hitting quota',
      'quota_attainment by person quota_attainment desc my_team',
    ],
    ['which rep is closest to their number', 'quota_attainment by owner quota_attainment desc'],
    ['reps under 50 pct quota', 'quota_attainment by owner having lt 0.5'],
    ['reps with quota attainment below 50%', 'quota_attainment by owner having lt 0.5'],
    ['how far am i off my number', 'quota_gap me'],
    ['gap to quota per head', 'quota_gap by owner'],
    ['my quota attainment this year', 'quota_attainment me'],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('are of the year and of no part of it', () => {
    expect(planned('my quota attainment qtd')).toMatchObject({
      kind: 'refuse',
      detail: expect.stringContaining('whole year'),
    });
  });
});

describe('what becomes of deals', () => {
  it.each([
    ['which stage do we lose most deals in', 'stage_losses by stage stage_losses desc'],
    ['what stage do our deals usually die at', 'stage_losses by stage stage_losses desc'],
    ['lost deals by stage', 'stage_losses by stage'],
    ['lost deals by owner', 'lost_deals by owner'],
    ['close dates pushed this quarter', 'close_dates_pushed'],
    ['deals i pushed out more than once', 'close_dates_pushed by deal having gt 1 me'],
    [
      'stuck in negotiation 30+ days',
      'list deal_signal [stage eq Negotiation/Review] [deal_stage_age gt 30]',
    ],
    ['stuck deals over 50k', 'list deal_signal [deal_is_stale eq true] [deal_amount gt 50000]'],
    ['stage by stage conversion this year', 'stage_conversion by stage'],
    [
      'deals of mine with amount above 100k closing this quarter',
      'list opportunity [deal_closed eq false] [deal_amount gt 100000] me',
    ],
    [
      'my next three deals to close',
      'list opportunity [deal_closed eq false] [close_date gte 2026-11-20] close_date asc me',
    ],
    [
      'commit vs best case this quarter',
      'closing_amount by forecast_category [forecast_category in Commit Best Case]',
    ],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('tells nobody how long their own deals stay, which is not kept', () => {
    expect(told('how long do my deals usually sit in negotiation')).not.toBe(
      told('how long do our deals usually sit in negotiation'),
    );
  });
});

describe('who was last spoken to', () => {
  const call = '[activity_kind eq call] [account eq halden] activity_at desc';

  it.each([
    ['halden last call when', `list activity ${call}`],
    ["halden's last call", `list activity ${call}`],
    [
      'when did we last talk to someone at Halden Logistics',
      'list activity [account eq Halden Logistics] [activity_kind in call meeting] activity_at desc',
    ],
    ['anything logged on Halden Logistics since 1 november', 'list activity [account eq Halden Logistics]'],
    ['who havent i touched in a month', 'list account none activity me'],
  ])('%s', (question, expected) => {
    const plan = told(question);
    const words = (text: string): string[] =>
      text
        .toLowerCase()
        .replace('halden logistics ab', 'halden')
        .replace('halden logistics', 'halden')
        .split(' ')
        .sort();
    expect(words(plan)).toEqual(words(expected));
  });

  it('is not kept of leads', () => {
    expect(planned('my leads that nobody has called yet')).toMatchObject({
      kind: 'refuse',
      detail: expect.stringContaining('not kept by lead'),
    });
  });
});

describe('customers, leads and products', () => {
  it.each([
    ['top 5 whales by ARR', 'arr by account arr desc'],
    ["new logos I've brought in this year", 'customers_won me'],
    ['my new leads', 'list lead [lead_status eq new] me'],
    ['new leads this month', 'leads'],
    ['revenue from training days this year', 'transaction_amount [product eq Training day on site]'],
    ['revenue this year', 'clarify'],
    ['revenue this year per rep', 'won_amount by owner'],
    ['do i have any contacts who opted out of mails', 'list contact [opted_out_of_mail eq true] me'],
    ['how much ARR have I got up for renewal in Q1', 'arr_renewing me'],
    ['converted leads of mine this half', 'list lead [lead_converted_at is_not_null] me'],
    [
      'partner leaderboard ytd, sourced revenue',
      'partner_sourced_amount by partner partner_sourced_amount desc',
    ],
  ])('%s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('asks which accounts are the biggest before it looks at them', () => {
    expect(told('open tickets at my five biggest accounts')).toBe('refuse');
  });
});
