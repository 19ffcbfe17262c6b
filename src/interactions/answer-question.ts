import type { Catalogue } from '../catalogue/catalogue.ts';
import { askableCatalogue, filterCatalogue, shownCatalogue } from '../catalogue/filter-catalogue.ts';
import { buildAnswerMessage, buildClarifyMessage, buildRefusalMessage } from '../messages/answer-message.ts';
import type { Message } from '../messages/message.ts';
import { buildSummaryMessage } from '../messages/summary-message.ts';
import type { PlannedQuestion } from '../planner/planner.ts';
import type { AnswerData } from '../query/answer-data.ts';
import { dataVersionOf } from '../query/data-version.ts';
import type { AnswerPlan, Plan, PlanOption, QueryPlan, RefusePlan } from '../query/metric-query.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { newId } from '../toolkit/ids.ts';
import type {
  AnswerDeps,
  AnsweredQuestion,
  AnswerOutcome,
  QuestionRequest,
  StoredAnswer,
} from './answer-deps.ts';
import { answerOfGroups } from './answer-of-groups.ts';
import { answerOne } from './answer-one.ts';
import { answerViewOf, freshnessWords, oneWallNote } from './answer-view-of.ts';
import { surroundingsOf } from './answers/surroundings-of.ts';
import { anyRole, audienceOf, audienceOfAll } from './audience-of.ts';
import { continued } from './continued.ts';
import { findPrevious } from './find-previous.ts';
import { hiddenMetrics } from './hidden-metrics.ts';
import { refusalViewOf } from './refusal-view.ts';
import { isNothing, type PlanResult, runPlan } from './run-plan.ts';
import { runnableOptions } from './runnable-options.ts';
import { storeAnswer } from './store-answer.ts';
import { answerSummary, type SummaryResult } from './summary/answer-summary.ts';
import { runMine } from './team-as-mine.ts';
import { typedChoice } from './typed-choice.ts';
import { unseenOfRefused } from './unseen-records.ts';
import { withinDeadline } from './within-deadline.ts';

const defaultDeadlineMs = 15_000;
/** Left for the query and the reply when a planner takes its time. */
const plannerShare = 0.6;
/** Part of the deadline by which a summary must be there. */
const summaryShare = 0.9;

/**
 * Answers a question: plan, run under the asker's scope, build the message, store answer and audit line. Every path
 * ends in a message within the deadline; nothing is thrown.
 *
 * ```ts
 * const { message, answer } = await answerQuestion(deps, {
 *   asker, question: 'open escalations by priority', requestId,
 *   surface: { platform: 'slack', conversation: 'C123', threadId: null },
 * });
 * ```
 */
export function answerQuestion(deps: AnswerDeps, request: QuestionRequest): Promise<AnsweredQuestion> {
  return answerWith(deps, request, (signal) => planQuestion(deps, request, signal));
}

/** Where a plan comes from that nobody had to understand. */
export interface PlanOrigin {
  /** Said in place of a planner's name. */
  readonly planner: string;
  /** Answer that it was made from. */
  readonly parentId?: string;
  /** What the reader should know once the rows are there. */
  readonly notesOf?: (data: AnswerData) => readonly string[];
}

/** The same from a plan that is there already (a button): it runs under the rights of whoever clicks. */
export function answerPlan(
  deps: AnswerDeps,
  request: QuestionRequest,
  plan: AnswerPlan,
  origin: PlanOrigin = { planner: 'your choice' },
): Promise<AnsweredQuestion> {
  const planned = { plan, planner: origin.planner, confidence: 1, notes: [] };
  return answerWith(deps, request, async () => planned, origin);
}

