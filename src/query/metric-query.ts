import { z } from 'zod';

/**
 * The contract between whoever understood a question (rules, a model, a button) and whoever computes the answer. A
 * plan names metrics and dimensions of the catalogue and nothing else: never SQL, tables, tenants, users, roles,
 * zones, "today" or addresses. The server adds scope, zone and the date; a plan that asks for more cannot be written.
 *
 * Kept free of recursion and of names that differ between workspaces, so that the same JSON schema serves as a
 * model's tool everywhere.
 */
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const timeUnits = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type TimeUnit = (typeof timeUnits)[number];
/** Units that a length of time is told in; minutes are never a grain. */
export const lengthUnits = ['minute', ...timeUnits] as const;
export type LengthUnit = (typeof lengthUnits)[number];

/** A time range as people say it; `resolve` turns it into absolute half-open dates in the asker's zone. */
export const timeRangeSchema = z.discriminatedUnion('kind', [
  /**
   * From `n` units ago, at this time of the day, until now ("the last 30 days"); or, with `completeOnly`, the last `n`
   * whole ones ("last month" = 1 month, complete).
   */
  z.object({
    kind: z.literal('relative'),
    unit: z.enum(lengthUnits),
    n: z.int().min(1).max(1000),
    completeOnly: z.boolean(),
  }),
  /** A named period: quarter 3 of 2017; month 3 of 2016; the year 2017; week 14 (ISO). `year` absent: the newest one that has begun. */
  z.object({
    kind: z.literal('calendar'),
    unit: z.enum(['month', 'quarter', 'year', 'week', 'half']),
    number: z.int().min(1).max(53).optional(),
    year: z.int().min(1970).max(2200).optional(),
  }),
  /** From the start of the current unit until now ("this month", "year to date"; hour = this hour). */
  z.object({ kind: z.literal('to_date'), unit: z.enum(timeUnits) }),
  /** From one day through another, both included. `to` absent: until now. `from` absent: since the beginning. */
  z.object({ kind: z.literal('between'), from: isoDate.optional(), to: isoDate.optional() }),
  /** One whole day relative to today: 0 today, -1 yesterday, 1 tomorrow. */
  z.object({ kind: z.literal('day'), offset: z.int().min(-3660).max(3660) }),
  /** The unit that follows the current one ("next quarter"), `n` of them. */
  z.object({ kind: z.literal('upcoming'), unit: z.enum(timeUnits), n: z.int().min(1).max(100) }),
  /** From now until `n` units from now ("in the next 4 hours", "within 14 days"). */
  z.object({ kind: z.literal('ahead'), unit: z.enum(lengthUnits), n: z.int().min(1).max(1000) }),
  /** Everything up to `n` units ago ("older than 10 days", "more than 2 weeks ago"). */
  z.object({ kind: z.literal('older'), unit: z.enum(lengthUnits), n: z.int().min(1).max(1000) }),
  z.object({ kind: z.literal('all') }),
]);
export type TimeRange = z.infer<typeof timeRangeSchema>;

export const filterOperators = [
  'eq',
  'neq',
  'in',
  'not_in',
  'contains',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'is_null',
  'is_not_null',
] as const;

export const filterSchema = z.object({
  dimension: name,
  op: z.enum(filterOperators),
  /** Words or numbers as the person said them; `resolve` finds the stored value under the asker's scope. */
  values: z.array(z.union([z.string().max(200), z.number(), z.boolean()])).max(50),
});
export type Filter = z.infer<typeof filterSchema>;

/** All of these must hold; within one, any of the filters. */
const whereSchema = z.array(z.object({ any: z.array(filterSchema).min(1).max(10) })).max(12);

/**
 * Whose rows: everybody's, the asker's own, those of their team, or those of the accounts that the asker or their team
 * owns, whoever works on the rows.
 */
export const subjects = ['none', 'me', 'my_team', 'my_accounts', 'my_teams_accounts'] as const;

/**
 * Other records of a row: the orders of a customer, the calls about a deal. They hang together by the catalogue's joins:
 * the records point at the row, the row points at them, or both point at the same thing (tickets and deals of one
 * customer). Counted are records that the asker may see and that meet every condition here.
 */
export const relatedSchema = z.object({
  entity: name,
  /** What both must belong to (the customer of a ticket and of an escalation); absent: what ties them most closely. */
  via: name.optional(),
  /** `some`: rows that have `atLeast` of them; `none`: rows that have fewer, so with 1 none at all. */
  has: z.enum(['some', 'none']),
  atLeast: z.int().min(1).max(1000).default(1),
  where: whereSchema.max(6).default([]),
  time: timeRangeSchema.nullable().default(null),
  /** Which of the records' times `time` speaks of; absent: their default. */
  timeDimension: name.optional(),
  subject: z.enum(subjects).default('none'),
});
export type Related = z.infer<typeof relatedSchema>;

