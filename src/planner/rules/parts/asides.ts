import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { ListPlan, QueryPlan } from '../../../query/metric-query.ts';
import { listBehind } from '../../followup/convert-plan.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { personDimensions } from '../compose/reach.ts';
import { tidy } from '../token.ts';
import { listWith, nameIn } from './apply-form.ts';
import { fieldIn, mayBeField } from './field-names.ts';
import { namesIn } from './question-form.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

const joiner = '(?:,? (?:and|n|plus|also)|,)';
const politeness = /(?:[,.]? ?(?:please|pls|plz|thanks|thank you|thx|ty|cheers))+$/i;

/** What is asked of each record beside which they are: "and when were they last seen", "and how much is each". */
const questions: readonly RegExp[] = [
  new RegExp(
    `^(?<core>.+?)${joiner} (?:since )?(?<when>when|on (?:which|what) (?:date|day))\\b(?: (?:is|are|was|were|did|do|does|has|have))?(?: (?:they|it|each|that|this))?(?: (?:each|supposed to|going to|due to))*(?<what>(?: [a-z]+){0,3})$`,
    'i',
  ),
  new RegExp(
    `^(?<core>.+?)${joiner} (?:with |for |by )?(?<much>how (?:much|big|large|high))\\b(?: (?:is|are|was|were|for|of))*(?: (?:each|it|they|them|those|these|deals?|one|that|every))*$`,
    'i',
  ),
  new RegExp(
    `^(?<core>.+?)${joiner} (?<who>who(?:'s|s| is| are| has| have)?)(?: (?:on|responsible|owns?|ha(?:s|ve)|holds?|handl(?:es|ing)|working|in charge|assigned))(?: (?:for|of|on|to))*(?: (?:it|them|that|those|each))*$`,
    'i',
  ),
  new RegExp(
    `^(?<core>.+?)${joiner} (?:what|which) (?:is|are|was|were) (?:their|its|the)(?<names> .+)$`,
    'i',
  ),
];
/** "And how many each": a number of each, which stands beside those that are told by it. */
const each = new RegExp(
  `^(?<core>.+?)${joiner} (?:also )?(?:how many|the (?:count|number)|how much)(?: (?:of them|is it|are they|are there|was it|were they|do|does|did|have|has|had|for|they|it))* (?:for )?(?:each|every one|apiece)(?: (?:one|of them|of those|has|have|had|did|opened|made|of these))*$`,
  'i',
);
const named =
  /^(?<core>.+?),? (?:list(?:ed)? |show(?:n)? )?(?:with|including|incl|along with|together with) (?:their|its|the|his|her)?(?<names> ?[^?]+)$/i;

/** What stands behind a comma, a dash or a colon: "incidents still open, severity and start time". */
const apart =
  /(?:, (?:together |along )?|: |; | \(| (?:-|–|—|\+|together|along|and|plus|incl|including|showing|w) | )(?:(?:w\/?|with) (?:their |its |the )?)?(?=[^\d\s])/gi;
const naming =
  /^(?:(?:and|with|incl|including|show|list|plus|what is|what are|whats) )?(?:the |their |its )?/i;
/** What opens a list of columns behind plain words: never a blank alone. */
const opens = /[^\s]/;

/** "Rating above 3" is no column but a condition. */
const comparing = /\d|\b(?:above|below|over|under|between|than|least|most|before|after|since|exceeding)\b/i;

/** Each way to split a question into records and what is listed behind them, the shortest records first. */
function* listedBehind(
  text: string,
): Generator<{ readonly core: string; readonly names: readonly string[] }> {
  for (const match of text.matchAll(apart)) {
    if (!opens.test(match[0])) continue;
    const rest = text
      .slice(match.index + match[0].length)
      .replace(/\)$/, '')
      .replace(naming, '');
    const names = namesIn(rest.replaceAll(/ (?:and|\+|plus|w|with|then) /gi, ', '));
    const isShort =
      names.length > 0 &&
      names.length < 6 &&
      names.every((name) => name.split(' ').length < 4 && !comparing.test(name));
    if (isShort) yield { core: text.slice(0, match.index), names };
  }
}

function planListedBehind(text: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  // A figure over the records is no property of each of them.
  if (/\b(?:counts?|total|sum|average|avg|mean|median|how many|share|percent)\b/i.test(text)) return null;
  for (const { core: words, names } of listedBehind(text)) {
    if (!names.every((name) => mayBeField(catalogue, name))) continue;
    const core =
      recordsPlan(catalogue, planWords(`list ${words}`)) ?? recordsPlan(catalogue, planWords(words));
    if (core === null) continue;
    const ids = names.map((name) => fieldIn(catalogue, core.plan, name));
    const known = ids.flatMap((id) => (id === null ? [] : [{ kind: 'dimension' as const, id }]));
    const plan = known.length === ids.length ? listWith(catalogue, core.plan, known) : null;
    if (plan !== null) return { plan: withUsual(catalogue, plan, core.plan), from: [core.from] };
  }
  return null;
}

