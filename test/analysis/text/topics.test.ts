import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../../src/analysis/text/features.ts';
import { keywordReader } from '../../../src/analysis/text/topics/keyword-rules.ts';
import { topicReader, trainTopicModel } from '../../../src/analysis/text/topics/topic-model.ts';
import { wordsOf } from '../../../src/analysis/text/words.ts';
import { readTextWith } from './text-lab.ts';

const features = (text: string) => featuresOf(wordsOf(text));
const words: Readonly<Record<string, readonly string[]>> = {
  billing: ['invoice', 'refund', 'charge', 'vat', 'payment', 'receipt'],
  access: ['login', 'password', 'role', 'sso', 'token', 'permission'],
  backup: ['restore', 'snapshot', 'retention', 'archive', 'recovery', 'copy'],
};
/** Texts of three words of their topic, and one of any, in a fixed order. */
function examples(perTopic: number) {
  const all = Object.values(words).flat();
  return Array.from({ length: perTopic }, (_, at) =>
    Object.entries(words).map(([topic, own]) => ({
      topic,
      features: features(
        `${own[at % 6]} ${own[(at * 5 + 1) % 6]} ${own[(at * 7 + 3) % 6]} ${all[(at * 11) % 18]}`,
      ),
    })),
  ).flat();
}

describe('topics learnt from examples', () => {
  it('uses centroids below 20 examples a class and naive Bayes from 20 on', () => {
    expect(trainTopicModel(examples(19), 0.9)!.counts.kind).toBe('centroid');
    expect(trainTopicModel(examples(20), 0.9)!.counts.kind).toBe('naive-bayes');
  });

  it.each([8, 60])('names the topic of a new text after %i examples a class', (perTopic) => {
    const read = topicReader(trainTopicModel(examples(perTopic), 0.9)!);
    expect(read(features('the refund of a payment')).best[0]!.topic).toBe('billing');
    expect(read(features('restored an archive')).best.map(({ topic }) => topic)).toHaveLength(3);
    expect(read(features('zebra')).best).toEqual([]);
  });

  it('computes naive Bayes as written down: two classes by hand', () => {
    const model = trainTopicModel(
      [
        ...Array.from({ length: 20 }, () => ({ topic: 'a', features: features('red') })),
        ...Array.from({ length: 20 }, () => ({ topic: 'b', features: features('blue') })),
      ],
      0.9,
    )!;
    const [best, second] = topicReader(model)(features('red')).best;
    // V = 2 features, 20 in each class, smoothing 0.1, one known feature.
    expect(best).toMatchObject({ topic: 'a' });
    expect(best!.score).toBeCloseTo(Math.log(0.5) + Math.log(20.1 / 20.2), 12);
    expect(second!.score).toBeCloseTo(Math.log(0.5) + Math.log(0.1 / 20.2), 12);
  });

  it('names one topic only where held-out texts were right often enough, else three', () => {
    const clear = trainTopicModel(examples(60), 0.9)!;
    expect(clear.heldOut!.sureAccuracy).toBeGreaterThanOrEqual(0.9);
    expect(topicReader(clear)(features('invoice refund vat')).isSure).toBe(true);
    // Labels without any relation to the words: nothing is sure.
    const noise = examples(60).map((one, at) => ({
      ...one,
      topic: ['x', 'y', 'z', 'w', 'v', 'u', 't'][(at * at) % 7]!,
    }));
    const unclear = trainTopicModel(noise, 0.9)!;
    expect(unclear.sureMargin).toBeNull();
    expect(topicReader(unclear)(features('invoice refund vat')).isSure).toBe(false);
  });

  it('is plain data: stored as JSON and read back it answers alike', () => {
    const model = trainTopicModel(examples(30), 0.9)!;
    const again = JSON.parse(JSON.stringify(model)) as typeof model;
    const text = features('login role and a receipt');
    expect(topicReader(again)(text)).toEqual(topicReader(model)(text));
  });
});

describe('topics by words of the user', () => {
  const rules = [
    { label: 'Billing', words: ['invoice', 'credit note'] },
    { label: 'Access', words: ['log in', 'password'] },
  ];
  it('counts different words, finds phrases and other endings, and lets the higher topic win a draw', () => {
    const read = keywordReader(rules);
    expect(read(wordsOf('Two invoices, and a credit note; cannot log in'))).toEqual([
      { topic: 'Billing', found: ['invoice', 'credit note'] },
      { topic: 'Access', found: ['log in'] },
    ]);
    expect(read(wordsOf('password and invoice'))[0]!.topic).toBe('Billing');
    expect(read(wordsOf('nothing of that'))).toEqual([]);
  });
});

describe('the reading of a record', () => {
  it('takes the category of the source, else a model, else the words of the rules', () => {
    const model = { version: 'topic-1', model: trainTopicModel(examples(30), 0.9)! };
    const read = readTextWith({ topicModel: model });
    expect(read({ text: 'refund please', category: 'Finance' })).toMatchObject({
      topics: ['Finance'],
      topicSource: 'source',
      isTopicSure: true,
    });
    expect(read({ text: 'refund of an invoice' })).toMatchObject({
      topicSource: 'model',
      topicVersion: 'topic-1',
    });
    expect(read({ text: 'credit note' })).toMatchObject({ topics: ['Billing'], topicSource: 'keywords' });
    expect(read({ text: 'zebra' })).toMatchObject({ topics: [], topicSource: null });
  });
});
