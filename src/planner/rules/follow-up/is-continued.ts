import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { entityOfSpan, meaningsOf } from '../compose/draft.ts';
import type { Span } from '../match-vocabulary.ts';
import type { Understanding } from '../understand.ts';
import type { FollowUp } from './read-follow-up.ts';

/**
 * Whether a text is a change of the answer before it. A whole question always wins: one that names what it measures
 * and of which every word was understood. Words that point back ("what about", "them", "instead") make a follow-up of
 * the rest, unless the rest is a question of its own.
 */
export function isContinued(
  { catalogue, question }: Pick<PlanRequest, 'catalogue' | 'question'>,
  alone: PlannedQuestion,
  followUp: FollowUp,
): boolean {
  const { cue, composed, understood } = followUp;
  if (alone.planner === 'verified' || alone.plan.kind === 'summary') return false;
  const isWhole = alone.plan.kind !== 'refuse';
  if (composed.kind === 'refuse') {
    // A refusal says what is wrong with the change only where the change was meant.
    // "and escalations?" of what they do not have: said, rather than answered for another range.
    if (isWhole) return cue.isStrong && !cue.isQuestion && composed.reason === 'no_field';
    if (isDecided(alone)) return cue.isStrong && composed.reason !== 'unknown_word';
    return composed.reason !== 'unknown_word';
  }
  if (isDecided(alone)) return cue.isStrong;
  // "what is our arr" names something that was not understood; it does not speak of the answer before.
  if (!isWhole) return cue.isStrong || !cue.isQuestion || (understood?.names.length ?? 0) === 0;
  const isNamed = understood !== null && measures(catalogue, understood);
  if (!isNamed) return true;
  if (pointsBack.test(question)) return true;
  if (!cue.isStrong || cue.isQuestion) return false;
  return cue.mode !== 'only' || !namesFigure(catalogue, understood);
}

/** Without the answer before, these words mean nothing, however whole the rest is. */
const pointsBack =
  /^so\b|\b(?:is|are|was|were) (?:that|this|it|those|these)\b|\b(?:of|for|among) (?:them|those|these|it)\b|\b(?:them|those|these)\s*[?.!]*$/i;

/** Actions, predictions and texts are refused for what they ask, not for what was not understood. */
function isDecided({ plan }: PlannedQuestion): boolean {
  return plan.kind === 'refuse' && /^(?:action|prediction|needs_text)$/.test(plan.reason);
}

function measures(catalogue: Catalogue, understood: Understanding): boolean {
  return understood.spans.some(
    (span) =>
      !isGroup(understood, span) && (entityOfSpan(catalogue, span) !== null || isFigure(catalogue, span)),
  );
}

function namesFigure(catalogue: Catalogue, understood: Understanding): boolean {
  return understood.spans.some((span) => !isGroup(understood, span) && isFigure(catalogue, span));
}

const isFigure = (catalogue: Catalogue, span: Span): boolean =>
  meaningsOf(span, 'metric').length > 0 && entityOfSpan(catalogue, span) === null;

function isGroup({ reading }: Understanding, span: Span): boolean {
  const words = reading.tokens.slice(Math.max(0, span.from - 2), span.from).map(({ word }) => word);
  return words.some((word) => /^(?:by|per|each|every|across)$/.test(word));
}