/**
 * "Which sessions are not connected and when were they last seen", "stale deals with their amount": the records are
 * understood alone, and what else is asked of each becomes a column.
 */
export function planWithAsides(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const text = tidy(question)
    .replace(/[?!.]+$/, '')
    .replace(politeness, '');
  const core = planWords(each.exec(text)?.groups?.['core'] ?? '');
  if (core?.plan.kind === 'metric' && core.plan.groupBy.length > 0) return { plan: core.plan, from: [core] };
  for (const pattern of [...questions, named]) {
    const groups = pattern.exec(text)?.groups;
    if (!groups || comparing.test(groups['names'] ?? '')) continue;
    const core =
      recordsPlan(catalogue, planWords(groups['core'] ?? '')) ??
      recordsPlan(catalogue, planWords(`list ${groups['core'] ?? ''}`));
    const columns = core && columnsFor(catalogue, core.plan, groups);
    const plan =
      core &&
      columns &&
      listWith(
        catalogue,
        core.plan,
        columns.map((id) => ({ kind: 'dimension', id })),
      );
    if (core && plan) {
      const usual = withUsual(catalogue, plan, core.plan);
      return { plan: groups['when'] === undefined ? usual : ofAllTime(usual, core.from), from: [core.from] };
    }
  }
  return planListedBehind(text, catalogue, planWords);
}

/** "How many were cancelled and when": whoever asks when does not mean the last 30 days, which nobody named. */
const ofAllTime = (plan: ListPlan, { plan: core }: PlannedQuestion): ListPlan =>
  core.kind === 'metric' && core.time === null && plan.time !== null
    ? { ...plan, time: { kind: 'all' } }
    : plan;

/** The usual columns stay beside those that are asked for. */
function withUsual(catalogue: Catalogue, plan: ListPlan, before: ListPlan): ListPlan {
  const usual =
    before.columns.length > 0 ? before.columns : (catalogue.entities.get(plan.entity)?.listColumns ?? []);
  const more = plan.columns.filter((id) => !usual.includes(id));
  return { ...plan, columns: [...usual.slice(0, 10 - more.length), ...more] };
}

/** A part that asks for records, or counts them: the list of them. */
export function recordsPlan(
  catalogue: Catalogue,
  planned: PlannedQuestion | null,
): { readonly plan: ListPlan; readonly from: PlannedQuestion } | null {
  const plan = planned?.plan;
  if (!planned || (plan?.kind !== 'list' && plan?.kind !== 'metric')) return null;
  if (plan.kind === 'list') return { plan, from: planned };
  if (plan.groupBy.length > 0 || plan.metrics.length > 1 || plan.part || plan.compare !== 'none') return null;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (metric?.type !== 'simple' || !/^count/.test(metric.measure.aggregate)) return null;
  const behind = listBehind(catalogue, plan);
  return behind.ok ? { plan: behind.value, from: planned } : null;
}

function columnsFor(
  catalogue: Catalogue,
  plan: ListPlan,
  groups: Readonly<Record<string, string | undefined>>,
): readonly string[] | null {
  if (groups['when'] !== undefined) return dateColumn(catalogue, plan, (groups['what'] ?? '').trim());
  if (groups['much'] !== undefined) {
    const money = ownDimensions(catalogue, plan).filter(({ format }) => format?.kind === 'money');
    const usual = money.filter(({ id }) => catalogue.entities.get(plan.entity)?.listColumns.includes(id));
    const [only, another] = usual.length > 0 ? usual : money;
    return only && !another ? [only.id] : null;
  }
  if (groups['who'] !== undefined) return personDimensions(catalogue, plan.entity).slice(0, 1);
  const names = namesIn((groups['names'] ?? '').trim());
  const ids = names.map((name) => {
    const found = nameIn(catalogue, plan, name);
    return found?.kind === 'dimension' ? found.id : null;
  });
  const known = ids.filter((id) => id !== null);
  return known.length === names.length && known.length > 0 ? known : null;
}

function dateColumn(catalogue: Catalogue, plan: ListPlan, what: string): readonly string[] | null {
  if (what === '') {
    const own = plan.timeDimension ?? catalogue.entities.get(plan.entity)?.defaultTime;
    return own === null || own === undefined ? null : [own];
  }
  const found = nameIn(catalogue, plan, what);
  if (found?.kind === 'dimension' && isDate(catalogue, found.id)) return [found.id];
  const stem = what.toLowerCase().replace(/(?:e?d|ing|s)$/, '');
  const [only, another] = ownDimensions(catalogue, plan).filter(
    ({ id, type }) =>
      (type === 'date' || type === 'instant') &&
      id.split('_').some((part) => stem.length > 3 && part.startsWith(stem)),
  );
  return only && !another ? [only.id] : null;
}

const isDate = (catalogue: Catalogue, id: string): boolean =>
  /^(?:date|instant)$/.test(catalogue.dimensions.get(id)?.type ?? '');

const ownDimensions = (catalogue: Catalogue, { entity }: ListPlan) =>
  dimensionsOf(catalogue, entity).filter(
    (dimension) => dimension.entity === entity && dimension.hidden !== true,
  );