async function answerWith(
  deps: AnswerDeps,
  request: QuestionRequest,
  makePlan: (signal: AbortSignal) => Promise<PlannedQuestion>,
  origin?: PlanOrigin,
): Promise<AnsweredQuestion> {
  const started = performance.now();
  const id = newId(deps.clock.now().getTime());
  let promptVersion: string | null = null;
  const draft = await withinDeadline(deps.deadlineMs ?? defaultDeadlineMs, async () => {
    const plannerMs = (deps.deadlineMs ?? defaultDeadlineMs) * plannerShare;
    const planned = await makePlan(AbortSignal.timeout(Math.round(plannerMs)));
    promptVersion = planned.promptVersion ?? null;
    // A summary is the model's second turn; what is left of the deadline is for the reply.
    const summaryMs = (deps.deadlineMs ?? defaultDeadlineMs) * summaryShare - (performance.now() - started);
    const signal = AbortSignal.timeout(Math.max(0, Math.round(summaryMs)));
    return answerPlanned(deps, request, id, planned, origin, signal);
  }).catch((error: unknown): Drafted => failed(deps, request, id, error));
  const { provenance } = draft.answer;
  const answer: StoredAnswer = {
    ...draft.answer,
    latencyMs: Math.round(performance.now() - started),
    dataVersion: provenance === null ? null : dataVersionOf(provenance),
    promptVersion,
    parentId: origin?.parentId ?? null,
  };
  deps.onAnswered?.(answer);
  try {
    await storeAnswer(deps, request, answer);
  } catch (error) {
    deps.log?.warn(
      { requestId: request.requestId, answerId: id, error: messageOf(error) },
      'answer not stored',
    );
  }
  return { message: draft.message, answer };
}

interface Drafted {
  readonly message: Message;
  readonly answer: Omit<StoredAnswer, 'latencyMs' | 'dataVersion' | 'promptVersion' | 'parentId'>;
}

async function planQuestion(
  deps: AnswerDeps,
  request: QuestionRequest,
  signal: AbortSignal,
): Promise<PlannedQuestion> {
  const { asker, question, requestId } = request;
  const chosen = await typedChoice(deps, request);
  if (chosen !== null) return chosen;
  const mine = askableCatalogue(deps.catalogue, asker.role);
  const stored = await deps.values?.read();
  const names = await deps.names?.read(asker);
  const { fiscalStartMonth } = deps;
  const common = {
    question,
    now: deps.clock.now(),
    zone: asker.zone,
    requestId,
    ...(stored && { stored }),
    ...(names && { names }),
    ...(fiscalStartMonth !== undefined && { fiscalStartMonth }),
  };
  const previous = await findPrevious(deps, request);
  const planned = await deps.planner.plan({
    ...common,
    personId: asker.personId,
    catalogue: mine,
    signal,
    ...(previous && { previous: previous.plan }),
  });
  const goesOn = previous !== null && planned.isFollowUp === true;
  const all = shownCatalogue(deps.catalogue);
  // A word taken as a name, or as a value of the rows before, may be a figure that the role does not know.
  const plan = planned.guess?.otherwise ?? planned.plan;
  const isRefused =
    plan.kind === 'refuse' && /^(?:unknown_word|no_metric|no_field|unclear)$/.test(plan.reason);
  const mayBeHidden = isRefused || (goesOn && mine.metrics.size < all.metrics.size);
  // Understood with everybody's catalogue: then it is the role that stands in the way, and that is what to say.
  const [known] = mayBeHidden ? hiddenMetrics(all, mine, common) : [];
  const hidden =
    known ??
    (planned.plan.kind === 'refuse'
      ? await unseenOfRefused(deps, all, mine, asker, { question, refusal: planned.plan })
      : null);
  if (hidden === null) return goesOn ? continued(planned, previous, question) : planned;
  const { guess: _, isFollowUp: __, instead: ___, asking: ____, ...rest } = planned;
  const refused = plan.kind === 'refuse' ? plan : { kind: 'refuse' as const, nearestMetrics: [] };
  return { ...rest, plan: { ...refused, reason: 'not_allowed', detail: hidden } };
}

