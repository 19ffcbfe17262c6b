import type { TextSettings } from '../../domain/text-settings.ts';
import { featuresOf } from './features.ts';
import { type SentimentScorer, type Tone, toneOf } from './sentiment/scorer.ts';
import { keywordReader } from './topics/keyword-rules.ts';
import { type TopicModel, topicReader } from './topics/topic-model.ts';
import { wordsOf } from './words.ts';

/** What is known of a record besides its words. */
export interface TextRecord {
  readonly text: string;
  /** The customer's own answer to a survey about it, see `toneOfSurvey`; it beats every reading of words. */
  readonly surveyTone: number | null;
  /** Tone that the source gives, -1 to 1. */
  readonly givenTone: number | null;
  /** Category that the source gives. */
  readonly category: string | null;
}

export interface TextReading {
  readonly sentiment: number | null;
  readonly tone: Tone | 'not scored';
  readonly sentimentSource: 'survey' | 'source' | 'model' | 'lexicon' | null;
  readonly sentimentVersion: string | null;
  /** Best first, at most three. */
  readonly topics: readonly string[];
  readonly topicSource: 'source' | 'model' | 'keywords' | null;
  readonly topicVersion: string | null;
  /** The first topic stands alone; else people choose. */
  readonly isTopicSure: boolean;
}

/** What texts are read with; either model is null until there is one that was adopted. */
export interface TextReaders {
  readonly settings: TextSettings;
  readonly scorers: readonly SentimentScorer[];
  readonly topicModel: { readonly version: string; readonly model: TopicModel } | null;
}

/**
 * Reads tone and topic of records.
 *
 * Tone: the survey answer, else the source's own, else the first of `scorers` that can say something. Topic: the
 * source's category, else the model's, else that of the keyword rules; a text that none can judge has none.
 */
export function textReader({
  settings,
  scorers,
  topicModel,
}: TextReaders): (record: TextRecord) => TextReading {
  const byModel = topicModel === null ? null : topicReader(topicModel.model);
  const byKeywords = keywordReader(settings.topics);
  const topicOf = (record: TextRecord): Omit<TextReading, keyof ReturnType<typeof readTone>> => {
    if (record.category !== null && record.category.trim() !== '')
      return { topics: [record.category], topicSource: 'source', topicVersion: null, isTopicSure: true };
    const words = wordsOf(record.text);
    const learnt = byModel === null ? null : byModel(featuresOf(words));
    if (learnt !== null && learnt.best.length > 0 && topicModel !== null)
      return {
        topics: learnt.best.map(({ topic }) => topic),
        topicSource: 'model',
        topicVersion: topicModel.version,
        isTopicSure: learnt.isSure,
      };
    const found = byKeywords(words);
    const [first, second] = found;
    if (first === undefined) return { topics: [], topicSource: null, topicVersion: null, isTopicSure: false };
    return {
      topics: found.map(({ topic }) => topic),
      topicSource: 'keywords',
      topicVersion: null,
      isTopicSure: second === undefined || first.found.length > second.found.length,
    };
  };
  return (record) => ({ ...readTone(record, scorers), ...topicOf(record) });
}

/** CSAT 1-5, NPS 0-10 and CES 1-7 on the scale from -1 to 1; the middle of each is 0. */
export function toneOfSurvey(kind: 'csat' | 'nps' | 'ces', score: number): number {
  const tone = { csat: (score - 3) / 2, nps: (score - 5) / 5, ces: (score - 4) / 3 }[kind];
  return Math.max(-1, Math.min(1, tone));
}

function readTone({ text, surveyTone, givenTone }: TextRecord, scorers: readonly SentimentScorer[]) {
  if (surveyTone !== null) return scored(surveyTone, 'survey', null);
  if (givenTone !== null) return scored(Math.max(-1, Math.min(1, givenTone)), 'source', null);
  for (const { source, version, score } of scorers) {
    const sentiment = score(text);
    if (sentiment !== null) return scored(Math.round(sentiment * 1000) / 1000, source, version);
  }
  return { sentiment: null, tone: 'not scored', sentimentSource: null, sentimentVersion: null } as const;
}

function scored(
  sentiment: number,
  sentimentSource: NonNullable<TextReading['sentimentSource']>,
  sentimentVersion: string | null,
) {
  return { sentiment, tone: toneOf(sentiment), sentimentSource, sentimentVersion };
}
