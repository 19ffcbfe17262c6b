import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { namingDimension } from '../compose/reach.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { mayShare } from './group-words.ts';
import { isOfSameRows, type PlainFigure, plainFigure } from './plain-figure.ts';
import { withoutOpening } from './question-opening.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

const mostMetrics = 4;
const longestName = 6;
const table =
  '(?:table|overview|summary|report|scorecard|dashboard|comparison|breakdown|stats|statistics|numbers|figures)';
const listed = new RegExp(
  `^(?:(?<lead>[^:,]*\\b${table}\\b[^:,]*): ?)?(?<names>[^:]+?),? (?:by|per|for each|for every) (?<tail>[^:,]+)$`,
  'i',
);
const joined = /, (?:and |plus )?(?:the |their )?| (?:and|plus|&) (?:the |their )?/i;
/** "Open, won and lost amount": adjectives of a noun that stands behind the last of them. */
const bare = /^(?:[a-z]+ed|open|won|lost|new|sent|paid|urgent|high|normal|low|pending)$/i;
const noName =
  /\d|\b(?:above|below|over|under|between|than|least|most|before|after|only|who|which|that|no|without|by|per|versus|vs|compared|or|how|top|best|worst)\b/i;

/**
 * "Team table for this month: solved, reopened, median first reply per engineer": three or more figures of the same groups,
 * each understood as a question of its own. A bare word of what happened is of the records that another figure is about.
 *
 * @param question a tidied question
 */
export function planFigureList(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const said = listed.exec(withoutOpening(question))?.groups;
  if (!said) return null;
  const { lead, names: list = '', tail = '' } = said;
  const names = list.split(joined).map((name) => name.trim());
  const isList = names.length <= mostMetrics && names.length >= (lead === undefined ? 3 : 2);
  if (
    !isList ||
    names.some((name) => name === '' || noName.test(name) || name.split(' ').length > longestName)
  )
    return null;
  if (lead === undefined && bare.test(names[0] ?? '') && !bare.test(names.at(-1) ?? '')) return null;
  const period = /\b(?:for|of|in|over|during) (?<time>.+)$/i.exec(lead ?? '')?.groups?.['time'] ?? '';
  const whose = /\bteam\b/i.test(lead ?? '') && !/\bteam\b/i.test(tail) ? 'in my team' : '';
  const behind = [`by ${tail}`, whose, period].filter((part) => part !== '').join(' ');
  const first = names.map((name) => plainFigure(planWords(`${name} ${behind}`)));
  const records = first.flatMap((one) => recordsOf(catalogue, one))[0];
  if (records === undefined) return null;
  const figures = first.map(
    (one, index) => one ?? plainFigure(planWords(`${names[index] ?? ''} ${records} ${behind}`)),
  );
  return together(catalogue, figures);
}

const inTime =
  /^(?<said>.+?)(?<period> (?:last|this|today|yesterday|since|in|for|over|during|until|so far|past|ytd|year to date|month to date)\b(?!.*\b(?:by|per|each)\b)[^,]*)$/i;
const groupsWith =
  /^(?:(?:list|get|see) )?(?:all |every )?(?<group>[\p{L}-]+(?: [\p{L}-]+)?)(?<whose> (?:of|in|on|from) (?:my|our|the) team)?,? (?:with|including|incl|showing) (?:their |its |the )?(?<names>\P{N}+)$/iu;
const isNumber = /^(?:number|count|total|amount|average|median|mean) /i;

/**
 * "Agents with open tickets and CSAT", "products with units sold last month": figures of each of the groups that are
 * named first. Records and customers have columns instead, see `shown-columns.ts`.
 *
 * @param question a tidied question
 */
export function planGroupsWithFigures(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): Planned | null {
  const said = groupsWith.exec(withoutOpening(question))?.groups;
  if (!said || !isGroup(catalogue, said['group'] ?? '')) return null;
  const all = said['names'] ?? '';
  const { said: list = all, period = '' } = inTime.exec(all)?.groups ?? {};
  const names = list.split(joined).map((name) => name.trim());
  const isTold = names.length > 1 || period !== '' || names.some((name) => isNumber.test(name));
  const isName = (name: string): boolean =>
    name !== '' &&
    !noName.test(name) &&
    !/^(?:an?|any) /i.test(name) &&
    name.split(' ').length <= longestName;
  if (!isTold || names.length > mostMetrics || !names.every(isName)) return null;
  const behind = `by ${said['group'] ?? ''}${said['whose'] ?? ''}${period}`;
  const told = together(
    catalogue,
    names.map((name) => plainFigure(planWords(`${name} ${behind}`))),
  );
  // "Deals with amount and age": of the records themselves these are columns.
  const group = told?.plan.groupBy[0]?.dimension ?? '';
  const isOfItself = told?.plan.metrics.some((id) => {
    const metric = catalogue.metrics.get(id);
    const entity = metric && entityOf(catalogue, metric)?.id;
    return entity !== undefined && namingDimension(catalogue, entity) === group;
  });
  return isOfItself === true ? null : told;
}

/** What figures are told by: a property of records, or those that records belong to; a customer has columns of its own. */
function isGroup(catalogue: Catalogue, said: string): boolean {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings = phrases.get(wordsOf(said).map(keyOf).join(' '))?.meanings ?? [];
  return (
    meanings.every((one) => one.kind !== 'entity' || one.id !== 'account') &&
    meanings.some(({ kind }) => kind === 'dimension' || kind === 'entity')
  );
}

function recordsOf(catalogue: Catalogue, figure: PlainFigure | null): readonly string[] {
  const metric = catalogue.metrics.get(figure?.plan.metrics[0] ?? '');
  return metric ? [entityOf(catalogue, metric)?.label.many ?? ''].filter((label) => label !== '') : [];
}

/** All of them, where they speak of the same rows. */
function together(catalogue: Catalogue, figures: readonly (PlainFigure | null)[]): Planned | null {
  const known = figures.filter((one) => one !== null);
  const [first] = known;
  if (!first || known.length < figures.length || first.plan.groupBy.length === 0) return null;
  const metrics = [...new Set(known.flatMap(({ plan }) => plan.metrics))];
  const isAlike = known.every(({ plan }) => isOfSameRows(plan, first.plan) && plan.orderBy.length === 0);
  const maySay = metrics.every((id) => {
    const metric = catalogue.metrics.get(id);
    return metric !== undefined && mayShare(catalogue, first.plan, metric);
  });
  if (!isAlike || !maySay || metrics.length < figures.length) return null;
  return { plan: { ...first.plan, metrics }, from: known.map(({ from }) => from) };
}
