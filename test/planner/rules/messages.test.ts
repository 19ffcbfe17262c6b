import { describe, expect, it } from 'vitest';
import type { PlannedQuestion } from '../../../src/planner/planner.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { filterWords } from './support/plans.ts';

const names = new Map([
  ['account', ['Juniper Street Capital', 'Harbor & Vine', 'Umbra Security']],
  ['person', ['Marcus Bell', 'Claire Fontaine', 'Jonas Weber']],
]);
const stored = new Map([
  ['category', ['Billing', 'Replication']],
  ['intent', ['password reset', 'backup']],
  ['campaign', ['Oracle migration offer', 'Backup week']],
]);

const ask = (question: string): PlannedQuestion =>
  createRulesPlanner().explain({
    question,
    catalogue: theCatalogue(),
    now: new Date('2026-11-20T14:00:00Z'),
    zone: 'Europe/Berlin',
    requestId: 'r',
    stored,
    names,
  }).planned;

describe('a message in which somebody thinks aloud', () => {
  it.each([
    [
      'I have my weekly with Maria and she asks about aging first, so: how many tickets are open?',
      'how many tickets are open',
      'I have my weekly with Maria and she asks about aging first',
    ],
    [
      'Stefan is going to ask me on Monday. How many tickets did we solve last week?',
      'how many tickets did we solve last week',
      'Stefan is going to ask me on Monday',
    ],
    [
      'how many deals did we win last month? That would help me a lot',
      'how many deals did we win last month',
      'That would help me a lot',
    ],
    [
      'Umbra Security keep moaning and I was out yesterday. How many tickets do they have open?',
      'how many tickets does "Umbra Security" have open',
      'Umbra Security keep moaning and I was out yesterday',
    ],
    [
      'Marcus told me he is drowning. How many open tickets does he have?',
      'how many open tickets does "Marcus Bell" have',
      'Marcus told me he is drowning',
    ],
    [
      'The Oracle migration offer cost us a lot, so what did that campaign cost?',
      'what did campaign "Oracle migration offer" cost',
      'The Oracle migration offer cost us a lot',
    ],
  ])('%s', (message, question, background) => {
    const { plan, notes } = ask(message);
    expect(plan).toEqual(ask(question).plan);
    expect(plan.kind).toBe('metric');
    expect(notes).toContain(`I took “${background}” as background.`);
  });

  it('asks which of two is meant', () => {
    const { plan } = ask('Umbra Security and Harbor & Vine complained. How many tickets do they have open?');
    expect(plan).toMatchObject({
      kind: 'clarify',
      options: [{ label: 'Umbra Security' }, { label: 'Harbor & Vine' }],
    });
  });

  it('tells of each of the two', () => {
    const { plan } = ask('Claire says so and Jonas says the same, so open pipeline for each of the two');
    expect(plan).toMatchObject({ kind: 'metric', groupBy: [{ dimension: 'owner' }] });
  });

  it.each([
    // Of whom is asked is not told, or something is told that may restrict what is asked.
    'I met Umbra Security. How many tickets are open?',
    'I was away in October. How many tickets did we solve?',
    'I got a pile on hold. Which of those is the oldest?',
    'someone said "pool exhausted" is back. how many tickets like that did we get last month?',
    'They called. What is their MRR?',
  ])('%s: nothing is answered without it', (message) => {
    const { plan } = ask(message);
    expect(plan.kind === 'metric' || plan.kind === 'list' ? plan : null).toBeNull();
  });

  it.each([
    ['could you tell me how many tickets were opened last week', 'metric'],
    ['would you mind checking how many urgent tickets are open?', 'metric'],
    ['I would like you to look up how many deals we won last month', 'metric'],
    ['could you check whether 00011855 has breached its SLA', 'list'],
    // Orders stay orders.
    ['could you close 00011851', 'refuse'],
    ['remind me to call Umbra Security', 'refuse'],
    ['My boss wants it. Please delete ticket 00011851', 'refuse'],
  ])('%s', (message, kind) => {
    expect(ask(message).plan.kind).toBe(kind);
  });

  it.each([
    ['success rate of the password reset intent this month', 'metric', undefined],
    ['give me the password of Claire', 'refuse', 'not_allowed'],
    ['Stefan is going to ask me. Which frobs are blue?', 'refuse', 'unknown_word'],
    ['which frobs will be blue?', 'refuse', 'prediction'],
  ])('the reason of a refusal is of what is asked: %s', (message, kind, reason) => {
    const { plan } = ask(message);
    expect(plan.kind).toBe(kind);
    if (reason !== undefined) expect(plan).toMatchObject({ reason });
  });
});

describe('two questions in one breath', () => {
  it.each([
    ['how many tickets did we solve last month and what was the CSAT', ['tickets_solved', 'csat_average']],
    [
      'how many tickets have I solved since Monday and how many came in new',
      ['tickets_solved', 'tickets_opened'],
    ],
  ])('%s: both in one answer', (question, metrics) => {
    const { plan, notes } = ask(question);
    expect(plan).toMatchObject({ kind: 'metric', metrics, where: [] });
    expect(notes.filter((note) => note.startsWith('I did not answer'))).toEqual([]);
  });

  it.each([
    [
      'how many critical incidents did we have this year and how long did they last on average?',
      'incidents_opened',
      'how long did they last on average',
    ],
    [
      'incidents last month by severity, and how many are still unresolved',
      'incidents_opened',
      'how many are still unresolved',
    ],
    ['how many interventions are overdue, and whose are they?', 'overdue_interventions', 'whose are they'],
    ['how many deals did Claire win this quarter and for what total', 'won_deals', 'for what total'],
  ])('%s: the first, and what was left', (question, metric, left) => {
    const { plan, notes } = ask(question);
    expect(plan).toMatchObject({ kind: 'metric', metrics: [metric] });
    expect(notes).toContain(`I did not answer “${left}”: ask that next.`);
  });

  it.each([
    // One question, whose rows or choices come first.
    'of the customers who smell of fish, how many are at risk',
    'red or blue frobs, which one is better',
  ])('%s is none of them', (question) => {
    const { plan } = ask(question);
    expect(plan.kind === 'metric' || plan.kind === 'list' ? plan : null).toBeNull();
  });

  it('keeps the conditions of the first', () => {
    const { plan } = ask('how many urgent tickets did we open last month and what drove it');
    expect(plan).toMatchObject({ kind: 'metric', metrics: ['tickets_opened'] });
    expect(filterWords(plan.kind === 'metric' ? plan.where : [])).toEqual(['priority eq urgent']);
  });
});
