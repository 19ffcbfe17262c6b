import { join } from 'node:path';
import { z } from 'zod';
import type { Role } from '../domain/records.ts';
import { ok, type Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

const schema = z.strictObject({
  channels: z.array(
    z.strictObject({
      channel: z.string().min(2),
      clearance: z.enum(['agent', 'rep', 'supervisor', 'manager', 'executive', 'admin']),
    }),
  ),
});

/** Clearance by channel as written, `#name` or id. */
export function loadChannelClearances(catalogueDir: string): Result<ReadonlyMap<string, Role>> {
  const read = readYaml(join(catalogueDir, 'channels.yml'), schema);
  return read.ok
    ? ok(new Map(read.value.channels.map(({ channel, clearance }) => [channel, clearance])))
    : read;
}
