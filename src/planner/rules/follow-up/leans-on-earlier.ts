import type { PlanRequest } from '../../planner.ts';
import type { Token } from '../token.ts';
import { understand } from '../understand.ts';
import { readCue } from './cue.ts';
import { isFragment, isHead } from './is-continued.ts';

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