const relatedListSchema = z.array(relatedSchema).min(1).max(3);

/**
 * A column of a list that is told by other records of each row: how many tickets a customer has, when their last meeting
 * was. Told of records that the asker may see. In `orderBy` the first of them is `beside_1`.
 *
 * - `count`: how many there are, 0 where there are none. Needs no dimension; all others do.
 * - `sum`, `average`: of a number; a sum of amounts in several currencies is empty.
 * - `lowest`, `highest`: of a number, or the earliest and the latest of a time.
 * - `latest`: what the newest of them has, by their time.
 */
export const besideSchema = relatedSchema.omit({ has: true, atLeast: true }).extend({
  show: z.enum(['count', 'sum', 'average', 'lowest', 'highest', 'latest']),
  dimension: name.optional(),
});
export type Beside = z.infer<typeof besideSchema>;

/** What the order of a list calls a column told by other records. */
export const besideColumn = (index: number): string => `beside_${index + 1}`;

export const groupBySchema = z.object({
  dimension: name,
  /** Only for time dimensions. */
  grain: z.enum(timeUnits).optional(),
});

const orderSchema = z.object({ by: name, direction: z.enum(['asc', 'desc']) });

/**
 * What is shown beside each figure, computed from the figures of the answer itself, before conditions on figures
 * (`having`) and before rows are cut. A series is what the other groups (and the currency) have in common; it is read
 * along time.
 *
 * - `change`: the figure minus that of the point before in its series. The first point has none.
 * - `pct_change`: the same as a share of the absolute figure before; unknown where that was zero.
 * - `share`: part of the total of all groups under the same filters, also of those that the limit cuts; in a course
 *   with other groups, part of the point's total. Only for figures that add up.
 * - `running`: sum from the first point of the range on, never starting anew; without time, along the rows as they are
 *   ordered. Only for figures that add up.
 * - `rank`: 1 is the largest (the smallest when the answer is ordered that way); equal figures share a rank and the next
 *   one is skipped; in a course with other groups, within each point.
 * - `ratio`: the first of exactly two figures divided by the second one (MRR per seat); unknown where that is zero.
 * - `mean`: mean of all points of its series, the running one included: what a day or a month has on average.
 * - `moving_avg`: mean of this point and those before it, `window` in all; unknown until there are as many. The mean of
 *   the points, not of their records.
 */
export const transforms = [
  'none',
  'change',
  'pct_change',
  'share',
  'running',
  'rank',
  'ratio',
  'mean',
  'moving_avg',
] as const;
export type Transform = (typeof transforms)[number];

export const comparisons = ['none', 'previous_period', 'same_period_last_year', 'target'] as const;

export const metricPlanSchema = z.object({
  kind: z.literal('metric'),
  metrics: z.array(name).min(1).max(4),
  groupBy: z.array(groupBySchema).max(3).default([]),
  /** null: the metric's own default range (stated in the answer). */
  time: timeRangeSchema.nullable().default(null),
  /** With a range that still runs, as much of the other one as has passed of it; `target`: the metric's own. */
  compare: z.enum(comparisons).default('none'),
  transform: z.enum(transforms).default('none'),
  /** Points of a moving average. */
  window: z.int().min(2).max(90).default(7),
  /** Shows groups in which nothing was found as well: customers without tickets, weekdays without chats. */
  includeEmpty: z.boolean().default(false),
  where: whereSchema.default([]),
  /** Rows count only with, or without, other records of theirs. */
  related: relatedListSchema.optional(),
  /**
   * A part of the figure: what meets these as well. The answer shows it, the same without these, and the part as a share
   * of that. Only for figures that add up.
   */
  part: z.object({ where: whereSchema.default([]), related: relatedListSchema.optional() }).optional(),
  having: z
    /**
     * `metric` is a metric of the plan or what is shown beside one: `<metric>__change`, `<metric>__share`. With `against`
     * mean, `value` is so many times the mean of all groups (1: the mean itself), or of those that share the value of the
     * groups' dimension `within` ("more than the average of their team").
     */
    .array(
      z.object({
        metric: name,
        op: z.enum(['gt', 'gte', 'lt', 'lte', 'eq']),
        value: z.number(),
        against: z.literal('mean').optional(),
        within: name.optional(),
      }),
    )
    .max(4)
    .default([]),
  /** One of the groups' dimensions: of each of its values only the first group in the order ("best rep of each region"). */
  onePer: name.optional(),
  orderBy: z.array(orderSchema).max(3).default([]),
  limit: z.int().min(1).max(100).default(20),
  /** Groups before the first that is shown, in the order of the answer: 10 for "the next 10" after the first ones. */
  skip: z.int().min(1).max(1000).optional(),
  subject: z.enum(subjects).default('none'),
  chart: z.enum(['auto', 'none', 'line', 'bar', 'table', 'number']).default('auto'),
});
export type MetricPlan = z.infer<typeof metricPlanSchema>;

