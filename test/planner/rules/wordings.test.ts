import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '../../../src/catalogue/catalogue.ts';
import { findMetric } from '../../../src/catalogue/lookup.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Plan } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords, planning } from './support/plans.ts';
import { familiesOf, randomFrom, signatureOf } from './support/wordings.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const now = new Date('2026-11-20T14:00:00Z');
const stored = new Map([
  ['channel', ['Chat', 'Email', 'Phone', 'WhatsApp']],
  ['region', ['Americas', 'APAC', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market', 'SMB']],
  ['industry', ['Energy', 'Gaming', 'Retail']],
  ['product', ['Backup', 'Premium support, month', 'Streaming']],
  ['deal_type', ['Expansion', 'New Business', 'Renewal']],
]);
const zone = 'Europe/Berlin';
const planned = (question: string): Plan =>
  planner.explain({ question, catalogue, now, zone, requestId: 'r', stored }).planned.plan;

/** Of dates that may lie ahead "had" and "has" speak of two periods. */
function mayLieAhead(metric: MetricDefinition): boolean {
  const id = metric.type === 'simple' ? metric.timeDimension : null;
  return /^(?:scheduled|planned|due|renews|expires)$/.test(catalogue.dimensions.get(id ?? '')?.event ?? '');
}

/** Figures that the sample is drawn from: those whose name no wording could break, and is not asked back by itself. */
const figures = [...catalogue.metrics.values()].filter(
  (metric) =>
    metric.hidden !== true &&
    !metric.id.includes('_of_') &&
    !mayLieAhead(metric) &&
    // "Share of SLAs met" is the name of another figure already.
    findMetric(catalogue, `share of ${metric.label}`) === null &&
    !/\b(?:per|by|with|without|that|of)\b|,|^(?:highest|lowest|worst|biggest|largest|longest)/i.test(
      metric.label,
    ) &&
    planned(metric.label).kind !== 'clarify',
);

/** What is shown of a figure may be its rows; how many of them are shown first is no other answer. */
const alike = (plan: Plan): string =>
  plan.kind === 'list' ? 'rows' : signatureOf(plan.kind === 'metric' ? { ...plan, limit: 20 } : plan);

/** Figures of a sample; a longer search sets it for itself. */
const sampled = Number(process.env['HEED_WORDINGS'] ?? 3);

describe('wordings of one plan', () => {
  it.each([3, 8])(
    'come to the same plan, or to none (sample %i)',
    (seed) => {
      const random = randomFrom(seed);
      const pick = <T>(from: readonly T[]): T => {
        const one = from[Math.floor(random() * from.length)];
        if (one === undefined) throw new Error('nothing to pick from');
        return one;
      };
      const others: string[] = [];
      let answered = 0;
      let all = 0;
      for (let round = 0; round < sampled; round += 1)
        for (const { plan, wordings } of familiesOf({ catalogue, stored, pick }, pick(figures))) {
          const said = wordings.map(({ text }) => ({ text, plan: planned(text) }));
          all += said.length;
          const [reference] = said.filter((one) => isOf(one.plan, plan)).map((one) => alike(one.plan));
          for (const one of said) {
            const found = alike(one.plan);
            if (/^(?:refuse|clarify)$/.test(found)) continue;
            answered += 1;
            if (reference !== undefined && found !== reference && found !== 'rows')
              others.push(`${one.text}: ${found}`);
          }
        }
      expect(others).toEqual([]);
      expect(answered / all).toBeGreaterThan(0.85);
    },
    3_000_000,
  );
});

const isOf = (plan: Plan, { metric, groups }: { metric: string; groups: readonly string[] }): boolean =>
  plan.kind === 'metric' &&
  plan.metrics.join() === metric &&
  groups.every((id) => plan.groupBy.some(({ dimension }) => dimension === id));

/** What decides an answer, in a line. */
function decisive(question: string): string {
  const plan = planning(stored, { now, zone }).planned(question);
  if (plan.kind !== 'metric' && plan.kind !== 'list') return plan.kind;
  const by = plan.kind === 'list' ? [] : plan.groupBy.map(({ dimension, grain }) => grain ?? dimension);
  const part = plan.kind === 'metric' && plan.part ? filterWords(plan.part.where) : [];
  return [
    plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join(', '),
    ...(by.length > 0 ? [`by ${by.join(', ')}`] : []),
    ...(plan.time === null ? [] : [Object.values(plan.time).join(' ')]),
    ...filterWords(plan.where),
    ...part.map((one) => `part ${one}`),
    ...(plan.kind === 'metric' ? plan.having.map(({ op, value }) => `${op} ${value}`) : []),
    ...(plan.kind === 'metric' && plan.compare !== 'none' ? [plan.compare] : []),
    ...plan.orderBy.map(({ by: id, direction }) => `${id} ${direction}`),
    ...(plan.limit === 20 || plan.limit === 10 ? [] : [`${plan.limit} rows`]),
    ...(plan.related ?? []).map(({ entity, has }) => `${has} ${entity}`),
  ].join('; ');
}

describe('one structure for each thing that is said', () => {
  it.each([
    // A unit of time among what figures are split by.
    [
      'conversations per month and channel, sept to oct',
      'conversations; by channel, month; between 2026-09-01 2026-10-31',
    ],
    ['expansion MRR by account and month this year', 'expansion_mrr; by account, month; to_date year'],
    ['tickets by region, month to date', 'tickets_opened; by region; to_date month'],
    // Whose property it is.
    [
      'urgent tickets this quarter by industry of the customer',
      'tickets_opened; by industry; to_date quarter; priority eq urgent',
    ],
    [
      'new MRR in october by lifecycle stage of the account',
      'new_mrr; by lifecycle_stage; calendar month 10',
    ],
    ['won deals by segment of the customer this year', 'won_deals; by segment; to_date year'],
    // "Wise" goes with the whole name before it.
    ['open pipeline sales region-wise', 'pipeline_amount; by sales_region'],
    ['currency-wise expansion MRR this year', 'expansion_mrr; by currency; to_date year'],
    ['tickets priority wise', 'tickets_opened; by priority'],
    // What figures are split by ends at the comma.
    ['by intent, success rate of requests', 'bot_request_success_rate; by intent'],
    ['by product, margin of products last month', 'product_margin; by product; relative month 1 true'],
    [
      'top 5 line managers by SLA breach rate',
      'sla_breach_rate; by person_manager; sla_breach_rate desc; 5 rows',
    ],
    // A figure that is called by its place ranks those that have it.
    [
      'which account has the lowest health score',
      'lowest_health_score; by account; lowest_health_score asc; 1 rows',
    ],
    ['5 accounts with the lowest health score', 'list health_score; health_score asc; 5 rows'],
    ['deals with the highest amount', 'list opportunity; deal_amount desc'],
    ['lowest health score by segment', 'lowest_health_score; by segment'],
    // How many, and which end of what, in two places.
    [
      'top 3 agents with the lowest CSAT this quarter',
      'csat_average; by assignee; to_date quarter; csat_average asc; 3 rows',
    ],
    [
      'reps with the most won deals this year, top 3',
      'won_deals; by owner; to_date year; won_deals desc; 3 rows',
    ],
    ['top 5 accounts by ARR with the most tickets', 'refuse'],
    ['tickets by agent from lowest to highest', 'tickets_opened; by assignee; tickets_opened asc'],
    // Conditions.
    ['open pipeline where the segment is SMB', 'pipeline_amount; segment eq SMB'],
    ['how many tickets where channel = email this month', 'tickets_opened; to_date month; channel eq Email'],
    // Times.
    ['tickets opened may to july', 'tickets_opened; between 2026-05-01 2026-07-31'],
    ['tickets opened until now this quarter', 'tickets_opened; to_date quarter'],
    [
      'won amount this quarter, and last quarter for comparison',
      'won_amount; to_date quarter; previous_period',
    ],
    [
      'compare maximum time to resolve an escalation this quarter with last quarter',
      'escalation_resolution_time_highest; to_date quarter; previous_period',
    ],
    // Said twice.
    ['our backlog of open tickets by priority', 'open_tickets; by priority'],
    ['our pipeline of open deals by stage', 'pipeline_amount; by stage'],
    [
      'tickets opened last month by SMB customers, count',
      'tickets_opened; relative month 1 true; segment eq SMB',
    ],
    ['ARR by plan, count', 'refuse'],
    [
      'accounts with more than 20 tickets opened this month and how many each',
      'tickets_opened; by account; to_date month; gt 20',
    ],
    ['my open deals and how many each', 'refuse'],
    ["accounts that haven't opened a single ticket this month", 'list account; none ticket'],
    // The whole and the part.
    [
      'share of email among tickets opened this quarter',
      'tickets_opened; to_date quarter; part channel eq Email',
    ],
    [
      'share of messages delivered last month that are from EMEA',
      'messages_delivered; relative month 1 true; part region eq EMEA',
    ],
    [
      'percentage of deals won this year that are new business',
      'won_deals; to_date year; part deal_type eq New Business',
    ],
    [
      'share of tickets escalated this month that were urgent',
      'tickets_escalated; to_date month; part priority eq urgent',
    ],
    ['share of tickets that are urgent', 'tickets_opened; part priority eq urgent'],
  ])('%s', (question, plan) => {
    expect(decisive(question)).toBe(plan);
  });
});
