import type { Catalogue, MetricDefinition } from '../../../catalogue/catalogue.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import { meaningsOf, newDraft } from '../compose/draft.ts';
import { addGroupings } from '../compose/group-by.ts';
import { refuse, Unplannable } from '../compose/problem.ts';
import type { Understanding } from '../understand.ts';

type Changes = Omit<PlanPatch, 'kind'>;

/**
 * What goes for "instead of stage", "rather than EMEA", "not by rep".
 *
 * @param read the words after "instead of", read as "by …"
 * @throws Unplannable when the plan has nothing of that name
 */
export function insteadOf(
  catalogue: Catalogue,
  previous: QueryPlan,
  { read, words, entity }: { readonly read: Understanding; readonly words: string; readonly entity: string },
  changes: Changes,
): Changes {
  const named = groupNamed(catalogue, previous, read, entity);
  if (named !== null && previous.kind === 'metric') {
    const fresh = changes.groupBy?.op === 'remove' ? [] : (changes.groupBy?.groups ?? []);
    const at = previous.groupBy.findIndex(({ dimension }) => dimension === named);
    const others = previous.groupBy.filter(({ dimension }) => dimension !== named);
    const kept = others.filter(({ dimension }) => !fresh.some((one) => one.dimension === dimension));
    return {
      groupBy: { op: 'replace', groups: [...kept.slice(0, at), ...fresh, ...kept.slice(at)].slice(0, 3) },
    };
  }
  if (read.time.range !== null && changes.time !== undefined) return {};
  if (isOwnMeasure(words) && previous.kind === 'metric') return {};
  const dimension = conditionNamed(previous, read);
  if (dimension === null) throw refuse('unclear', `“${words}” is no part of the last answer`);
  const isReplaced = changes.where?.all.some(({ any }) => any.some((one) => one.dimension === dimension));
  return isReplaced ? {} : { dropWhere: [dimension] };
}

/** "Number of deals instead of value": of the figure itself. */
export const isOwnMeasure = (words: string): boolean =>
  /^(?:the )?(?:values?|amounts?|money|sums?|numbers?|counts?|revenue)$/i.test(words);

function groupNamed(
  catalogue: Catalogue,
  previous: QueryPlan,
  read: Understanding,
  entity: string,
): string | null {
  if (previous.kind === 'list') return null;
  const metrics: readonly MetricDefinition[] = previous.metrics.flatMap(
    (id) => catalogue.metrics.get(id) ?? [],
  );
  const isIn = (id: string) => previous.groupBy.some(({ dimension }) => dimension === id);
  const said = read.spans.flatMap((span) => meaningsOf(span, 'dimension').map(({ id }) => id)).find(isIn);
  if (said !== undefined) return said;
  const draft = newDraft(catalogue, read, { metrics, entity });
  try {
    addGroupings(draft);
  } catch (error) {
    if (error instanceof Unplannable) return null;
    throw error;
  }
  return draft.groupBy.map(({ dimension }) => dimension).find(isIn) ?? null;
}

/** Dimension of the condition that holds the value or the name that was said. */
function conditionNamed(previous: QueryPlan, read: Understanding): string | null {
  const values = read.spans.flatMap((span) => meaningsOf(span, 'value').map(({ value }) => value));
  const dimensions = read.spans.flatMap((span) => meaningsOf(span, 'dimension').map(({ id }) => id));
  const names = read.names.map(({ text }) => text);
  const said = new Set([...values, ...names].map((one) => one.toLowerCase()));
  const filters = previous.where.flatMap(({ any }) => any);
  const found = filters.find(
    (filter) =>
      dimensions.includes(filter.dimension) ||
      filter.values.some((value) => said.has(String(value).toLowerCase())),
  );
  return found?.dimension ?? null;
}
