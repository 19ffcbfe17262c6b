import type { Plan } from '../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../planner.ts';
import { askOfWhich } from './ask/ask-of-which.ts';
import { askUnknown } from './ask/ask-unknown.ts';
import { askJudged, isJudged, type Judged } from './ask/judged.ts';
import { askFigure } from './ask/open-figure.ts';
import { type ExplainedQuestion, isNotRead, refused } from './explained-question.ts';
import { mostButtons } from './guess-record.ts';
import { askingWords } from './message/read-message.ts';
import type { TraceStep } from './reading.ts';
import { lackedBy } from './sayings/lacking.ts';
import { refusalKind } from './slots/refusal-kind.ts';
import { vocabularyWith } from './stored-vocabulary.ts';
import { plainText, tidy } from './token.ts';
import { unseenName } from './unseen-names.ts';
import { withoutLightly, withoutWords } from './without-words.ts';

/**
 * A refusal is as helpful as it can be: of the kind that the words tell, and with what could be answered instead.
 *
 * @param plan plans a question with fewer words
 */
export function explainRefusal(
  request: PlanRequest,
  explained: ExplainedQuestion,
  plan: (request: PlanRequest) => PlannedQuestion,
): ExplainedQuestion {
  const { plan: found, guess } = explained.planned;
  if (request.previous === undefined && isJudged(explained.planned, request)) {
    const judged = askJudged(request, plan);
    if (judged !== null) return askedBackBy(judged, explained.trace);
  }
  const refusal = guess?.otherwise ?? found;
  const asked = { ...request, question: explained.asked ?? askingWords(tidy(request.question)) };
  const lack = lackedBy(asked, refusal.kind !== 'refuse');
  if (lack !== null && (refusal.kind !== 'refuse' || refusal.reason === 'needs_text' || isNotRead(refusal)))
    return lacking(lack, explained.trace);
  if (refusal.kind !== 'refuse' || !isNotRead(refusal)) return explained;
  const kind = refusalKind(plainText(asked.question));
  const judged = kind === null && request.previous === undefined ? askJudged(asked, plan) : null;
  if (judged !== null) return askedBackBy(judged, explained.trace);
  if (kind !== null && guess === undefined)
    return refused(request, kind.reason, kind.detail, refusal.nearestMetrics, explained.trace);
  if (kind !== null && guess !== undefined) {
    const otherwise = { ...refusal, ...kind };
    return { ...explained, planned: { ...explained.planned, guess: { ...guess, otherwise } } };
  }
  const then = refusal.detail.endsWith(notKept) ? atTheEnd(asked, explained.trace, plan) : null;
  if (then !== null) return then;
  const isOpen =
    (refusal.reason === 'no_metric' && refusal.detail.startsWith('nothing that can be counted')) ||
    (refusal.detail.startsWith('there is no answer here yet') && ofLargest.test(asked.question)) ||
    /^compare /i.test(asked.question);
  const isMoving =
    refusal.reason === 'unknown_word' && /^(?:growing|shrinking|declining|expanding)$/.test(refusal.detail);
  const open =
    (isOpen || isMoving) && request.previous === undefined && guess === undefined
      ? askFigure(asked, explained.trace, plan)
      : null;
  if (open !== null) return askedBackBy(open, explained.trace);
  const unseen =
    guess === undefined
      ? unseenName(asked.question, request.names, vocabularyWith(request.catalogue, request.stored))
      : null;
  if (unseen !== null)
    return refused(request, 'unclear', `nothing that you can see is called “${unseen}”`, [], explained.trace);
  const asking =
    request.previous === undefined
      ? (askUnknown(asked, refusal, explained.trace, plan) ?? askOfWhich(asked, plan))
      : null;
  const unknown = refusal.reason === 'unknown_word' ? refusal.detail.split(', ') : null;
  const lightly = unknown !== null && asking === null ? withoutLightly(request, unknown, plan) : null;
  if (lightly !== null) {
    const step = { rule: 'said lightly', words: refusal.detail, meaning: JSON.stringify(lightly.plan) };
    return { planned: lightly, trace: [step, ...explained.trace] };
  }
  const instead = unknown === null ? null : withoutWords(request, unknown, plan);
  const beside = { ...(instead !== null && { instead }), ...(asking !== null && { asking }) };
  return { ...explained, planned: { ...explained.planned, ...beside } };
}

const notKept = 'is a state as of now and is not kept for earlier periods';

/** "What was our MRR in October": a state of a period is that at its end, where its course is kept. */
function atTheEnd(
  request: PlanRequest,
  trace: readonly TraceStep[],
  plan: (request: PlanRequest) => PlannedQuestion,
): ExplainedQuestion | null {
  const [when, another] = trace.flatMap(({ rule, words }) => (rule.startsWith('time') ? [words] : []));
  if (when === undefined || another !== undefined) return null;
  const text = tidy(request.question).replace(/[?.!]+$/, '');
  const at = text.toLowerCase().indexOf(when.toLowerCase());
  if (at < 0) return null;
  const before = text.slice(0, at).replace(/\b(?:in|for|of|during|from|at|over|the) *$/i, '');
  const behind = text.slice(at + when.length).replace(/^['’]s?\b/, '');
  const question = `${before.trim()} ${behind.trim()} at the end of ${when.replace(/^(?:in|for|during) /i, '')}`;
  const planned = plan({ ...request, question: question.trim() });
  // A state that is looked at day by day is asked for by the day.
  const isWhole =
    planned.plan.kind === 'metric' &&
    planned.plan.groupBy.length === 0 &&
    planned.guess === undefined &&
    !planned.one;
  const step = { rule: 'a state of then', words: when, meaning: question.trim() };
  return isWhole ? { planned, trace: [step, ...trace] } : null;
}

/** "List the big ones", "which one is the newest": of the rows before, where there are none. */
const ofLargest =
  /^(?!.*\b(?:of|by|them|those|these|that|it)\b).*\b(?:largest|biggest|big|newest|latest|most recent)(?: ones?)?[?.!]*$/i;

/** What a word is meant by is the reader's to choose. */
function askedBackBy({ question, options }: Judged, trace: readonly TraceStep[]): ExplainedQuestion {
  const plan: Plan = { kind: 'clarify', question, options: options.slice(0, mostButtons) };
  const spare = options.slice(mostButtons);
  return { planned: { plan, planner: 'rules', confidence: 0.6, notes: [], spare }, trace };
}

/** No figure comes near what is not kept at all. */
function lacking(detail: string, trace: readonly TraceStep[]): ExplainedQuestion {
  const plan: Plan = { kind: 'refuse', reason: 'no_field', detail, nearestMetrics: [] };
  return { planned: { plan, planner: 'rules', confidence: 0.9, notes: [] }, trace };
}
