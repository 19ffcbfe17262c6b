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
      team: z.string().min(1).optional(),
    }),
  ),
});

/** What everybody in a channel may see: all that this role sees, whoever has it, and what it sees of the team. */
export interface ChannelClearance {
  readonly role: Role;
  /** Name of the team, for a role that sees a team's rows; null: none. */
  readonly team: string | null;
}

/** Clearance by channel as written, `#name` or id. */
export function loadChannelClearances(catalogueDir: string): Result<ReadonlyMap<string, ChannelClearance>> {
  const read = readYaml(join(catalogueDir, 'channels.yml'), schema);
  if (!read.ok) return read;
  return ok(
    new Map(
      read.value.channels.map(({ channel, clearance, team }) => [
        channel,
        { role: clearance, team: team ?? null },
      ]),
    ),
  );
}
