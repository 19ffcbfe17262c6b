import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Filter, Plan, QueryPlan } from '../../query/metric-query.ts';
import { planSchema } from '../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../planner.ts';
import { nearestMetrics } from './nearest-metrics.ts';
import type { TraceStep } from './reading.ts';
import type { Understanding } from './understand.ts';

export interface ExplainedQuestion {
  readonly planned: PlannedQuestion;
  readonly trace: readonly TraceStep[];
  /** What was asked, where it is told from what was told around it. */
  readonly asked?: string;
}

const notReadReasons: ReadonlySet<string> = new Set(['unknown_word', 'unclear', 'no_metric', 'no_field']);

/** A refusal that says only that no rule could read it. */
export const isNotRead = (plan: Plan): boolean => plan.kind === 'refuse' && notReadReasons.has(plan.reason);

export function answered(
  plan: QueryPlan,
  confidence: number,
  notes: readonly string[],
  trace: readonly TraceStep[],
): ExplainedQuestion {
  // The contract's own check: a plan of ours that it refuses is a bug and must not run.
  const once = plan.kind === 'metric' ? { ...plan, metrics: [...new Set(plan.metrics)] } : plan;
  return { planned: { plan: planSchema.parse(once), planner: 'rules', confidence, notes }, trace };
}

export function confidenceOf(understood: Understanding): number {
  const corrections = understood.corrections.length * 0.1;
  const scattered = understood.spans.some((span) => span.to - span.from > span.indexes.length + 4) ? 0.1 : 0;
  const names = understood.names.length > 2 ? 0.1 : 0;
  return Math.max(0.4, 1 - corrections - scattered - names);
}

export function notesOf(
  understood: Understanding,
  catalogue: Catalogue,
  plan: Plan | null = null,
): readonly string[] {
  return [
    ...understood.corrections.map(({ typed, read }) => `I read “${typed}” as “${read}”.`),
    ...partNotes(understood, plan),
    ...medianNotes(understood, catalogue, plan),
    ...presentNotes(plan),
    ...pairNotes(plan),
  ];
}

/** "Vault" of "Quorum Vault": a name of which only the end was said. */
function partNotes({ spans }: Understanding, plan: Plan | null): readonly string[] {
  if (plan?.kind !== 'metric' && plan?.kind !== 'list') return [];
  const asked = plan.where.flatMap(({ any }) => any.flatMap(({ values }) => values.map(String)));
  return spans.flatMap(({ words, meanings }) => {
    const isEnd = (value: string): boolean => value.toLowerCase().endsWith(` ${words.toLowerCase()}`);
    const named = meanings.flatMap((one) =>
      one.kind === 'value' && isEnd(one.value) && asked.includes(one.value) ? [one.value] : [],
    );
    return [...new Set(named)].map((value) => `I read “${words}” as “${value}”.`);
  });
}

/** Who has left has no tickets or orders any more: whoever asks who has none must know that they are not among them. */
function presentNotes(plan: Plan | null): readonly string[] {
  if (plan?.kind !== 'metric' && plan?.kind !== 'list') return [];
  const isOfNone = plan.related?.some(({ has, atLeast }) => has === 'none' && atLeast === 1) ?? false;
  if (!isOfNone || !plan.where.some(({ any }) => any.some(leavesOutGone))) return [];
  return ['Former customers are not among them; ask for “accounts” to have all.'];
}

/** What is together by chance is no pair, however often it is. */
function pairNotes(plan: Plan | null): readonly string[] {
  const isOfPairs = plan?.kind === 'list' && plan.entity === 'product_pair';
  return isOfPairs ? ['Only what is bought together more often than by chance is listed.'] : [];
}

const leavesOutGone = ({ dimension, op }: Filter): boolean =>
  dimension === 'lifecycle_stage' && op === 'not_in';

/** Somebody who asked for an average and gets a median must know. */
function medianNotes(understood: Understanding, catalogue: Catalogue, plan: Plan | null): readonly string[] {
  if (plan?.kind !== 'metric' || !understood.reading.tokens.some((token) => token.word === 'average'))
    return [];
  const metrics = plan.metrics.map((id) => catalogue.metrics.get(id));
  if (metrics.some((metric) => metric?.type === 'simple' && metric.measure.aggregate === 'avg')) return [];
  const medians = metrics.flatMap((metric) => {
    return metric?.type === 'simple' && metric.measure.aggregate === 'median' ? [metric.label] : [];
  });
  return medians.map((label) => `There is no average of this, so here is the median (${label}).`);
}

/** A refusal with the figures that come nearest to what was asked. */
export function refused(
  request: PlanRequest,
  reason: Extract<Plan, { kind: 'refuse' }>['reason'],
  detail: string,
  near: readonly string[],
  trace: readonly TraceStep[] = [],
): ExplainedQuestion {
  const plan: Plan = {
    kind: 'refuse',
    reason,
    detail: detail.slice(0, 300),
    nearestMetrics: nearestMetrics(request.catalogue, request.question, near),
  };
  // Surely not answerable from figures: no other planner need be asked.
  const isCertain = reason === 'action' || reason === 'prediction' || reason === 'needs_text';
  return { planned: { plan, planner: 'rules', confidence: isCertain ? 0.9 : 0.3, notes: [] }, trace };
}