/** Figures as they are: nothing beside them, no empty groups. */
export const figuresAlone = { transform: 'none', window: 7, includeEmpty: false } as const;

/** A plan that asks for figures and nothing else, but for what is wished. */
export function plainMetricPlan(
  metrics: readonly string[],
  wishes: Partial<Omit<MetricPlan, 'kind' | 'metrics'>> = {},
): MetricPlan {
  return {
    kind: 'metric',
    metrics: [...metrics],
    groupBy: [],
    time: null,
    compare: 'none',
    ...figuresAlone,
    where: [],
    having: [],
    orderBy: [],
    limit: 20,
    subject: 'none',
    chart: 'auto',
    ...wishes,
  };
}

export const listPlanSchema = z.object({
  kind: z.literal('list'),
  entity: name,
  columns: z.array(name).max(10).default([]),
  /** Shown behind the columns. */
  beside: z.array(besideSchema).min(1).max(4).optional(),
  time: timeRangeSchema.nullable().default(null),
  /** Which of the entity's time dimensions `time` speaks of; absent: its default. */
  timeDimension: name.optional(),
  where: whereSchema.default([]),
  related: relatedListSchema.optional(),
  /** Of each value of this dimension one record: the first in the order. Records without a value are left out. */
  onePer: name.optional(),
  orderBy: z.array(orderSchema).max(3).default([]),
  limit: z.int().min(1).max(25).default(10),
  /** Records before the first that is shown: 1 for "the second largest", 10 for "the next 10". */
  skip: z.int().min(1).max(1000).optional(),
  subject: z.enum(subjects).default('none'),
});
export type ListPlan = z.infer<typeof listPlanSchema>;

export const queryPlanSchema = z.discriminatedUnion('kind', [metricPlanSchema, listPlanSchema]);
/** A plan that reads data. */
export type QueryPlan = z.infer<typeof queryPlanSchema>;

/** What people wrote in the listed records (newest first), read for an answer to the question. */
export const summaryPlanSchema = z.object({
  kind: z.literal('summary'),
  /** Tickets or customer escalations. */
  list: listPlanSchema,
  /** What the reader wants to know of them, in the asker's words. */
  question: z.string().min(1).max(300),
});
export type SummaryPlan = z.infer<typeof summaryPlanSchema>;

/** A plan that ends in an answer by itself. */
export const answerPlanSchema = z.discriminatedUnion('kind', [
  metricPlanSchema,
  listPlanSchema,
  summaryPlanSchema,
]);
export type AnswerPlan = z.infer<typeof answerPlanSchema>;

export const clarifyPlanSchema = z.object({
  kind: z.literal('clarify'),
  question: z.string().min(1).max(300),
  /** Each option is a complete plan: one click answers. */
  options: z
    .array(z.object({ label: z.string().min(1).max(70), plan: queryPlanSchema }))
    .min(2)
    .max(4),
});

/** A button of a question back: what it says, and the plan it runs. */
export interface PlanOption {
  readonly label: string;
  readonly plan: QueryPlan;
}

export const refusalReasons = [
  'no_metric',
  'no_field',
  'unknown_word',
  'needs_text',
  'action',
  'prediction',
  'not_allowed',
  'unclear',
  'unavailable',
] as const;

export const refusePlanSchema = z.object({
  kind: z.literal('refuse'),
  reason: z.enum(refusalReasons),
  /** What exactly could not be understood or served, in the asker's words. */
  detail: z.string().max(300),
  nearestMetrics: z.array(name).max(3).default([]),
});
export type RefusePlan = z.infer<typeof refusePlanSchema>;

export const planSchema = z.discriminatedUnion('kind', [
  metricPlanSchema,
  listPlanSchema,
  summaryPlanSchema,
  clarifyPlanSchema,
  refusePlanSchema,
]);
export type Plan = z.infer<typeof planSchema>;
