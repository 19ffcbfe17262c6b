import { describe, expect, it } from 'vitest';
import { parseSaying, recordsIn, type SayingPart } from '../../../src/catalogue/saying-pattern.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { inFigureWords } from '../../../src/planner/rules/sayings/in-figure-words.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords, planning } from './support/plans.ts';

const catalogue = theCatalogue();
const now = new Date('2026-11-20T14:00:00Z');
const zone = 'Europe/Berlin';
const planner = createRulesPlanner();

const planOf = (question: string) =>
  planner.explain({ question, catalogue, now, zone, requestId: 'sayings' }).planned.plan;

/** What a saying that ends in the middle of a sentence is said of. */
const said: Readonly<Record<string, string>> = {
  days_in_one_stage: 'negotiation',
  anyone_in_support: 'away',
  mood_change: 'this quarter',
  escalation_texts: 'CE-1043',
  earned_on_product: 'Quorum Vault',
  buyers_of: 'Quorum Geo',
  anyone_known: 'Halden Logistics',
};

const label = (name: string): string => catalogue.entities.get(name.split('/')[0] ?? '')?.label.many ?? name;

/** A sentence that is said so: the option of each choice that is asked for, and something in the first gap. */
function sentence(parts: readonly SayingPart[], option: number, inGap: string): string {
  let gap = inGap;
  const say = (all: readonly SayingPart[]): string[] =>
    all.flatMap((part): string[] => {
      if (part.kind === 'word') return [part.word];
      if (part.kind === 'records') return [label(part.name)];
      if (part.kind === 'choice') return say(part.options[option % part.options.length] ?? []);
      if (part.kind !== 'gap' || gap === '') return [];
      const words = gap;
      gap = '';
      return [words];
    });
  return say(parts).join(' ');
}

const plain = (means: string | null): string =>
  recordsIn(means ?? '').reduce((words, name) => words.replace(`{${name}}`, label(name)), means ?? '');

describe('what the records do not hold is told as it is', () => {
  for (const { id, lacks, says } of catalogue.sayings.filter((one) => one.lacks !== null))
    it(id, () => {
      for (const text of says) {
        const question = sentence(parseSaying(text), 0, '');
        expect.soft(planOf(question), question).toMatchObject({ reason: 'no_field', detail: lacks });
      }
    });
});

describe('every saying asks for what it means', () => {
  for (const { id, means, says } of catalogue.sayings.filter((one) => one.means !== null))
    it(id, () => {
      const of = said[id] ?? '';
      const expected = planOf(`${plain(means)} ${of}`);
      expect(expected.kind, plain(means)).not.toBe('refuse');
      for (const text of says) {
        const parts = parseSaying(text);
        for (const option of [0, 1, 2]) {
          const question = `${sentence(parts, option, '')} ${of}`;
          expect.soft(planOf(question), question).toEqual(expected);
        }
      }
    });
});

const { planned, query } = planning(
  new Map([
    ['channel', ['Chat', 'WhatsApp']],
    ['region', ['EMEA', 'Americas']],
  ]),
);

describe('what stands within a saying', () => {
  it.each([
    ['how long do I usually take to solve a ticket', { metrics: ['resolution_time_median'], subject: 'me' }],
    ['how fast did we close urgent tickets in October', { metrics: ['resolution_time_median'] }],
    ['how long did each agent take to solve tickets last month', { groupBy: [{ dimension: 'assignee' }] }],
    ['average time until a ticket gets its first answer', { metrics: ['first_response_time_average'] }],
  ])('is kept: %s', (question, expected) => {
    expect(query(question)).toMatchObject(expected);
  });

  it('keeps what is told of records that the figure counts anyway', () => {
    const share = query('what percentage of WhatsApp messages got delivered last month');
    expect(share).toMatchObject({ metrics: ['delivery_rate'] });
    expect(filterWords(share.where)).toEqual(['channel eq WhatsApp']);
    const solved = query('how long does it take me to solve a high priority ticket from EMEA');
    expect([...filterWords(solved.where)].sort()).toEqual(['priority eq high', 'region eq EMEA']);
    expect(solved.subject).toBe('me');
  });

  it('keeps the time, wherever it stands', () => {
    for (const question of [
      'how long did it take in October to solve tickets',
      'in October, how long did it take to solve tickets',
      'how long did it take to solve tickets in October',
    ])
      expect.soft(query(question), question).toMatchObject({
        metrics: ['resolution_time_median'],
        time: { kind: 'calendar', unit: 'month', number: 10 },
      });
  });
});

describe('a saying in every form of its verb', () => {
  it.each([
    'how quickly do we resolve tickets',
    'how long are we taking to solve tickets',
    'how long do tickets take to be solved',
    'how long does it take until tickets are solved',
    'how fast have tickets been getting closed',
    'how long do tickets stay open before they are solved',
  ])('%s', (question) => {
    expect(query(question)).toMatchObject({ metrics: ['resolution_time_median'] });
  });

  it.each([
    ['how many messages went out yesterday', 'messages_sent'],
    ['how many people gave up on the bot last month', 'bot_requests_dropped'],
    ['how many people abandoned the bot last month', 'bot_requests_dropped'],
    ['how much did the chatbot save us last month', 'bot_savings'],
    ['how often do leads turn into customers', 'lead_conversion_rate'],
    ['how many customers came back to us last month', 'returning_customers'],
    ['how much of our quota have we reached', 'quota_attainment'],
    ['what does it cost to win a customer', 'customer_acquisition_cost'],
  ])('%s', (question, metric) => {
    expect(query(question)).toMatchObject({ metrics: [metric] });
  });
});

describe('what only sounds like a saying', () => {
  it.each([
    ['how many tickets did we not solve in time', 'resolution_time_median'],
    ['which agents did not close any tickets last week', 'tickets_solved'],
    ['how long do partners take to solve tickets', 'resolution_time_median'],
    ['how many users logged in yesterday', 'logins'],
    ['what did we sell to Acme last month', 'cross_sell_suggestions'],
    ['how much is closing this quarter', 'won_amount'],
    ['how many customers will we lose next month', 'churned_customers'],
  ])('%s', (question, metric) => {
    const plan = planned(question);
    if (plan.kind === 'metric') expect(plan.metrics).not.toContain(metric);
  });

  it('is no name: what stands in quotes stays', () => {
    const said = (question: string) => inFigureWords({ question, catalogue, now, zone })?.question ?? null;
    expect(said('tickets of "how long we take to solve tickets"')).toBeNull();
    expect(said('open tickets by priority')).toBeNull();
    expect(said('how long do I take to solve tickets of "Acme, Inc."')).toBe(
      'resolution time of tickets of mine of "Acme, Inc."',
    );
  });
});
