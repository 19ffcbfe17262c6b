import type { RowScope } from '../../catalogue/catalogue.ts';
import type { Role } from '../../domain/records.ts';

/** Who could say what a role does not see, in words. */
export function whoSees({ byRole }: RowScope, role: Role): string {
  const all = byRole.manager === 'all' ? 'managers see all of them' : 'an admin sees all of them';
  return role !== 'supervisor' && byRole.supervisor === 'team'
    ? `supervisors see those of their team, ${all}`
    : all;
}
