import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

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
  tiles: z.array(tileSchema).min(1).max(12),
});

/** A named set of metric queries, shown together. */
export type Board = z.infer<typeof boardSchema>;

/** Reads `boards/*.yml`; all mistakes at once, with file and line. */
export function loadBoards(catalogueDir: string): Result<ReadonlyMap<string, Board>> {
  const folder = join(catalogueDir, 'boards');
  const boards = new Map<string, Board>();
  const issues: Issue[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .sort()) {
    const read = readYaml(join(folder, name), boardSchema, `boards/${name}`);
    if (!read.ok) issues.push(...read.issues);
    else if (boards.has(read.value.id)) {
      issues.push({
        code: 'duplicate-id',
        path: `boards/${name}`,
        message: `the id "${read.value.id}" is taken by another board`,
      });
    } else boards.set(read.value.id, read.value);
  }
  return issues.length > 0 ? fail(...issues) : ok(boards);
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
