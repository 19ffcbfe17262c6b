import type { Asker } from '../../access/asker.ts';
import type { Catalogue, EntityDefinition } from '../../catalogue/catalogue.ts';
import { entityById, findWay, followPath, type Way } from '../../catalogue/paths.ts';
import type { Role } from '../../domain/records.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { Issue } from '../../toolkit/issue.ts';
import type { Condition } from '../condition.ts';
import type { MetricPlan } from '../metric-query.ts';

/** What the server adds to every statement about an entity, whoever wrote the plan. */
export interface ScopeDecision {
  readonly reason: 'all-rows' | 'own-rows' | 'team-rows' | 'role-sees-none' | 'person-has-no-team';
  readonly condition: Condition;
  readonly words: string;
}

const everything: Condition = { kind: 'all-of', conditions: [] };
const nothing: Condition = { kind: 'never' };

/**
 * Rows of an entity that the asker may see. Deny by default: a role that the entity does not name, a team that the
 * asker does not have and a path that does not lead anywhere all see nothing.
 *
 * @param teamName for the words; the id decides
 */
export function scopeOf(
  catalogue: Catalogue,
  entity: EntityDefinition,
  asker: Asker,
  teamName: string | null,
): ScopeDecision {
  const rows = entity.label.many;
  const reach = entity.rowScope.byRole[asker.role] ?? 'none';
  switch (reach) {
    case 'all':
      return { reason: 'all-rows', condition: everything, words: `all ${rows}` };
    case 'own': {
      const condition = ownRows(catalogue, entity, asker);
      if (!condition) return none(`no ${rows}: nobody owns them`);
      return { reason: 'own-rows', condition, words: `your own ${rows}${ownerWords(entity, asker)}` };
    }
    case 'team': {
      if (asker.teamId === null) {
        return { reason: 'person-has-no-team', condition: nothing, words: `no ${rows}: you are in no team` };
      }
      const condition = teamRows(catalogue, entity, asker, asker.teamId);
      if (!condition) return none(`no ${rows}: no team owns them`);
      return {
        reason: 'team-rows',
        condition,
        words: `${rows} of your team${teamName === null ? '' : ` (${teamName})`}`,
      };
    }
    case 'none':
      return none(`no ${rows}: your role (${asker.role}) does not see them`);
    default:
      return exhaustive(reach);
  }
}

function none(words: string): ScopeDecision {
  return { reason: 'role-sees-none', condition: nothing, words };
}

/** "Mine" and "my team's" narrow the scope further; they never widen it. */
export function subjectCondition(
  catalogue: Catalogue,
  entity: EntityDefinition,
  asker: Asker,
  subject: MetricPlan['subject'],
): Condition | Issue {
  switch (subject) {
    case 'none':
      return everything;
    case 'me':
      return ownRows(catalogue, entity, asker) ?? notOwned(entity, 'a person');
    case 'my_team':
      if (asker.teamId === null) return noTeam;
      return withoutLead(
        catalogue,
        entity,
        asker,
        teamRows(catalogue, entity, asker, asker.teamId) ?? notOwned(entity, 'a team'),
      );
    case 'my_accounts': {
      const way = accountOwner(catalogue, entity);
      return way ? { kind: 'one-of', way, values: [asker.personId] } : notOwned(entity, 'an account');
    }
    case 'my_teams_accounts': {
      const way = accountOwner(catalogue, entity);
      if (!way) return notOwned(entity, 'an account');
      return asker.teamId === null ? noTeam : { kind: 'person-in-team', way, teamId: asker.teamId };
    }
    default:
      return exhaustive(subject);
  }
}

/** "Who on my team": whoever leads the team means the others. */
function withoutLead(
  catalogue: Catalogue,
  entity: EntityDefinition,
  asker: Asker,
  team: Condition | Issue,
): Condition | Issue {
  const isPerson = entity.rowScope.ownerPath === entity.key;
  const self = isPerson && asker.role === 'supervisor' ? wayTo(catalogue, entity, entity.key) : null;
  if ('code' in team || self === null) return team;
  return {
    kind: 'all-of',
    conditions: [team, { kind: 'none-of', way: self, values: [asker.personId] }],
  };
}

const noTeam: Issue = {
  code: 'no-team',
  path: 'subject',
  message: 'You are in no team, so there is nothing of your team to show.',
};

/** Whoever owns the account that answers show beside such a row. */
function accountOwner(catalogue: Catalogue, entity: EntityDefinition): Way | null {
  const owner = entityById(catalogue, 'account')?.rowScope.ownerPath ?? null;
  const account = catalogue.dimensions.get('account');
  const shown = account && findWay(catalogue, entity.id, account);
  if (owner === null || !shown) return null;
  return wayTo(catalogue, entity, [...shown.joins, owner].join('.'));
}

function notOwned(entity: EntityDefinition, owner: string): Issue {
  return {
    code: 'subject-not-applicable',
    path: 'subject',
    message: `${entity.label.many} do not belong to ${owner}; ask without "my".`,
  };
}

function ownerPath(entity: EntityDefinition, asker: Asker): string | null {
  return entity.rowScope.ownerPathByRole?.[asker.role] ?? entity.rowScope.ownerPath;
}

function ownerWords(entity: EntityDefinition, asker: Asker): string {
  return (ownerPath(entity, asker) ?? '').startsWith('account.') ? ' (of the accounts you own)' : '';
}

function ownRows(catalogue: Catalogue, entity: EntityDefinition, asker: Asker): Condition | null {
  const way = wayTo(catalogue, entity, ownerPath(entity, asker));
  return way && { kind: 'one-of', way, values: [asker.personId] };
}

function teamRows(
  catalogue: Catalogue,
  entity: EntityDefinition,
  asker: Asker,
  teamId: string,
): Condition | null {
  const conditions: Condition[] = [];
  const team = wayTo(catalogue, entity, entity.rowScope.teamPath);
  if (team) conditions.push({ kind: 'one-of', way: team, values: [teamId] });
  for (const path of ownerPathsOfTeam(entity.rowScope, asker.role)) {
    const owner = wayTo(catalogue, entity, path);
    if (owner) conditions.push({ kind: 'person-in-team', way: owner, teamId });
  }
  return conditions.length > 0 ? { kind: 'any-of', conditions } : null;
}

/**
 * Whose rows are a team's: those of its people, by each of the ways in which one of them sees rows as their own. A rep sees
 * the tickets of accounts they own, so whoever leads reps sees these as well.
 */
export function ownerPathsOfTeam(
  { ownerPath: plain, ownerPathByRole, byRole }: EntityDefinition['rowScope'],
  role: Role,
): readonly string[] {
  const others = (Object.keys(ownerPathByRole ?? {}) as Role[]).filter((one) => byRole[one] === 'own');
  const paths = [ownerPathByRole?.[role] ?? plain, ...others.map((one) => ownerPathByRole?.[one] ?? null)];
  return [...new Set(paths.filter((path) => path !== null))];
}

function wayTo(catalogue: Catalogue, entity: EntityDefinition, path: string | null): Way | null {
  return path === null ? null : followPath(catalogue, entity.id, path);
}
