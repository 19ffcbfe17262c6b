import { entityOf } from '../../catalogue/lookup.ts';
import type { Plan, QueryPlan } from '../../query/metric-query.ts';
import { planSchema } from '../../query/metric-query.ts';
import type { PlannedQuestion, Planner, PlanRequest } from '../planner.ts';
import { matchVerified } from '../verified/match-verified.ts';
import { askBack } from './ask/ask-back.ts';
import { askOfNamed } from './ask/of-named.ts';
import { askedPlainly } from './asking/asked-plainly.ts';
import { inAskingWords } from './asking-turns.ts';
import { withoutBackground } from './background.ts';
import { exactName } from './exact-names.ts';
import { explainRefusal } from './explain-refusal.ts';
import {
  answered,
  confidenceOf,
  type ExplainedQuestion,
  isNotRead,
  notesOf,
  refused,
} from './explained-question.ts';
import { inChangeWords } from './follow-up/change-words.ts';
import { askedHaving, narrowedTo } from './follow-up/having-some.ts';
import { isContinued, isFragment } from './follow-up/is-continued.ts';
import { leansOnEarlier, speaksOfEarlierRows, speaksOfNobody } from './follow-up/leans-on-earlier.ts';
import { withNounPut } from './follow-up/noun-put.ts';
import { ofRowsBefore } from './follow-up/of-rows-before.ts';
import { withFewestRows, withOtherLength } from './follow-up/other-bound.ts';
import { readFollowUp } from './follow-up/read-follow-up.ts';
import { ofTheSameOne } from './follow-up/same-one.ts';
import { secondReadings } from './follow-up/second-reading.ts';
import { shownBy } from './follow-up/shown.ts';
import { someGroups } from './follow-up/shown-groups.ts';
import { certainSteps, possibleSteps, wholeQuestion } from './follow-up/steps-said.ts';
import { askedNone, withNone } from './follow-up/with-none.ts';
import { inPlainFrame, purposeIn } from './frame-turns.ts';
import { askedBack, guessHeadline, guessNamed, mostButtons } from './guess-record.ts';
import { withKnownNames } from './known-names.ts';
import { withKnownParts } from './known-parts.ts';
import { withoutLightWords } from './light-words.ts';
import { withMeantOnes } from './meant-ones.ts';
import { asMeant } from './meant-turns.ts';
import { explainMessage, messageOf } from './message/explain-message.ts';
import { explainSpecified } from './message/specified.ts';
import { explainTwo } from './message/two-questions.ts';
import { withNamedBefore } from './named-before.ts';
import { ofOwners } from './of-owners.ts';
import { otherwisePut } from './otherwise-put.ts';
import { type PlanOfParts, planAlongTime, planInParts, planOfEach } from './parts/plan-in-parts.ts';
import { planReasons } from './parts/reasons.ts';
import {
  asksForShare,
  asksHowMuchOf,
  asShares,
  readShare,
  saysPartApart,
  tellsShare,
} from './parts/share-words.ts';
import type { PlanWords } from './parts/with-related.ts';
import { inPlainerForm } from './plainer-form.ts';
import { readAlone } from './read-alone.ts';
import { newReading } from './reading.ts';
import { withRevenueOfBuyers } from './revenue-of-buyers.ts';
import { rowsOfValue } from './rows-of-value.ts';
import { type FigureWords, inFigureWords } from './sayings/in-figure-words.ts';
import { foreseen } from './slots/foreseen.ts';
import { findRefusal } from './slots/refusals.ts';
import { findSummaryForm } from './slots/summary-form.ts';
import { vocabularyWith } from './stored-vocabulary.ts';
import { explainTheRecord } from './the-record.ts';
import { plainText, tidy, tokenise } from './token.ts';
import { type Understanding, understand } from './understand.ts';
import { vocabularyOf, wordsOf } from './vocabulary.ts';
import { withoutChatter } from './without-chatter.ts';

/**
 * Understands questions without a model: vocabulary of the catalogue, a grammar of time, slots. Answers only when
 * every content word found its place; otherwise asks back or refuses with the words it did not understand.
 */
export function createRulesPlanner(): Planner & { explain(request: PlanRequest): ExplainedQuestion } {
  return {
    name: 'rules',
    plan: async (request) => explainWhatever(request).planned,
    explain: explainWhatever,
  };
}

/** What is not understood as it is put may be understood as it could be put as well. */
function explainWhatever(typed: PlanRequest): ExplainedQuestion {
  const asTyped = explainRefusal(typed, explainQuestion(typed), planByRules);
  const { plan, guess, asking, confidence } = asTyped.planned;
  // A refusal that is sure of its reason stands, and so does a question back.
  const refusal = guess?.otherwise ?? plan;
  const isPart = refusal.kind === 'refuse' && refusal.detail === nothingToGoOn;
  const isOpen = isNotRead(refusal) && !isPart && asking === undefined && confidence < 0.9;
  if (!isOpen || typed.previous !== undefined || !isAskedOtherwise(typed)) return asTyped;
  const text = tidy(typed.question);
  const short = withoutChatter(text);
  const told = short === null ? null : putOtherwise(typed, short.question, [short.question]);
  if (short !== null && told !== null) {
    const notes = [...told.planned.notes, `I took “${short.chatter}” as background.`];
    return { ...told, planned: { ...told.planned, notes } };
  }
  return putOtherwise(typed, text, []) ?? asTyped;
}

