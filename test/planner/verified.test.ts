import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { filterCatalogue } from '../../src/catalogue/filter-catalogue.ts';
import { loadCatalogueWithPlaces } from '../../src/catalogue/load-catalogue.ts';
import { checkVerifiedPlans } from '../../src/planner/verified/check-verified.ts';
import { matchVerified } from '../../src/planner/verified/match-verified.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-verified-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'verified.yml'), text);
  const loaded = loadCatalogueWithPlaces([resolve('catalogue'), folder]);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
  return loaded.value;
}

const { catalogue } = load(`
verified:
  - questions:
      - how busy were we {time}
      - workload report for {time}
    plan: { kind: metric, metrics: [tickets_opened, tickets_solved], time: $time }
  - questions: ["cases that {assignee} closed in {time}"]
    plan:
      kind: metric
      metrics: [tickets_solved]
      time: $time
      where: [{ any: [{ dimension: assignee, op: eq, values: [$assignee] }] }]
  - questions: [monday morning report]
    plan: { kind: list, entity: ticket, where: [{ any: [{ dimension: priority, op: eq, values: [urgent] }] }] }
`);
const match = (question: string, from: Catalogue = catalogue) =>
  matchVerified({
    question,
    catalogue: from,
    now: new Date('2026-11-20T12:00:00Z'),
    zone: 'UTC',
    requestId: 'r',
  });

describe('verified questions', () => {
  it('are answered by their plan, said in the same words', () => {
    expect(match('Monday morning report!')?.plan).toMatchObject({ kind: 'list', entity: 'ticket' });
  });

  it('may be asked politely and with slips, which are told', () => {
    expect(match('please show me the Monday morning report')?.plan.kind).toBe('list');
    const slipped = match('monday mornnig report');
    expect(slipped?.plan.kind).toBe('list');
    expect(slipped?.corrections).toEqual([{ typed: 'mornnig', read: 'morning' }]);
  });

  it('take other periods and names into their slots', () => {
    expect(match('how busy were we last week')?.plan).toMatchObject({
      metrics: ['tickets_opened', 'tickets_solved'],
      time: { kind: 'relative', unit: 'week', n: 1, completeOnly: true },
    });
    expect(match('cases that Anna Smith closed in March 2026')?.plan).toMatchObject({
      time: { kind: 'calendar', unit: 'month', number: 3, year: 2026 },
      where: [{ any: [{ dimension: 'assignee', op: 'eq', values: ['Anna Smith'] }] }],
    });
  });

  it.each([
    'monday morning report for Acme',
    'no monday morning report',
    'tuesday morning report',
    'monday report',
    'how busy were we',
    'how busy were we last week by team',
    'how busy were we last week compared with the week before',
    'how busy were we with Acme',
    'cases that Anna and Bob closed in March 2026',
    'cases that closed in March 2026',
    'cases that last week closed in March 2026',
  ])('are not taken for another question: %s', (question) => {
    expect(match(question)).toBeNull();
  });

  it('keep two quoted names apart', () => {
    const { catalogue: quoted } = load(`
verified:
  - questions: ['report of "Acme"']
    plan: { kind: metric, metrics: [tickets_opened] }
`);
    expect(match('report of "Acme"', quoted)).not.toBeNull();
    expect(match('report of "Globex"', quoted)).toBeNull();
  });

  it('about what a role may not see are no match for that role', () => {
    const hidden = [...catalogue.metrics.values()].find(
      (metric) =>
        !filterCatalogue(catalogue, 'agent').metrics.has(metric.id) && metric.verifiedQuestions.length > 0,
    );
    const [question] = hidden?.verifiedQuestions ?? [];
    expect(match(question!)?.plan).toMatchObject({ metrics: [hidden?.id] });
    expect(match(question!, filterCatalogue(catalogue, 'agent'))).toBeNull();
  });

  it('hold together in the shipped catalogue', () => {
    expect(checkVerifiedPlans(catalogue)).toEqual([]);
  });

  it.each([
    [
      'a metric that does not exist',
      '{ kind: metric, metrics: [tikets_opened] }',
      'a question',
      /There is no metric/,
    ],
    ['a plan that is none', '{ kind: metric }', 'a question', /is not a plan/],
    [
      'a slot that the plan lacks',
      '{ kind: metric, metrics: [tickets_opened] }',
      'a question {time}',
      /both need the same/,
    ],
    [
      'slots without a word between them',
      '{ kind: metric, metrics: [tickets_opened], time: $time, where: [{ any: [{ dimension: priority, op: eq, values: [$priority] }] }] }',
      'tickets {priority} {time}',
      /without a word between/,
    ],
  ])('say file and line of %s', (_title, plan, question, message) => {
    const loaded = load(`verified:\n  - questions: ["${question}"]\n    plan: ${plan}\n`);
    const [issue] = checkVerifiedPlans(loaded.catalogue).map((mistake) => loaded.issueFor(mistake));
    expect(issue?.message).toMatch(message);
    expect(issue?.path).toMatch(/verified\.yml:[23] verified\[0\]\./);
  });
});
