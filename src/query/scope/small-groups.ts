import { sql } from 'kysely';
import type { DimensionDefinition } from '../../catalogue/catalogue.ts';
import { entityById, findWay, type Way } from '../../catalogue/paths.ts';
import type { Role } from '../../domain/records.ts';
import { fail, type Issue, ok, type Result } from '../../toolkit/issue.ts';
import type { PartResult } from '../assemble.ts';
import type { CheckedMetricPlan } from '../check-metric-plan.ts';
import { relatedTable } from '../compile/row-source.ts';
import type { Condition } from '../condition.ts';
import type { ResolvedWhere } from '../resolve-where.ts';
import type { Work } from '../work.ts';

/** From so many colleagues on, figures may be broken down by person for somebody who does not lead them. */
export const smallestGroup = 5;

const leaders: ReadonlySet<Role> = new Set(['manager', 'executive', 'admin']);

/** Conditions of a question and the entity that they are about. */
export interface NamedWhere {
  readonly entityId: string;
  readonly where: ResolvedWhere;
}

interface Colleague {
  readonly id: string;
  readonly name: string;
}

/**
 * Figures about single colleagues are for themselves and for those who lead them: agents and reps see their own, a
 * supervisor sees the team's, managers and above see all. Of other colleagues, a breakdown by person is shown only when
 * there are at least five of them; fewer are left out, and the answer says so. The same holds for a question that is
 * narrowed to named colleagues. Lists of records are no figures: they name whoever works on a record one may see.
 *
 * @returns the parts without the rows of such colleagues and a note, or an issue when nothing would be left
 */
export async function hideSmallGroups<Part extends PartResult>(
  work: Work,
  checked: Pick<CheckedMetricPlan, 'groups' | 'parts'>,
  wheres: readonly NamedWhere[],
  parts: ReadonlyMap<string, Part>,
): Promise<Result<{ readonly parts: ReadonlyMap<string, Part>; readonly note: string | null }>> {
  if (leaders.has(work.asker.role)) return ok({ parts, note: null });
  const at = checked.groups.flatMap((group, index) =>
    group.kind === 'dimension' && namesColleague(work, checked, group.dimension) ? [index] : [],
  );
  const named = namesIn(work, wheres);
  if (at.length === 0 && named.size === 0) return ok({ parts, note: null });
  const led = await colleaguesOf(work);
  const isLed = new Set(led.flatMap(({ id, name }) => [id, name]));
  const strangers = [...named].filter((name) => !isLed.has(name));
  if (strangers.length > 0 && strangers.length < smallestGroup) return fail(tooFew(strangers.length));
  return at.length === 0 ? ok({ parts, note: null }) : withoutFew(parts, at, isLed);
}

function withoutFew<Part extends PartResult>(
  parts: ReadonlyMap<string, Part>,
  at: readonly number[],
  isLed: ReadonlySet<unknown>,
): Result<{ readonly parts: ReadonlyMap<string, Part>; readonly note: string | null }> {
  const rows = [...parts.values()].flatMap((part) => [
    ...part.rows,
    ...(part.previous ?? []),
    ...(part.whole ?? []),
  ]);
  const others = new Set(
    rows.flatMap(({ keys }) => at.flatMap((index) => (isOther(keys[index], isLed) ? [keys[index]] : []))),
  );
  if (others.size === 0 || others.size >= smallestGroup) return ok({ parts, note: null });
  const isShown = ({ keys }: PartResult['rows'][number]) => at.every((index) => !isOther(keys[index], isLed));
  if (!rows.some(isShown)) return fail(tooFew(others.size));
  const shown = new Map(
    [...parts].map(([id, part]): [string, Part] => [
      id,
      {
        ...part,
        rows: part.rows.filter(isShown),
        previous: part.previous?.filter(isShown) ?? null,
        whole: part.whole?.filter(isShown) ?? null,
      },
    ]),
  );
  const who = others.size === 1 ? '1 other colleague' : `${others.size} other colleagues`;
  return ok({ parts: shown, note: `without ${who}: fewer than ${smallestGroup} are not shown one by one` });
}

/** Rows of nobody are about nobody. */
const isOther = (key: unknown, isLed: ReadonlySet<unknown>): boolean =>
  key !== null && key !== undefined && !isLed.has(key);

function tooFew(count: number): Issue {
  const who = count === 1 ? 'one colleague who is' : `${count} colleagues who are`;
  return {
    code: 'small-group',
    path: 'groupBy',
    message: `That is about ${who} not in your team, and figures about fewer than ${smallestGroup} people are for those who lead them; ask for the total, or for a list of the records`,
  };
}

/** Whether a dimension is the name of one of the company's own people. */
function namesColleague(
  work: Work,
  { parts }: Pick<CheckedMetricPlan, 'parts'>,
  dimension: DimensionDefinition,
): boolean {
  return parts.some((part) => {
    const way = findWay(work.catalogue, part.entity, dimension);
    return way !== null && isColleagueName(work, way);
  });
}

function isColleagueName(work: Work, way: Way): boolean {
  const entity = entityById(work.catalogue, way.entity);
  return entity?.table === 'person' && (way.column === entity.titleColumn || way.column === 'email');
}

/** Names that the question is narrowed to. */
function namesIn(work: Work, wheres: readonly NamedWhere[]): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (condition: Condition): void => {
    if (condition.kind === 'all-of' || condition.kind === 'any-of') condition.conditions.forEach(collect);
    else if (condition.kind === 'one-of' && isColleagueName(work, condition.way))
      for (const value of condition.values) names.add(String(value));
  };
  for (const { entityId, where } of wheres) {
    where
      .conditionsFor((dimension) => findWay(work.catalogue, entityId, dimension) ?? nowhere)
      .forEach(collect);
  }
  return names;
}

const nowhere: Way = { joins: [], entity: '', column: '', type: 'text' };

/** Oneself, and for a supervisor the team. */
async function colleaguesOf(work: Work): Promise<readonly Colleague[]> {
  const { personId, role, teamId } = work.asker;
  const team = role === 'supervisor' && teamId !== null ? sql` or p.team_id = ${teamId}` : sql``;
  return work.read(
    sql<Colleague>`select p.id, p.name from ${relatedTable(work.catalogue, 'person')} as p where p.id = ${personId}${team}`,
  );
}
