import type { ValueFormat } from '../domain/chart-data.ts';
import type { Constant } from '../domain/constants.ts';
import type { Role } from '../domain/records.ts';
import type { Ambiguity } from './ambiguous.ts';
import type { CalendarUnit } from './calendar-unit.ts';
import type { DateEvent } from './date-event.ts';
import type { Formula } from './formula.ts';
import type { Saying } from './sayings.ts';
import type { TimeUnit } from './time-unit.ts';

/** What can be asked: entities, dimensions and metrics, loaded from `catalogue/metrics/*.yml` and validated. */
export interface Catalogue {
  /** Hash of the files; recorded with every answer. */
  readonly version: string;
  readonly entities: ReadonlyMap<string, EntityDefinition>;
  /** Entities that a role may not ask for, but that joins of others pass through; set by `filterCatalogue`. */
  readonly passedEntities?: ReadonlyMap<string, EntityDefinition>;
  /** Schema through which joined rows are read; set while a question runs behind row-level security. */
  readonly joinedSchema?: string;
  readonly dimensions: ReadonlyMap<string, DimensionDefinition>;
  readonly metrics: ReadonlyMap<string, MetricDefinition>;
  /** Questions whose plan somebody has checked; looked up before anything is interpreted. */
  readonly verified: readonly VerifiedQuestion[];
  /** Words that may mean several figures: whoever says them is asked back. */
  readonly ambiguous: readonly Ambiguity[];
  /** What people say with verbs and the catalogue calls by a noun. */
  readonly sayings: readonly Saying[];
}

/** Wordings of one question and the plan that answers it, as written; `{slot}` in a wording fills `$slot` of the plan. */
export interface VerifiedQuestion {
  readonly questions: readonly string[];
  readonly plan: Readonly<Record<string, unknown>>;
}

/**
 * Reserved dimension id: each metric's own time dimension. `{dimension: 'time', grain: 'month'}` groups tickets opened by
 * `opened_at` and tickets solved by `solved_at` in one plan.
 */
export const metricTime = 'time';

/** What a column of a table holds; `uuid` columns are ways to other rows and are never shown. */
export type ColumnType = 'text' | 'number' | 'boolean' | 'date' | 'instant' | 'uuid' | 'json';

/** A table that can be listed and measured, and the way from its rows to related ones and to whoever may see them. */
export interface EntityDefinition {
  readonly id: string;
  readonly label: { readonly one: string; readonly many: string };
  readonly synonyms: readonly string[];
  /** One of our tables, or `schema.table` of one's own. */
  readonly table: string;
  /** Column whose values are unique; `id` in our tables. */
  readonly key: string;
  /** How the columns of a table of one's own are stored; absent for ours. */
  readonly stored?: Readonly<Record<string, StoredColumn>>;
  /** Not asked about by name; what others are made of stays computable. */
  readonly hidden?: true;
  /** Column that names a row to people. */
  readonly titleColumn: string;
  /** Many-to-one ways to other entities by name. */
  readonly joins: Readonly<Record<string, Join>>;
  /** Id of the time dimension a bare time range speaks of. */
  readonly defaultTime: string | null;
  /** Columns shown by a list without named columns: dimension ids. */
  readonly listColumns: readonly string[];
  readonly rowScope: RowScope;
  /** Join whose row takes this one with it when it is deleted (a clock disappears with its ticket). */
  readonly parent?: string;
  /** The parent has one such row: a check that was made of it, or what it is reckoned to be worth. */
  readonly onePerParent?: 'check' | 'value';
  /** Many and small rows that nobody reads one by one: always, or once they are over. */
  readonly measured?: 'always' | 'once_over';
  /** Rows are states by day: of all rows with the same `by` columns only the newest one in the range counts. */
  readonly snapshot?: { readonly by: readonly string[]; readonly day: string };
  /** Conditions of a list that names none itself: active people, the default health profile. */
  readonly listFilters?: readonly MetricFilter[];
  /** Dimension whose largest values a list shows first; absent: the newest first. */
  readonly listOrder?: string;
  /** Columns of the table, the only identifiers that a query may name. */
  readonly columns: Readonly<Record<string, ColumnType>>;
}

