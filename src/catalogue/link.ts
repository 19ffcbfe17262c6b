import type { Catalogue, EntityDefinition } from './catalogue.ts';
import { entityById, followPath, frontsOf, type Reached, type Way } from './paths.ts';

/** How rows of two entities belong together: both ways lead to the id of the same thing. */
export interface Link {
  /** The thing they share: one of the two, or what both point at. */
  readonly shared: EntityDefinition;
  readonly outer: Way;
  readonly inner: Way;
}

type Entities = Pick<Catalogue, 'entities' | 'passedEntities'>;

interface Meeting {
  readonly outer: Reached;
  readonly inner: Reached;
  /** Lower is nearer. */
  readonly rank: number;
}

/**
 * The link between rows of one entity and records of another: the records point at the row (orders of a customer), else
 * the row points at them (the partner of a deal), else both point at the same thing (tickets of the customer of a
 * deal). People and teams tie nothing together: that two records have the same owner says nothing about either.
 *
 * @param via the only thing that may tie them
 * @returns null when there is no link, or two that nothing tells apart
 */
export function linkBetween(
  catalogue: Entities,
  outerId: string,
  innerId: string,
  via?: string,
): Link | null {
  if (outerId === innerId) return null;
  const meetings: Meeting[] = [];
  for (const [far, outers] of frontsOf(catalogue, outerId).entries())
    for (const outer of outers)
      for (const [near, inners] of frontsOf(catalogue, innerId).entries())
        for (const inner of inners) {
          if (inner.entity.id !== outer.entity.id || (far > 0 && isPeople(outer.entity))) continue;
          if (via !== undefined && outer.entity.id !== via) continue;
          const kind = far === 0 ? 0 : near === 0 ? 10 : 20;
          meetings.push({ outer, inner, rank: kind + far + near });
        }
  const best = Math.min(...meetings.map(({ rank }) => rank));
  const nearest = meetings.filter(({ rank }) => rank === best);
  // Of two things that both sides point at, the one that the catalogue turns around: the customer, not the product.
  const most = Math.max(...nearest.map(({ outer }) => pointersTo(catalogue, outer.entity.id)));
  const [only, another] = nearest.filter(({ outer }) => pointersTo(catalogue, outer.entity.id) === most);
  if (!only || another) return null;
  const outer = keyWay(catalogue, outerId, only.outer);
  const inner = keyWay(catalogue, innerId, only.inner);
  return outer && inner && { shared: only.outer.entity, outer, inner };
}

const pointersTo = ({ entities }: Entities, id: string): number =>
  [...entities.values()].filter(({ joins }) => Object.values(joins).some(({ entity }) => entity === id))
    .length;

const isPeople = ({ table }: EntityDefinition): boolean => table === 'person' || table === 'team';

/** The id at the end of the joins, read from the column that points at it where that says the same. */
function keyWay(catalogue: Entities, from: string, { entity, joins }: Reached): Way | null {
  let at = entityById(catalogue, from);
  for (const step of joins.slice(0, -1)) {
    const join = at?.joins[step];
    at = join && entityById(catalogue, join.entity);
  }
  const last = at?.joins[joins.at(-1) ?? ''];
  const isPlain = last && last.source === undefined && (last.to === undefined || last.to === entity.key);
  const path = isPlain ? [...joins.slice(0, -1), last.column] : [...joins, entity.key];
  return followPath(catalogue, from, path.join('.'));
}
