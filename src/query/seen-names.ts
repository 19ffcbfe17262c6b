import type { Asker } from '../access/asker.ts';
import type { Catalogue, DimensionDefinition, EntityDefinition } from '../catalogue/catalogue.ts';
import { filterCatalogue } from '../catalogue/filter-catalogue.ts';
import type { Store } from '../store/database.ts';
import type { Clock } from '../toolkit/clock.ts';
import { enterWall } from './row-security/enter-wall.ts';
import { joinedBehindWall, rowSecurityOf } from './row-security/row-policies.ts';
import { namesAmong, startWork } from './work.ts';

/**
 * What customers, people, partners, deals and leads are called that somebody may see, by the dimension that names them.
 * A dimension with more names than can be looked through is left out.
 */
export type SeenNames = ReadonlyMap<string, readonly string[]>;

/** Knows the names that whoever asks may see, so that a planner recognises them however they are typed. */
export interface NameBook {
  /** Never throws: names that cannot be read are recognised by their form alone. */
  read(asker: Asker): Promise<SeenNames>;
}

const freshMs = 600_000;
const limitMs = 2000;
const mostAskers = 200;
/** More names than this are looked up one by one, when a plan runs. */
const mostNames = 5000;
const nothing: SeenNames = new Map();

/** Records that people call by name. What a company calls its own things is part of its vocabulary already. */
const called = /^(?:account|person|contact|opportunity|partner|lead)$/;
/** Entities that a name is looked up through where the asker does not see its own. */
const mostWays = 4;

/**
 * Reads the names of an asker once in ten minutes, under the scope of that asker and behind the same walls as an answer.
 *
 * @param catalogue the one of the moment: it may be exchanged while the service runs
 */
export function createNameBook(
  store: Pick<Store, 'readOnly'>,
  catalogue: () => Catalogue,
  clock: Clock,
): NameBook {
  const pages = new Map<string, { readonly at: number; readonly names: Promise<SeenNames> }>();
  return {
    read: (asker) => {
      const of = catalogue();
      const at = clock.now().getTime();
      const key = [asker.personId, asker.role, asker.teamId ?? '', of.version].join(' ');
      const known = pages.get(key);
      if (known !== undefined && at - known.at < freshMs) return known.names;
      const names = readNames(store, of, asker, clock).catch(() => {
        pages.delete(key);
        return nothing;
      });
      pages.delete(key);
      pages.set(key, { at, names });
      const [oldest] = pages.keys();
      if (pages.size > mostAskers && oldest !== undefined) pages.delete(oldest);
      return names;
    },
  };
}

async function readNames(
  store: Pick<Store, 'readOnly'>,
  catalogue: Catalogue,
  asker: Asker,
  clock: Clock,
): Promise<SeenNames> {
  const mine = filterCatalogue(catalogue, asker.role);
  // Whoever lists no customers knows those of the own tickets.
  const entities = [...mine.entities.values(), ...(mine.passedEntities?.values() ?? [])];
  const named = entities.flatMap((entity) => {
    const dimension = called.test(entity.table) ? titleOf(mine, entity) : undefined;
    return dimension ? [{ dimension, ways: waysTo(mine, entity) }] : [];
  });
  return store.readOnly(limitMs, async (trx) => {
    const tables = new Set(named.flatMap(({ ways }) => ways.map(({ table }) => table)));
    const entered = await enterWall(trx, asker, rowSecurityOf(catalogue), [...tables]);
    const visible = entered.isFenced ? joinedBehindWall(mine) : mine;
    const settings = { now: clock.now(), zone: asker.zone };
    const work = startWork(trx, visible, asker, settings, entered.teamName);
    const found = new Map<string, readonly string[]>();
    for (const { dimension, ways } of named) {
      const names = await namesAmong(
        work,
        ways.map(({ id }) => id),
        dimension,
      );
      if (names.length > 0 && names.length <= mostNames) found.set(dimension.id, names);
    }
    return found;
  });
}

/** The dimension of the names themselves; another entity of the same table shows them as well. */
const titleOf = (catalogue: Catalogue, entity: EntityDefinition): DimensionDefinition | undefined =>
  [...catalogue.dimensions.values()].find(
    (one) => one.entity === entity.id && one.path === entity.titleColumn && entity.titleColumn === 'name',
  );

/** The records themselves, or for whoever sees none of them those that belong to them. */
function waysTo(catalogue: Catalogue, entity: EntityDefinition): readonly EntityDefinition[] {
  const beside = [...catalogue.entities.values()].filter(
    ({ parent, joins }) =>
      parent === undefined && Object.values(joins).some((join) => join.entity === entity.id),
  );
  return [entity, ...beside.slice(0, mostWays)];
}
