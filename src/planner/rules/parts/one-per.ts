import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { canonical } from '../canonical.ts';
import { reachable } from '../compose/reach.ts';
import { isRankingWord } from '../slots/ranking.ts';
import { smallNumbers } from '../small-numbers.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { recordsPlan } from './asides.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

const whose = '(?:(?<whose>my|our|the|their|his|her) )?';
/** "Per engineer", "in each region", "with each of my accounts", "for all my accounts". */
const each = new RegExp(
  `(?:\\bper|(?:\\b(?<place>for|of|in|at|with|to|from|by|on|about|within|across) )?\\b(?:(?:each|every)(?: single)?(?: one)?(?: of)?|(?<=\\b(?:for|of|at|with|to|from|on|about) )all(?: of)?)) ${whose}(?<rest>[\\p{L}].*)$`,
  'iu',
);
/** "For each of my customers, the date of their latest ticket": what is asked of each stands behind them. */
const before = /^(?<each>(?:for|of|in|at|per) .+?)(?:,|:| -)+ (?<rest>\S.*)$/i;
/** What is wished of them beside the record itself is its date, which stands beside it anyway. */
const date =
  /\b(?:dates?|days?|time) of (?=(?:my|our|the|their|its)? ?(?:last|latest|newest|most|first|next|oldest|earliest)\b)/i;
const dateBehind =
  /(?<=\b(?:last|latest|most recent|first|next|oldest|earliest) (?:\S+ ){0,2}?\S+) (?:date|day)s?\b/i;
/** "When is the next SLA due": the next SLA due, whose date is shown. */
const asking = /^(?:when|what|which|on (?:what|which) (?:day|date)) (?:is|are|was|were) (?:the )?/i;
/** How many of them are shown. */
const top = new RegExp(
  `,? (?:just|only|show|but only)?(?: ?the)? ?(?:top|first) (?<n>\\d{1,2}|${Object.keys(smallNumbers).slice(1).join('|')})(?: (?:is enough|will do|only|of them))?$`,
  'i',
);
const ends = /^(?:last|next|first|soonest|recent|cheapest|healthiest|unhealthiest|newest)$/;
const smallWords =
  /^(?:and|or|with|by|in|this|last|next|since|for|of|from|until|before|after|who|that|which|sorted|please|pls)$/i;

/** Groups and records of a list; how many there are of them is not asked for. */
const mostGroups = 50;
const mostRows = 25;
const longestName = 4;
/** A list or ranking that names no number shows so many. */
const usualLimit = 10;

/**
 * "Oldest ticket per engineer", "last meeting with each of my accounts", "best rep in each region": the question without its
 * "each" names one record, or one group of a figure; of every value of what stands behind "each" it is the first of its own.
 *
 * @param question a tidied question
 */
export function planOnePer(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const text = inFront(question.replace(/[?!.]+$/, '').replace(date, ''));
  const said = each.exec(text.replace(top, ''));
  const head = text.slice(0, said?.index).trim();
  if (!said?.groups || !saysEnd(head)) return null;
  // "Top 5 products per region" and "which rep had the most deals per month" are rankings of their own.
  if (head === '' || /\d|\bhow (?:many|much)\b/i.test(head)) return null;
  const isOne = isSingular(catalogue, head);
  const most = top.exec(text)?.groups?.['n']?.toLowerCase();
  const shown = (plan: QueryPlan): QueryPlan =>
    most === undefined
      ? plan
      : { ...plan, limit: Math.max(1, Math.min(plan.limit, smallNumbers[most] ?? Number(most))) };
  for (const group of groupsIn(catalogue, said.groups['rest'] ?? '')) {
    const ofEach = (plan: QueryPlan): QueryPlan | null =>
      oneOfEach(
        catalogue,
        isOne && plan.limit === usualLimit ? { ...plan, limit: 1 } : plan,
        group.name,
        planWords,
      );
    for (const words of coresOf(head, said.groups, group)) {
      const core = queryOf(planWords(words));
      const plan = core && ofEach(core.plan);
      if (core && plan) return { plan: shown(plan), from: [core.from] };
    }
    const apart = ofThose(catalogue, head, said.groups, group, planWords);
    const plan = apart && ofEach(apart.plan);
    if (apart && plan) return { plan: shown(plan), from: apart.from };
  }
  return null;
}

