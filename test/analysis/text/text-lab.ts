import { type TextReaders, type TextRecord, textReader } from '../../../src/analysis/text/read-text.ts';
import { lexiconScorer } from '../../../src/analysis/text/sentiment/lexicon.ts';

/** A reader with two rules for topics and the lexicon; what a test leaves out of a record is not known. */
export function readTextWith(readers: Partial<TextReaders>) {
  const read = textReader({
    settings: {
      words: new Map(),
      sureWhenRight: 0.9,
      topics: [{ label: 'Billing', words: ['invoice', 'credit note'] }],
      questions: { days: 90, leastTickets: 5, likeness: 0.5 },
    },
    scorers: [lexiconScorer()],
    topicModel: null,
    ...readers,
  });
  return (record: Partial<TextRecord> & { readonly text: string }) =>
    read({ surveyTone: null, givenTone: null, category: null, ...record });
}
