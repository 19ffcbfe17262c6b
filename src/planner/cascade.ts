import type { Plan, RefusePlan } from '../query/metric-query.ts';
import { type Ended, withDeadline } from './deadline.ts';
import type { PlannedQuestion, Planner, PlanRequest } from './planner.ts';

export interface CascadeOptions {
  /** Quick and sure of what it knows: the rules. */
  readonly first: Planner;
  /** Wider and slower: the model. */
  readonly second: Planner;
  /** 0-1: below it the second one is asked. */
  readonly threshold: number;
  /** For both together; default 8 s. */
  readonly deadlineMs?: number;
}

const defaultDeadlineMs = 8000;

/**
 * Asks the second planner only where the first is unsure or did not understand, and is never worse than the first
 * alone: when the second fails, refuses or is late, the first one's answer stands, with a note.
 *
 * ```ts
 * const planner = createCascade({ first: createRulesPlanner(), second: bedrock, threshold: 0.7 });
 * ```
 */
export function createCascade({
  first,
  second,
  threshold,
  deadlineMs = defaultDeadlineMs,
}: CascadeOptions): Planner {
  return {
    name: `${first.name}, then ${second.name}`,
    plan: async (request) => {
      const started = performance.now();
      const byFirst = await first.plan(request);
      if (!shouldAskNext(request, byFirst, threshold)) return byFirst;
      const leftMs = Math.max(0, deadlineMs - (performance.now() - started));
      const ended = await withDeadline(leftMs, request.signal, (signal) =>
        second.plan({ ...request, signal }),
      );
      return choose(byFirst, ended, first.name);
    },
  };
}

/** Refusals that wider understanding may lift. The others are decisions: no other reading changes them. */
const liftable: ReadonlySet<RefusePlan['reason']> = new Set([
  'no_metric',
  'no_field',
  'unknown_word',
  'unclear',
  // Which tickets are meant may be said in ways that the rules do not know.
  'needs_text',
]);

function shouldAskNext(
  request: PlanRequest,
  { plan, confidence }: PlannedQuestion,
  threshold: number,
): boolean {
  if (request.question.trim() === '') return false;
  return plan.kind === 'refuse' ? liftable.has(plan.reason) : confidence < threshold;
}

function choose(byFirst: PlannedQuestion, ended: Ended<PlannedQuestion>, first: string): PlannedQuestion {
  if (ended.kind !== 'done') return withNote(byFirst, couldNotAsk(endWords[ended.kind], first));
  const bySecond = ended.value;
  const usage = bySecond.usage === undefined ? {} : { usage: bySecond.usage };
  const { plan } = bySecond;
  if (plan.kind === 'refuse') {
    const note =
      plan.reason === 'unavailable'
        ? couldNotAsk(plan.detail, first)
        : `The model found no better reading (${refusalWords(plan)}); understood by ${first}.`;
    return { ...withNote(byFirst, note), ...usage };
  }
  // Two questions back: the first one's is made of the catalogue's own words.
  if (plan.kind === 'clarify' && byFirst.plan.kind === 'clarify') return { ...byFirst, ...usage };
  return bySecond;
}

const endWords = {
  deadline: 'it did not answer in time',
  cancelled: 'the question was cancelled',
  failed: 'an unexpected failure',
} as const;

function couldNotAsk(reason: string, first: string): string {
  return `The model could not be asked (${reason}); understood by ${first}.`;
}

function refusalWords({ reason, detail }: Extract<Plan, { kind: 'refuse' }>): string {
  return detail === '' ? reason.replaceAll('_', ' ') : detail.replace(/\.$/, '');
}

function withNote(planned: PlannedQuestion, note: string): PlannedQuestion {
  return { ...planned, notes: [...planned.notes, note] };
}
