import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { theCatalogue } from '../query/support/ask.ts';
import { caseSchema, isAnswerable, scorePlan, type Verdict } from './score-plan.ts';

const cases = z
  .array(caseSchema)
  .parse(parse(readFileSync(resolve('test/evals/support-and-sales.yml'), 'utf8')));
const catalogue = theCatalogue();
const planner = createRulesPlanner();

const scored = cases.map((one) => {
  const now = new Date('2026-11-21T10:30:00Z');
  const { planned } = planner.explain({
    question: one.ask,
    catalogue,
    now,
    zone: 'Europe/Berlin',
    requestId: 'eval',
  });
  return { one, plan: planned.plan, verdict: scorePlan(catalogue, one, planned.plan, planned.notes) };
});
const count = (verdict: Verdict, of = scored): number => of.filter((each) => each.verdict === verdict).length;

describe('the rules planner on questions of support engineers, reps and managers', () => {
  it('is silently wrong on at most one question in a hundred', () => {
    const wrong = scored.filter((each) => each.verdict === 'silent-wrong');
    const shown = wrong.map(({ one, plan }) => `${one.ask} -> ${JSON.stringify(plan)}`);
    const summary = `${scored.length} questions: right ${count('right')}, silent-wrong ${wrong.length}, refused ${count('refused')}, clarified ${count('clarified')}`;
    process.stdout.write(`\n${summary}\n`);
    expect(wrong.length / scored.length, shown.join('\n')).toBeLessThanOrEqual(0.01);
  });

  it('answers at least 85 of 100 questions that can be answered', () => {
    const answerable = scored.filter((each) => isAnswerable(each.one));
    const missed = answerable.filter((each) => each.verdict !== 'right').map((each) => each.one.ask);
    process.stdout.write(
      `answerable ${answerable.length}: right ${count('right', answerable)}; missed: ${missed.join(' · ')}\n`,
    );
    expect(count('right', answerable) / answerable.length).toBeGreaterThanOrEqual(0.85);
  });

  it('refuses at least 95 of 100 questions that cannot be answered', () => {
    const hopeless = scored.filter((each) => !isAnswerable(each.one));
    expect(count('right', hopeless) / hopeless.length).toBeGreaterThanOrEqual(0.95);
  });

  it('has at least 80 questions', () => {
    expect(cases.length).toBeGreaterThanOrEqual(80);
  });
});
