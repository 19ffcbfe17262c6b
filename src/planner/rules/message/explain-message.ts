import type { Plan, PlanOption } from '../../../query/metric-query.ts';
import { escapePattern } from '../../../toolkit/escape-pattern.ts';
import type { PlanRequest } from '../../planner.ts';
import { holdsValue, withoutGreeting } from '../background.ts';
import type { ExplainedQuestion } from '../explained-question.ts';
import { tidy } from '../token.ts';
import { type Named, namedIn, withNamed } from './pointers.ts';
import { type ReadMessage, readMessage } from './read-message.ts';

/** More questions than this are looked at in no message. */
const mostTries = 3;

/** What a question asks and what it tells around that; null where nothing stands around what it asks. */
export const messageOf = ({ question }: PlanRequest): ReadMessage | null =>
  readMessage(withoutGreeting(tidy(question)));

/**
 * A message in which somebody thinks aloud: what it asks is planned, and what it tells around that is named beside the
 * answer. Null where it is not sure that the answer is the same without what is told.
 *
 * @param explain plans a question
 */
export function explainMessage(
  request: PlanRequest,
  read: ReadMessage,
  explain: (question: string) => ExplainedQuestion,
): ExplainedQuestion | null {
  let refused: ExplainedQuestion | null = null;
  for (const { question, left } of questionsFor(read).slice(0, mostTries)) {
    const found = explainAsked(request, read, question, explain);
    if (found === null) continue;
    if (found.planned.plan.kind !== 'refuse') return withNotes(found, read, left);
    refused ??= withNotes(found, read, []);
  }
  return refused;
}

/** All that is asked, together; else the order that ends a message, or its first question, with what is left named. */
function questionsFor({ asked }: ReadMessage): readonly { question: string; left: readonly string[] }[] {
  const [first = '', ...more] = asked;
  if (more.length === 0) return [{ question: first, left: [] }];
  const last = more.at(-1) ?? '';
  const together = { question: asked.join('? '), left: [] };
  if (/^(?:show|list|give)\b/i.test(last)) return [{ question: last, left: asked.slice(0, -1) }];
  return [together, { question: first, left: more }];
}

function explainAsked(
  request: PlanRequest,
  { background }: ReadMessage,
  asked: string,
  explain: (question: string) => ExplainedQuestion,
): ExplainedQuestion | null {
  const { names = new Map(), stored = new Map(), catalogue } = request;
  const told = namedIn(background, names, stored);
  const meant = withNamed(asked, told, catalogue);
  switch (meant.kind) {
    case 'open':
      return request.previous === undefined && background !== '' ? null : { ...explain(asked), asked };
    case 'one':
      return dated({ ...explain(meant.question), asked: meant.question }, background, request);
    case 'several':
      return whichOf(meant.readings, explain);
    case 'none': {
      const short = withWholeName(asked, told);
      if (short !== null) return { ...explain(short), asked: short };
      const isApart = pointsAtRows.test(asked) || isOfNamed(asked, background, told);
      if (isApart || (background !== '' && holdsValue(background, stored))) return null;
      return dated({ ...explain(asked), asked }, background, request);
    }
  }
}

/** "Quorum Geo makes trouble. Geo tickets by month": a part of a name that was told is that name. */
function withWholeName(asked: string, told: readonly Named[]): string | null {
  for (const { name } of told) {
    const parts = name.split(' ').filter((word) => /^\p{Lu}\p{L}{2,}/u.test(word));
    if (asked.includes(name) || parts.length < 2) continue;
    const places = parts.slice(1).map((word) => new RegExp(`\\b${escapePattern(word)}\\b`));
    const place = places.find((one) => one.test(asked));
    if (place !== undefined && !asked.includes(parts[0] ?? ''))
      return asked.replace(place, () => `"${name}"`);
  }
  return null;
}

