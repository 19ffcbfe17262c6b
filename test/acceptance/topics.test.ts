import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Features, featuresOf } from '../../src/analysis/text/features.ts';
import { topicReader, trainTopicModel } from '../../src/analysis/text/topics/topic-model.ts';
import type { TopicExample } from '../../src/analysis/text/topics/topic-scores.ts';
import { wordsOf } from '../../src/analysis/text/words.ts';
import { CsvSplitter } from '../../src/sources/csv/split-csv.ts';
import { acceptanceData, acceptanceTitle } from './acceptance-data.ts';
import { reportFigure } from './report-figure.ts';

const folder = acceptanceData('topics');
const SEEDS = 5;
const SURE_WHEN_RIGHT = 0.9;

describe.skipIf(folder === null)(acceptanceTitle('topics of Banking77', folder), () => {
  it('names the intent of a short question after training on all of the training texts', () => {
    const train = readTexts('train.csv');
    const test = readTexts('test.csv');
    expect([train.length, test.length]).toEqual([10_003, 3_080]);
    const model = trainTopicModel(train, SURE_WHEN_RIGHT)!;
    expect(model.counts.kind).toBe('naive-bayes');
    const read = topicReader(model);
    // The reader gets features alone; labels are compared outside.
    const readings = test.map(({ features }) => read(features));
    const accuracy = shareOf(readings, (reading, at) => reading.best[0]?.topic === test[at]!.topic);
    const topThree = shareOf(readings, ({ best }, at) => best.some(({ topic }) => topic === test[at]!.topic));
    report('accuracy', 'trained on all', accuracy, { floor: 0.013, goal: 0.85 });
    report('accuracy of the best three', 'trained on all', topThree, { floor: 0.039, goal: 0.94 });
    const sure = readings
      .map((reading, at) => ({ reading, topic: test[at]!.topic }))
      .filter(({ reading }) => reading.isSure);
    const right = shareOf(sure, ({ reading, topic }) => reading.best[0]?.topic === topic);
    report('accuracy of those sent to one topic', 'trained on all', right, {
      floor: accuracy,
      goal: SURE_WHEN_RIGHT - 0.02,
    });
    expect(sure.length / readings.length).toBeGreaterThan(0.5);
    expect(accuracy).toBeGreaterThanOrEqual(0.85);
  });

  it(`names the intent from ten examples each, on average over ${SEEDS} draws`, () => {
    const train = readTexts('train.csv');
    const test = readTexts('test.csv');
    const accuracies = Array.from({ length: SEEDS }, (_, seed) => {
      const model = trainTopicModel(drawTen(train, seed + 1), SURE_WHEN_RIGHT)!;
      expect(model.counts.kind).toBe('centroid');
      const read = topicReader(model);
      return shareOf(test, ({ features, topic }) => read(features).best[0]?.topic === topic);
    });
    const mean = accuracies.reduce((sum, one) => sum + one, 0) / SEEDS;
    report('accuracy', `ten examples a class, ${SEEDS} draws`, mean, { floor: 0.013, goal: 0.62 });
    expect(mean).toBeGreaterThanOrEqual(0.62);
  });
});

function report(
  figure: string,
  how: string,
  value: number,
  { floor, goal }: { readonly floor: number; readonly goal: number },
): void {
  reportFigure({
    capability: 'topics',
    data: `Banking77, ${how}`,
    figure,
    value,
    floor,
    goal,
    better: 'higher',
  });
}

function readTexts(file: string): readonly TopicExample[] {
  const splitter = new CsvSplitter({ delimiter: ',', maxRowLength: 100_000 });
  const rows = [...splitter.push(readFileSync(join(folder!, file), 'utf8')), ...splitter.end()];
  return rows
    .slice(1)
    .flatMap(({ cells }) => (cells === null ? [] : [{ features: read(cells[0]!), topic: cells[1]! }]));
}

function read(text: string): Features {
  return featuresOf(wordsOf(text));
}

/** Ten texts of every class, drawn by a seeded generator (a linear congruence is random enough to draw). */
function drawTen(all: readonly TopicExample[], seed: number): readonly TopicExample[] {
  let state = seed * 7_919;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const ofTopic = new Map<string, TopicExample[]>();
  for (const one of all) ofTopic.set(one.topic, [...(ofTopic.get(one.topic) ?? []), one]);
  return [...ofTopic.values()].flatMap((texts) => {
    const left = [...texts];
    return Array.from({ length: 10 }, () => left.splice(next(left.length), 1)[0]!);
  });
}

function shareOf<Item>(items: readonly Item[], holds: (item: Item, at: number) => boolean): number {
  return items.filter(holds).length / items.length;
}
