import type { ValueFormat } from '../domain/chart-data.ts';
import type { Role } from '../domain/records.ts';
import type { TimeUnit } from './time-unit.ts';

/** What can be asked: entities, dimensions and metrics, loaded from `catalogue/metrics/*.yml` and validated. */
export interface Catalogue {
  /** Hash of the files; recorded with every answer. */
  readonly version: string;
  readonly entities: ReadonlyMap<string, EntityDefinition>;
  readonly dimensions: ReadonlyMap<string, DimensionDefinition>;
  readonly metrics: ReadonlyMap<string, MetricDefinition>;
}

/** A table that can be listed and measured, and the way from its rows to related ones and to whoever may see them. */
export interface EntityDefinition {
  readonly id: string;
  readonly label: { readonly one: string; readonly many: string };
  readonly synonyms: readonly string[];
  readonly table: string;
  /** Column that names a row to people. */
  readonly titleColumn: string;
  /** Many-to-one ways to other entities: name -> entity and the column of this table that holds its id. */
  readonly joins: Readonly<Record<string, { readonly entity: string; readonly column: string }>>;
  /** Id of the time dimension a bare time range speaks of. */
  readonly defaultTime: string | null;
  /** Columns shown by a list without named columns: dimension ids. */
  readonly listColumns: readonly string[];
  /** Condition that hides rows that are not facts (deleted). */
  readonly rowScope: RowScope;
}

/**
 * Which rows each role sees: `all`; `own` = the person is reached by `ownerPath`; `team` = the person's team is
 * reached by `teamPath` (or an owner in the team). A role that is not named sees none.
 */
export interface RowScope {
  readonly ownerPath: string | null;
  readonly teamPath: string | null;
  readonly byRole: Readonly<Partial<Record<Role, 'all' | 'team' | 'own' | 'none'>>>;
}

export interface DimensionDefinition {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly synonyms: readonly string[];
  readonly entity: string;
  /** Column of the entity's table, or of a joined one: `account.industry` = join `account`, column `industry`. */
  readonly path: string;
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'instant';
  /** Closed vocabulary with the words people use for each value. */
  readonly values: readonly {
    readonly value: string;
    readonly label: string;
    readonly synonyms: readonly string[];
  }[];
  readonly format: ValueFormat | null;
  readonly filterable: boolean;
  readonly groupable: boolean;
  readonly pii: boolean;
}

interface MetricBase {
  readonly id: string;
  readonly label: string;
  /** What is counted, in a sentence that an answer can show. */
  readonly description: string;
  readonly synonyms: readonly string[];
  readonly unit: string;
  readonly format: ValueFormat;
  readonly goodDirection: 'up' | 'down' | 'none';
  /** Only these roles may ask; empty = all. */
  readonly roles: readonly Role[];
  /** Questions whose answer was checked by a person; matched first. */
  readonly verifiedQuestions: readonly string[];
}

/** Condition of a metric itself; always shown in the answer ("counts only …"). */
export interface MetricFilter {
  readonly dimension: string;
  readonly op: 'eq' | 'neq' | 'in' | 'not_in' | 'is_null' | 'is_not_null' | 'gt' | 'gte' | 'lt' | 'lte';
  readonly values: readonly (string | number | boolean)[];
}

export interface SimpleMetric extends MetricBase {
  readonly type: 'simple';
  readonly entity: string;
  readonly measure: {
    readonly aggregate: 'count' | 'count_distinct' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'p90';
    /** Path as in a dimension; absent for count. */
    readonly path: string | null;
  };
  readonly filters: readonly MetricFilter[];
  /** Dimension the time range filters; null: a state as of now, no range applies. */
  readonly timeDimension: string | null;
  /** Range used when the question names none. */
  readonly defaultTime: DefaultTime;
  /** Whether values of disjoint groups and periods may be added. */
  readonly additive: boolean;
}

/** numerator / denominator, both simple metrics of the same entity. */
export interface RatioMetric extends MetricBase {
  readonly type: 'ratio';
  readonly numerator: string;
  readonly denominator: string;
}

export type MetricDefinition = SimpleMetric | RatioMetric;

export type DefaultTime =
  | { readonly kind: 'all' }
  | { readonly kind: 'to_date'; readonly unit: TimeUnit }
  | { readonly kind: 'relative'; readonly unit: TimeUnit; readonly n: number };