interface Query {
  readonly plan: QueryPlan;
  readonly from: PlannedQuestion;
}

const queryOf = (from: PlannedQuestion | null): Query | null =>
  from !== null && (from.plan.kind === 'list' || from.plan.kind === 'metric')
    ? { plan: from.plan, from }
    : null;

/** What stands in front of the sentence goes behind it: "their latest ticket" is "latest ticket" of each of them. */
function inFront(text: string): string {
  const said = before.exec(text)?.groups;
  const rest = said?.['rest']?.replace(/\b(?:their|its|his|her|the) (?=\S)/i, '') ?? '';
  return said && each.test(said['each'] ?? '') ? `${rest} ${said['each'] ?? ''}` : text;
}

/** "Last month" is a period, "last meeting" one of several. */
const period =
  /\b(?:last|next) (?:\d+ |few |couple of )?(?:minute|hour|day|night|week|weekend|month|quarter|half|year|business|working|calendar|fiscal|mon|tues|wednes|thurs|fri|satur|sun|january|february|march|april|may|june|july|august|september|october|november|december)\w*/gi;

const saysEnd = (head: string): boolean =>
  head
    .toLowerCase()
    .replace(period, '')
    .split(/[^\p{L}]+/u)
    .some((word) => isRankingWord(word) || ends.test(word));

interface Group {
  /** "enterprise" of "enterprise accounts" */
  readonly kind: string;
  readonly name: string;
  readonly behind: string;
}

/** Whether a word or phrase names records or a property of theirs. */
function isName(catalogue: Catalogue, name: string): boolean {
  const { keyOf, phrases } = vocabularyOf(catalogue);
  const key = keyOf(canonical(name.toLowerCase().replace(/[,;:]$/, '')));
  const meanings = phrases.get(key)?.meanings ?? [];
  return key.startsWith('@') || meanings.some(({ kind }) => kind !== 'metric');
}

/** "Which rep has the most deals", "last order": one of them is asked for. */
function isSingular(catalogue: Catalogue, head: string): boolean {
  const noun = head.split(' ').find((word) => !isRankingWord(word.toLowerCase()) && isName(catalogue, word));
  return noun !== undefined && !/s$/i.test(noun);
}

/** What may stand for the groups: a name with up to three words before it, the shortest first. */
function groupsIn(catalogue: Catalogue, rest: string): readonly Group[] {
  const words = rest.split(' ');
  const found: Group[] = [];
  for (let end = 1; end <= Math.min(longestName, words.length); end += 1) {
    const last = words[end - 1] ?? '';
    if (end > 1 && smallWords.test(last)) break;
    const isNamed = isName(catalogue, last) || isName(catalogue, words.slice(0, end).join(' '));
    if (!isNamed && end < words.length) continue;
    for (let start = 0; start < end; start += 1)
      found.push({
        kind: words.slice(0, start).join(' '),
        name: words
          .slice(start, end)
          .join(' ')
          .replace(/[,;:]$/, ''),
        behind: words.slice(end).join(' '),
      });
    if (/[,;:]$/.test(last)) break;
  }
  return found;
}

const plural = (name: string): string => (/s$/i.test(name) ? name : `${name}s`);