export interface Join {
  readonly entity: string;
  /** Column of this table that holds the other row's key. */
  readonly column: string;
  /** The other table's column, when it is not its key; of several rows with the same value one is taken. */
  readonly to?: string;
  /** Only rows of this source of ours are meant: a CRM's own id names an account of that CRM. */
  readonly source?: string;
  /** Rows may have none: a ranking of the others leaves those out. */
  readonly isOptional?: true;
}

/** Where the values of a column come from. `zone`: a wall time without zone was written there. */
export type StoredColumn =
  | { readonly kind: 'column'; readonly name: string; readonly zone?: string }
  | { readonly kind: 'joined'; readonly columns: readonly string[] }
  | { readonly kind: 'constant'; readonly text: string };

/**
 * Which rows each role sees: `all`; `own` = the person is reached by `ownerPath`; `team` = the person's team is
 * reached by `teamPath` (or an owner in the team). A role that is not named sees none.
 */
export interface RowScope {
  readonly ownerPath: string | null;
  /** Where "own" means another person for a role: a rep owns the tickets of their accounts. */
  readonly ownerPathByRole?: Readonly<Partial<Record<Role, string>>>;
  readonly teamPath: string | null;
  readonly byRole: Readonly<Partial<Record<Role, 'all' | 'team' | 'own' | 'none'>>>;
}

export interface DimensionDefinition {
  readonly id: string;
  readonly hidden?: true;
  readonly label: string;
  readonly description: string;
  readonly synonyms: readonly string[];
  readonly entity: string;
  /** Column of the entity's table, or of a joined one: `account.industry` = join `account`, column `industry`. */
  readonly path: string;
  /**
   * The same dimension on other entities, for example the priority of a customer escalation. An entity that is not
   * named reaches the dimension through its many-to-one joins (see `findWay`).
   */
  readonly also?: readonly { readonly entity: string; readonly path: string }[];
  /** Path of the id behind the shown word: two people with one name stay two groups. */
  readonly keyPath?: string;
  /**
   * What repeats of a time, in the asker's zone: `path` leads to a date or an instant, the type is `text`. A metric that
   * counts by time is grouped by that time, whatever the path says.
   */
  readonly calendar?: CalendarUnit;
  /**
   * How long it lasted: the seconds from the time at `path` to the one at this path, or to now (`@now`). The type is
   * `number`; days of dates count whole.
   */
  readonly until?: string;
  /** The number at `path` less the one at this path of the same row. */
  readonly minus?: string;
  /** Whether `path` holds something else than this path of the same row; the type is `boolean`. */
  readonly differs?: string;
  /** The dimension whose earlier value this is: the stage that a deal came from. */
  readonly before?: string;
  /** What has no end yet has lasted until now; without this its length is unknown. */
  readonly isOngoing?: true;
  /** Only these roles may show, filter or group by it; absent or empty = all. */
  readonly roles?: readonly Role[];
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'instant';
  /** Its values are kinds of the records, and name them: "emails" and "meetings" are activities. */
  readonly isKind?: true;
  /** Why it happened, as the source tells it: what "why" is answered with. */
  readonly isReason?: true;
  /** Its values that other columns have as well are said beside its name only: the “enterprise” policy. */
  readonly isNamed?: true;
  /** What happens at this date; of a boolean, what has happened where it is true. */
  readonly event?: DateEvent;
  /** Closed vocabulary with the words people use for each value. */
  readonly values: readonly {
    readonly value: string;
    readonly label: string;
    readonly synonyms: readonly string[];
  }[];
  /** Metric that a value alone asks for: “commit this quarter” is the amount in it. */
  readonly measures?: string;
  /** At which end of `values` the worst and the highest stand, where they are declared in an order. */
  readonly order?: { readonly worst: 'first' | 'last'; readonly highest: 'first' | 'last' };
  readonly format: ValueFormat | null;
  readonly filterable: boolean;
  readonly groupable: boolean;
  readonly pii: boolean;
}