/** The first way to put it that is sure to have an answer, else the first that is asked back. */
function putOtherwise(typed: PlanRequest, text: string, first: readonly string[]): ExplainedQuestion | null {
  let asked: ExplainedQuestion | null = null;
  for (const question of [...first, ...otherwisePut(text)]) {
    const found = explainQuestion({ ...typed, question });
    const { plan, guess, one } = found.planned;
    const step = { rule: 'put otherwise', words: typed.question, meaning: question };
    const told = { ...found, trace: [step, ...found.trace] };
    const isSure =
      (plan.kind === 'metric' || plan.kind === 'list') && guess === undefined && one === undefined;
    if (isSure) return told;
    if (plan.kind === 'clarify') asked ??= told;
  }
  return asked;
}

/** The plan that the rules find, and nothing that would make a refusal of theirs more helpful. */
export const planByRules = (request: PlanRequest): PlannedQuestion => explainQuestion(request).planned;

const longestQuestion = 1000;

/** A question that is known word for word stays as it is. */
const isAskedOtherwise = (request: PlanRequest): boolean =>
  request.question.length <= longestQuestion && matchVerified(request) === null;

/** Whose rows are asked for is never lost on the way: without it the answer would be of everybody's. */
function explainQuestion(typed: PlanRequest): ExplainedQuestion {
  const told = explainFramed(typed);
  const { plan, notes } = told.planned;
  const isAnswered = plan.kind === 'metric' || plan.kind === 'list';
  const leader = isAnswered ? teamOf(typed) : null;
  if (leader !== null)
    return refused(
      typed,
      'unclear',
      `which team is ${leader}'s; ask for it by its name, or by team`,
      [],
      told.trace,
    );
  const isOfAll = (plan.kind === 'metric' || plan.kind === 'list') && plan.subject === 'none';
  if (!isOfAll || typed.previous !== undefined || !ofMyTeam.test(tidy(typed.question))) return told;
  // Words that were said around the question are named beside the answer.
  if (notes.some((note) => /as background/.test(note)) || namesTeam(plan)) return told;
  return refused(
    typed,
    'unclear',
    'what of this belongs to your team; ask for the figure by agent or rep',
    [],
    told.trace,
  );
}

/** "Pipeline of Karen's team": who leads which team is not kept, and her own rows are none of it. */
function teamOf({ question, names }: PlanRequest): string | null {
  const said = /(?:^|[^\p{L}])(?<name>\p{L}+)(?:'s|’s) (?:whole |entire )?team\b/u.exec(question)?.groups?.[
    'name'
  ];
  const people = names?.get('person') ?? [];
  const isPerson =
    said !== undefined && people.some((one) => one.toLowerCase().split(' ')[0] === said.toLowerCase());
  return isPerson ? said : null;
}

