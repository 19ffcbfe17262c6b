import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { ListPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { canonical } from '../canonical.ts';
import { isState, presentState } from '../compose/present-rows.ts';
import { hasEvent, scheduled, toCome } from '../date-events.ts';
import { smallNumbers } from '../small-numbers.ts';
import { civilDateIn, isoDay } from '../time/civil-date.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { recordsPlan } from './asides.ts';
import type { PlanWords } from './with-related.ts';

const unit =
  '(?:minute|hour|day|week|weekend|weekday|month|quarter|half|year|fortnight|business day|working day|calendar|fiscal|mon|tues|wednes|thurs|fri|satur|sun|january|february|march|april|may|june|july|august|september|october|november|december|q\\d|couple|few|step|time|one)(?:s|day|days)?\\b';
const end = '(?:very next|next|soonest|upcoming|nearest|earliest upcoming)';
const count = `(?:(?<n>\\d{1,2}|${Object.keys(smallNumbers).slice(1).join('|')}) )?`;

/** "My next renewals", "the next 3 deals to close": before what comes. */
const before = new RegExp(`^(?<head>.*?)\\b${end} ${count}(?!${unit}|\\d|to\\b)(?<rest>[\\p{L}"#].*)$`, 'iu');
/** "Which of my deals closes next", "what renews soonest": behind it. */
const behind = /^(?<head>)(?<n>)(?<rest>\S.*?) (?:next|soonest|the soonest|first)$/iu;

/** How such a question begins; all of it only asks for the records. */
const asking =
  /^(?:(?:please|and|so|can you|could you) )*(?:(?:show|give|tell|list)(?: me| us)?|when|what|which|who|what date|on (?:what|which) (?:day|date)|what's|whats)?(?: (?:is|are|will|do|does|was|were|has|have))?(?: (?:be|we have|i have))?(?: (?:of|the|all|our))* ?/i;

/** What is to come to pass with them: their date says it. */
const coming =
  /(?:,? (?:that|which|who))?(?: (?:will|is|are|comes?|coming|going|due|set|scheduled|about|supposed|expected|be|up|for|to))+ (?<verb>breach(?:ing)?|miss|close|closing|renew(?:al|ing)?|expire|expiring|start|end|due|lapse|run out)\b(?: (?:its?|their|the|our) (?:slas?|deadlines?|targets?))?|(?:,? (?:that|which))? (?<verb2>breach(?:es)?|closes?|renews?|expires?|closing|renewing|expiring|starts?|ends?|due)(?= *$)/i;

/** Nothing but their date orders them anyway. */
const aside =
  /,? (?:whatever|regardless of|no matter)(?: of)?(?: the| their| its)? (?:size|amount|value|stage)$/i;

/** "My next renewals", "next ticket that will breach its SLA", "which deal closes next": what comes first from today on. */
export function planNext(
  request: PlanRequest,
  planWords: PlanWords,
): { readonly plan: ListPlan; readonly from: readonly PlannedQuestion[] } | null {
  const text = request.question
    .replace(/[?!.]+$/, '')
    .replace(aside, '')
    .trim();
  const said = (before.exec(text) ?? behindOf(text))?.groups;
  if (!said) return null;
  const head = (said['head'] ?? '').replace(asking, '').trim();
  const rest = (said['rest'] ?? '').replace(asking, '').trim();
  const { catalogue } = request;
  for (const words of textsOf(catalogue, `${head} ${rest}`.trim())) {
    const core = recordsPlan(catalogue, planWords(`list ${words}`));
    const plan = core && fromNowOn(request, core.plan);
    if (core && plan) return { plan: { ...plan, limit: limitOf(catalogue, said) }, from: [core.from] };
  }
  return null;
}

/** "Which of these comes first": only what asks for one of several, and by no period. */
function behindOf(text: string): RegExpExecArray | null {
  return /^(?:which|what|who|whose|when)\b/i.test(text) && coming.test(text.replace(/ \S+$/, ''))
    ? behind.exec(text)
    : null;
}

/** The records by their name alone; else in the state that leads up to it. */
function textsOf(catalogue: Catalogue, words: string): readonly string[] {
  const verb = coming.exec(words)?.groups;
  const said = words.replace(coming, '').trim();
  const plain = withRecords(catalogue, said);
  const ahead = (verb?.['verb'] ?? verb?.['verb2'] ?? '').replace(/(?:es|ing)$/i, '');
  const isTarget = /^(?:breach|miss)$/i.test(ahead);
  if (isTarget) return [`${plain.replace(/ slas?$/i, '')} about to breach SLA`, `${plain} about to breach`];
  return ahead === '' ? [plain, said] : [plain, words, `${plain} about to ${ahead}`];
}

/** "Halden's renewal": the records that have such a date, where its name alone stands for them. */
function withRecords(catalogue: Catalogue, words: string): string {
  const { phrases } = vocabularyOf(catalogue);
  const named = words.split(' ').map((word) => {
    const meanings = phrases.get(canonical(word.toLowerCase()))?.meanings ?? [];
    const [date] = meanings.flatMap((one) =>
      one.kind === 'dimension' ? [catalogue.dimensions.get(one.id)] : [],
    );
    const isDate =
      date !== undefined && hasEvent(date, toCome) && meanings.every(({ kind }) => kind === 'dimension');
    return isDate ? (catalogue.entities.get(date.entity)?.label.many.toLowerCase() ?? word) : word;
  });
  const text = named.join(' ');
  return text === words ? words : text.replace(/^("[^"]+"|\p{Lu}\S*(?: \p{Lu}\S*)*)'s? (.+)$/u, '$2 of $1');
}

function limitOf(
  catalogue: Catalogue,
  { n = '', rest = '' }: Readonly<Record<string, string | undefined>>,
): number {
  if (n !== '') return Math.min(25, smallNumbers[n.toLowerCase()] ?? Number(n));
  const { keyOf, phrases } = vocabularyOf(catalogue);
  const noun = rest
    .toLowerCase()
    .split(/[^\p{L}-]+/u)
    .find((word) => keyOf(canonical(word)).startsWith('@') || phrases.has(canonical(word)));
  // "Which of my deals closes next": one of them.
  const isOne = / (?:closes|renews|expires|starts|ends|breaches)$/i.test(rest);
  return !isOne && noun !== undefined && /s$/.test(noun) && noun !== canonical(noun) ? 10 : 1;
}

/** The records in the order in which their date comes; null where they have none that lies ahead. */
function fromNowOn({ catalogue, now, zone }: PlanRequest, plan: ListPlan): ListPlan | null {
  if (plan.orderBy.length > 0 || (plan.time !== null && plan.time.kind !== 'all')) return null;
  const by = dateAhead(catalogue, plan);
  if (by === null) return null;
  const { columns, where } = withoutSoon(plan);
  const usual = catalogue.entities.get(plan.entity);
  const shown = columns.length > 0 ? columns : (usual?.listColumns ?? []);
  const isSaid = where.some(({ any }) => any.some((filter) => isState(catalogue, filter)));
  const state = isSaid ? [] : presentState(catalogue, plan.entity);
  const isMoment = catalogue.dimensions.get(by)?.type === 'instant';
  const values = isMoment ? '@now' : isoDay(civilDateIn(zone, now));
  const ahead = {
    any: [{ dimension: by, op: isMoment ? ('gt' as const) : ('gte' as const), values: [values] }],
  };
  const isThere = where.some((one) => JSON.stringify(one) === JSON.stringify(ahead));
  return {
    ...plan,
    where: [...where, ...state, ...(isThere ? [] : [ahead])],
    time: null,
    columns: shown.includes(by) ? columns : [...shown.slice(0, 9), by],
    orderBy: [{ by, direction: 'asc' }],
  };
}

/** The only date of the records that lies ahead, or the one they are listed by. */
function dateAhead(catalogue: Catalogue, { entity, timeDimension }: ListPlan): string | null {
  const dates = dimensionsOf(catalogue, entity).filter(
    (one) => one.entity === entity && (hasEvent(one, toCome) || hasEvent(one, scheduled)),
  );
  const usual = timeDimension ?? catalogue.entities.get(entity)?.defaultTime;
  const [only, another] = dates;
  if (dates.some(({ id }) => id === usual)) return usual ?? null;
  return another === undefined ? (only?.id ?? null) : null;
}

/** Which is next needs no idea of what is soon. */
const withoutSoon = (plan: ListPlan): ListPlan => ({
  ...plan,
  where: plan.where.filter(
    ({ any }) => !any.every(({ op, values }) => /^lte?$/.test(op) && values.includes('@now')),
  ),
});
