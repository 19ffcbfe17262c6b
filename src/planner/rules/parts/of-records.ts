import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan, QueryPlan, Related } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { namingDimension, reachable } from '../compose/reach.ts';
import { tidy, tokenise } from '../token.ts';
import { recordsPlan } from './asides.ts';
import { timeWords } from './share-of.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

const joint = / (?:on|of|for|about|to|at|with|from|in) (?=(?:the |all |any )?\S)/g;

/**
 * "Activities on my open deals last week", "e-mails to churned customers": records that point at others, and which others
 * are meant, each understood by itself. The period is that of the records that are asked for.
 */
export function planOfRecords(
  { question, catalogue, now, zone }: PlanRequest,
  planWords: PlanWords,
): Planned | null {
  const text = tidy(question).replace(/[?!.]+$/, '');
  const time = timeWords(text, tokenise(text), now, zone);
  const plain = time === '' ? text : text.replace(time, '').replace(/\s+/g, ' ').trim();
  for (const match of plain.matchAll(joint)) {
    const head = plain.slice(0, match.index);
    const isOpen = /\b(?:and|or|but|nor|not|of|on|by|with|for|from|in|each|every)$/i.test(head);
    // "On each of my deals" asks for a figure of every one of them; "of A and of B" for two.
    if (isOpen || /^(?:(?:the|all|any) )?(?:each|every)\b/i.test(plain.slice(match.index + match[0].length)))
      continue;
    const those = plain.slice(match.index + match[0].length).replace(/^(?:the|all|any) /i, '');
    // "From Acme and from customers at risk": those of either, which one condition on others cannot say.
    if (/\b(?:and|or|plus) (?:also )?(?:from|of|by|at|for|with|to) /i.test(those)) continue;
    const others = recordsPlan(catalogue, planWords(`list ${those}`));
    if (others === null || !isPlainList(others.plan)) continue;
    const core = planWords(`${head} ${time}`.trim());
    const plan = core && ofThose(catalogue, core.plan, others.plan);
    if (core && plan) return { plan, from: [core, others.from] };
  }
  return null;
}

/** So many conditions of other records a plan may have. */
const mostConditions = 6;

const isPlainList = ({ related, time, orderBy, onePer, skip }: ListPlan): boolean =>
  related === undefined &&
  time === null &&
  orderBy.length === 0 &&
  onePer === undefined &&
  skip === undefined;

/** The rows that belong to those others; null where they do not point at them, or have others already. */
function ofThose(catalogue: Catalogue, plan: PlannedQuestion['plan'], others: ListPlan): QueryPlan | null {
  if (plan.kind !== 'list' && plan.kind !== 'metric') return null;
  if (plan.related !== undefined || (plan.kind === 'metric' && plan.part !== undefined)) return null;
  // "Customers at risk" are listed by their scores, which are states of a customer.
  const listed = catalogue.entities.get(others.entity);
  const parent =
    listed?.snapshot && listed.parent !== undefined ? listed.joins[listed.parent]?.entity : undefined;
  const name = namingDimension(catalogue, parent ?? others.entity);
  const isTied = entitiesOf(catalogue, plan).every(
    (entity) => entity !== others.entity && name !== null && reachable(catalogue, entity, [name]).length > 0,
  );
  if (!isTied) return null;
  // What such a list leaves out by itself is left out here as well: of several health scores it shows one.
  const said = new Set(others.where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const usual = (listed?.listFilters ?? [])
    .filter(({ dimension }) => !said.has(dimension))
    .map(({ dimension, op, values }) => ({ any: [{ dimension, op, values: [...values] }] }));
  const where = [...others.where, ...usual];
  const related: Related = {
    entity: others.entity,
    ...(parent !== undefined && { via: parent }),
    has: 'some',
    atLeast: 1,
    where: where.slice(0, mostConditions),
    time: null,
    subject: others.subject,
  };
  return where.length > mostConditions ? null : { ...plan, related: [related] };
}

function entitiesOf(catalogue: Catalogue, plan: QueryPlan): readonly string[] {
  if (plan.kind === 'list') return [plan.entity];
  return plan.metrics.map((id) => {
    const metric = catalogue.metrics.get(id);
    return metric?.type === 'simple' ? metric.entity : '';
  });
}
