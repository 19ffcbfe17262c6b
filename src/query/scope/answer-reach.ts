import type { Asker } from '../../access/asker.ts';
import type { EntityDefinition, RowScope } from '../../catalogue/catalogue.ts';
import { simpleParts } from '../../catalogue/lookup.ts';
import { entityById, findWay } from '../../catalogue/paths.ts';
import type { CellValue } from '../answer-data.ts';
import { compileAnyRow } from '../compile/compile-any-row.ts';
import type { QueryPlan } from '../metric-query.ts';
import { relatedOf, whereOf } from '../plan-conditions.ts';
import type { Work } from '../work.ts';
import { idPathOf } from './owner-dimension.ts';
import type { ScopeDecision } from './row-scope.ts';
import { whoSees } from './who-sees.ts';

/** What an answer says nothing of, because the asker does not see it. */
export interface AnswerReach {
  /** Whose rows were looked at, where the question did not name them itself: "only your own tickets". */
  readonly whose?: string;
  /** Why the answer would be the same whatever the records say: none of them are the asker's to see. */
  readonly unseen?: string;
}

interface Answered {
  readonly entityIds: readonly string[];
  readonly columns: readonly { readonly role: string }[];
  readonly rows: readonly (readonly CellValue[])[];
}

/**
 * How far an answer reaches. "None" and "0" are facts only where the asker sees rows that might have been counted; the
 * looking is done under the same scope as the answer, so it tells nothing of rows beyond it.
 */
export async function reachOf(work: Work, plan: QueryPlan, answered: Answered): Promise<AnswerReach> {
  const beside = new Set(relatedOf(plan).map(({ entity }) => entity));
  const entities = answered.entityIds.flatMap((id) => entityById(work.catalogue, id) ?? []);
  const counted = entities.filter(
    ({ id }) => !beside.has(id) || id === (plan.kind === 'list' && plan.entity),
  );
  const unseen =
    (await unseenCounted(work, plan, counted, isNothing(answered))) ??
    (await unseenBeside(work, entities, beside));
  const whose = whoseRows(work, plan, counted);
  return { ...(whose !== null && { whose }), ...(unseen !== null && { unseen }) };
}

/** No row, or nothing but noughts and blanks where the figures stand. */
function isNothing({ columns, rows }: Answered): boolean {
  const figures = columns.flatMap(({ role }, index) => (role === 'metric' ? [index] : []));
  if (figures.length === 0) return rows.length === 0;
  return rows.every((row) => figures.every((index) => (row[index] ?? 0) === 0));
}

async function unseenCounted(
  work: Work,
  plan: QueryPlan,
  counted: readonly EntityDefinition[],
  isEmpty: boolean,
): Promise<string | null> {
  const isMine = plan.subject === 'me' || plan.subject === 'my_accounts';
  for (const entity of counted) {
    const { reason, condition } = work.scope(entity);
    if (reason === 'all-rows' || (isMine && reason === 'own-rows')) continue;
    if (reason === 'own-rows' && isAboutPeople(entity, work.asker) && (isEmpty || plan.kind === 'list'))
      return ofOthers(entity, work.asker);
    if (reason === 'own-rows' && asksForOthers(work, plan, entity)) return ofOthers(entity, work.asker);
    if (!isEmpty) continue;
    if (asksForNobodys(work, plan, entity)) return ofNobody(entity, work.asker);
    if (condition.kind === 'never' || !(await seesAny(work, entity))) return hiddenRows(entity, work.asker);
  }
  return null;
}

/** "With an open incident" and "without one" are both told wrongly by somebody who sees no incident. */
async function unseenBeside(
  work: Work,
  entities: readonly EntityDefinition[],
  beside: ReadonlySet<string>,
): Promise<string | null> {
  for (const entity of entities) {
    if (!beside.has(entity.id) || work.scope(entity).reason === 'all-rows') continue;
    if (!(await seesAny(work, entity))) return hiddenRows(entity, work.asker);
  }
  return null;
}

async function seesAny(work: Work, entity: EntityDefinition): Promise<boolean> {
  const { condition } = work.scope(entity);
  if (condition.kind === 'never') return false;
  return (await work.read(compileAnyRow(work.catalogue, entity, [condition], work.settings))).length > 0;
}

/**
 * People themselves, and for agents their times and loads: of oneself alone they answer no question about others. Quotas of
 * a rep are asked for as one's own.
 */
function isAboutPeople({ rowScope, joins }: EntityDefinition, { role }: Asker): boolean {
  if (rowScope.ownerPath === 'id') return true;
  const ways = Object.values(joins);
  const isOfPerson = ways.every(({ entity, column }) => entity === 'person' && column === rowScope.ownerPath);
  return role === 'agent' && ways.length > 0 && isOfPerson;
}

/** "Of my team", "of Support EMEA", "by agent": told of one's own rows alone it would be taken for the others' as well. */
function asksForOthers({ catalogue, asker }: Work, plan: QueryPlan, entity: EntityDefinition): boolean {
  if (plan.subject === 'my_team' || plan.subject === 'my_teams_accounts') return true;
  const owner = ownerPathOf(entity.rowScope, asker);
  const pathOf = (id: string): string | null => {
    const dimension = catalogue.dimensions.get(id);
    return dimension ? idPathOf(catalogue, entity, dimension) : null;
  };
  const keyPathOf = (id: string): string | null => {
    const dimension = catalogue.dimensions.get(id);
    const key = dimension && findWay(catalogue, entity.id, dimension)?.key;
    return key ? [...key.joins, key.column].join('.') : null;
  };
  const groups = plan.kind === 'metric' ? plan.groupBy.map(({ dimension }) => dimension) : [];
  const named = whereOf(plan).flatMap(({ any }) => any.map(({ dimension }) => dimension));
  const { teamPath } = entity.rowScope;
  return (
    groups.some((id) => owner !== null && pathOf(id) === owner) ||
    [...groups, ...named].some((id) => teamPath !== null && keyPathOf(id) === teamPath)
  );
}

