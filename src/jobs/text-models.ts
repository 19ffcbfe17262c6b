import { z } from 'zod';
import { featuresOf } from '../analysis/text/features.ts';
import { type TextReaders, toneOfSurvey } from '../analysis/text/read-text.ts';
import {
  LEAST_LABELS,
  modelScorer,
  type ToneTrial,
  tryToneModel,
} from '../analysis/text/sentiment/adopt-tone-model.ts';
import { lexiconScorer } from '../analysis/text/sentiment/lexicon.ts';
import type { ToneModel } from '../analysis/text/sentiment/tone-model.ts';
import { type TopicModel, trainTopicModel } from '../analysis/text/topics/topic-model.ts';
import { wordsOf } from '../analysis/text/words.ts';
import { listCategorised, listToned } from '../store/text-records.ts';
import { findNewestTextModel, type StoredTextModel, saveTextModel } from '../store/text-store.ts';
import { stableId } from '../toolkit/ids.ts';
import type { StepContext } from './analysis-step.ts';

/** A model learns from at most so many of the newest labels. */
const LABELS_AT_MOST = 20_000;
/** A category with fewer tickets than this is no topic yet. */
const LEAST_PER_TOPIC = 5;
const HOUR_MS = 3_600_000;

export interface CurrentModels {
  readonly readers: TextReaders;
  /** Another model than in the last run: everything is read again. */
  readonly isChanged: boolean;
  readonly notes: readonly string[];
}

/** Loads the tenant's models, trained anew where that is due. */
export async function currentTextModels(context: StepContext): Promise<CurrentModels> {
  const settings = context.settings.text;
  const lexicon = lexiconScorer(settings.words);
  const tone = await refresh(context, 'tone', () => trainTone(context));
  const topic = await refresh(context, 'topic', () => trainTopic(context));
  const toneModel = tone.newest?.isAdopted === true ? readToneModel(tone.newest) : null;
  const topicModel = topic.newest?.isAdopted === true ? readTopicModel(topic.newest) : null;
  return {
    readers: {
      settings,
      scorers: toneModel === null ? [lexicon] : [modelScorer(toneModel, tone.newest!.version), lexicon],
      topicModel: topicModel === null ? null : { version: topic.newest!.version, model: topicModel },
    },
    isChanged: tone.isChanged || topic.isChanged,
    notes: [...tone.notes, ...topic.notes],
  };
}

interface Trained {
  readonly labels: number;
  readonly isAdopted: boolean;
  readonly trial: unknown;
  readonly topics: readonly string[];
  readonly model: unknown;
  readonly note: string | null;
}

