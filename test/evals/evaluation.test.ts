import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { type Evaluated, evaluateFiles, frozenOf, type Result } from './evaluate.ts';
import { figuresOf } from './figures.ts';
import { floors } from './floors.ts';
import { readQuestionFile } from './question.ts';
import { questionFiles } from './question-files.ts';
import { failures, reportPage } from './report.ts';
import { type OpenWorld, openEvaluationWorld } from './world.ts';

const all = { sets: [], part: 'all', frozen: new Set<string>() } as const;

let world: OpenWorld;
let samples: Evaluated;
let shipped: Evaluated;

// One world for everything: building it is most of the time.
beforeAll(async () => {
  world = await openEvaluationWorld({ planner: 'rules' });
  samples = await evaluateFiles(
    world.heed,
    [readQuestionFile(packagePath('test', 'evals', 'samples.yml'))],
    all,
  );
  const files = questionFiles().map(readQuestionFile);
  shipped = await evaluateFiles(world.heed, files, { sets: [], part: 'open', frozen: frozenOf(files) });
}, 600_000);
afterAll(async () => {
  await world.close();
});

const sample = (id: string): Result | undefined =>
  samples.results.find(({ name }) => name === `samples.yml sample-${id}`);

describe('a question of a file', () => {
  it.each([
    ['count', 'right'],
    ['groups', 'right'],
    ['weeks', 'right'],
    ['list', 'right'],
    ['top', 'right'],
    ['also', 'right'],
    ['listed', 'right'],
    ['chain', 'right'],
    ['action', 'right'],
    ['range', 'right'],
    ['range-compared', 'right'],
    ['range-asked-back', 'right'],
    ['range-asked-back-wrong', 'clarified'],
    ['wrong', 'silent-wrong'],
    ['share', 'silent-wrong'],
    ['only-counted', 'silent-wrong'],
    ['chain-wrong', 'silent-wrong'],
    ['range-wrong', 'silent-wrong'],
    ['no-refusal', 'silent-wrong'],
    ['refused', 'refused'],
    ['clarify', 'refused'],
  ] as const)('is judged: sample-%s is %s', (id, verdict) => {
    const result = sample(id);
    expect(result?.verdict, JSON.stringify(result)).toBe(verdict);
  });

  it('with a mistake in it is reported with its file, its id and what to do, and not counted', () => {
    expect(samples.issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'samples.yml sample-broken-sql: its SQL does not run: relation "no_such_table" does not exist',
      expect.stringMatching(/^samples\.yml sample-stranger: `as`: Nobody active is called/),
    ]);
  });

  it('is one of the counts of its set', () => {
    const single = figuresOf(samples.results, 'rules').find(({ set }) => set === 'single');
    expect(single).toEqual({
      set: 'single',
      planner: 'rules',
      n: 11,
      right: 7,
      silentWrong: 3,
      refused: 1,
      clarified: 0,
      warned: 0,
      part: 'open',
    });
  });

  it('tells a wrong form from a wrong figure', () => {
    expect(sample('only-counted')?.isOnlyCounted).toBe(true);
    expect(sample('wrong')?.isOnlyCounted).toBeUndefined();
  });

  it('is listed when it went wrong, unless it is frozen', () => {
    const wrong = sample('wrong') as Result;
    expect(failures([wrong])).toContain('how many tickets were opened yesterday');
    const page = reportPage({
      planner: 'rules',
      figures: figuresOf([{ ...wrong, part: 'frozen' }], 'rules'),
      results: [{ ...wrong, part: 'frozen' }],
      issues: [],
      skipped: [],
    });
    expect(page).toContain('| frozen | 1');
    expect(page).not.toContain('yesterday');
  });
});

describe('the rules planner on the open part of the question sets', () => {
  it('has question files without mistakes', () => {
    expect(shipped.issues).toEqual([]);
  });

  it.each(Object.keys(floors) as (keyof typeof floors)[])('keeps its floor: %s', (set) => {
    const figure = figuresOf(shipped.results, 'rules').find((one) => one.set === set);
    // Before a set is there, nothing of it can be wrong.
    if (figure === undefined) return;
    const shown = failures(shipped.results.filter((one) => one.set === set));
    const { n, right, silentWrong } = figure;
    expect(right / n, shown).toBeGreaterThanOrEqual(floors[set].right);
    expect(silentWrong / n, shown).toBeLessThanOrEqual(floors[set].silentWrong);
  });
});