/** "Which of those", "how many of them": rows that were told of, whatever else was said of them. */
const pointsAtRows =
  /\b(?:is|was|were|are|did|does|of|about|for|with|on|in|from|at|behind) (?:that|this|those|these)(?=\s*(?:$|[,?.]))|\b(?:like (?:that|this|those|these)|such (?:ones|a one)|(?:that|this) (?:kind|sort)|the same ones)\b|^(?:(?:how many|which|who|what)(?: ones)?(?: (?:of|are|were|is|have|has) )?(?:of )?(?:those|these|them|ones)\b|which ones\b|how many (?:are|were|have|did|of)\b(?! (?:the|my|our|we|i|they|you|there|all)\b))/i;

/** "I am meeting Acme. How many tickets are open?": those of Acme, as it seems; who asks of the own means those. */
function isOfNamed(asked: string, background: string, told: readonly Named[]): boolean {
  const inAsked = asked.toLowerCase();
  const others = told.filter(({ name }) => !inAsked.includes((name.split(' ')[0] ?? name).toLowerCase()));
  const records = others.filter(({ dimension }) => dimension !== 'person');
  if (/\b(?:my|mine|i|me)\b/i.test(asked)) return records.some(({ dimension }) => dimension === 'number');
  if (records.length > 0) return true;
  const ofAll = /\b(?:who|whom|which|team|everyone|everybody)\b/i.test(asked);
  return !ofAll && others.some(({ name }) => !isTeller(background, name));
}

/** Whoever says, asks or waits for something is not who the question is about. */
function isTeller(background: string, name: string): boolean {
  const first = escapePattern(name.split(' ')[0] ?? name);
  return new RegExp(
    `\\b${first}\\b(?:'s)?(?: \\S+)?(?: \\S+)? (?:says?|said|told|asks?|asked|wants?|wanted|thinks?|claims?|keeps?|needs?|going to|will|is waiting)|(?:with|to|for|from|by) ${first}\\b`,
    'i',
  ).test(background);
}

const period =
  /\b(?:yesterday|today|tonight|(?:this|last|next|past) (?:\w+ )?(?:day|week|month|quarter|year|summer|autumn|spring|winter|monday|friday)s?|january|february|march|april|may(?! be)|june|july|august|september|october|november|december|q[1-4]|20\d\d|since \S+)\b/i;

/** "I was away in October. How many tickets did we solve?": perhaps of then, so that the usual period is none to take. */
function dated(
  explained: ExplainedQuestion,
  background: string,
  { catalogue }: PlanRequest,
): ExplainedQuestion | null {
  const { plan } = explained.planned;
  if (plan.kind !== 'metric' || plan.time !== null || !period.test(background)) return explained;
  const isOfUsual = plan.metrics.some((id) => {
    const metric = catalogue.metrics.get(id);
    return metric?.type === 'simple' ? metric.timeDimension !== null : metric !== undefined;
  });
  return isOfUsual ? null : explained;
}

/** Two records fit the word: whoever asks says which is meant. */
function whichOf(
  readings: readonly { readonly question: string; readonly name: string }[],
  explain: (question: string) => ExplainedQuestion,
): ExplainedQuestion | null {
  const options: PlanOption[] = [];
  for (const { question, name } of readings.slice(0, mostTries)) {
    const { plan } = explain(question).planned;
    if (plan.kind !== 'metric' && plan.kind !== 'list') return null;
    options.push({ label: name, plan });
  }
  const plan: Plan = { kind: 'clarify', question: 'Which one do you mean?', options };
  return { planned: { plan, planner: 'rules', confidence: 0.6, notes: [] }, trace: [] };
}

function withNotes(
  { planned, trace, asked }: ExplainedQuestion,
  { background }: ReadMessage,
  left: readonly string[],
): ExplainedQuestion {
  const notes = [
    ...planned.notes,
    ...(background === '' ? [] : [`I took “${background}” as background.`]),
    ...left.map((one) => `I did not answer “${one}”: ask that by itself.`),
  ];
  const step = { rule: 'background', words: background, meaning: asked ?? '' };
  return { planned: { ...planned, notes }, trace: [step, ...trace], ...(asked !== undefined && { asked }) };
}
