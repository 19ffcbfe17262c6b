import { join } from 'node:path';
import { z } from 'zod';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { layersOf, shownAs, yamlFilesOf } from './layers.ts';
import { openYamlFile } from './read-yaml.ts';

const tileSchema = z.strictObject({
  title: z.string().min(1).max(60),
  /** How the tile is drawn; numbers stand together at the top. */
  show: z.enum(['number', 'bar', 'line', 'table']),
  /** A query plan (see `query/metric-query.ts`); `$name` in a value stands for a parameter of the board. */
  plan: z.record(z.string(), z.unknown()),
  /** Only for numbers: a plan whose single series is drawn as a sparkline. */
  trend: z.record(z.string(), z.unknown()).optional(),
});

const boardSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'must be lower-case words joined by hyphens' }),
  title: z.string().min(1).max(80),
  /** Names that a caller must give, for example `account`. */
  parameters: z.array(z.string()).default([]),
  /** Only these roles may open it, and every look is audited; absent or empty: all. */
  roles: z.array(z.enum(['agent', 'rep', 'supervisor', 'manager', 'executive', 'admin'])).default([]),
  tiles: z.array(tileSchema).min(1).max(16),
});

/** A named set of metric queries, shown together. */
export type Board = z.infer<typeof boardSchema>;

/**
 * Reads `boards/*.yml`; all mistakes at once, with file and line. A board of one's own directory with `override: true`
 * changes the keys it gives of the board of that id, and `hidden: true` takes it away.
 *
 * @param folders absolute path of the catalogue folder, or several from the ground up
 */
export function loadBoards(folders: string | readonly string[]): Result<ReadonlyMap<string, Board>> {
  const layers = layersOf(folders);
  const known = new Map<
    string,
    { readonly raw: Readonly<Record<string, unknown>>; readonly depth: number }
  >();
  const boards = new Map<string, Board>();
  const issues: Issue[] = [];
  for (const layer of layers) {
    for (const file of yamlFilesOf(layer.folder, 'boards')) {
      const shown = shownAs(layer, file);
      const opened = openYamlFile(join(layer.folder, file), shown);
      const outer = opened.ok ? overrideSchema.safeParse(opened.value.written) : null;
      if (!opened.ok || !outer?.success) {
        issues.push(
          ...(opened.ok
            ? (outer?.error?.issues ?? []).map((one) => opened.value.issueFor(one))
            : opened.issues),
        );
        continue;
      }
      const { override, hidden, ...raw } = outer.data;
      const below = known.get(raw.id);
      const problem = placeProblem(raw.id, { override, depth: layer.depth, below: below?.depth ?? null });
      if (problem) {
        issues.push({ ...problem, path: `${shown}:${opened.value.lineOf(['id'])} id` });
        continue;
      }
      const merged = override ? { ...below?.raw, ...raw } : raw;
      known.set(raw.id, { raw: merged, depth: layer.depth });
      const parsed = boardSchema.safeParse(merged);
      if (!parsed.success) issues.push(...parsed.error.issues.map((one) => opened.value.issueFor(one)));
      else if (hidden) boards.delete(raw.id);
      else boards.set(raw.id, parsed.data);
    }
  }
  return issues.length > 0 ? fail(...issues) : ok(boards);
}

const overrideSchema = z.looseObject({
  id: boardSchema.shape.id,
  override: z.boolean().default(false),
  hidden: z.boolean().default(false),
});

function placeProblem(
  id: string,
  { override, depth, below }: { override: boolean; depth: number; below: number | null },
): Omit<Issue, 'path'> | null {
  if (override && below === null)
    return {
      code: 'unknown-board',
      message: `there is no board "${id}" to override; correct the id, or take override: true away`,
    };
  if (override || below === null) return null;
  const advice = below < depth ? '; write override: true to change it, or choose another id' : '';
  return { code: 'duplicate-id', message: `the id "${id}" is taken by another board${advice}` };
}

/**
 * Puts a board's parameters into a plan. Only whole values are replaced, so a parameter can never change what is asked
 * for, only about whom.
 */
export function fillParameters(plan: unknown, parameters: Readonly<Record<string, string>>): unknown {
  if (typeof plan === 'string' && plan.startsWith('$')) return parameters[plan.slice(1)] ?? plan;
  if (Array.isArray(plan)) return plan.map((item) => fillParameters(item, parameters));
  if (typeof plan !== 'object' || plan === null) return plan;
  return Object.fromEntries(
    Object.entries(plan).map(([key, value]) => [key, fillParameters(value, parameters)]),
  );
}
