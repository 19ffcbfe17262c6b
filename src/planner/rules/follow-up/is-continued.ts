import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf, simpleParts } from '../../../catalogue/lookup.ts';
import type { MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { entityOfSpan, isCountOf, meaningsOf } from '../compose/draft.ts';
import type { Span } from '../span.ts';
import { type Understanding, understand } from '../understand.ts';
import { entityOfPlan } from './patch-from-words.ts';
import type { FollowUp } from './read-follow-up.ts';

/**
 * Whether a text is a change of the answer before it.
 *
 * - A text that names nothing to measure never starts anew: whatever its words mean elsewhere, they speak of that answer.
 * - Words that point back ("those", "instead", "only …", "by …") make a change of anything; what they cannot change is
 *   refused, never answered without them.
 * - A figure with a period or an owner of its own, or asked for in a whole sentence, starts anew.
 */
export function isContinued(
  request: Pick<PlanRequest, 'catalogue' | 'question' | 'now' | 'zone' | 'stored' | 'fiscalStartMonth'>,
  previous: QueryPlan,
  alone: PlannedQuestion,
  followUp: FollowUp,
): boolean {
  const { catalogue, question, now, zone, stored, fiscalStartMonth } = request;
  const { cue, composed } = followUp;
  // "What was the CSAT" after the tickets of October: what was, was then, also in the words of a verified question.
  const isOfThen = saysWas.test(question) && previous.time !== null;
  if ((alone.planner === 'verified' && !isOfThen) || alone.plan.kind === 'summary') return false;
  const isUnknown = composed.kind === 'refuse' && composed.reason === 'unknown_word';
  if (isDecided(alone)) return cue.isStrong && !isUnknown;
  const isWhole = alone.plan.kind !== 'refuse';
  const whole = understand(question, catalogue, now, zone, { stored, fiscalStartMonth });
  const heads = whole.spans.filter((span) => isHead(catalogue, whole, span));
  if (
    !cue.isReplacing &&
    !isBound(question) &&
    !pointsBack.test(question) &&
    isComplete(catalogue, whole, alone)
  )
    return false;
  if (isOfOneName(whole, question) && isWhole) return false;
  if (isBound(question) || cue.isPointing || cue.isReplacing) return true;
  // "Which customers grew the most" after a figure of a month: of that figure, as none is named.
  if (composed.kind === 'plan' && composed.plan.kind === 'metric' && isOfChange(composed.plan)) return true;
  if (heads.length === 0) return composed.kind === 'refuse' && !cue.isStrong ? !isWhole && !isUnknown : true;
  if (cue.isStrong && !cue.isQuestion) return !(isWhole && composed.kind === 'refuse' && isUnknown);
  if (!isWhole) return composed.kind !== 'refuse';
  const standsAlone = whole.time.range !== null || whole.subject !== 'none' || cue.isQuestion;
  const saysPeriod = whole.time.range !== null || whole.subject !== 'none';
  const isOfRows = isOf(catalogue, heads, entityOfPlan(catalogue, previous));
  // "What is the win rate per rep" after the deals won this year: of that year, as no other is named.
  if (composed.kind === 'plan' && !saysPeriod && isOfRows && previous.time !== null) return true;
  if (composed.kind === 'plan' && !saysPeriod && isOfThen)
    return isBare(whole) && isMeasureOf(catalogue, heads);
  if (cue.isStrong) return composed.kind === 'plan' && whole.time.range === null && isBare(whole);
  // "CSAT?" after the tickets of last month by team: the same of another measure, as nothing else is said.
  const saysMore = whole.spans.length > heads.length || whole.names.length > 0 || whole.ranking !== null;
  return !standsAlone && composed.kind === 'plan' && !saysMore && isMeasureOf(catalogue, heads);
}

/** Words that stand for something said before, and openings that go on from it. */
const pointsBack =
  /^(?:and|but|now|then|also|plus|ok(?:ay)?|what about|how about)\b|\b(?:it|them|those|these|they|their|ones?|same|instead|too|as well|again)\b/i;

/** "Which agents solved more than 10 tickets last week": names a period, and what its own answer is made of. */
function isComplete(
  catalogue: Catalogue,
  { time, spans }: Understanding,
  { plan }: PlannedQuestion,
): boolean {
  if (time.range === null || (plan.kind !== 'metric' && plan.kind !== 'list')) return false;
  const rows = entityOfPlan(catalogue, plan);
  const figures = plan.kind === 'metric' ? plan.metrics : [];
  return spans.some(
    (span) =>
      entityOfSpan(catalogue, span) === rows ||
      meaningsOf(span, 'metric').some(({ id }) => figures.includes(id)),
  );
}

const isOfChange = ({ orderBy }: MetricPlan): boolean => orderBy.some(({ by }) => /__change$/.test(by));

const saysWas = /^(?:and )?(?:what|how (?:high|low|big|large|long|good|bad)) (?:was|were)\b/i;

/** "With which customers", "in which region": of rows that the text does not name. */
export const isOfRowsBefore = (question: string): boolean =>
  /^(?:(?:and|but|so|also)[, ]+)*(?:with|for|from|to|at|on|in|of|by|about) (?:which|what|whom)(?: [\p{L}-]+){0,2}\s*\??$/iu.test(
    question.trim(),
  );

/** "When was the last call on each". */
const isOfEach = (question: string): boolean =>
  /^(?:(?:and|so) )?(?:when|who|what) [^,?]{1,40} (?:on|of|for|at|with) each(?: of (?:them|those|these))?\s*[.?!]*$/i.test(
    question.trim(),
  );

/** Beginnings of which nothing is a whole question. */
const isBound = (question: string): boolean =>
  isOfRowsBefore(question) ||
  isOfEach(question) ||
  /^(?:(?:and|but|now|then|ok|okay|so|also|please)[, ]+)*(?:by|per|only|just|with|without|excluding|except|not|sort(?:ed)?|as an?|as the|in total|same)\b/i.test(
    question.trim(),
  ) ||
  /\b(?:instead|rather)\s*[.?!]*$/i.test(question);

/** Only a part of a question: it names nothing to measure and begins or ends as no question does. */
export function isFragment({
  catalogue,
  question,
  now,
  zone,
  stored,
}: Pick<PlanRequest, 'catalogue' | 'question' | 'now' | 'zone' | 'stored'>): boolean {
  const text = question.trim();
  if (/^(?:as an?|as the|same)\b/i.test(text) || /\binstead\s*[.?!]*$/i.test(text)) return true;
  if (!/^(?:by|per|only|just|without|excluding|except)\b/i.test(text) && !/\bonly\s*[.?!]*$/i.test(text))
    return false;
  const whole = understand(question, catalogue, now, zone, { stored });
  return !whole.spans.some((span) => isHead(catalogue, whole, span));
}

/** "How is Acme doing", "who owns Acme", "status of CE-101": one customer or record that is named. */
function isOfOneName({ names }: Understanding, question: string): boolean {
  return names.some((name) => name.isCode) || (names.length > 0 && ofOneName.test(question.trim()));
}

const ofOneName =
  /^how (?:is|are) .*\b(?:doing|feeling|going)\b|^(?:(?:do|can|could|would) you (?:know|tell me|say),? )?who(?:'s| is| was)? (?:owns|looks after|manages|takes care of|responsible for|in charge of|(?:the )?(?:account )?(?:owner|manager) of)\b/i;

/** Actions, predictions and texts are refused for what they ask, not for what was not understood. */
function isDecided({ plan }: PlannedQuestion): boolean {
  return plan.kind === 'refuse' && /^(?:action|prediction|needs_text)$/.test(plan.reason);
}

/** A span that names what is measured, rather than what it is split by or compared with. */
export function isHead(catalogue: Catalogue, read: Understanding, span: Span): boolean {
  const isNoun = entityOfSpan(catalogue, span) !== null;
  const isFigure = meaningsOf(span, 'metric').length > 0 && !isNoun;
  if (!isNoun && !isFigure) return false;
  // "Only open": a word that may be a value alone names nothing to measure.
  if (meaningsOf(span, 'value').length > 0 && !isNoun && span.indexes.length === 1) return false;
  const before = read.reading.tokens.slice(Math.max(0, span.from - 2), span.from).map(({ word }) => word);
  const [verb = '', each = ''] = before.length === 2 ? before : ['', ...before];
  // "Show every ticket with priority high": all of them, and no split.
  const isAll = /^(?:each|every)$/.test(each) && /^(?:see|list|show|get|need|give|pull|find|me)$/.test(verb);
  const isGroup = !isAll && before.some((word) => /^(?:by|per|each|every|across)$/.test(word));
  const isCompared = read.numbers.some(({ to }) => to === span.from);
  return !isGroup && !isCompared;
}

const isBare = ({ subject, spans }: Understanding): boolean => subject === 'none' && spans.length < 3;

/** Figures by a date of the same rows as before. */
function isOf(catalogue: Catalogue, heads: readonly Span[], rows: string | null): boolean {
  return heads.every((span) =>
    meaningsOf(span, 'metric').some(({ id }) => {
      const metric = catalogue.metrics.get(id);
      const isNoun = entityOfSpan(catalogue, span) !== null;
      return !isNoun && metric && entityOf(catalogue, metric)?.id === rows && isOfEvents(catalogue, metric);
    }),
  );
}

/** An average, a sum or a share by a date; a number of rows is a question of its own. */
function isMeasureOf(catalogue: Catalogue, heads: readonly Span[]): boolean {
  return heads.every((span) =>
    meaningsOf(span, 'metric').some(({ id }) => {
      const metric = catalogue.metrics.get(id);
      const entity = metric && entityOf(catalogue, metric)?.id;
      if (!metric || entity === undefined) return false;
      return !isCountOf(catalogue, metric, entity) && isOfEvents(catalogue, metric);
    }),
  );
}

const isOfEvents = (catalogue: Catalogue, metric: Parameters<typeof simpleParts>[1]): boolean =>
  simpleParts(catalogue, metric).every(({ timeDimension }) => timeDimension !== null);