/** "Last meeting with each of my enterprise accounts": the meeting, and which accounts are meant, each understood by itself. */
function ofThose(
  catalogue: Catalogue,
  head: string,
  { whose: owner = '' }: Readonly<Record<string, string | undefined>>,
  { kind, name, behind }: Group,
  planWords: PlanWords,
): { readonly plan: ListPlan; readonly from: readonly PlannedQuestion[] } | null {
  if (kind === '' && !/^my$/i.test(owner) && behind === '') return null;
  const [core] = [head, head.replace(asking, '')].flatMap((words) => {
    const { plan, from } = queryOf(planWords(words.replace(dateBehind, ''))) ?? {};
    return plan?.kind === 'list' && from ? [{ plan, from }] : [];
  });
  if (!core) return null;
  const said = [owner, kind, plural(name), behind].filter((word) => word !== '').join(' ');
  const those = recordsPlan(catalogue, planWords(`list ${said}`));
  if (!those || those.plan.related !== undefined || those.plan.time !== null) return null;
  const { where, subject, entity } = those.plan;
  const ids = where.flatMap(({ any }) => any.map(({ dimension }) => dimension));
  const isReached = ids.every((id) => reachable(catalogue, core.plan.entity, [id]).length > 0);
  if (!isReached) return null;
  const isAccount = core.plan.entity !== entity && entity === 'account';
  const theirs = subject === 'me' && isAccount ? 'my_accounts' : subject;
  const whom = core.plan.subject === 'none' ? theirs : core.plan.subject;
  const plan = { ...core.plan, where: [...core.plan.where, ...where], subject: whom };
  return { plan, from: [core.from, those.from] };
}

/** The question without "each": of those that are meant, or of all. */
function coresOf(
  head: string,
  { place = 'of', whose: owner = '' }: Readonly<Record<string, string | undefined>>,
  { kind, name, behind }: Group,
): readonly string[] {
  const isNarrow = kind !== '' || /^my$/i.test(owner);
  const of = [place, owner, kind, plural(name)].filter((word) => word !== '').join(' ');
  const texts = isNarrow ? [`${head} ${of} ${behind}`] : [`${head} ${behind}`];
  return texts.flatMap((text) => {
    const plain = text.trim();
    const undated = plain.replace(dateBehind, '');
    return undated === plain ? [plain] : [undated, plain];
  });
}

/** The one record or group of a plan for every value of what is called so; null where it is not one, or has no such value. */
function oneOfEach(
  catalogue: Catalogue,
  plan: QueryPlan,
  name: string,
  planWords: PlanWords,
): QueryPlan | null {
  const isOne = plan.limit === 1 && plan.orderBy.length === 1 && plan.skip === undefined;
  if (!isOne || plan.onePer !== undefined) return null;
  const [split] = countsOf(catalogue, plan).flatMap((counted) => {
    const by = planWords(`${counted.toLowerCase()} per ${name}`)?.plan;
    return by?.kind === 'metric' && by.groupBy.length === 1 && by.where.length === 0 ? [by] : [];
  });
  if (!split) return null;
  const [group] = split.groupBy;
  if (group === undefined || group.grain !== undefined) return null;
  return plan.kind === 'list'
    ? rowOfEach(catalogue, plan, group.dimension)
    : groupOfEach(plan, group.dimension);
}

/** Figures whose groups tell what the records, or a figure itself, are split by. */
function countsOf(catalogue: Catalogue, plan: QueryPlan): readonly string[] {
  if (plan.kind === 'metric') return plan.metrics.flatMap((id) => catalogue.metrics.get(id)?.label ?? []);
  const count = [...catalogue.metrics.values()].find(
    (metric) =>
      metric.type === 'simple' && metric.entity === plan.entity && metric.measure.aggregate === 'count',
  );
  const records = catalogue.entities.get(plan.entity)?.label.many;
  return [records, count?.label].filter((label) => label !== undefined);
}

function rowOfEach(catalogue: Catalogue, plan: ListPlan, onePer: string): ListPlan {
  const shown =
    plan.columns.length > 0 ? plan.columns : (catalogue.entities.get(plan.entity)?.listColumns ?? []);
  const columns = shown.includes(onePer)
    ? plan.columns
    : [...shown.slice(0, 1), onePer, ...shown.slice(1, 9)];
  return { ...plan, columns, onePer, limit: mostRows };
}

function groupOfEach(plan: MetricPlan, onePer: string): MetricPlan | null {
  const [only, another] = plan.groupBy;
  if (!only || another || only.dimension === onePer || only.grain !== undefined) return null;
  return { ...plan, groupBy: [{ dimension: onePer }, only], onePer, limit: mostGroups };
}