async function answerPlanned(
  deps: AnswerDeps,
  request: QuestionRequest,
  id: string,
  planned: PlannedQuestion,
  origin: PlanOrigin | undefined,
  signal: AbortSignal,
): Promise<Drafted> {
  const catalogue = filterCatalogue(deps.catalogue, request.asker.role);
  const result = await resolve(deps, catalogue, request, planned, signal);
  const about = { id, question: request.question, planner: planned.planner };
  switch (result.kind) {
    case 'rows': {
      const notes = [...planned.notes, ...result.notes, ...(origin?.notesOf?.(result.data) ?? [])];
      const view = answerViewOf(catalogue, result.data, {
        question: request.question,
        plan: result.plan,
        planner: planned.planner,
        notes,
        answerId: id,
        zone: request.asker.zone,
      });
      // In a terminal there is nothing to press.
      const actions =
        request.surface.platform === 'cli'
          ? undefined
          : surroundingsOf(deps, request.asker, { id, plan: result.plan, data: result.data, view });
      const message = buildAnswerMessage({ ...view, ...(actions && { actions }) });
      const { columns, rows, truncated, provenance } = result.data;
      const audience = audienceOf(deps.catalogue, request.asker, result.plan);
      return drafted(
        { ...message, audience },
        {
          ...about,
          outcome: 'answered',
          plan: result.plan,
          columns,
          rows,
          truncated,
          provenance,
          notes,
          reason: null,
        },
      );
    }
    case 'summary': {
      const { data } = result;
      const freshness = freshnessWords(data, request.asker.zone);
      const { oneWall } = data.provenance;
      const walls = oneWall === undefined ? [] : [oneWallNote(oneWall)];
      const notes = [...planned.notes, ...result.view.notes, ...walls];
      const message = buildSummaryMessage({ ...result.view, notes, freshness, planner: planned.planner });
      const { columns, rows, provenance } = data;
      const kept = { outcome: 'answered', plan: planned.plan, columns, rows, provenance, notes } as const;
      const audience = audienceOf(deps.catalogue, request.asker, provenance.plan);
      return drafted({ ...message, audience }, { ...about, ...kept, reason: null });
    }
    case 'ask': {
      const options = result.options.flatMap((option) => asButton(request.question, option));
      const message = buildClarifyMessage({ question: result.question, options, notes: planned.notes });
      const plan: Plan | null =
        planned.plan.kind === 'summary'
          ? planned.plan
          : clarifyPlan(
              result.question,
              result.options.flatMap(({ label, plan }) => (plan.kind === 'summary' ? [] : [{ label, plan }])),
            );
      // Choices may name customers, so they are for those who may see every answer that they lead to.
      const audience = audienceOfAll(
        result.options.map((option) => audienceOf(deps.catalogue, request.asker, rowsOf(option.plan))),
      );
      return drafted(
        { ...message, audience },
        {
          ...about,
          outcome: 'clarified',
          plan,
          columns: [],
          rows: [],
          provenance: null,
          notes: planned.notes,
          reason: result.question,
        },
      );
    }
    case 'refuse': {
      const instead = await runnableInstead(deps, catalogue, request.asker, planned);
      const [button] = instead === null ? [] : asButton(instead.label, instead);
      const message = buildRefusalMessage(refusalViewOf(catalogue, result.refusal, planned.notes, button));
      const plan: RefusePlan = { kind: 'refuse', ...result.refusal };
      // What is offered may name customers, as a choice does.
      const audience =
        instead && button ? audienceOf(deps.catalogue, request.asker, rowsOf(instead.plan)) : anyRole;
      return drafted(
        { ...message, audience },
        {
          ...about,
          outcome: 'refused',
          plan,
          columns: [],
          rows: [],
          provenance: null,
          notes: planned.notes,
          reason: `${plan.reason}: ${plan.detail}`,
        },
      );
    }
    default:
      return exhaustive(result);
  }
}

/** 2,000 characters is the limit of a button's value; a longer plan cannot be offered. */
function asButton(
  question: string,
  { label, plan }: { readonly label: string; readonly plan: AnswerPlan },
): readonly { readonly label: string; readonly value: string }[] {
  const value = JSON.stringify({ question: question.slice(0, 300), plan });
  return value.length <= 2000 ? [{ label, value }] : [];
}

