import { z } from 'zod';
import type { ValueFormat } from '../domain/chart-data.ts';
import { calendarUnits } from './calendar-unit.ts';
import type { DefaultTime } from './catalogue.ts';
import { dateEvents } from './date-event.ts';
import { parseFormula } from './formula.ts';
import { columnsSchema, joinSchema, ownTablePattern } from './own-table-files.ts';

/** What a definition in `entities.yml`, `entities/*.yml`, `metrics/*.yml` or `verified/*.yml` looks like; unknown keys are mistakes. */
const id = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _');
const path = z
  .string()
  .regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*){0,3}$/, 'must be columns joined by dots');
const words = z.array(z.string().min(1).max(120)).default([]);
const role = z.enum(['agent', 'rep', 'supervisor', 'manager', 'executive', 'admin']);
const reach = z.enum(['all', 'team', 'own', 'none']);

const formatSchema = z
  .union([
    z.enum(['number', 'percent', 'money', 'duration']),
    z.strictObject({ kind: z.literal('number'), decimals: z.int().min(0).max(6).optional() }),
    z.strictObject({ kind: z.literal('percent') }),
    z.strictObject({ kind: z.literal('duration') }),
  ])
  .transform((given): ValueFormat => {
    if (given === 'money') return { kind: 'money', currency: noCurrency };
    if (typeof given === 'string') return { kind: given };
    if (given.kind !== 'number') return given;
    return given.decimals === undefined ? { kind: 'number' } : { kind: 'number', decimals: given.decimals };
  });

/** ISO 4217 code for "no currency": stands in a metric's format until the rows name theirs. */
const noCurrency = 'XXX';

const filterSchema = z.strictObject({
  dimension: id,
  op: z.enum(['eq', 'neq', 'in', 'not_in', 'is_null', 'is_not_null', 'gt', 'gte', 'lt', 'lte']),
  values: z.array(z.union([z.string(), z.number(), z.boolean()])).default([]),
  replaceable: z.boolean().default(false),
});

const tableSchema = z
  .string()
  .refine((name) => /^[a-z][a-z0-9_]{0,62}$/.test(name) || ownTablePattern.test(name), {
    error: 'must be one of our tables, or schema.table for a table of your own',
  });

const entityShape = z.strictObject({
  id,
  hidden: z.boolean().default(false),
  label: z.strictObject({ one: z.string().min(1), many: z.string().min(1) }),
  synonyms: words,
  table: tableSchema,
  /** Only for tables of one's own. */
  key: id.optional(),
  columns: columnsSchema.optional(),
  title: id,
  parent: id.optional(),
  one_per_parent: z.enum(['check', 'value']).optional(),
  measured: z.enum(['always', 'once_over']).optional(),
  snapshot: z.strictObject({ by: z.array(id).min(1), day: id }).optional(),
  joins: z.record(id, joinSchema).default({}),
  default_time: id.nullable(),
  list_columns: z.array(id).min(1).max(10),
  list_filters: z.array(filterSchema).default([]),
  list_order: id.optional(),
  row_scope: z.strictObject({
    owner: path.nullable().default(null),
    owner_by_role: z.partialRecord(role, path).optional(),
    team: path.nullable().default(null),
    roles: z.partialRecord(role, reach),
  }),
});

/** A table of one's own says what its columns are; ours are known. */
export const entitySchema = entityShape.superRefine((entity, context) => {
  const isOwn = entity.table.includes('.');
  for (const key of ['columns', 'key'] as const) {
    if ((entity[key] !== undefined) === isOwn) continue;
    const message = isOwn
      ? `is missing: name the ${key === 'key' ? 'column whose values are unique' : 'columns and what they hold'}`
      : `only a table of your own (schema.table) has ${key}`;
    context.addIssue({ code: 'custom', path: [key], message });
  }
});
export type EntityFile = z.infer<typeof entitySchema>;

export const dimensionSchema = z.strictObject({
  id,
  hidden: z.boolean().default(false),
  label: z.string().min(1),
  description: z.string().min(1),
  synonyms: words,
  entity: id,
  path,
  key: path.optional(),
  also: z.array(z.strictObject({ entity: id, path })).default([]),
  calendar: z.enum(calendarUnits).optional(),
  until: z.union([z.literal('@now'), path]).optional(),
  ongoing: z.boolean().default(false),
  minus: path.optional(),
  differs: path.optional(),
  before: id.optional(),
  type: z.enum(['text', 'number', 'boolean', 'date', 'instant']),
  event: z.enum(dateEvents).optional(),
  kind: z.boolean().default(false),
  reason: z.boolean().default(false),
  /** A value that another column has as well counts only beside the name of this one: the “enterprise” policy. */
  named: z.boolean().default(false),
  values: z
    .array(z.strictObject({ value: z.string().min(1), label: z.string().min(1), synonyms: words }))
    .default([]),
  /** What a value alone asks for: how much is in “commit”. */
  measures: id.optional(),
  /** On which end of the values the worst and the highest stand: "high or worse". */
  order: z.strictObject({ worst: z.enum(['first', 'last']), highest: z.enum(['first', 'last']) }).optional(),
  format: formatSchema.optional(),
  filterable: z.boolean().default(true),
  groupable: z.boolean().default(true),
  pii: z.boolean().default(false),
  roles: z.array(role).default([]),
});
export type DimensionFile = z.infer<typeof dimensionSchema>;

