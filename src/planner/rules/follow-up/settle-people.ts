import type { QueryPlan } from '../../../query/metric-query.ts';
import { applyPatch } from '../../followup/apply-patch.ts';
import { type Draft, meaningsOf } from '../compose/draft.ts';
import { groupMarker } from '../compose/group-by.ts';
import { refuse, Unplannable } from '../compose/problem.ts';
import { namingDimension, personDimensions } from '../compose/reach.ts';
import type { Ranking } from '../slots/ranking.ts';
import type { Span } from '../span.ts';

/** What people do with records; whoever "is" or "was" something may be a customer. */
const deeds =
  /^(?:own|owned|owning|has|have|had|hold|manage|managed|handle|handled|solve|solved|resolved|close|closed|won|win|lost|sold|sell|did|does|do|made|make|took|take|worked|work|responsible|assigned|opened|created|sent|serve|run|led|lead)$/;

const mostOptions = 8;

/** "Who is in the worst band": which one that is, the reader says; the bands stand in the catalogue's order. */
function askWhich(draft: Draft, previous: QueryPlan, group: Span, ranking: Ranking): Unplannable {
  const { catalogue } = draft;
  const dimension = meaningsOf(group, 'dimension')
    .flatMap(({ id }) => catalogue.dimensions.get(id) ?? [])
    .find(({ values }) => values.length > 1);
  const isUp = /^(?:best|desc|newest)$/.test(ranking.direction);
  const values = dimension ? (isUp ? dimension.values : dimension.values.toReversed()) : [];
  const options = values.slice(0, mostOptions).flatMap(({ value, label }) => {
    const all = [{ any: [{ dimension: dimension?.id ?? '', op: 'eq' as const, values: [value] }] }];
    const applied = applyPatch(catalogue, previous, {
      kind: 'patch',
      to: 'list',
      where: { op: 'replace', all },
    });
    return applied.ok ? [{ label: label.slice(0, 70), plan: applied.value }] : [];
  });
  if (options.length < 2)
    return refuse('unclear', `which ${group.words} is meant; name it, for example “only …, list them”`);
  return new Unplannable({ kind: 'ask', question: `Which ${group.words} do you mean?`, options });
}

/** "Who solved how many": by the person who has the rows; "who are the biggest" of figures about customers: by them. */
export function settlePeople(draft: Draft, previous: QueryPlan): boolean {
  const { catalogue, entity, understood } = draft;
  const { kind, spans, ranking } = understood;
  if (!kind.isWho || spans.some((span) => groupMarker(draft, span))) return false;
  const people = personDimensions(catalogue, entity);
  const groups = previous.kind === 'metric' ? previous.groupBy.map(({ dimension }) => dimension) : [];
  const customer = namingDimension(catalogue, 'account');
  // "Who was lowest" of figures by person, or by customer, is one of them.
  if (groups.some((id) => people.includes(id) || id === customer)) return true;
  const [person] = people;
  // "Who is in the worst band": the members of one of the groups that are shown.
  const group = spans.find((span) =>
    meaningsOf(span, 'dimension').some(({ id }) => groups.includes(id) && id !== person),
  );
  if (group && ranking !== null) throw askWhich(draft, previous, group, ranking);
  const isDeed = understood.reading.tokens.some(({ lower }) => deeds.test(lower));
  const isOwn = person !== undefined && catalogue.dimensions.get(person)?.entity === entity;
  const isOfCustomers = customer !== null && (entity === 'account' || !isOwn);
  const by = isOfCustomers && !isDeed ? customer : person;
  if (by === undefined) throw refuse('no_field', 'who');
  draft.groupBy = [{ dimension: by }];
  return true;
}