/** What is offered in place of an answer is one: it ran for this reader. */
async function runnableInstead(
  deps: AnswerDeps,
  catalogue: Catalogue,
  asker: QuestionRequest['asker'],
  { instead }: PlannedQuestion,
): Promise<PlanOption | null> {
  if (instead === undefined) return null;
  const result = await runPlan(deps, catalogue, asker, instead.plan);
  return result.kind === 'rows' ? { label: instead.label, plan: result.plan } : null;
}

function clarifyPlan(question: string, options: readonly PlanOption[]): Plan | null {
  if (options.length < 2) return options[0]?.plan ?? null;
  return { kind: 'clarify', question: question.slice(0, 300), options: [...options] };
}

/** The rows whose texts a summary reads decide who may see it. */
const rowsOf = (plan: AnswerPlan): QueryPlan => (plan.kind === 'summary' ? plan.list : plan);

function drafted(
  message: Message,
  answer: Omit<Drafted['answer'], 'text' | 'truncated'> & { readonly truncated?: boolean },
): Drafted {
  return { message, answer: { truncated: false, ...answer, text: message.text } };
}

async function resolve(
  deps: AnswerDeps,
  catalogue: Catalogue,
  request: QuestionRequest,
  { plan, isFollowUp, guess, asking, spare = [], one, inDoubt, ofGroups }: PlannedQuestion,
  signal: AbortSignal,
): Promise<PlanResult | SummaryResult> {
  switch (plan.kind) {
    case 'metric':
    case 'list': {
      if (one) return answerOne(deps, catalogue, request.asker, plan, one);
      const wholeNames = guess?.names;
      const result = ofGroups
        ? await answerOfGroups(deps, catalogue, request.asker, plan, ofGroups)
        : await runMine(deps, catalogue, request, plan, {
            isFollowUp: isFollowUp === true,
            ...(wholeNames && { wholeNames }),
          });
      if (result.kind === 'rows' && inDoubt)
        return {
          kind: 'ask',
          question: inDoubt.question,
          options: [{ label: inDoubt.label, plan: result.plan }],
        };
      // Nobody is called so: then the word is as unknown as before.
      const isNone = guess?.mustFind === true && result.kind === 'rows' && isNothing(result.data);
      return (result.kind === 'refuse' || isNone) && guess ? refused(guess.otherwise) : result;
    }
    case 'summary':
      return answerSummary(deps, catalogue, request, plan, signal);
    case 'clarify':
      return runnableOptions(deps, catalogue, request.asker, plan.question, [...plan.options, ...spare]);
    case 'refuse':
      return refused(plan);
    default:
      return exhaustive(plan);
  }
  async function refused(refusal: RefusePlan): Promise<PlanResult> {
    if (asking === undefined) return { kind: 'refuse', refusal };
    const { question, options } = asking;
    const found = await runnableOptions(deps, catalogue, request.asker, question, options);
    return found.kind === 'ask' ? found : { kind: 'refuse', refusal };
  }
}

/** A bug or an outage still ends in a reply, with the id by which the log can be searched. */
function failed(deps: AnswerDeps, request: QuestionRequest, id: string, error: unknown): Drafted {
  deps.log?.warn({ requestId: request.requestId, answerId: id, error: messageOf(error) }, 'question failed');
  const isLate = error instanceof Error && error.name === 'DeadlineError';
  const detail = isLate
    ? 'it took too long; try again or ask for a shorter range'
    : `something broke; answer id ${id}`;
  const refusal = { reason: 'unavailable', detail, nearestMetrics: [] } as const;
  const message = buildRefusalMessage(refusalViewOf(deps.catalogue, { ...refusal, nearestMetrics: [] }));
  const outcome: AnswerOutcome = 'failed';
  return drafted(message, {
    id,
    question: request.question,
    planner: deps.planner.name,
    outcome,
    plan: null,
    columns: [],
    rows: [],
    provenance: null,
    notes: [],
    reason: isLate ? 'deadline' : messageOf(error),
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
