import { describe, expect, it } from 'vitest';
import {
  checkScores,
  type LabelledText,
  LEAST_LABELS,
  modelScorer,
  tryToneModel,
} from '../../../src/analysis/text/sentiment/adopt-tone-model.ts';
import { lexiconScorer } from '../../../src/analysis/text/sentiment/lexicon.ts';

const lexicon = lexiconScorer();
/** A jargon of this desk alone: no word of it is in the lexicon. */
const grumbles = ['brickwall', 'treacle', 'quagmire', 'molasses', 'doorstop', 'snooze'];
const cheers = ['gold', 'sunshine', 'rocket', 'butter', 'breeze', 'clockwork'];
const plain = ['cluster', 'node', 'table', 'index', 'schema', 'report', 'export', 'console'];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Texts whose tone is in the jargon, or, without `isTold`, in nothing at all. */
function corpus(size: number, isTold: boolean): readonly LabelledText[] {
  const next = random(7);
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)]!;
  return Array.from({ length: size }, () => {
    const score = [-0.8, 0, 0.8][Math.floor(next() * 3)]!;
    const colour = !isTold || score === 0 ? plain : score < 0 ? grumbles : cheers;
    return { text: `${pick(plain)} ${pick(colour)} ${pick(plain)} ${pick(colour)}`, score };
  });
}

describe("a tenant's own model of tone", () => {
  it('is not tried with fewer than 1,000 labels', () => {
    expect(tryToneModel(corpus(LEAST_LABELS - 1, true), lexicon)).toBeNull();
  });

  it('is adopted where the tone is in words that the lexicon does not know', () => {
    const { trial, model } = tryToneModel(corpus(1_500, true), lexicon)!;
    expect(trial).toMatchObject({ labels: 1_500, heldOut: 300, isAdopted: true });
    expect(trial.model.accuracy).toBeGreaterThan(0.95);
    expect(trial.model.aucNegative).toBeGreaterThan(0.99);
    const scorer = modelScorer(model!, 'tone-1');
    expect(scorer.score('the console is a quagmire')).toBeLessThan(-0.3);
    expect(scorer.score('export like clockwork')).toBeGreaterThan(0.3);
    expect(scorer.score('zebra')).toBeNull();
  });

  it('is not adopted where the labels have nothing to do with the words', () => {
    const { trial, model } = tryToneModel(corpus(1_500, false), lexicon)!;
    expect(trial.isAdopted).toBe(false);
    expect(model).toBeNull();
    expect(trial.reason).toContain('not adopted');
  });

  it('is not adopted where it only knows which tone is most frequent', () => {
    // Nine of ten are positive, and the words tell nothing: right in 90 %, and of no use.
    const mostly = corpus(1_500, false).map((one, at) => ({ ...one, score: at % 10 === 0 ? -0.8 : 0.8 }));
    const { trial } = tryToneModel(mostly, lexicon)!;
    expect(trial.model.accuracy).toBeGreaterThan(0.85);
    expect(trial.isAdopted).toBe(false);
  });

  it('is judged on the newest fifth: what only older texts show does not help it', () => {
    const older = corpus(1_200, true);
    const newer = corpus(300, false);
    expect(tryToneModel([...older, ...newer], lexicon)!.trial.isAdopted).toBe(false);
  });
});

describe('the check of scores against labels', () => {
  it('computes AUC as the share of pairs in the right order, ties half', () => {
    const scores = [-0.9, -0.2, -0.2, 0.1, 0.8];
    const wanted = ['negative', 'negative', 'neutral', 'neutral', 'positive'] as const;
    // Pairs (negative, other): -0.9 wins 3 of 3, -0.2 wins 2 and ties 1.
    expect(checkScores(scores, wanted).aucNegative).toBeCloseTo(5.5 / 6, 12);
    // -0.2 counts as neutral: four of five are right.
    expect(checkScores(scores, wanted).accuracy).toBeCloseTo(4 / 5, 12);
  });
});
