import type { Kysely, RawBuilder } from 'kysely';
import type { Asker } from '../access/asker.ts';
import type { Catalogue, DimensionDefinition, EntityDefinition } from '../catalogue/catalogue.ts';
import { entityById, findWay, followPath } from '../catalogue/paths.ts';
import { cleanText } from '../store/json.ts';
import { type HistoryState, loadHistoryStates } from '../store/metric-history-store.ts';
import type { Schema } from '../store/schema.ts';
import { compileValues, mostValues } from './compile/compile-values.ts';
import type { Condition } from './condition.ts';
import { type CostGate, requireCheap } from './cost-gate.ts';
import type { TimeSettings } from './resolve/calendar-units.ts';
import type { LookUpValues } from './resolve/resolve-filter.ts';
import { isWholeName } from './resolve/whole-name.ts';
import { type ScopeDecision, scopeOf } from './scope/row-scope.ts';

/** One question being answered on one snapshot: who asks, when, and the statements that ran for the answer. */
export interface Work {
  readonly catalogue: Catalogue;
  readonly asker: Asker;
  readonly settings: TimeSettings;
  /** Words that count only where they are whole words of a stored name. */
  readonly wholeNames: readonly string[];
  /** Runs a statement that the answer rests on and notes it for the provenance. */
  answer<Row>(statement: RawBuilder<Row>): Promise<readonly Row[]>;
  /** Runs a statement that only prepares the answer. */
  read<Row>(statement: RawBuilder<Row>): Promise<readonly Row[]>;
  scope(entity: EntityDefinition): ScopeDecision;
  /** What is kept of metrics, by metric. */
  history(): Promise<ReadonlyMap<string, HistoryState>>;
  readonly statements: readonly { readonly sql: string; readonly parameters: readonly unknown[] }[];
}

export function startWork(
  trx: Kysely<Schema>,
  catalogue: Catalogue,
  asker: Asker,
  settings: TimeSettings,
  teamName: string | null,
  {
    costGate,
    wholeNames = [],
  }: { readonly costGate?: CostGate; readonly wholeNames?: readonly string[] } = {},
): Work {
  const statements: { sql: string; parameters: readonly unknown[] }[] = [];
  const read = async <Row>(statement: RawBuilder<Row>): Promise<readonly Row[]> => {
    const compiled = statement.compile(trx);
    return (await trx.executeQuery(compiled)).rows;
  };
  let history: Promise<ReadonlyMap<string, HistoryState>> | undefined;
  return {
    catalogue,
    asker,
    settings,
    wholeNames,
    statements,
    read,
    answer: async <Row>(statement: RawBuilder<Row>) => {
      const compiled = statement.compile(trx);
      if (costGate) await requireCheap(trx, compiled, costGate);
      statements.push({ sql: compiled.sql, parameters: compiled.parameters });
      return read(statement);
    },
    scope: (entity) => scopeOf(catalogue, entity, asker, teamName),
    history: () => {
      history ??= loadHistoryStates(trx);
      return history;
    },
  };
}

/**
 * Looks values up among the rows that the asker may see: those of the entities in question, and those of the entity
 * that the value itself belongs to (a customer without tickets is still a customer).
 */
export function valueLookUp(work: Work, entityIds: readonly string[]): LookUpValues {
  const known = new Map<string, Promise<readonly string[]>>();
  return async (dimension, word) => {
    const found = await lookUp(dimension, word);
    return work.wholeNames.includes(word)
      ? found.filter((value) => isWholeName(value, word, isCalledByPart(dimension)))
      : found;
  };
  function lookUp(dimension: DimensionDefinition, word: string): Promise<readonly string[]> {
    const all = known.get(dimension.id) ?? valuesOf(work, entityIds, dimension, null);
    known.set(dimension.id, all);
    return all.then((values) => {
      if (values.length <= mostValues) return values;
      return valuesOf(work, entityIds, dimension, cleanText(word).trim().slice(0, 2));
    });
  }
}

/** What rows that the asker may see call a dimension: its own rows where any is seen, those of the entities otherwise. */
export async function namesAmong(
  work: Work,
  entityIds: readonly string[],
  dimension: DimensionDefinition,
): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const id of entityIds) {
    const entity = entityById(work.catalogue, id);
    if (entity === undefined || work.scope(entity).condition.kind === 'never') continue;
    seen.push(...(await valuesOf(work, [id], dimension, null)));
    if (id === dimension.entity && seen.length > 0) break;
  }
  return [...new Set(seen)];
}

/** A person is called by either name, a deal by any part of its own, a company by how it begins. */
const isCalledByPart = ({ entity, path }: DimensionDefinition): boolean =>
  path.endsWith('.name') || (/^(?:person|contact|opportunity|incident)$/.test(entity) && path === 'name');

async function valuesOf(
  work: Work,
  entityIds: readonly string[],
  dimension: DimensionDefinition,
  prefix: string | null,
): Promise<readonly string[]> {
  const values = new Set<string>();
  const collect = async (entity: EntityDefinition, path: ReturnType<typeof followPath>, scope: Condition) => {
    if (!path) return;
    const rows = await work.read(compileValues(work.catalogue, entity, path, [scope], prefix, work.settings));
    for (const { value } of rows) values.add(value);
  };
  const homes = new Set<string>();
  for (const id of entityIds) {
    const entity = entityById(work.catalogue, id);
    const way = entity && findWay(work.catalogue, id, dimension);
    if (!entity || !way) continue;
    const home = entityById(work.catalogue, way.entity);
    if (home && !homes.has(home.id)) {
      homes.add(home.id);
      const decision = work.scope(home);
      if (decision.condition.kind !== 'never') {
        await collect(home, followPath(work.catalogue, home.id, way.column), decision.condition);
      }
      // Who sees every row of the home sees every value there is.
      if (decision.reason === 'all-rows') continue;
    }
    if (home?.id !== id) await collect(entity, way, work.scope(entity).condition);
  }
  return [...values];
}
