import { join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

const digestSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'must be lower-case words joined by hyphens' }),
  title: z.string().min(1).max(80),
  channel: z.string().min(2),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as 09:00' }),
  board: z.string(),
  role: z.enum(['agent', 'rep', 'supervisor', 'manager', 'executive', 'admin']),
});

/** A post that comes every day at a local time. */
export type Digest = z.infer<typeof digestSchema>;

/** Reads `digests.yml`. */
export function loadDigests(catalogueDir: string): Result<readonly Digest[]> {
  const read = readYaml(
    join(catalogueDir, 'digests.yml'),
    z.strictObject({ digests: z.array(digestSchema) }),
  );
  return read.ok ? ok(read.value.digests) : read;
}
