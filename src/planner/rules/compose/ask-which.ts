import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import type { Choice } from './choose-metrics.ts';
import type { Draft } from './draft.ts';
import { refuse, Unplannable } from './problem.ts';

/** A figure that the words may mean, and the whole question with it. */
export interface MetricOption {
  readonly id: string;
  readonly label: string;
  readonly plan: QueryPlan;
}

/** Of the figures that fit these words equally those with which the rest of the question makes a plan, at most four. */
export function tiedOptions(
  draft: Draft,
  choice: Choice,
  tie: number,
  picks: readonly string[],
): readonly MetricOption[] {
  const options = (choice.figures[tie] ?? []).slice(0, 4).flatMap((id) => {
    const chosen = choice.figures.map((ids, index) => (index === tie ? id : (picks[index] ?? ids[0] ?? '')));
    const composed = draft.recompose?.(draft.understood, draft.catalogue, chosen);
    const label = draft.catalogue.metrics.get(id)?.label ?? id;
    if (composed?.kind === 'ask') return ofBoth(label, composed.options).map((one) => ({ id, ...one }));
    return composed?.kind === 'plan' ? [{ id, label: label.slice(0, 70), plan: composed.plan }] : [];
  });
  return nearestOnes(draft, options);
}

/** "Deals on 03/11": of each day what may have happened on it, two at most so that every day has a button. */
const ofBoth = (
  label: string,
  options: readonly { readonly label: string; readonly plan: QueryPlan }[],
): readonly { readonly label: string; readonly plan: QueryPlan }[] =>
  options.slice(0, 2).map((one) => ({ label: `${label}: ${one.label}`.slice(0, 70), plan: one.plan }));

/**
 * "What did Luis close": what the question narrows to belongs to the rows of some of the figures, where those of the others
 * only have something to do with it. What it splits by tells nothing: "sales by rep" may be either.
 */
function nearestOnes({ catalogue }: Draft, options: readonly MetricOption[]): readonly MetricOption[] {
  const far = options.map(({ id, plan }) => {
    const metric = catalogue.metrics.get(id);
    const rows = metric && entityOf(catalogue, metric)?.id;
    return rows === undefined ? 0 : hops(catalogue, rows, plan);
  });
  const least = Math.min(...far);
  return options.filter((_, index) => far[index] === least);
}

/** Joins from the rows to everything that a plan narrows to. */
function hops(catalogue: Catalogue, rows: string, plan: QueryPlan): number {
  const said = plan.where.flatMap(({ any }) => any.map(({ dimension }) => dimension));
  return said.reduce((sum, id) => {
    const dimension = catalogue.dimensions.get(id);
    return sum + (dimension === undefined ? 0 : (findWay(catalogue, rows, dimension)?.joins.length ?? 0));
  }, 0);
}

export function askMetric(options: readonly MetricOption[], candidates: readonly string[]): Unplannable {
  if (options.length === 0) return refuse('unclear', 'these words fit several figures', candidates);
  const shown = options.map(({ label, plan }) => ({ label, plan }));
  return new Unplannable({ kind: 'ask', question: 'Which figure do you mean?', options: shown });
}

/** 3/4/2017: every option is the whole question with one of the two days. */
export function askDate(draft: Draft): Unplannable {
  const { understood, catalogue } = draft;
  const options = (understood.time.either ?? []).flatMap(({ label, range }) => {
    const time = { ...understood.time, either: null, range };
    const composed = draft.recompose?.({ ...understood, time }, catalogue);
    if (composed?.kind === 'ask') return ofBoth(label, composed.options);
    return composed?.kind === 'plan' ? [{ label, plan: composed.plan }] : [];
  });
  if (options.length < 2) return refuse('unclear', 'write the date with the month in letters');
  return new Unplannable({ kind: 'ask', question: 'Which day do you mean?', options });
}
