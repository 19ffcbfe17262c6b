import type { DimensionDefinition } from '../catalogue/catalogue.ts';
import { linkBetween } from '../catalogue/link.ts';
import { calendarPartOf, type DimensionWay, findWay } from '../catalogue/paths.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import type { CheckedRelated } from './check-related.ts';
import type { Condition } from './condition.ts';
import { storedFilter } from './resolve/resolve-filter.ts';
import { type AbsoluteRange, absoluteRange, resolveRange } from './resolve/time-range.ts';
import { type ResolvedWhere, resolveWhere } from './resolve-where.ts';
import { subjectCondition } from './scope/row-scope.ts';
import { valueLookUp, type Work } from './work.ts';

/** Conditions on other records, with every word of them found. */
export interface ResolvedRelated {
  readonly words: readonly string[];
  readonly entityIds: readonly string[];
  /** Conditions inside, each with the entity whose records it is about. */
  readonly inside: readonly { readonly entityId: string; readonly where: ResolvedWhere }[];
  conditionsFor(outerId: string): readonly Condition[];
}

/**
 * Finds the words of conditions on other records. Only records that the asker may see are looked for, so that neither
 * "has" nor "has none" tells anything about others; the words say so.
 */
export async function resolveRelated(
  work: Work,
  list: readonly CheckedRelated[],
): Promise<Result<ResolvedRelated>> {
  const issues: Issue[] = [];
  const all: {
    readonly words: string;
    readonly one: CheckedRelated;
    readonly where: ResolvedWhere;
    readonly build: (outerId: string) => Condition;
  }[] = [];
  for (const one of list) {
    const resolved = await resolveOne(work, one);
    if (resolved.ok) all.push(resolved.value);
    else issues.push(...resolved.issues);
  }
  if (issues.length > 0) return fail(...issues);
  return ok({
    words: all.map(({ words }) => words),
    entityIds: all.map(({ one }) => one.entity.id),
    inside: all.map(({ one, where }) => ({ entityId: one.entity.id, where })),
    conditionsFor: (outerId) => all.map(({ build }) => build(outerId)),
  });
}

async function resolveOne(work: Work, one: CheckedRelated) {
  const { entity, related } = one;
  const where = await resolveWhere(work, one.where, valueLookUp(work, [entity.id]));
  if (!where.ok) return where;
  const range = rangeOf(work, one);
  if (!range.ok) return range;
  const subject = subjectCondition(work.catalogue, entity, work.asker, related.subject);
  if ('code' in subject) return fail(subject);
  const wayTo = (dimension: DimensionDefinition): DimensionWay => {
    const way = findWay(work.catalogue, entity.id, dimension);
    if (!way) throw new Error(`${entity.id} does not reach ${dimension.id}`);
    return way;
  };
  const standard = (entity.listFilters ?? [])
    .filter(
      ({ dimension, replaceable }) => !(replaceable === true && where.value.dimensionIds.has(dimension)),
    )
    .flatMap((filter) => {
      const dimension = work.catalogue.dimensions.get(filter.dimension);
      return dimension ? [storedFilter(filter, dimension, work.settings).toCondition(wayTo(dimension))] : [];
    });
  const conditions = [
    work.scope(entity).condition,
    subject,
    ...standard,
    ...where.value.conditionsFor(
      (dimension) => (one.time && calendarPartOf(wayTo(one.time), dimension)) ?? wayTo(dimension),
    ),
  ];
  const time = range.value && one.time ? { way: wayTo(one.time), range: range.value } : null;
  const build = (outerId: string): Condition => {
    const link = linkBetween(work.catalogue, outerId, entity.id, related.via);
    if (!link) throw new Error(`${outerId} and ${entity.id} are not tied`);
    const { outer, inner } = link;
    const records = { entity, outer, inner, conditions, time, atLeast: related.atLeast };
    return { kind: 'related', records, negated: related.has === 'none' };
  };
  return ok({ words: wordsOf(work, one, where.value, range.value), one, where: where.value, build });
}

function rangeOf(work: Work, { related, time }: CheckedRelated): Result<AbsoluteRange | null> {
  if (!time || related.time === null) return ok(null);
  const range = resolveRange(related.time, work.settings);
  if (!range.ok) return range;
  return ok(absoluteRange(range.value, time.type === 'instant' ? 'instant' : 'date', work.settings));
}

/** "with no deals (Stage is Negotiation; last 30 days), counting your own deals". */
function wordsOf(
  work: Work,
  { entity, related }: CheckedRelated,
  where: ResolvedWhere,
  range: AbsoluteRange | null,
): string {
  const { has, atLeast, subject } = related;
  const many =
    atLeast === 1
      ? has === 'some'
        ? ''
        : 'no '
      : has === 'some'
        ? `at least ${atLeast} `
        : `fewer than ${atLeast} `;
  const whose = {
    none: '',
    me: ' of yours',
    my_team: ' of your team',
    my_accounts: ' of accounts you own',
    my_teams_accounts: ' of accounts your team owns',
  }[subject];
  const inside = [...where.words, ...(range ? [range.words] : [])].join('; ');
  const scope = work.scope(entity);
  const seen = scope.reason === 'all-rows' ? '' : `, counting ${scope.words}`;
  return `with ${many}${entity.label.many}${whose}${inside === '' ? '' : ` (${inside})`}${seen}`;
}
