import type { PlanOption, QueryPlan } from '../../../query/metric-query.ts';
import type { PlanRequest } from '../../planner.ts';
import { composePlan } from '../compose/compose-plan.ts';
import type { Composed } from '../compose/problem.ts';
import { type Edit, isPut } from '../edit.ts';
import { type Understanding, understand } from '../understand.ts';
import type { OpenPoint } from './open-point.ts';
import { findOpenRanking } from './open-ranking.ts';
import { findOpenValue } from './open-value.ts';
import { findOpenWord } from './open-words.ts';

/** A question that may mean several things, with a complete plan for each of them. */
export interface AskedBack {
  readonly point: OpenPoint;
  /** One or more, likeliest first, all different. */
  readonly options: readonly PlanOption[];
}

/** A question may be open in two places ("how did the EMEA team do"); more is too much to ask at once. */
const mostPoints = 2;
/** Some may turn out to have no rows. */
const mostOptions = 8;
const longestLabel = 70;

interface Attempt extends PlanRequest {
  /** Where no figure is kept as the average or median asked for, they are offered under their own names. */
  readonly dropsAggregate?: true;
}

/** Null when no part of the question is open, or when no meaning of it fits the rest. */
export function askBack(request: PlanRequest): AskedBack | null {
  const understood = read(request, []);
  const point = openPoint(understood, request);
  if (point === null) return null;
  if (point.yields && isMeasured(composePlan(understood, request.catalogue))) return null;
  const all = optionsOf(request, point, [], 1);
  const found = all.length > 0 ? all : optionsOf({ ...request, dropsAggregate: true }, point, [], 1);
  const options = distinct(found).slice(0, mostOptions);
  return options.length === 0 ? null : { point, options };
}

const isMeasured = (composed: Composed): boolean =>
  composed.kind === 'plan' && composed.plan.kind === 'metric';

const read = (request: PlanRequest, edits: readonly Edit[]) =>
  understand(request.question, request.catalogue, request.now, request.zone, {
    stored: request.stored,
    names: request.names,
    fiscalStartMonth: request.fiscalStartMonth,
    edits,
  });

function openPoint(understood: Understanding, request: PlanRequest): OpenPoint | null {
  const { catalogue } = request;
  const value = findOpenValue(understood, request);
  if (value !== null) return value;
  return (
    findOpenWord(understood, catalogue) ??
    findOpenRanking(understood, catalogue, request.previous === undefined)
  );
}

/** The whole question once per meaning. */
function optionsOf(
  request: Attempt,
  point: OpenPoint,
  before: readonly Edit[],
  depth: number,
): readonly PlanOption[] {
  const lanes = point.readings.map(({ label, isFixed, edits }) =>
    plansFor(request, [...before, ...edits], depth).map((option) => ({
      label: joined(isFixed ? label : (measured(request, option.plan) ?? label), option.label),
      plan: option.plan,
    })),
  );
  return interleaved(lanes);
}

function plansFor(request: Attempt, edits: readonly Edit[], depth: number): readonly PlanOption[] {
  const understood = read(request, edits);
  const further = depth < mostPoints ? openPoint(understood, request) : null;
  if (further) {
    const options = optionsOf(request, further, edits, depth + 1);
    if (options.length > 0) return options;
  }
  const composed = composePlan(understood, request.catalogue);
  // Two questions at once are too many.
  if (composed.kind === 'plan') return composed.one ? [] : [{ label: '', plan: composed.plan }];
  if (composed.kind === 'ask') return composed.options;
  return request.dropsAggregate === true ? withoutAggregate(request, understood, edits, depth) : [];
}

/** "avg time on my deals": a figure that is kept as a median only is offered under its own name. */
function withoutAggregate(
  request: Attempt,
  { reading }: Understanding,
  edits: readonly Edit[],
  depth: number,
): readonly PlanOption[] {
  const spoken = reading.tokens.find(({ word }) => /^(?:average|median|p90)$/.test(word));
  if (spoken === undefined || isPut(spoken)) return [];
  return plansFor(request, [...edits, { from: spoken.index, to: spoken.index + 1, put: [] }], depth);
}

/** "average response time" measures the average, whatever the meaning is called. */
const measured = ({ catalogue }: PlanRequest, plan: QueryPlan): string | undefined =>
  plan.kind === 'metric' ? catalogue.metrics.get(plan.metrics[0] ?? '')?.label : undefined;

/** The likeliest of each comes first. */
function interleaved(lanes: readonly (readonly PlanOption[])[]): readonly PlanOption[] {
  const longest = Math.max(0, ...lanes.map((lane) => lane.length));
  return Array.from({ length: longest }, (_, index) => lanes.flatMap((lane) => lane[index] ?? [])).flat();
}

const joined = (left: string, right: string): string =>
  (right === '' ? left : left === '' ? right : `${left}: ${right}`).slice(0, longestLabel);

/** Two buttons with one text, or one answer, are no choice. */
function distinct(options: readonly PlanOption[]): readonly PlanOption[] {
  const labels = new Set<string>();
  const plans = new Set<string>();
  return options.filter(({ label, plan }) => {
    const key = JSON.stringify(plan);
    const isNew = !labels.has(label) && !plans.has(key);
    labels.add(label);
    plans.add(key);
    return isNew;
  });
}
