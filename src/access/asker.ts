import type { Role } from '../domain/records.ts';

/** Who asks, as the server knows it: resolved from an immutable chat id (or `--as`), never from what was typed. */
export interface Asker {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly teamId: string | null;
  readonly zone: string;
}
