import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import { shownBy } from './shown.ts';

/** What people are called whose work a figure is split by. */
const workers: Readonly<Record<string, string>> = {
  assignee: 'agents',
  conversation_agent: 'agents',
  owner: 'reps',
  lead_owner: 'reps',
  account_owner: 'reps',
};

/**
 * "Who had none" after a figure of people: the question which of them had none, so that those are named whose work it is.
 *
 * @returns null for what is said otherwise, and after anything but one figure by one kind of people
 */
export function askedNone(catalogue: Catalogue, previous: QueryPlan, text: string): string | null {
  if (previous.kind !== 'metric' || previous.metrics.length > 1 || previous.having.length > 0) return null;
  const [group, another] = previous.groupBy;
  const people = another === undefined ? workers[group?.dimension ?? ''] : undefined;
  const metric = catalogue.metrics.get(previous.metrics[0] ?? '');
  const { nouns } = shownBy(previous, catalogue);
  const asked = new RegExp(
    `^(?:and |so )?(?:who|which(?: ones?| of (?:them|those))?|(?:which|what) (?:agents?|reps?|people|engineers?|owners?)|(?:only )?those|(?:only )?the ones)(?: (?:had|has|have|got|did|made|with|are at|is at|sold|solved|won|closed|took))+ (?:none|zero|0|nothing|no (?:${nouns}))(?: at all)?$`,
    'i',
  );
  return people === undefined || metric === undefined || !asked.test(text)
    ? null
    : `which ${people} had no ${metric.label.toLowerCase()}`;
}

/** People without any of the records that the figure before counts, under its conditions and in its period. */
export function withNone(previous: MetricPlan, told: QueryPlan): ListPlan | null {
  const [related, another] = told.kind === 'list' ? (told.related ?? []) : [];
  if (told.kind !== 'list' || related?.has !== 'none' || another !== undefined) return null;
  const where = [...related.where, ...previous.where];
  return { ...told, related: [{ ...related, where, time: previous.time }], subject: previous.subject };
}