const units = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
const unitOf = (word: string) => units.find((unit) => word === unit || word === `${unit}s`);

/** `all`, `this quarter`, `whole this quarter`, `last 30 days`. */
const defaultTimeSchema = z.string().transform((text, context): DefaultTime => {
  const parts = text.split(' ');
  const unit = unitOf(parts.at(-1) ?? '');
  if (text === 'all') return { kind: 'all' };
  if (parts.length === 2 && parts[0] === 'this' && unit !== undefined) return { kind: 'to_date', unit };
  if (text.startsWith('whole this ') && unit !== undefined && unit !== 'hour' && unit !== 'day') {
    return { kind: 'calendar', unit };
  }
  const n = Number(parts[1]);
  if (parts.length === 3 && parts[0] === 'last' && unit !== undefined && Number.isInteger(n) && n > 0) {
    return { kind: 'relative', unit, n };
  }
  context.addIssue({
    code: 'custom',
    message: 'must be `all`, `this <unit>`, `whole this <unit>` or `last <n> <units>`',
  });
  return z.NEVER;
});

const metricBase = {
  id,
  hidden: z.boolean().default(false),
  label: z.string().min(1),
  description: z.string().min(1),
  synonyms: words,
  unit: z.string().min(1),
  format: formatSchema,
  good: z.enum(['up', 'down', 'none']),
  target: z.number().optional(),
  /** Unit of time that runs now and of which the state is one: a quota of the year. */
  covers: z.enum(['month', 'quarter', 'year']).optional(),
  /** Time up to now that the figure is always of: "last year", "last 8 weeks". No other period applies to it. */
  window: z
    .string()
    .regex(/^last (?:\d+ )?(?:days|weeks|months|year)$/)
    .optional(),
  roles: z.array(role).default([]),
  verified_questions: words,
};

const simpleMetricSchema = z.strictObject({
  ...metricBase,
  entity: id,
  measure: z.strictObject({
    aggregate: z.enum([
      'count',
      'count_distinct',
      'sum',
      'avg',
      'min',
      'max',
      'median',
      'p10',
      'p25',
      'p75',
      'p90',
      'p95',
    ]),
    path: z.union([z.literal('@now'), path]).optional(),
    since: path.optional(),
    times: path.optional(),
    steps: z
      .array(z.strictObject({ from: z.number().nullable(), points: z.number() }))
      .min(1)
      .optional(),
    currency: path.optional(),
  }),
  filters: z.array(filterSchema).default([]),
  time: id.nullable().default(null),
  default_time: defaultTimeSchema.default({ kind: 'all' }),
  additive: z.boolean(),
  lasts: z.strictObject({ from: id, until: id }).optional(),
});
type SimpleMetricFile = z.infer<typeof simpleMetricSchema>;

const ratioMetricSchema = z.strictObject({ ...metricBase, numerator: id, denominator: id });
type RatioMetricFile = z.infer<typeof ratioMetricSchema>;

const derivedMetricSchema = z.strictObject({
  ...metricBase,
  formula: z
    .string()
    .max(500)
    .transform((written, context) => {
      const formula = parseFormula(written);
      if (!('mistake' in formula)) return { formula, written: written.replaceAll(/\s+/g, ' ').trim() };
      context.addIssue({ code: 'custom', message: formula.mistake });
      return z.NEVER;
    }),
});
type DerivedMetricFile = z.infer<typeof derivedMetricSchema>;

export type MetricFile = SimpleMetricFile | RatioMetricFile | DerivedMetricFile;

function schemaFor(given: unknown): z.ZodType<MetricFile> {
  const has = (key: string) => typeof given === 'object' && given !== null && key in given;
  if (has('formula')) return derivedMetricSchema;
  return has('numerator') ? ratioMetricSchema : simpleMetricSchema;
}

/** A formula makes a metric derived, a numerator a ratio, everything else is simple; the split keeps complaints precise. */
export const metricSchema = z.unknown().transform((given, context): MetricFile => {
  const parsed = schemaFor(given).safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: 'custom', path: [...issue.path], message: issue.message });
  }
  return z.NEVER;
});

/** A question, in one or several wordings, and the plan that answers it; the planner checks the plan. */
export const verifiedSchema = z.strictObject({
  questions: z.array(z.string().min(3).max(300)).min(1),
  plan: z.record(z.string(), z.unknown()),
});
