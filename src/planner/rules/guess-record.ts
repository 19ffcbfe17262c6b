import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Plan, RefusePlan } from '../../query/metric-query.ts';
import type { PlanRequest } from '../planner.ts';
import type { AskedBack } from './ask/ask-back.ts';
import { composePlan } from './compose/compose-plan.ts';
import { answered, type ExplainedQuestion, notesOf } from './explained-question.ts';
import { findHeadlineWords } from './slots/headline-words.ts';
import { findRecordName } from './slots/record-name.ts';
import { type Understanding, understand } from './understand.ts';
import { vocabularyOf } from './vocabulary.ts';

/** As `guessNamed`, for a record that is called by ordinary words: "the payments ledger deal". */
function guessRecord(request: PlanRequest, otherwise: RefusePlan): ExplainedQuestion | null {
  const { question, catalogue, now, zone, stored, fiscalStartMonth } = request;
  const named = findRecordName(understand(question, catalogue, now, zone, { stored, fiscalStartMonth }));
  if (named === null) return null;
  const understood = understand(question, catalogue, now, zone, {
    stored,
    fiscalStartMonth,
    edits: [named.edit],
  });
  const composed = composePlan(understood, catalogue);
  if (composed.kind !== 'plan' || composed.one) return null;
  const notes = notesOf(understood, catalogue, composed.plan);
  const { planned, trace } = answered(composed.plan, guessConfidence, notes, understood.reading.trace);
  return { planned: { ...planned, guess: { names: [named.text], otherwise } }, trace };
}

/** As `guessNamed`, for words of the headline of records: "pool exhausted tickets". */
export function guessHeadline(
  request: PlanRequest,
  { planned: refusal }: ExplainedQuestion,
): ExplainedQuestion | null {
  const { question, catalogue, now, zone, stored, previous, fiscalStartMonth } = request;
  const otherwise = refusal.plan;
  if (stored === undefined || previous !== undefined) return null;
  if (otherwise.kind !== 'refuse' || otherwise.reason !== 'unknown_word') return null;
  const options = { stored, fiscalStartMonth };
  const found = findHeadlineWords(
    understand(question, catalogue, now, zone, options),
    vocabularyOf(catalogue).keyOf,
  );
  if (found === null) return null;
  const understood = understand(question, catalogue, now, zone, { ...options, edits: [found.edit] });
  const composed = composePlan(understood, catalogue);
  if (composed.kind !== 'plan' || composed.one) return null;
  const notes = [
    ...notesOf(understood, catalogue, composed.plan),
    `I took “${found.text}” as words of the headline.`,
  ];
  const { planned, trace } = answered(composed.plan, guessConfidence, notes, understood.reading.trace);
  return { planned: { ...planned, guess: { names: [], otherwise, mustFind: true } }, trace };
}

export const mostButtons = 4;

/** One meaning that fits is taken, and said; several are the reader's to choose from. */
export function askedBack(
  understood: Understanding,
  catalogue: Catalogue,
  { point, options }: AskedBack,
): ExplainedQuestion {
  const step = { rule: 'open', words: point.words, meaning: options.map(({ label }) => label).join(', or ') };
  const trace = [...understood.reading.trace, step];
  const [only, another] = options;
  if (only && !another) {
    const notes = [...notesOf(understood, catalogue, only.plan), `I took “${point.words}” as ${only.label}.`];
    return answered(only.plan, 0.8, notes, trace);
  }
  const plan: Plan = {
    kind: 'clarify',
    question: point.question,
    options: options.slice(0, mostButtons),
  };
  const notes = notesOf(understood, catalogue);
  const spare = options.slice(mostButtons);
  return { planned: { plan, planner: 'rules', confidence: 0.8, notes, spare }, trace };
}

/** Below what a cascade is content with: a model may know the word. */
const guessConfidence = 0.6;

/**
 * Where only an unknown word stood in the way, it may be a name. Whoever runs the plan looks it up under the asker's
 * rights; found nowhere, the refusal stands.
 */
export function guessNamed(
  request: PlanRequest,
  { planned: refusal }: ExplainedQuestion,
): ExplainedQuestion | null {
  const { question, catalogue, now, zone, stored, previous, fiscalStartMonth } = request;
  const otherwise = refusal.plan;
  if (stored === undefined || previous !== undefined) return null;
  if (otherwise.kind !== 'refuse' || otherwise.reason !== 'unknown_word') return null;
  const record = guessRecord(request, otherwise);
  if (record !== null) return record;
  const understood = understand(question, catalogue, now, zone, { stored, guesses: true, fiscalStartMonth });
  const names = understood.names.filter((name) => name.isGuess).map((name) => name.text);
  if (names.length === 0) return null;
  const composed = composePlan(understood, catalogue);
  if (composed.kind !== 'plan' || composed.one) return null;
  const notes = notesOf(understood, catalogue, composed.plan);
  const { planned, trace } = answered(composed.plan, guessConfidence, notes, understood.reading.trace);
  return { planned: { ...planned, guess: { names, otherwise } }, trace };
}