async function refresh(
  context: StepContext,
  kind: 'tone' | 'topic',
  train: () => Promise<Trained>,
): Promise<{
  readonly newest: StoredTextModel | null;
  readonly isChanged: boolean;
  readonly notes: readonly string[];
}> {
  const stored = await findNewestTextModel(context.store.db, kind);
  if (stored !== null && !isDue(stored, context)) return { newest: stored, isChanged: false, notes: [] };
  context.say(`learning ${kind === 'tone' ? 'tones' : 'topics'}`);
  const trained = await train();
  const trainedAt = context.asOf;
  const version = `${kind}-${trainedAt.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
  const { note, ...rest } = trained;
  await context.write((trx) =>
    saveTextModel(trx, { id: stableId('text_model', version), kind, version, trainedAt, ...rest }),
  );
  const newest = await findNewestTextModel(context.store.db, kind);
  const before = stored?.isAdopted === true ? stored.version : null;
  const after = newest?.isAdopted === true ? newest.version : null;
  return { newest, isChanged: before !== after, notes: note === null ? [] : [note] };
}

/** With too few labels it is tried every hour, with not many every day, then every 30 days. */
function isDue({ trainedAt, labels }: StoredTextModel, { asOf, isLive }: StepContext): boolean {
  const hours = labels < LEAST_LABELS ? 1 : labels < 2 * LEAST_LABELS ? 24 : 720;
  const age = asOf.getTime() - trainedAt.getTime();
  return age >= hours * HOUR_MS || (!isLive && age < 0);
}

async function trainTone({ store, asOf, settings }: StepContext): Promise<Trained> {
  const rows = await listToned(store.db, asOf, LABELS_AT_MOST);
  const labelled = rows.map(({ text, givenTone, csat }) => ({
    text,
    score: csat === null ? (givenTone ?? 0) : toneOfSurvey('csat', csat),
  }));
  const tried = tryToneModel(labelled, lexiconScorer(settings.text.words));
  const nothing = { labels: labelled.length, topics: [] };
  if (tried === null) return { ...nothing, isAdopted: false, trial: null, model: null, note: null };
  const { trial, model } = tried;
  return { ...nothing, isAdopted: trial.isAdopted, trial, model, note: noteOf(trial) };
}

function noteOf(trial: ToneTrial): string {
  return `own model of tone from ${trial.labels} labels ${trial.reason}`;
}

async function trainTopic({ store, asOf, settings }: StepContext): Promise<Trained> {
  const rows = await listCategorised(store.db, asOf, LABELS_AT_MOST);
  const sizes = new Map<string, number>();
  for (const { topic } of rows) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  const examples = rows
    .filter(({ topic }) => (sizes.get(topic) ?? 0) >= LEAST_PER_TOPIC)
    .map(({ text, topic }) => ({ features: featuresOf(wordsOf(text)), topic }));
  const model = trainTopicModel(examples, settings.text.sureWhenRight);
  const labels = examples.length;
  if (model === null) return { labels, isAdopted: false, trial: null, topics: [], model: null, note: null };
  const topics = model.counts.classes.map(({ topic }) => topic);
  const largest = Math.max(...topics.map((topic) => sizes.get(topic) ?? 0)) / labels;
  const { heldOut } = model;
  const isAdopted = heldOut === null || heldOut.accuracy > largest;
  return {
    labels,
    isAdopted,
    trial: { heldOut, largestClass: largest },
    topics,
    model: isAdopted ? withoutNames(model) : null,
    note: `topics from ${labels} tickets in ${topics.length} categories: ${describe(heldOut, isAdopted)}`,
  };
}

function describe(heldOut: TopicModel['heldOut'], isAdopted: boolean): string {
  if (heldOut === null) return 'too few to judge, so three are suggested each time';
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const figures = `right in ${percent(heldOut.accuracy)}, among the best three in ${percent(heldOut.topThree)} of ${heldOut.texts} tickets it had not seen`;
  return isAdopted ? figures : `not used, no better than always naming the largest: ${figures}`;
}

/** Topics are stored apart from the numbers, by their place. */
function withoutNames({ counts, sureMargin, heldOut }: TopicModel): unknown {
  const classes = counts.classes.map(({ topic: _name, ...rest }) => rest);
  return { counts: { ...counts, classes }, sureMargin, heldOut };
}

const numbers = z.array(z.number());
const toneModel = z.object({ biases: numbers, weights: numbers });
const topicModel = z.object({
  counts: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('naive-bayes'),
      examples: z.number(),
      classes: z.array(z.object({ examples: z.number(), counts: numbers })),
    }),
    z.object({
      kind: z.literal('centroid'),
      examples: z.number(),
      frequencies: numbers,
      classes: z.array(z.object({ examples: z.number(), weights: numbers })),
    }),
  ]),
  sureMargin: z.number().nullable(),
});

/** Null for a model that another version of the program stored in another shape; the next training replaces it. */
function readToneModel({ model }: StoredTextModel): ToneModel | null {
  return toneModel.safeParse(model).data ?? null;
}

function readTopicModel({ model, topics }: StoredTextModel): TopicModel | null {
  const names = z.array(z.string()).safeParse(topics).data;
  const read = topicModel.safeParse(model).data;
  if (names === undefined || read === undefined || read.counts.classes.length !== names.length) return null;
  const named = <Class extends object>(classes: readonly Class[]) =>
    classes.map((one, index) => ({ ...one, topic: names[index]! }));
  const { counts } = read;
  return {
    counts:
      counts.kind === 'centroid'
        ? { ...counts, classes: named(counts.classes) }
        : { ...counts, classes: named(counts.classes) },
    sureMargin: read.sureMargin,
    heldOut: null,
  };
}
