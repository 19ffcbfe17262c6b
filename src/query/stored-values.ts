import { type RawBuilder, sql } from 'kysely';
import type { Catalogue, DimensionDefinition, EntityDefinition } from '../catalogue/catalogue.ts';
import { entityById, followPath } from '../catalogue/paths.ts';
import type { Store } from '../store/database.ts';
import type { Clock } from '../toolkit/clock.ts';
import { compileSample } from './compile/compile-sample.ts';

/**
 * Words that stand in few-valued columns (channels, categories, stages, teams, products), by dimension id, and those of one
 * kind of records where several share a dimension (see `storedOf`). Never a name
 * of a customer, a contact or a person: those are looked up under the rights of whoever asks.
 */
export type StoredValues = ReadonlyMap<string, readonly string[]>;

/** What a property is called that records of several kinds share, where only those of one kind are meant. */
const sharedKey = (dimension: string, entity: string): string => `${dimension}@${entity}`;

/** Values of a property by the kinds of records that share it; none where it belongs to one kind alone. */
export function storedOf(stored: StoredValues, dimension: string): ReadonlyMap<string, readonly string[]> {
  const start = sharedKey(dimension, '');
  return new Map(
    [...stored].flatMap(([key, values]) =>
      key.startsWith(start) ? [[key.slice(start.length), values]] : [],
    ),
  );
}

/** Knows which values are stored, so that a planner can recognise them in a question. */
export interface ValueBook {
  /** The values of the moment; the same object until they are read again. Never throws: what is not known is absent. */
  read(): Promise<StoredValues>;
}

/** More different values than this are no vocabulary. */
const mostValues = 200;
/** Rows per table that are looked at; a value that stands in none of them is met as an unknown word. */
const readRows = 50_000;
const limitMs = 2000;
const freshMs = 600_000;
const longestValue = 40;
const nothing: StoredValues = new Map();

/**
 * Reads the values once in ten minutes: the first question waits for them (2 s at most), later ones take what is there
 * while newer ones are read.
 *
 * @param catalogue the one of the moment: it may be exchanged while the service runs
 */
export function createValueBook(
  store: Pick<Store, 'readOnly'>,
  catalogue: () => Catalogue,
  clock: Clock,
): ValueBook & { settled(): Promise<void> } {
  let page: { at: number; readonly of: Catalogue; values: Promise<StoredValues> } | null = null;
  const looks = new Set<Promise<unknown>>();
  const look = (of: Catalogue, before: StoredValues): Promise<StoredValues> => {
    const found = readStoredValues(store, of).catch(() => {
      // The next question tries again: ten minutes without words are long.
      if (page !== null && page.of === of) page.at = Number.NEGATIVE_INFINITY;
      return before;
    });
    looks.add(found);
    void found.finally(() => looks.delete(found));
    return found;
  };
  return {
    read: async () => {
      const of = catalogue();
      const at = clock.now().getTime();
      if (page === null || page.of !== of) page = { at, of, values: look(of, nothing) };
      const known = page;
      const values = await known.values;
      if (at - known.at >= freshMs) {
        known.at = at;
        void look(of, values).then((next) => {
          known.values = Promise.resolve(next);
        });
      }
      return values;
    },
    settled: async () => {
      await Promise.all([...looks]);
    },
  };
}

/** A column and the dimensions that show it. */
interface Column {
  readonly column: string;
  readonly dimensions: Set<string>;
}

/** One statement per table. */
async function readStoredValues(store: Pick<Store, 'readOnly'>, catalogue: Catalogue): Promise<StoredValues> {
  const found = new Map<string, Set<string>>();
  const tooMany = new Set<string>();
  await store.readOnly(limitMs, async (trx) => {
    for (const [entity, columns] of columnsOf(catalogue)) {
      const { rows } = await compileDistinct(catalogue, entity, columns).execute(trx);
      const [row] = rows;
      for (const [index, { dimensions }] of columns.entries()) {
        const values = (row?.[`v${index}`] ?? []).filter((value) => value !== null);
        for (const id of dimensions) {
          if (values.length > mostValues) tooMany.add(id);
          const isShared = (catalogue.dimensions.get(id)?.also ?? []).length > 0;
          for (const key of isShared ? [id, sharedKey(id, entity.id)] : [id]) {
            const all = found.get(key) ?? new Set();
            for (const value of values) if (isWord(value)) all.add(value);
            found.set(key, all);
          }
        }
      }
    }
  });
  return new Map(
    [...found]
      .filter(([id, values]) => !tooMany.has(id) && values.size > 0 && values.size <= mostValues)
      .map(([id, values]) => [id, [...values].sort()]),
  );
}