const ofMyTeam =
  /\b(?:(?:of|for|in|by|from) my team(?! (?:meeting|lead|leads|review|call|sync|stand-?up|huddle|retro|deck|update|report)\b)|my team's)(?![\w-])/i;

const namesTeam = ({ where }: QueryPlan): boolean =>
  where.some(({ any }) => any.some(({ dimension }) => /team|person|owner|assignee|manager/.test(dimension)));

/** A question that is not understood as it is put may be put in a frame: "group the deals by region and add up …". */
function explainFramed(typed: PlanRequest): ExplainedQuestion {
  const asTyped = explainUnframed(typed);
  const { plan, guess } = asTyped.planned;
  if (!(isNotRead(plan) || guess !== undefined) || !isAskedOtherwise(typed)) return asTyped;
  const text = tidy(typed.question);
  const framed = inPlainFrame(text);
  if (framed === text || typed.question.length > longestQuestion) return asTyped;
  const plain = explainUnframed({ ...typed, question: framed });
  const isBetter = plain.planned.plan.kind !== 'refuse' && plain.planned.guess === undefined;
  if (!isBetter) return asTyped;
  const step = { rule: 'frame', words: typed.question, meaning: framed };
  const purpose = purposeIn(text);
  const notes = purpose === null ? [] : [`I took “${purpose}” as background.`];
  const planned = { ...plain.planned, notes: [...plain.planned.notes, ...notes] };
  return { ...plain, planned, trace: [step, ...plain.trace] };
}

/** What was said around a question is taken off, and named beside the answer. */
function explainUnframed(typed: PlanRequest): ExplainedQuestion {
  const isRead = isAskedOtherwise(typed);
  const { previous } = typed;
  const steps = previous === undefined || !isRead ? [] : certainSteps(tidy(typed.question), previous);
  const stepped = steps.length === 0 ? null : explainSteps(typed, steps);
  if (stepped !== null) return stepped;
  const asked = isRead
    ? askedPlainly(
        inAskingWords(withNamedBefore(asMeant(ofOwners(tidy(typed.question), typed.names)), typed.names)),
        typed.catalogue,
        typed.stored,
      )
    : typed.question;
  const buyers = withRevenueOfBuyers(asked, typed.names, typed.stored);
  const question = isRead ? inPlainerForm(buyers, typed.stored) : buyers;
  const whole = explainAround({ ...typed, question, parts: new Map() });
  if (typed.previous !== undefined || !isRead) return whole;
  const explain = (other: string): ExplainedQuestion => explainQuestion({ ...typed, question: other });
  return explainTheRecord(typed.question, whole, typed.names, explain) ?? whole;
}

function explainAround(request: Work): ExplainedQuestion {
  if (request.question.length > longestQuestion) return explainStripped(request);
  const explain = (question: string, previous = request.previous): ExplainedQuestion =>
    explainStripped({ ...request, question, ...(previous && { previous }) });
  const one = explainOneOf(request, explain);
  return one.planned.plan.kind === 'refuse'
    ? (explainSpecified(request, one, explain) ?? explainTwo(request, one, explain) ?? one)
    : one;
}

/** A message that asks one thing, whatever it tells around that. */
function explainOneOf(request: Work, explain: (question: string) => ExplainedQuestion): ExplainedQuestion {
  const message = messageOf(request);
  if (message !== null && message.background !== '')
    return explainMessage(request, message, explain) ?? explainStripped(request);
  const whole = explainWhole(request);
  if (message === null || whole.planned.plan.kind !== 'refuse') return whole;
  const asked = explainMessage(request, message, explain);
  return asked !== null && asked.planned.plan.kind !== 'refuse' ? asked : whole;
}

function explainWhole(request: Work): ExplainedQuestion {
  const { question, background } = withoutBackground(request.question, request.names, request.stored);
  if (background === null) return explainStripped({ ...request, question });
  const { planned, trace } = explainStripped({ ...request, question });
  const notes = [...planned.notes, `I took “${background}” as background.`];
  const step = { rule: 'background', words: background, meaning: question };
  return { planned: { ...planned, notes }, trace: [step, ...trace] };
}

/** Where a word is unknown, it may be part of what something is called, or stand for records of that kind. */
function explainStripped(request: Work): ExplainedQuestion {
  const whole = explainNamed(request);
  const { plan, guess } = whole.planned;
  const refusal = guess?.otherwise ?? plan;
  if (refusal.kind !== 'refuse' || refusal.reason !== 'unknown_word') return whole;
  const unknown = refusal.detail.split(', ');
  const known = unknown.includes('ones')
    ? withMeantOnes(request)
    : withKnownParts(request.question, unknown, request.catalogue, request.stored);
  if (known === null) return whole;
  const { planned, trace } = explainNamed({ ...request, question: known.question });
  if (planned.plan.kind === 'refuse' || planned.guess !== undefined) return whole;
  return { planned: { ...planned, notes: [...known.notes, ...planned.notes] }, trace };
}

function explainNamed(request: Work): ExplainedQuestion {
  const sure = namedQuestion(request, false);
  const plain = explainOnce(sure ?? request);
  const bold =
    isNotRead(plain.planned.plan) || plain.planned.guess !== undefined ? namedQuestion(request, true) : null;
  if (bold === null || bold.question === sure?.question) return plain;
  const named = explainOnce(bold);
  const isBetter = named.planned.plan.kind !== 'refuse' && named.planned.guess === undefined;
  if (!isBetter) return plain;
  return { ...named, planned: { ...named.planned, notes: [...bold.notes, ...named.planned.notes] } };
}

/** The question with the names in it set apart; null where it holds none. */
function namedQuestion(
  request: Work,
  isBold: boolean,
): (Work & { readonly notes: readonly string[] }) | null {
  const { question, catalogue, stored, names } = request;
  if (question.length > longestQuestion) return null;
  const found = withKnownNames(tidy(question), names, vocabularyWith(catalogue, stored), isBold);
  return found && { ...request, ...found };
}

function explainOnce(asked: Work): ExplainedQuestion {
  const { previous, question } = asked;
  const whole = previous === undefined ? null : wholeQuestion(question, previous);
  if (whole !== null && question.length <= longestQuestion) {
    const { previous: _, ...alone } = asked;
    const told = explainAlone({ ...alone, question: whole, parts: new Map() });
    if (!isNotRead(told.planned.plan)) return told;
  }
  const plain = explainAsTyped(asked);
  return isNotRead(plain.planned.plan)
    ? (explainWithoutValue(asked, plain) ??
        explainWithoutLight(asked, plain) ??
        explainWithNoun(asked) ??
        explainSecond(asked) ??
        explainCounted(asked) ??
        explainOfEach(asked) ??
        plain)
    : plain;
}

/** "Cost of WhatsApp campaigns": a line is called so, of which nothing was asked; the words by themselves may be known. */
function explainWithoutValue(asked: Work, { planned }: ExplainedQuestion): ExplainedQuestion | null {
  const { plan, guess } = planned;
  const { stored } = asked;
  const refusal = guess?.otherwise ?? plan;
  if (stored === undefined || refusal.kind !== 'refuse' || refusal.reason !== 'unknown_word') return null;
  const unknown = new Set(
    refusal.detail
      .toLowerCase()
      .split(', ')
      .filter((words) => words.includes(' ')),
  );
  const isMeant = (value: string): boolean => unknown.has(value.toLowerCase());
  if (![...stored.values()].some((values) => values.some(isMeant))) return null;
  const others = new Map([...stored].map(([id, values]) => [id, values.filter((value) => !isMeant(value))]));
  const found = explainAsTyped({ ...asked, stored: others, parts: new Map() });
  const isPlan = found.planned.plan.kind === 'metric' || found.planned.plan.kind === 'list';
  return isPlan && found.planned.guess === undefined ? found : null;
}

/** "Which NPS was reached last quarter": what is only done to have a figure says nothing of which it is. */
function explainWithoutLight(asked: Work, { planned }: ExplainedQuestion): ExplainedQuestion | null {
  const { plan, guess } = planned;
  const refusal = guess?.otherwise ?? plan;
  if (refusal.kind !== 'refuse' || refusal.reason !== 'unknown_word') return null;
  const question = withoutLightWords(asked.question, refusal.detail.split(', '));
  if (question === null || asked.question.length > longestQuestion) return null;
  const found = explainAsTyped({ ...asked, question, parts: new Map() });
  const isPlan = found.planned.plan.kind === 'metric' || found.planned.plan.kind === 'list';
  return isPlan && found.planned.guess === undefined ? found : null;
}

const ofEachRow =
  /^(?:(?:how many|number of|count of|show|list) )?(?:the )?(?<counted>[\p{L}]+(?: [\p{L}]+)?) (?:(?:on|for|of|at|with|from|in) (?:each|every)(?: one)?(?: of)?|per) (?<rows>(?:my |our |the )?[^,]+?)(?<time>,? (?:in |over |during |for )?(?:the )?(?:last|this|past|since|today|yesterday)\b[^,]*)?[?.!]*$/iu;

/** "Calls on each of my open deals this month": a column of records that nothing is grouped by. */
function explainOfEach(asked: Work): ExplainedQuestion | null {
  const said = ofEachRow.exec(tidy(asked.question))?.groups;
  if (!said || asked.question.length > longestQuestion) return null;
  const own = (said['rows'] ?? '').replace(/^(.*[^s\s])$/, '$1s');
  const time = (said['time'] ?? '').replace(/^,? /, ' ').replace(/^ (?=(?:last|past) \d)/, ' in the ');
  const question = `${own} with number of ${said['counted'] ?? ''}${time}`;
  const found = explainAsTyped({ ...asked, question, parts: new Map() });
  const { plan, guess, one } = found.planned;
  const isTold = plan.kind === 'list' && plan.beside !== undefined && guess === undefined;
  return isTold && one === undefined ? found : null;
}

const numberOf =
  /^(?:show (?:me )?|list |what (?:is|was|are) )?(?:the )?(?:number|count) of (?=\p{L}+(?: \p{L}+){0,3} (?:by|per|for each|for every)\b)/iu;

/** "Number of responses per campaign": what is counted, where a figure that is called by the whole is of other records. */
function explainCounted(asked: Work): ExplainedQuestion | null {
  const question = asked.question.replace(numberOf, '');
  if (question === asked.question || asked.question.length > longestQuestion) return null;
  const counted = explainAsTyped({ ...asked, question, parts: new Map() });
  const { plan, guess, one } = counted.planned;
  const isCount = plan.kind === 'metric' && guess === undefined && one === undefined;
  return isCount ? counted : null;
}

/** What was not understood as one change may be short for another, or for two. */
function explainSecond(asked: Work): ExplainedQuestion | null {
  const { previous, catalogue, question } = asked;
  if (previous === undefined || question.length > longestQuestion) return null;
  return explainSteps(asked, [
    ...secondReadings(catalogue, previous, question),
    ...possibleSteps(question, previous),
  ]);
}

/** The first of these ways to say a change step by step in which every step is understood. */
function explainSteps(asked: Work, ways: readonly (readonly string[])[]): ExplainedQuestion | null {
  const { previous } = asked;
  if (previous === undefined || asked.question.length > longestQuestion) return null;
  for (const steps of ways) {
    let found: ExplainedQuestion | null = null;
    let before: QueryPlan | null = previous;
    for (const question of steps) {
      if (before === null) break;
      found = explainAsTyped({ ...asked, question, previous: before, parts: new Map() });
      const { plan, guess, isFollowUp } = found.planned;
      const isPlan = (plan.kind === 'metric' || plan.kind === 'list') && guess === undefined;
      before = isPlan && isFollowUp === true ? plan : null;
    }
    if (before !== null && found !== null) return found;
  }
  return null;
}

/** What is short for a question about the rows before, as that whole question. */
function explainWithNoun(asked: Work): ExplainedQuestion | null {
  const { previous: before, ...request } = asked;
  const said = before && withNounPut(request.catalogue, before, asked.question);
  if (!before || !said || asked.question.length > longestQuestion) return null;
  const question = inPlainerForm(
    askedPlainly(inAskingWords(tidy(said.question)), request.catalogue, request.stored),
    request.stored,
  );
  const { planned, trace } = explainAlone({ ...request, question, parts: new Map() });
  const { plan, confidence, notes, guess, one } = planned;
  if (guess !== undefined || one !== undefined || (plan.kind !== 'metric' && plan.kind !== 'list'))
    return null;
  const found = ofRowsBefore(asked, before, plan, said);
  if (found === null) return null;
  const step = { rule: 'of the rows before', words: asked.question, meaning: question };
  const all = answered(found, Math.min(0.9, confidence), notes, [step, ...trace]);
  const ofGroups = found.kind === 'list' ? someGroups(before) : null;
  return { ...all, planned: { ...all.planned, isFollowUp: true, ...(ofGroups && { ofGroups }) } };
}

/** What changes one bound of the plan before and names nothing else. */
function explainOtherBound({ question, previous, catalogue }: Work): ExplainedQuestion | null {
  if (previous === undefined || question.length > longestQuestion) return null;
  const text = tidy(question).replace(/[\s?.!]+$/, '');
  const plan = withOtherLength(text, previous) ?? withFewestRows(text, shownBy(previous, catalogue));
  if (plan === null) return null;
  const { planned, trace } = answered(plan, 0.9, [], [{ rule: 'another bound', words: text, meaning: '' }]);
  return { planned: { ...planned, isFollowUp: true }, trace };
}

/** "Also add the ones that …": rows under either of two conditions, of which one holds a period of its own. */
const otherRowsToo =
  /^(?:and |ok |then )*(?:also )?(?:add|include|show|list|give me) (?:also )?(?:the ones|those|all those|everything|all the ones) (?:that|which|who|from|with|opened|solved|created|closed|started|resolved)\b.*\b(?:also|too|as well)\b|^(?:and |ok |then )*also (?:add|include|show|list|give me) (?:the ones|those|all those|everything|all the ones) (?:that|which|who|from|with|opened|solved|created|closed|started|resolved)\b/i;

/** Of customers that are listed, those that have something: "just those with an open deal". */
function explainHavingSome(asked: Work): ExplainedQuestion | null {
  const { previous, ...alone } = asked;
  if (previous?.kind !== 'list') return null;
  const question = askedHaving(asked.catalogue, previous, tidy(asked.question).replace(/[\s?.!]+$/, ''));
  if (question === null) return null;
  const { planned, trace } = explainAlone({ ...alone, question, parts: new Map() });
  const { plan, guess, one, notes } = planned;
  if (guess !== undefined || one !== undefined || (plan.kind !== 'metric' && plan.kind !== 'list'))
    return null;
  const found = narrowedTo(asked.catalogue, previous, plan);
  if (found === null) return null;
  const step = { rule: 'of the rows before', words: asked.question, meaning: question };
  const all = answered(found, 0.9, notes, [step, ...trace]);
  return { ...all, planned: { ...all.planned, isFollowUp: true } };
}

/** Of people whose figures are shown, those that have none: "who had none". */
function explainNone(asked: Work): ExplainedQuestion | null {
  const { previous, ...alone } = asked;
  if (previous?.kind !== 'metric') return null;
  const question = askedNone(asked.catalogue, previous, tidy(asked.question).replace(/[\s?.!]+$/, ''));
  if (question === null) return null;
  const { planned, trace } = explainAlone({ ...alone, question, parts: new Map() });
  const { plan, guess } = planned;
  const found = guess === undefined && plan.kind === 'list' ? withNone(previous, plan) : null;
  if (found === null) return null;
  const step = { rule: 'of the rows before', words: asked.question, meaning: question };
  const all = answered(found, 0.9, [], [step, ...trace]);
  return { ...all, planned: { ...all.planned, isFollowUp: true } };
}

/** "Add the number of deals" beside an amount: how many rows it is the amount of. */
const countToo =
  /^(?:(?:and|also|plus|add|include|put|show|with|ok),? )+(?:the |a )?(?:number|count) of (?<rows>[a-z]+(?: [a-z]+)?)(?: (?:too|as well|also|next to (?:it|that|them|each)|beside (?:it|that)|in there|to (?:it|that)))?$/i;

function explainCountToo(asked: Work): ExplainedQuestion | null {
  const { previous } = asked;
  const text = tidy(asked.question).replace(/[\s?.!]+$/, '');
  const rows = countToo.exec(text)?.groups?.['rows'];
  if (previous?.kind !== 'metric' || rows === undefined) return null;
  const counted = explainAsTyped({ ...asked, question: `how many ${rows} is that` });
  const { plan } = counted.planned;
  const isBeside =
    plan.kind === 'metric' &&
    JSON.stringify([plan.groupBy, plan.time]) === JSON.stringify([previous.groupBy, previous.time]) &&
    plan.metrics.length === 1 &&
    plan.metrics.every((id) => !previous.metrics.includes(id));
  if (!isBeside) return null;
  const found: QueryPlan = { ...previous, metrics: [...previous.metrics, ...plan.metrics] };
  const all = answered(found, 0.9, counted.planned.notes, counted.trace);
  return { ...all, planned: { ...all.planned, isFollowUp: true } };
}

function explainAsTyped(asked: Work): ExplainedQuestion {
  const bound = explainOtherBound(asked);
  if (bound !== null) return bound;
  if (asked.previous !== undefined && otherRowsToo.test(tidy(asked.question)))
    return refused(
      asked,
      'unclear',
      'rows of another kind beside those that are shown; ask for them in a question of their own',
      [],
      [],
    );
  const having = explainHavingSome(asked) ?? explainNone(asked) ?? explainCountToo(asked);
  if (having !== null) return having;
  const { previous, catalogue } = asked;
  const question = previous ? inChangeWords(asked.question, previous, catalogue) : asked.question;
  const request = { ...asked, question };
  const alone = explainAlone(request);
  if (question.length > longestQuestion || question.trim() === '') return alone;
  if (previous === undefined) return withoutPrevious(request, alone);
  const spoken = { ...request, question: inFigureWords(request)?.question ?? question };
  const followUp = readFollowUp(spoken, previous);
  if (!isContinued(spoken, previous, alone.planned, followUp)) {
    const same = explainSameOne(request, previous, alone);
    if (same !== null) return same;
    const { previous: _, ...whole } = request;
    return alone.planned.plan.kind === 'refuse' ? explainAlone(whole) : alone;
  }
  const { composed, cue, understood } = followUp;
  const trace = [
    { rule: 'follow-up', words: question, meaning: cue.mode },
    ...(understood?.reading.trace ?? []),
  ];
  switch (composed.kind) {
    case 'plan': {
      const confidence = Math.min(0.9, understood ? confidenceOf(understood) : 1);
      const notes = understood ? notesOf(understood, catalogue, composed.plan) : [];
      const { planned } = answered(composed.plan, confidence, notes, trace);
      const { ofGroups } = composed;
      return { planned: { ...planned, isFollowUp: true, ...(ofGroups && { ofGroups }) }, trace };
    }
    case 'ask': {
      const options = composed.options.slice(0, mostButtons);
      const spare = composed.options.slice(mostButtons);
      const plan: Plan = { kind: 'clarify', question: composed.question, options };
      return {
        planned: { plan, planner: 'rules', confidence: 0.6, notes: [], isFollowUp: true, spare },
        trace,
      };
    }
    case 'refuse': {
      const other = { ...request, question: question.replace(alsoOf, '') };
      const same = other.question === question ? null : explainSameOne(other, previous, explainAlone(other));
      if (same !== null) return same;
      return refused(
        request,
        composed.reason,
        composed.detail,
        composed.near.length > 0 || previous.kind === 'list' ? composed.near : previous.metrics,
        trace,
      );
    }
  }
}

/** "And deals" after the open tickets of a customer. */
const alsoOf = /^(?:and|also|plus|what about|how about) (?:the |their |its |any )?/i;

function explainSameOne(
  asked: Work,
  previous: QueryPlan,
  { planned, trace }: ExplainedQuestion,
): ExplainedQuestion | null {
  const same = ofTheSameOne(asked, previous, planned);
  if (same === null) return null;
  const step = { rule: 'of the same one', words: asked.question, meaning: JSON.stringify(same.where.at(-1)) };
  const all = answered(same, 0.8, planned.notes, [step, ...trace]);
  return { ...all, planned: { ...all.planned, isFollowUp: true } };
}

/** Words that only point back have nothing to point at: that is what to say, not that they are unknown. */
function withoutPrevious(request: PlanRequest, alone: ExplainedQuestion): ExplainedQuestion {
  const { plan, planner } = alone.planned;
  if (planner === 'verified') return alone;
  // "Only the webinars" after a refusal: whatever they are elsewhere, they were meant of something.
  if (isFragment(request)) return nothingBefore(request, alone);
  const isPlanned = plan.kind === 'metric' || plan.kind === 'list';
  if (isPlanned && (speaksOfNobody(request) || speaksOfEarlierRows(request)))
    return nothingBefore(request, alone);
  if (plan.kind !== 'refuse' || !/^(?:unknown_word|unclear|no_metric)$/.test(plan.reason)) return alone;
  return leansOnEarlier(request) ? nothingBefore(request, alone) : alone;
}

function nothingBefore(request: PlanRequest, { planned, trace }: ExplainedQuestion): ExplainedQuestion {
  const near = planned.plan.kind === 'refuse' ? planned.plan.nearestMetrics : [];
  return refused(request, 'unclear', nothingToGoOn, near, trace);
}

const nothingToGoOn = 'there is no answer here yet that this could continue, so ask the whole question';

function explainAlone(request: Work, depth = 0): ExplainedQuestion {
  const { question, catalogue } = request;
  if (question.trim() === '') return refused(request, 'unclear', 'the question is empty', []);
  if (question.length > longestQuestion)
    return refused(request, 'unclear', `the question is longer than ${longestQuestion} characters`, []);
  const verified = matchVerified(request);
  if (verified) {
    const notes = verified.corrections.map(({ typed, read }) => `I read “${typed}” as “${read}”.`);
    const trace = [{ rule: 'verified question', words: question, meaning: JSON.stringify(verified.plan) }];
    return { planned: { plan: verified.plan, planner: 'verified', confidence: 1, notes }, trace };
  }
  const ahead = foreseen(plainText(question), catalogue);
  if (ahead?.kind === 'plan')
    return answered(
      ahead.plan,
      0.9,
      ['These are forecasts, not records.'],
      [{ rule: 'foreseen', words: question, meaning: ahead.plan.kind }],
    );
  if (ahead) {
    const told = explainAlone({ ...request, question: ahead.words }, depth);
    if (ahead.isTry !== true || told.planned.plan.kind === 'list') return told;
  }
  const spoken = request.spoken === question ? null : inFigureWords(request);
  if (spoken !== null) return explainSpoken(request, spoken, depth);
  const summary = summaryOf(request);
  if (summary) return summary;
  const refusal = findRefusal(newReading(question, tokenise(tidy(question))), (words) =>
    covers(request, words),
  );
  const open = refusal === null || refusal.reason === 'needs_text' ? askBack(request) : null;
  const asked = depth > 0 && open?.point.isWhole === true ? null : open;
  // "Which accounts should I worry about": no advice, but figures that are signs of it.
  if (refusal && (asked === null || asked.options.length < 2))
    return fromParts(request, planReasons, depth) ?? refused(request, refusal.reason, refusal.detail, []);
  const course = fromParts(request, planAlongTime, depth);
  if (course && refusal === null) return course;
  const { stored, names, fiscalStartMonth } = request;
  const first = understand(question, catalogue, request.now, request.zone, {
    stored,
    names,
    fiscalStartMonth,
  });
  const shares = asked && asksForShare(question) ? fromParts(request, planInParts, depth) : null;
  if (shares && refusal === null) return shares;
  if (asked) return askedBack(first, catalogue, asked);
  const { understood, composed } = readAlone(request, first);
  const trace = understood.reading.trace;
  switch (composed.kind) {
    case 'plan': {
      if (asksForShare(question) && !tellsShare(catalogue, composed.plan)) {
        const otherwise = refused(request, 'unclear', 'a share of what, and what is the whole?', [], trace);
        return fromParts(request, planInParts, depth, otherwise) ?? otherwise;
      }
      const isOfWhole = isRateOfWhole(request, composed.plan) || isHowMuchOf(request, composed.plan);
      const apart = isOfWhole ? fromParts(request, planInParts, depth) : null;
      if (apart?.planned.plan.kind === 'metric' && apart.planned.plan.part !== undefined) return apart;
      const others = depth === 0 ? ofOtherRows(request, composed.plan) : null;
      if (others !== null) return others;
      const isTotal = composed.plan.kind === 'metric' && composed.plan.groupBy.length === 0;
      const ofEach = isTotal ? fromParts(request, planOfEach, depth) : null;
      if (ofEach !== null && !isNotRead(ofEach.planned.plan)) return ofEach;
      const notes = notesOf(understood, catalogue, composed.plan);
      const { planned } = answered(composed.plan, confidenceOf(understood), notes, trace);
      return { planned: { ...planned, ...(composed.one && { one: composed.one }) }, trace };
    }
    case 'ask': {
      const plan: Plan = { kind: 'clarify', question: composed.question, options: [...composed.options] };
      return {
        planned: { plan, planner: 'rules', confidence: 0.6, notes: notesOf(understood, catalogue) },
        trace,
      };
    }
    case 'refuse': {
      const otherwise = refused(request, composed.reason, composed.detail, composed.near, trace);
      return (
        fromParts(request, planInParts, depth, otherwise) ??
        (depth === 0 ? shareOfEither(request) : null) ??
        (depth === 0 ? ofNamed(request, first) : null) ??
        guessNamed(request, otherwise) ??
        guessHeadline(request, otherwise) ??
        otherwise
      );
    }
  }
}

/** Of the records among which a value is found that those of the plan do not have; null where none or several answer. */
function ofOtherRows(request: Work, own: QueryPlan): ExplainedQuestion | null {
  const found = rowsOfValue(request, own).flatMap(({ question, entity }) => {
    const told = explainAlone({ ...request, question, parts: new Map() }, 1);
    const { plan, guess, one } = told.planned;
    const isTheirs =
      plan.kind === 'metric' &&
      plan.metrics.every((id) => {
        const metric = request.catalogue.metrics.get(id);
        return metric !== undefined && entityOf(request.catalogue, metric)?.id === entity;
      });
    return isTheirs && guess === undefined && one === undefined ? [told] : [];
  });
  const [only, another] = found;
  return only !== undefined && another === undefined ? only : null;
}

/** "Share of sales by region": which sales is asked back, each as a share. */
function shareOfEither(request: Work): ExplainedQuestion | null {
  const said = asksForShare(request.question) ? readShare(tidy(request.question)) : null;
  if (said === null) return null;
  const { planned, trace } = explainAlone({ ...request, question: said.text }, deepest);
  const { plan } = planned;
  const options = plan.kind === 'clarify' ? asShares(plan.options) : [];
  if (plan.kind !== 'clarify' || options.length < 2) return null;
  return { planned: { ...planned, plan: { ...plan, options } }, trace };
}

/** Said with a verb what the catalogue calls by a noun; as it was typed where that is no question. */
function explainSpoken(
  request: Work,
  { question, said, means }: FigureWords,
  depth: number,
): ExplainedQuestion {
  const { planned, trace } = explainAlone({ ...request, question, spoken: question }, depth);
  if (planned.plan.kind === 'refuse') {
    const typed = explainAlone({ ...request, spoken: request.question }, depth);
    if (typed.planned.plan.kind !== 'refuse') return typed;
  }
  return { planned, trace: [{ rule: 'saying', words: said, meaning: means }, ...trace] };
}

/** Somebody or something by name and no figure: asked back by which. */
function ofNamed(request: Work, first: Understanding): ExplainedQuestion | null {
  const asked = askOfNamed(first, request.catalogue, (question) => {
    const { plan } = explainAlone({ ...request, question }, 1).planned;
    return plan.kind === 'metric' || plan.kind === 'list' ? plan : null;
  });
  return asked === null ? null : askedBack(first, request.catalogue, asked);
}

/** A rate with conditions, where the question tells them of a part of the whole. */
const isRateOfWhole = ({ question, catalogue }: Work, plan: Plan): boolean =>
  plan.kind === 'metric' &&
  plan.where.length > 0 &&
  plan.metrics.every((id) => catalogue.metrics.get(id)?.type === 'ratio') &&
  saysPartApart(question);

/** "How much of our ticket volume is how-to questions": a part of what is counted. Money is asked for as it is. */
const isHowMuchOf = ({ question, catalogue }: Work, plan: Plan): boolean =>
  plan.kind === 'metric' &&
  plan.metrics.every((id) => catalogue.metrics.get(id)?.format.kind !== 'money') &&
  asksHowMuchOf(question);

/** A form around a share of rows with other records: no question has more parts within parts. */
const deepest = 3;

/** So many parts are read of one question: those that are answered take far fewer. */
const mostParts = 60;

/** A question in work. */
interface Work extends PlanRequest {
  /** What parts of it were understood as: other ways to take it apart ask for the same words again. */
  readonly parts?: Map<string, PlannedQuestion | null>;
  /** In these words the question holds no saying any more. */
  readonly spoken?: string;
}

/** A question understood part by part; a name guessed in a part stays a guess, and none where nothing else would do. */
function fromParts(
  request: Work,
  plan: (request: PlanRequest, planWords: PlanWords) => PlanOfParts | null,
  depth: number,
  refusal?: ExplainedQuestion,
): ExplainedQuestion | null {
  if (depth >= deepest) return null;
  const parts = plan(request, (words) => {
    const key = `${depth} ${request.previous === undefined} ${words}`;
    const before = request.parts?.get(key);
    if (before !== undefined) return before;
    if ((request.parts?.size ?? 0) >= mostParts) return null;
    const { planned } = explainAlone({ ...request, question: words }, depth + 1);
    // A part about one record that must be looked up first is none of a greater whole.
    const isWhole =
      planned.one === undefined && (planned.plan.kind === 'list' || planned.plan.kind === 'metric');
    request.parts?.set(key, isWhole ? planned : null);
    return isWhole ? planned : null;
  });
  if (parts === null) return null;
  const { from, how } = parts;
  const confidence = Math.min(0.9, ...from.map((part) => part.confidence));
  const notes = [...new Set(from.flatMap((part) => part.notes))];
  const names = from.flatMap((part) => part.guess?.names ?? []);
  const step = { rule: 'in parts', words: request.question, meaning: how };
  const { planned, trace } = answered(parts.plan, confidence, notes, [step]);
  const otherwise = refusal?.planned.plan ?? from.flatMap((part) => part.guess?.otherwise ?? [])[0];
  if (names.length === 0 || otherwise?.kind !== 'refuse') return { planned, trace };
  return { planned: { ...planned, guess: { names, otherwise } }, trace };
}

const mostSummarised = 20;

const textEntities: ReadonlySet<string> = new Set(['ticket', 'customer_escalation']);

/** A question about texts: the records are understood like any list, and their texts are read for the question. */
function summaryOf(request: PlanRequest): ExplainedQuestion | null {
  const text = tidy(request.question);
  const form = findSummaryForm(text);
  if (form === null) return null;
  const { planned, trace } = explainQuestion({ ...request, question: form.listQuestion });
  const { plan: list, confidence, notes } = planned;
  // A summary runs without the look-up that a guess needs.
  if (planned.guess !== undefined) return null;
  if (list.kind !== 'list' || !textEntities.has(list.entity)) return null;
  // Who names no number wants to know what there is, as far as it is read at all.
  const limit = /\b\d+\b/.test(form.listQuestion) ? list.limit : mostSummarised;
  const plan: Plan = planSchema.parse({
    kind: 'summary',
    list: { ...list, limit },
    question: text.slice(0, 300),
  });
  const step = { rule: 'question about texts', words: request.question, meaning: form.listQuestion };
  return { planned: { plan, planner: 'rules', confidence, notes }, trace: [step, ...trace] };
}

/** A phrase of the catalogue that holds all these words ("expected to close") is a figure, not a wish. */
function covers(request: PlanRequest, words: string): boolean {
  const key = wordsOf(words).join(' ');
  for (const phrase of vocabularyOf(request.catalogue).phrases.keys())
    if (key.includes(' ') && ` ${phrase} `.includes(` ${key} `)) return true;
  const tokens = tokenise(tidy(request.question));
  const name = exactName(request.catalogue, tokens);
  const named = tokens.slice(name?.from ?? 0, name?.to ?? 0).map(({ lower }) => lower);
  return named.length > 0 && ` ${named.join(' ')} `.includes(` ${words} `);
}
