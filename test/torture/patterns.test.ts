import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { planning } from '../planner/rules/support/plans.ts';
import { loopsOf, patternsRunBy } from './support/loops.ts';

/** Every tenth of the questions that the rules were worked on with. */
function someQuestions(): readonly string[] {
  const folder = packagePath('test', 'evals', 'worked-on');
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/^[ -]*ask: *["']?(.+?)["']?$/gm),
    ])
    .map(([, question = '']) => question);
  return all.filter((_, index) => index % 10 === 0);
}

const isSlow = ({ body, flags }: { readonly body: string; readonly flags: string }): boolean => {
  const found = checkSync(`^(?:${body})*#$`, flags, {
    checker: 'automaton',
    timeout: 20_000,
    maxNFASize: 200_000,
  });
  return found.status === 'vulnerable' && found.complexity.type === 'exponential';
};

describe('patterns that questions are read with', () => {
  it('knows a group that takes the same words in two ways from one that does not', () => {
    const loops = [/(?:may|may 2026|2026| )+x/, /(?:please|pls|now)* x/].flatMap(loopsOf);
    expect(loops.map(isSlow)).toEqual([true, false]);
  });

  it('repeat no group that takes the same words in two ways: the time to give up would double with every repeat', () => {
    const { planned, lastOf } = planning(new Map());
    const questions = someQuestions();
    expect(questions.length).toBeGreaterThan(100);
    const patterns = patternsRunBy(() => {
      for (const question of questions) planned(question);
      for (const question of questions) lastOf('tickets opened by priority last month', question);
    });
    expect(patterns.length).toBeGreaterThan(1000);
    const loops = new Map(patterns.flatMap(loopsOf).map((loop) => [loop.flags + loop.body, loop]));
    expect([...loops.values()].filter(isSlow)).toEqual([]);
  }, 900_000);
});
