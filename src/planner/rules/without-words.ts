import type { PlanOption, QueryPlan } from '../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../planner.ts';
import { fillerWords } from './filler-words.ts';
import { withoutTalk } from './plain-speech.ts';
import { areSaidLightly } from './said-lightly.ts';
import { type Token, tidy, tokenise } from './token.ts';
import { vocabularyOf } from './vocabulary.ts';

/** A button says that much. */
const longestLabel = 70;

/**
 * What could be answered of a question if the words that nobody knows were not in it, as a button that says so: "open
 * pipeline" for "open pipeline worth". Only where most of the question is understood; what is left of "is Naomi
 * pregnant" is another question.
 *
 * @param unknown the words as the refusal names them, in the order in which they were written
 * @param plan plans a question, here with fewer words
 */
export function withoutWords(
  request: PlanRequest,
  unknown: readonly string[],
  plan: (request: PlanRequest) => PlannedQuestion,
): PlanOption | null {
  const rest = restOf(request, unknown);
  if (rest === null) return null;
  const { words, known, all } = rest;
  if (known < 2 || known * 2 <= all || words.length > longestLabel) return null;
  const planned = plan({ ...request, question: words });
  return isWhole(planned) ? { label: words, plan: planned.plan } : null;
}

/**
 * The question as it is answered without words that tell no record from another ("what *kind* of tickets is Acme
 * *raising*"): the answer names them. Null where any other word is unknown, or where nothing whole is left.
 */
export function withoutLightly(
  request: PlanRequest,
  unknown: readonly string[],
  plan: (request: PlanRequest) => PlannedQuestion,
): PlannedQuestion | null {
  if (!areSaidLightly(unknown) || excludes.test(request.question)) return null;
  const rest = restOf(request, unknown);
  if (rest === null || rest.known < 1) return null;
  const planned = plan({ ...request, question: rest.words });
  if (!isWhole(planned)) return null;
  const said = unknown.map((word) => `“${word}”`).join(', ');
  const notes = [...planned.notes, `I left out ${said}.`];
  // Whoever reads it with a model reads those words as well.
  return { ...planned, confidence: Math.min(planned.confidence, 0.4), notes };
}

/** "Orders of this but not of that": what is left out of which is not told by the words that are left. */
const excludes = /\b(?:but|though|although) (?:not|no|never|without|only|none)\b/i;

type Whole = PlannedQuestion & { readonly plan: QueryPlan };

const isWhole = (planned: PlannedQuestion): planned is Whole =>
  /^(?:metric|list)$/.test(planned.plan.kind) && planned.guess === undefined && !planned.one;

interface Rest {
  readonly words: string;
  /** Content words that are left, and that there were. */
  readonly known: number;
  readonly all: number;
}

/** What is left of a question without these words. */
function restOf({ question, catalogue }: PlanRequest, unknown: readonly string[]): Rest | null {
  const text = withoutTalk(tidy(question), vocabularyOf(catalogue));
  const tokens = tokenise(text);
  const left = dropped(
    tokens.map(({ lower }) => lower),
    unknown,
  );
  if (left === null) return null;
  const isContent = (index: number): boolean => {
    const token = tokens[index];
    return token !== undefined && token.kind !== 'comma' && !fillerWords.has(token.lower);
  };
  const known = [...left].filter(isContent).length;
  const all = tokens.filter((token) => isContent(token.index)).length;
  return { words: asWritten(text, tokens, left), known, all };
}

/** The words that stay, as they were typed: two tokens of one word ("what's") are one again. */
function asWritten(text: string, tokens: readonly Token[], left: ReadonlySet<number>): string {
  const starts = [...new Set(tokens.map(({ start }) => start))];
  const kept = new Set(tokens.filter(({ index }) => left.has(index)).map(({ start }) => start));
  return starts
    .flatMap((start, at) =>
      kept.has(start) ? [text.slice(start, starts[at + 1] ?? text.length).trim()] : [],
    )
    .join(' ')
    .replaceAll(/\b(by|per|with|of|for|in) (?:and|or) /gi, '$1 ')
    .replace(hanging, '')
    .replace(leading, '')
    .replaceAll(/ +(?=[,;?])/g, '')
    .replace(/^[ ,;?]+|[ ,;?.!]+$/g, '');
}

const small = '(?:with|and|or|of|by|for|in|at|on|from|the|a|an|than|to|as)';
/** "With and", "for the,": what belonged to a word that is gone. */
const hanging = new RegExp(`(?<![\\w-])(?:${small} )*${small}(?=[,;?.!]|$| (?:by|per)\\b)`, 'gi');
const leading = new RegExp(`^[ ,;?]*(?:${small} )+`, 'i');

/** Places of the words that stay; null when one of the others is not found where it should be. */
function dropped(words: readonly string[], unknown: readonly string[]): ReadonlySet<number> | null {
  const left = new Set(words.keys());
  for (const phrase of unknown) {
    const parts = tokenise(phrase).map(({ lower }) => lower);
    const at = [...left].find((start) => parts.every((part, offset) => words[start + offset] === part));
    if (at === undefined || parts.length === 0) return null;
    for (const offset of parts.keys()) left.delete(at + offset);
  }
  return left;
}
