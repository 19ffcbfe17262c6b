import type { Catalogue } from '../catalogue/catalogue.ts';
import { entityById, findWay } from '../catalogue/paths.ts';
import type { Store } from '../store/database.ts';
import type { Clock } from '../toolkit/clock.ts';
import { compileSample } from './compile/compile-sample.ts';

/** How the rows of an entity spread over a dimension. */
export interface Spread {
  /** Different values that were met, the missing one included. */
  readonly values: number;
  /** Shannon entropy in bits: 0 when all rows are alike, 1 for two halves. */
  readonly information: number;
}

/** Knows how rows spread; orders menus, never filters rows. */
export interface SpreadBook {
  /** What is known now, by dimension id; empty before the first look, which this call starts. Never waits. */
  of(entityId: string): ReadonlyMap<string, Spread>;
  /** Resolves when every look that was started has ended. */
  settled(): Promise<void>;
}

const sampledRows = 1000;
/** Fewer rows than this tell nothing about the rest. */
const fewestRows = 20;
const limitMs = 2000;
const freshMs = 3_600_000;
const nothing: ReadonlyMap<string, Spread> = new Map();

/**
 * One sample per entity and hour, taken in the background.
 *
 * @param catalogue the one of the moment: it may be exchanged while the service runs
 */
export function createSpreadBook(
  store: Pick<Store, 'readOnly'>,
  catalogue: () => Catalogue,
  clock: Clock,
): SpreadBook {
  const known = new Map<string, { readonly at: number; spreads: ReadonlyMap<string, Spread> }>();
  const looks = new Set<Promise<void>>();
  return {
    of: (entityId) => {
      const now = clock.now().getTime();
      const page = known.get(entityId);
      if (page !== undefined && now - page.at < freshMs) return page.spreads;
      const next = { at: now, spreads: page?.spreads ?? nothing };
      known.set(entityId, next);
      // A store that is busy or closing costs the order of a menu, nothing else.
      const look = sample(store, catalogue(), entityId)
        .then((spreads) => {
          next.spreads = spreads;
        })
        .catch(() => undefined)
        .finally(() => looks.delete(look));
      looks.add(look);
      return next.spreads;
    },
    settled: async () => {
      await Promise.all([...looks]);
    },
  };
}

async function sample(
  store: Pick<Store, 'readOnly'>,
  catalogue: Catalogue,
  entityId: string,
): Promise<ReadonlyMap<string, Spread>> {
  const entity = entityById(catalogue, entityId);
  if (!entity) return nothing;
  const found = [...catalogue.dimensions.values()].flatMap((dimension) => {
    if (!dimension.groupable || (dimension.type !== 'text' && dimension.type !== 'boolean')) return [];
    const way = findWay(catalogue, entityId, dimension);
    return way ? [{ id: dimension.id, way }] : [];
  });
  if (found.length === 0) return nothing;
  const ways = found.map(({ way }) => way);
  const rows = await store.readOnly(limitMs, async (trx) => {
    const result = await compileSample(catalogue, entity, ways, sampledRows).execute(trx);
    return result.rows;
  });
  if (rows.length < fewestRows) return nothing;
  return new Map(found.map(({ id }, index) => [id, spreadOf(rows.map((row) => row[`c${index}`]))]));
}

/** Different values and the entropy of their shares. */
export function spreadOf(cells: readonly unknown[]): Spread {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const key = JSON.stringify(cell ?? null);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const information = [...counts.values()].reduce((sum, count) => {
    const share = count / cells.length;
    return sum - share * Math.log2(share);
  }, 0);
  return { values: counts.size, information };
}