/** Rows that nobody has are nobody's own; those of a team may still lie with the team. */
function asksForNobodys(work: Work, plan: QueryPlan, entity: EntityDefinition): boolean {
  const owner = ownerPathOf(entity.rowScope, work.asker) ?? '';
  const { teamPath } = entity.rowScope;
  const lies = work.scope(entity).reason === 'team-rows' && teamPath !== null;
  // "agent.team_id" is the team of whoever has it.
  const byOwner = lies && teamPath.includes('.') && owner.startsWith(teamPath.replace(/\.[^.]*$/, ''));
  return isUnassigned(work, plan, entity) && (!lies || byOwner);
}

/** "Without an assignee": those that are nobody's, where it is the assignee by whom rows are seen. */
function isUnassigned(work: Work, plan: QueryPlan, entity: EntityDefinition): boolean {
  const owner = ownerPathOf(entity.rowScope, work.asker);
  const metrics = plan.kind === 'metric' ? plan.metrics : [];
  const parts = metrics.flatMap((id) => {
    const metric = work.catalogue.metrics.get(id);
    return metric ? simpleParts(work.catalogue, metric) : [];
  });
  const own = parts.flatMap((part) => (part.entity === entity.id ? part.filters : []));
  const asked = [...whereOf(plan).map(({ any }) => any), ...own.map((filter) => [filter])];
  return asked.some((any) =>
    any.every(({ dimension, op }) => {
      const named = op === 'is_null' ? work.catalogue.dimensions.get(dimension) : undefined;
      return named !== undefined && owner !== null && idPathOf(work.catalogue, entity, named) === owner;
    }),
  );
}

const ownerPathOf = (scope: RowScope, asker: Asker): string | null =>
  scope.ownerPathByRole?.[asker.role] ?? scope.ownerPath;

const isByAccount = (entity: EntityDefinition, asker: Asker): boolean =>
  /(?:^|\.)account\.owner_id$/.test(ownerPathOf(entity.rowScope, asker) ?? '');

function ofOthers({ label, rowScope }: EntityDefinition, { role }: Asker): string {
  const own = rowScope.ownerPath === 'id' ? 'only yourself' : `only your own ${label.many}`;
  return `you see ${own}, nobody else’s; ${whoSees(rowScope, role)}`;
}

function ofNobody({ label, rowScope }: EntityDefinition, { role }: Asker): string {
  const mine = rowScope.byRole[role] === 'own' ? 'yours' : 'your team’s';
  return `${label.many} that nobody has yet are not ${mine}, so you do not see them; ${whoSees(rowScope, role)}`;
}

function hiddenRows(entity: EntityDefinition, asker: Asker): string {
  const { label, rowScope } = entity;
  const isOwn = rowScope.byRole[asker.role] === 'own';
  const account = isByAccount(entity, asker) || rowScope.ownerPath === 'account.owner_id';
  const whose = account
    ? `${label.many} of accounts that ${isOwn ? 'you own, and you own none with any' : 'your team owns, and it owns none with any'}`
    : `${isOwn ? 'your own' : 'your team’s'} ${label.many}, and there are none`;
  return `you see only ${whose}; ${whoSees(rowScope, asker.role)}`;
}

/** Nothing where the question itself says "my" or "my team", or where everybody's rows were read. */
function whoseRows(work: Work, plan: QueryPlan, counted: readonly EntityDefinition[]): string | null {
  const { subject } = plan;
  if (subject === 'me' || subject === 'my_accounts') return null;
  const isTeam = subject !== 'none';
  const wordsOf = (entity: EntityDefinition): readonly string[] => {
    const scope = work.scope(entity);
    const isSaid = isTeam && scope.reason === 'team-rows';
    return isSaid ? [] : whoseWords(entity, scope, work.asker);
  };
  // "Without any" is so only among those that the asker sees.
  const lacking = relatedOf(plan).flatMap(({ entity, has, subject: inner }) =>
    has === 'none' && inner === 'none' ? (entityById(work.catalogue, entity) ?? []) : [],
  );
  const parts = [...new Set([...counted, ...lacking].flatMap(wordsOf))];
  if (parts.length === 0) return null;
  const free = counted.find((entity) => isUnassigned(work, plan, entity));
  const missing = free === undefined ? '' : `; ${free.label.many} that no team has yet are not among them`;
  return `only ${parts.join(' and ')}${missing}`;
}

function whoseWords(entity: EntityDefinition, { reason }: ScopeDecision, asker: Asker): readonly string[] {
  const { many } = entity.label;
  switch (reason) {
    case 'own-rows':
      return [isByAccount(entity, asker) ? `${many} of accounts you own` : `your own ${many}`];
    case 'team-rows':
      return [isByAccount(entity, asker) ? `${many} of accounts your team owns` : `your team’s ${many}`];
    default:
      return [];
  }
}
