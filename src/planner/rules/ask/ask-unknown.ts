import nlp from 'compromise/two';
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import type { PlanOption, RefusePlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { entityOfSpan, meaningsOf } from '../compose/draft.ts';
import { fillerWords } from '../filler-words.ts';
import type { TraceStep } from '../reading.ts';
import { tidy } from '../token.ts';
import { type Understanding, understand } from '../understand.ts';
import { type End, type Judged, optionsOfRecords } from './judged.ts';

const fewestWords = 2;
/** Who writes more has said what is meant, in words that are not known: that is what to say then. */
const mostWords = 12;
const longestSaying = 40;
/** Beyond so many, what records are measured by is no longer what anybody meant. */
const mostTried = 12;
const mostFigures = 4;

type Plans = (request: PlanRequest) => PlannedQuestion;

/**
 * "How many customers are lukewarm", "where are we clumsy", "which deals wobbled": who is spoken of is known, and what is
 * said of them is a verb or an adjective that nobody recorded. What is meant is asked back, with the figures or states that
 * such records are looked at by. A thing that is unknown is another matter: no figure of ours is of website visitors.
 *
 * @param trace of the reading that was refused; its times are those of the options
 * @param plan plans a question in other words
 * @returns null when a thing is unknown, when more is said than the options could keep, or when fewer than two meanings can
 * be answered
 */
export function askUnknown(
  request: PlanRequest,
  refusal: RefusePlan,
  trace: readonly TraceStep[],
  plan: Plans,
): Judged | null {
  const text = tidy(request.question).replace(/[?.!]+$/, '');
  const count = text.split(/\s+/).length;
  if (count < fewestWords || count > mostWords) return null;
  const unknown = refusal.reason === 'unknown_word' ? refusal.detail.toLowerCase().split(/,? +/) : [];
  const saying = sayingOf(text, unknown);
  if (saying === null && !asksWhich.test(refusal.detail)) return null;
  const understood = heardWithout(request, text, unknown);
  if (saysMore(understood, request.catalogue)) return null;
  const when = trace.flatMap(({ rule, words }) => (rule.startsWith('time') ? [words] : [])).join(' ');
  const question = saying === null ? 'Which figure do you mean?' : `What do you mean by “${saying}”?`;
  if (saying !== null)
    for (const canonical of inKnownWords(text, understood, request.catalogue, saying, when)) {
      const asked = { ...request, question: canonical };
      const put = (word: string): string => canonical.replace(/^(?:best|worst)\b/, word);
      const { plan: found } = plan(asked);
      const options =
        found.kind === 'clarify' ? found.options : optionsOfRecords(asked, endsOf(saying), put, plan);
      if (options.length >= 2) return { question, options };
    }
  const options = figuresOfRecords(request, understood, when, plan);
  return options.length < 2 ? null : { question, options };
}

/** A refusal that is a question itself. */
const asksWhich = /^which (?:date of these records is meant|figure of )/;

/** The question as it is understood where the words that found no place in it mean nothing. */
function heardWithout(request: PlanRequest, text: string, unknown: readonly string[]): Understanding {
  const { stored, names, fiscalStartMonth } = request;
  const whole = understand(text, request.catalogue, request.now, request.zone, {
    stored,
    names,
    fiscalStartMonth,
  });
  const isLeft = (at: number): boolean => unknown.includes(whole.reading.tokens[at]?.lower ?? '');
  return { ...whole, spans: whole.spans.filter(({ indexes }) => !indexes.every(isLeft)) };
}

/** A figure, a group, a bound or an order that a question in other words would lose. */
const saysMore = (
  { spans, numbers, lengths, time, grain, calendar }: Understanding,
  catalogue: Catalogue,
): boolean =>
  numbers.length + lengths.length + calendar.length > 0 ||
  grain !== null ||
  time.compare !== 'none' ||
  entitiesOf(spans, catalogue).length > 1 ||
  spans.some((span) => entityOfSpan(catalogue, span) === null && meaningsOf(span, 'value').length === 0);

const entitiesOf = (spans: Understanding['spans'], catalogue: Catalogue): readonly string[] => [
  ...new Set(spans.flatMap((span) => entityOfSpan(catalogue, span) ?? [])),
];

interface Term {
  readonly text: string;
  readonly normal: string;
  readonly tags: readonly string[];
}

/** The unknown words as they stand in the question, if all of them say how something is or what it does; null otherwise. */
function sayingOf(text: string, unknown: readonly string[]): string | null {
  if (unknown.length === 0) return null;
  const sentences = nlp(text).json() as readonly { readonly terms: readonly Term[] }[];
  const terms = sentences.flatMap((sentence) => sentence.terms);
  const places = unknown.map((word) =>
    terms.findIndex((term) => term.text.toLowerCase() === word || term.normal === word),
  );
  const said = places.flatMap((at) => terms[at] ?? []);
  // "Which deals are lukewarm": what a word that nobody knows is taken for by its look, behind "are" it says how they are.
  const isPredicate = (term: Term): boolean =>
    term === terms.at(-1) &&
    terms.at(-2)?.tags.includes('Copula') === true &&
    /^[a-z]+[^s\d]$/.test(term.text);
  const isOther = (term: Term): boolean => (isThing(term) && !isPredicate(term)) || /\d/.test(term.text);
  if (said.length < unknown.length || said.some(isOther)) return null;
  if (!said.some((term) => isPredicate(term) || /\b(?:Adjective|Verb)\b/.test(term.tags.join(' '))))
    return null;
  const [from, to] = [Math.min(...places), Math.max(...places) + 1];
  // "Moved to proposal", "went from good to warning": an event, told by where it led.
  if (/^(?:to|into|from|towards?|by|than)$/.test(terms[to]?.normal ?? '')) return null;
  const isApart = terms
    .slice(from, to)
    .some(({ normal }, at) => !places.includes(from + at) && !fillerWords.has(normal));
  if (isApart) return null;
  const saying = terms
    .slice(from, to)
    .map((term) => term.text)
    .join(' ');
  return saying.length > longestSaying ? null : saying;
}

const isThing = ({ tags }: Term): boolean =>
  /\b(?:Noun|Value|Expression)\b/.test(tags.join(' ')) && !tags.includes('Pronoun');

const blames = /^(?:un|dis|in|im|mis|non)[a-z]{3,}|less$|^(?:not|no)\b/i;
const endsOf = (saying: string): readonly End[] =>
  blames.test(saying) ? ['worst', 'best'] : ['best', 'worst'];

const asksHowItGoes =
  /^(?:(?:and|so|well|ok|hey|hi) )*(?:how|is|are|am|was|were|where|did|do|does|have|has)\b/i;

/** Questions that ask for the same rows or people and leave open by what they are looked at. */
function inKnownWords(
  text: string,
  understood: Understanding,
  catalogue: Catalogue,
  saying: string,
  when: string,
): readonly string[] {
  const { spans, subject } = understood;
  const [entity] = entitiesOf(spans, catalogue);
  const around = `${aroundOf(understood)} ${when}`.trim();
  if (entity !== undefined) {
    const records = catalogue.entities.get(entity)?.label.many.toLowerCase() ?? '';
    return endsOf(saying).map((end) => `${end} ${records} ${around}`.trim());
  }
  if (spans.length + understood.names.length > 0) return [`stats ${around}`];
  if (!asksHowItGoes.test(text) && subject === 'none') return [];
  const who = subject === 'my_team' ? 'is my team' : subject === 'me' ? 'am I' : 'are we';
  return [`how ${who} doing ${when}`.trim()];
}

/** Figures of the records that are named, for the rest of the question. */
function figuresOfRecords(
  request: PlanRequest,
  understood: Understanding,
  when: string,
  plan: Plans,
): readonly PlanOption[] {
  const { catalogue } = request;
  const [entity] = entitiesOf(understood.spans, catalogue);
  if (entity === undefined) return [];
  const known = [...catalogue.metrics.values()].filter(
    (metric) =>
      metric.hidden !== true && simpleParts(catalogue, metric).every((part) => part.entity === entity),
  );
  const options: PlanOption[] = [];
  for (const { label } of known.slice(0, mostTried)) {
    const question = `${label} ${aroundOf(understood)} ${when}`.trim();
    const { plan: found, guess, one } = plan({ ...request, question });
    if (found.kind === 'metric' && guess === undefined && one === undefined)
      options.push({ label, plan: found });
    if (options.length === mostFigures) break;
  }
  return options;
}

/** Whom and which of the records the question names, in words that any question may have. */
function aroundOf({ spans, names, subject }: Understanding): string {
  const whose = /^my_team/.test(subject) ? 'of my team' : subject === 'none' ? '' : 'of mine';
  const values = spans.flatMap((span) => (meaningsOf(span, 'value').length > 0 ? [`for ${span.words}`] : []));
  const called = names.map(({ text }) => `"${text}"`).join(' and ');
  return [...values, called && `for ${called}`, whose].filter((part) => part !== '').join(' ');
}
