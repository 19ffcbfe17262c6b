import { describe, expect, it } from 'vitest';
import { parseSaying, recordsIn, type SayingPart } from '../../../src/catalogue/saying-pattern.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const now = new Date('2026-11-20T14:00:00Z');
const zone = 'Europe/Berlin';
const planner = createRulesPlanner();

const planOf = (question: string) =>
  planner.explain({ question, catalogue, now, zone, requestId: 'sayings' }).planned.plan;

/** What a saying that ends in the middle of a sentence is said of. */
const said: Readonly<Record<string, string>> = {
  mood_change: 'this quarter',
  escalation_texts: 'CE-1043',
  earned_on_product: 'Quorum Vault',
  buyers_of: 'Quorum Geo',
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

const plain = (means: string): string =>
  recordsIn(means).reduce((words, name) => words.replace(`{${name}}`, label(name)), means);

describe('every saying asks for what it means', () => {
  for (const { id, means, says } of catalogue.sayings)
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
