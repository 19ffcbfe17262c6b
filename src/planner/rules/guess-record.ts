import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Plan, RefusePlan } from '../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../planner.ts';
import type { AskedBack } from './ask/ask-back.ts';
import { composePlan } from './compose/compose-plan.ts';
import { answered, type ExplainedQuestion, notesOf } from './explained-question.ts';
import { findHeadlineWords } from './slots/headline-words.ts';
import { findBareRecordName, findRecordName } from './slots/record-name.ts';
import { type Understanding, type UnderstandOptions, understand } from './understand.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Below what a cascade is content with: a model may know the word. */
const guessConfidence = 0.6;

type Guess = NonNullable<PlannedQuestion['guess']>;

/**
 * Where only an unknown word stood in the way, it may be a name. Whoever runs the plan looks it up under the asker's
 * rights; found nowhere, the refusal stands.
 */
export function guessNamed(request: PlanRequest, refused: ExplainedQuestion): ExplainedQuestion | null {
  const otherwise = ofUnknownWord(request, refused);
  const { plan } = refused.planned;
  // A word of a deal's name may mean something else, of which there is no such property: "the core banking pilot".
  const unfit = plan.kind === 'refuse' && plan.reason === 'no_field' && isFirst(request) ? plan : null;
  const record = guessRecord(request, otherwise ?? unfit);
  if (otherwise === null || record !== null) return record;
  const understood = understandWith(request, { guesses: true });
  const names = understood.names.filter((name) => name.isGuess).map((name) => name.text);
  return names.length === 0 ? null : guessed(request, understood, { names, otherwise });
}

/** As `guessNamed`, for a record that is called by ordinary words: "the payments ledger deal". */
function guessRecord(request: PlanRequest, otherwise: RefusePlan | null): ExplainedQuestion | null {
  if (otherwise === null) return null;
  const plain = understandWith(request);
  const named = findRecordName(plain) ?? findBareRecordName(plain);
  if (named === null) return null;
  const understood = understandWith(request, { edits: [named.edit] });
  return guessed(request, understood, { names: [named.text], otherwise });
}

/** As `guessNamed`, for words of the headline of records: "pool exhausted tickets". */
export function guessHeadline(request: PlanRequest, refused: ExplainedQuestion): ExplainedQuestion | null {
  const otherwise = ofUnknownWord(request, refused);
  if (otherwise === null) return null;
  const found = findHeadlineWords(understandWith(request), vocabularyOf(request.catalogue).keyOf);
  if (found === null) return null;
  const understood = understandWith(request, { edits: [found.edit] });
  const note = `I took “${found.text}” as words of the headline.`;
  return guessed(request, understood, { names: [], otherwise, mustFind: true }, [note]);
}

/** The refusal that a guess may replace: of a first question, with the asker's own records to look in. */
function ofUnknownWord(request: PlanRequest, { planned: { plan } }: ExplainedQuestion): RefusePlan | null {
  if (!isFirst(request)) return null;
  return plan.kind === 'refuse' && plan.reason === 'unknown_word' ? plan : null;
}

const isFirst = ({ stored, previous }: PlanRequest): boolean =>
  stored !== undefined && previous === undefined;

function understandWith(
  { question, catalogue, now, zone, stored, names, fiscalStartMonth }: PlanRequest,
  options: UnderstandOptions = {},
): Understanding {
  return understand(question, catalogue, now, zone, { stored, names, fiscalStartMonth, ...options });
}

function guessed(
  { catalogue }: PlanRequest,
  understood: Understanding,
  guess: Guess,
  more: readonly string[] = [],
): ExplainedQuestion | null {
  const composed = composePlan(understood, catalogue);
  if (composed.kind !== 'plan' || composed.one) return null;
  const notes = [...notesOf(understood, catalogue, composed.plan), ...more];
  const { planned, trace } = answered(composed.plan, guessConfidence, notes, understood.reading.trace);
  return { planned: { ...planned, guess }, trace };
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