interface MetricBase {
  readonly id: string;
  readonly hidden?: true;
  readonly label: string;
  /** What is counted, in a sentence that an answer can show. */
  readonly description: string;
  readonly synonyms: readonly string[];
  readonly unit: string;
  readonly format: ValueFormat;
  readonly goodDirection: 'up' | 'down' | 'none';
  /** What the figure should be, in the unit of its values (a share of 95 % is 0.95); absent: nothing was agreed. */
  readonly target?: number;
  /** The state is one of this unit so far: asked for "this year", a quota of the year is meant as it stands. */
  readonly covers?: 'month' | 'quarter' | 'year';
  /** Time up to now that the figure is always of, in words: "last year". */
  readonly window?: string;
  /** Only these roles may ask; empty = all. */
  readonly roles: readonly Role[];
  /** Questions answered exactly by this metric alone: default range, no grouping, no filter. Matched first. */
  readonly verifiedQuestions: readonly string[];
}

/** Condition of a metric itself; always shown in the answer ("counts only …"). */
export interface MetricFilter {
  readonly dimension: string;
  readonly op: 'eq' | 'neq' | 'in' | 'not_in' | 'is_null' | 'is_not_null' | 'gt' | 'gte' | 'lt' | 'lte';
  /** `@now` and `@today` stand for the time of the question in the asker's zone. */
  readonly values: readonly (string | number | boolean)[];
  /** A filter of the question on the same dimension takes its place (health profile: cs4 unless asked otherwise). */
  readonly replaceable?: boolean;
}

/** The value that so many percent of all do not exceed. */
export type Percentile = 'p10' | 'p25' | 'p75' | 'p90' | 'p95';

export interface SimpleMetric extends MetricBase {
  readonly type: 'simple';
  readonly entity: string;
  readonly measure: {
    readonly aggregate: 'count' | 'count_distinct' | 'sum' | 'avg' | 'min' | 'max' | 'median' | Percentile;
    /** Path as in a dimension; absent for count. */
    readonly path: string | null;
    /** Measures `path` minus this: instants give seconds, dates give days. `path` may then be `@now`. */
    readonly since?: string;
    /** Multiplies each row's value: amount times probability. */
    readonly times?: string;
    /** Replaces each row's value by the points of the first step it reaches, for example promoters 100. */
    readonly steps?: readonly { readonly from: number | null; readonly points: number }[];
    /** Where the currency of a money measure stands. Amounts in different currencies are never added. */
    readonly currencyPath?: string;
  };
  readonly filters: readonly MetricFilter[];
  /** Dimension the time range filters; null: a state as of now, no range applies. */
  readonly timeDimension: string | null;
  /** Range used when the question names none. */
  readonly defaultTime: DefaultTime;
  /** Whether values of disjoint groups and periods may be added. */
  readonly additive: boolean;
  /**
   * Of a state: the dates between which a record was in it, where nothing else ends it. What it was on any day is counted by
   * them, also for people who see a part of the records only.
   */
  readonly lasts?: { readonly from: string; readonly until: string };
}

/** numerator / denominator, both simple metrics of the same entity and time. */
export interface RatioMetric extends MetricBase {
  readonly type: 'ratio';
  readonly numerator: string;
  readonly denominator: string;
}

/**
 * Arithmetic over simple metrics, which may count different entities, and constants. All of them get the same range,
 * groups and filters; where one is not known, neither is this.
 */
export interface DerivedMetric extends MetricBase {
  readonly type: 'derived';
  readonly formula: Formula;
  /** As it stands in the file, shown in answers. */
  readonly written: string;
  /** Ids of the simple metrics in it. */
  readonly parts: readonly string[];
  /** Constants in it, by id; answers say their values. */
  readonly constants: Readonly<Record<string, Constant>>;
}

export type MetricDefinition = SimpleMetric | RatioMetric | DerivedMetric;

export type DefaultTime =
  | { readonly kind: 'all' }
  | { readonly kind: 'to_date'; readonly unit: TimeUnit }
  | { readonly kind: 'relative'; readonly unit: TimeUnit; readonly n: number }
  /** The whole current unit, its future part included. */
  | { readonly kind: 'calendar'; readonly unit: 'month' | 'quarter' | 'year' | 'week' };
