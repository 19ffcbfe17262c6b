import type { PlanRequest } from '../../planner.ts';
import type { Token } from '../token.ts';
import { understand } from '../understand.ts';
import { readCue } from './cue.ts';
import { isFragment, isHead, isOfRowsBefore } from './is-continued.ts';

/**
 * Whether a text has no meaning without an answer before it: a part of a question ("only the webinars"), or one whose
 * "them" and "those" stand for nothing that the text itself names. "Which ones" after "my accounts in critical health"
 * points back within the question, which then is a whole one.
 */
export function leansOnEarlier(request: PlanRequest): boolean {
  const { question } = request;
  if (isFragment(request) || /^(?:and|what about|how about|same)\b/i.test(question.trim())) return true;
  const cue = readCue(question);
  if (cue.isStrong && cue.rest === '' && isShort(question)) return true;
  return pointsOutside(request);
}

/** Longer ones name something of their own, however a follow-up could be read into them. */
const isShort = (question: string): boolean => question.trim().split(/\s+/).length <= 5;

const pointer = /^(?:them|those|these|it|that|this|ones?|em)$/;

/** "How many of those breached": the word stands for rows that nothing before it names. */
function pointsOutside(request: PlanRequest): boolean {
  const { question, catalogue, now, zone, stored } = request;
  const read = understand(question, catalogue, now, zone, { stored });
  const { tokens } = read.reading;
  const at = tokens.findIndex((token, index) => isPointer(tokens, token, index));
  if (at === -1) return false;
  const isNamed =
    read.names.some(({ from }) => from < at) ||
    read.spans.some((span) => span.from < at && (isHead(catalogue, read, span) || span.meanings.length > 0));
  return !isNamed;
}

/** "That" and "this" point back only where they end a clause: "how much is that", never "that are open", "this week". */
function isPointer(tokens: readonly Token[], { lower }: Token, index: number): boolean {
  if (!pointer.test(lower)) return false;
  if (/^(?:them|those|these|em|ones?)$/.test(lower))
    return lower !== 'one' || /^(?:the|that|this|which)$/.test(tokens[index - 1]?.lower ?? '');
  const next = tokens[index + 1];
  return next === undefined || next.kind === 'comma';
}

/**
 * "Whose customers are those", "the root cause of those", "rank them by ARR", "on which tickets": the words stand for rows
 * that this text does not name, whatever else of it can be understood.
 */
export function speaksOfEarlierRows({ question, catalogue, now, zone, stored }: PlanRequest): boolean {
  const text = question.trim().replace(/[\s?.!]+$/, '');
  if (isOfRowsBefore(text)) return true;
  // "And open tickets?" is the rest of something.
  if (/^(?:and|plus)\b/i.test(text) && text.split(/\s+/).length <= 4) return true;
  if (/^(?:rank|sort|order|show|list|compare|chart|plot) (?:them|those|these|it)\b/i.test(text)) return true;
  const ending = /(?:^| )(of|for|with|on|in|from|about|are|were|is|was) (?:those|these|them)$/i.exec(text);
  if (!ending) return false;
  const read = understand(question, catalogue, now, zone, { stored });
  const last = read.reading.tokens.length - 1;
  const named = read.spans.filter(
    (span) => span.to < last && span.meanings.some(({ kind }) => kind === 'entity'),
  );
  // "Which tickets are those" names what they are, and not which.
  return read.names.length === 0 && (/^(?:are|were|is|was)$/i.test(ending[1] ?? '') || named.length === 0);
}

const person = /^(?:they|them|their|theirs|he|she|him|his|her|hers)$/;
const auxiliary = /^(?:do|does|did|have|has|had|are|were|is|was|can|will)$/;

/** "When does it renew", "since when is it open". */
const isDated = (tokens: readonly Token[], { lower, index }: Token): boolean =>
  lower === 'it' && auxiliary.test(tokens[index - 1]?.lower ?? '') && tokens[index - 2]?.lower === 'when';

/**
 * "How many seats do they have": whoever "they" are was never said, so that an answer about everybody would be about
 * others. "Accounts and their owner", "which of my deals are they" name them before.
 */
export function speaksOfNobody({ question, catalogue, now, zone, stored }: PlanRequest): boolean {
  const read = understand(question, catalogue, now, zone, { stored });
  const { tokens } = read.reading;
  const last = tokens.at(-1);
  // "Who is the contact there", but not "how many are there".
  const isPlace = last?.lower === 'there' && !auxiliary.test(tokens.at(-2)?.lower ?? '');
  const at = isPlace
    ? last.index
    : tokens.findIndex((token) => person.test(token.lower) || isDated(tokens, token));
  if (at === -1 || read.names.some(({ from }) => from < at)) return false;
  // "Deals past their close date": part of a name.
  if (read.spans.some((span) => span.from < at && at < span.to)) return false;
  const asked = auxiliary.test(tokens[at - 1]?.lower ?? '') ? at - 1 : at;
  // What is counted of them is named before them as well: "how many seats do they have".
  if (isPlace) return true;
  return !read.spans.some(
    (span) => span.from < at && span.to < asked + (asked === at ? 1 : 0) && span.meanings.length > 0,
  );
}
