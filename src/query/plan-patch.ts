import { z } from 'zod';
import {
  comparisons,
  filterSchema,
  groupBySchema,
  metricPlanSchema,
  subjects,
  timeRangeSchema,
  transforms,
} from './metric-query.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const allOf = z.array(z.object({ any: z.array(filterSchema).min(1).max(10) })).max(12);

/**
 * What a follow-up changes of the plan before it; what it does not name stays. It is applied by the server and checked
 * like any plan, so it can ask for nothing that a whole question could not.
 */
export const planPatchSchema = z.object({
  kind: z.literal('patch'),
  /** `replace`: in place of the figures of the plan. */
  metrics: z
    .object({ op: z.enum(['add', 'replace', 'remove']), ids: z.array(name).min(1).max(4) })
    .optional(),
  /** `remove` without groups: all of them. A grain said of a course that is there changes only the grain. */
  groupBy: z
    .object({ op: z.enum(['add', 'replace', 'remove']), groups: z.array(groupBySchema).max(3) })
    .optional(),
  /**
   * `replace`: conditions on the same dimension make room, others stay. `add`: these must hold as well. `widen`: the
   * values join those of the same dimension.
   */
  where: z.object({ op: z.enum(['replace', 'add', 'widen']), all: allOf }).optional(),
  /** Dimensions whose conditions go; `all`: every condition. */
  dropWhere: z.union([z.literal('all'), z.array(name).max(12)]).optional(),
  time: timeRangeSchema.optional(),
  compare: z.enum(comparisons).optional(),
  transform: z.enum(transforms).optional(),
  window: z.int().min(2).max(90).optional(),
  includeEmpty: z.boolean().optional(),
  having: metricPlanSchema.shape.having.unwrap().optional(),
  orderBy: metricPlanSchema.shape.orderBy.unwrap().optional(),
  limit: z.int().min(1).max(100).optional(),
  /** Rows before the first that is shown; absent: from the first. */
  skip: z.int().min(1).max(1000).optional(),
  subject: z.enum(subjects).optional(),
  chart: metricPlanSchema.shape.chart.unwrap().optional(),
  /** The records behind a figure, or the number of the records of a list. */
  to: z.enum(['list', 'metric']).optional(),
  /** Columns that a list shows beside its usual ones. */
  columns: z.array(name).max(10).optional(),
  /** Records of another kind for a list. */
  entity: name.optional(),
});
export type PlanPatch = z.infer<typeof planPatchSchema>;