const isWord = (value: string): boolean =>
  value.length <= longestValue && !value.includes('@') && /\p{L}/u.test(value);

function columnsOf(catalogue: Catalogue): Map<EntityDefinition, Column[]> {
  const columns = new Map<EntityDefinition, Column[]>();
  for (const dimension of catalogue.dimensions.values()) {
    if (!isVocabulary(dimension)) continue;
    for (const { entity: id, path } of [dimension, ...(dimension.also ?? [])]) {
      const end = endOf(catalogue, id, path);
      if (!end || followPath(catalogue, end.entity.id, end.column) === null) continue;
      if (namesSomebody(end.entity, end.column)) continue;
      const known = columns.get(end.entity) ?? [];
      columns.set(end.entity, known);
      const same = known.find(({ column }) => column === end.column);
      if (same) same.dimensions.add(dimension.id);
      else known.push({ column: end.column, dimensions: new Set([dimension.id]) });
    }
  }
  return columns;
}

/** A closed vocabulary is in the catalogue already. */
const isVocabulary = (dimension: DimensionDefinition): boolean =>
  dimension.type === 'text' &&
  dimension.values.length === 0 &&
  dimension.calendar === undefined &&
  dimension.filterable &&
  dimension.groupable &&
  !dimension.pii;

/** Where a path ends: `owner.region` of a deal is the region of a person. */
function endOf(
  catalogue: Catalogue,
  entityId: string,
  path: string,
): { readonly entity: EntityDefinition; readonly column: string } | null {
  const steps = path.split('.');
  const column = steps.pop() ?? path;
  let entity = entityById(catalogue, entityId);
  for (const step of steps) entity = entityById(catalogue, entity?.joins[step]?.entity ?? '');
  return entity ? { entity, column } : null;
}

/** Tables whose rows are things of one's own company, so that their names are words of its language. */
const ownThings = /^(?:product|team|campaign|messaging_session|subscription)$/;
/** Results of the analyser speak of whatever they were computed for, customers and people among them. */
const results =
  /^(?:anomaly|escalation_pattern|insight|metric_snapshot|sales_velocity|share_outlier|trend|win_rate_estimate|faq_candidate|activity_event)$/;
const namingColumn =
  /(?:^|_)(?:name|company|customer|client|account|contact|person|people|owner|agent|author|label|title|subject|note|text|sentence|question|email|mail|phone|id)$/;

function namesSomebody(entity: EntityDefinition, column: string): boolean {
  if (ownThings.test(entity.table)) return column.endsWith('_id');
  if (results.test(entity.table)) return true;
  if (namingColumn.test(column)) return true;
  // A table of one's own may be called after anything; ours have names only where the pattern above finds them.
  return entity.table.includes('.') && column === entity.titleColumn;
}

type DistinctRow = Readonly<Record<`v${number}`, readonly (string | null)[] | null>>;

function compileDistinct(
  catalogue: Catalogue,
  entity: EntityDefinition,
  columns: readonly Column[],
): RawBuilder<DistinctRow> {
  const ways = columns.flatMap(({ column }) => followPath(catalogue, entity.id, column) ?? []);
  const lists = ways.map(
    (_, index) => sql`array_agg(distinct ${sql.ref(`c${index}`)}::text) as ${sql.ref(`v${index}`)}`,
  );
  const rows = compileSample(catalogue, entity, ways, readRows);
  return sql<DistinctRow>`select ${sql.join(lists)} from (${rows}) as looked_at`;
}
