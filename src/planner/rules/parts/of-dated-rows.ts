import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf, simpleParts } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Filter, ListPlan, MetricPlan, QueryPlan, TimeRange } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { periodCondition } from '../period-condition.ts';
import { newReading } from '../reading.ts';
import { isCourseWord } from '../slots/question-kind.ts';
import { civilDateIn } from '../time/civil-date.ts';
import { findTimeMentions } from '../time/read-time.ts';
import { tokenise } from '../token.ts';
import { recordsPlan } from './asides.ts';
import { asksForShare } from './share-words.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

/** A question in two: records by a date that is named with them, and what is asked of these. */
interface Cut {
  /** "tickets opened in October", "opened in October" where the noun is that of the figure. */
  readonly rows: string;
  readonly before: string;
  readonly after: string;
}

/** What happened to records then. Whether a kind of record has such a date is for the catalogue to say. */
const happened =
  /^(?:opened|created|raised|logged|submitted|filed|received|reported|arrived|arriving|started|began|begun|starting|resolved|solved|fixed|closed|completed|finished|won|lost|signed|converted|cancelled|canceled|sent|placed|held|booked|answered|got)$/i;
const introduces = /^(?:of|for|on|across|among|amongst|over|from|in|where|about)$/i;
const asks = /^(?:how|what|which|who)$/i;
const article = /^(?:(?:all|those|these|the|only) )+(?:of (?:the|those|these) )?/i;
/** A question goes on behind the rows: "were solved", "missed their target". */
const predicate =
  /^(?:(?:that|which) )?(?:(?:are|were|was|is|have|has|had|got|did|do|still|ever|then|also) |(?:missed|breached|met|violated|took|needed|turned|became|converted|closed|solved|reopened|escalated)\b)/i;

const mostPlans = 12;

/**
 * "First response SLA compliance, tickets opened in October", "of the deals created in May how many did we win",
 * "resolution time of conversations opened last week": the records are those of a date of their own, whatever date the
 * figure goes by. Both are understood as questions of their own.
 *
 * @param isOnlyOther leaves alone what means the same without: a figure that goes by that very date
 */
export function planOfDatedRows(
  { question, catalogue, now, zone, fiscalStartMonth }: PlanRequest,
  planWords: PlanWords,
  { isOnlyOther }: { readonly isOnlyOther: boolean },
): Planned | null {
  let left = mostPlans;
  const plan = (words: string): PlannedQuestion | null => {
    left -= 1;
    return left < 0 ? null : planWords(words);
  };
  // A share of them has the whole beside it; how something developed since then is its course.
  if (asksForShare(question) || tokenise(question).some(({ word }) => isCourseWord(word))) return null;
  for (const cut of cutsOf(question, now, zone)) {
    const rows = recordsOf(catalogue, plan, cut);
    if (rows === null) continue;
    for (const text of figureTexts(catalogue, rows.plan, cut)) {
      const asked = plan(text);
      const joined = asked && join(catalogue, asked.plan, rows.plan, { now, zone, fiscalStartMonth });
      if (!asked || !joined || (isOnlyOther && !joined.isOther)) continue;
      return { plan: joined.plan, from: [rows.from, asked] };
    }
  }
  return null;
}

/** The nearest beginning of the records goes first. */
function cutsOf(words: string, now: Date, zone: string): readonly Cut[] {
  const text = words.replace(/[?!.]+$/, '');
  const tokens = tokenise(text);
  const mentions = findTimeMentions(newReading(text, tokens), civilDateIn(zone, now));
  const [mention, another] = mentions;
  if (!mention || another) return [];
  const slice = (from: number, to: number): string => {
    const first = tokens[from];
    const last = tokens[to - 1];
    return first && last && to > from ? text.slice(first.start, last.end).trim() : '';
  };
  // "Of last month's tickets how many were solved": whatever stands before the question says which.
  const question = tokens.findIndex(({ lower, index }) => index > mention.to - 1 && asks.test(lower));
  const opening = tokens[0]?.lower === 'out' ? 1 : 0;
  if (tokens[opening]?.lower === 'of' && question > 0)
    return [
      {
        rows: slice(opening + 1, question).replace(/,$/, ''),
        before: '',
        after: slice(question, tokens.length),
      },
    ];
  let verb = mention.from - 1;
  while (/^(?:in|on|during|over|within|from|at)$/i.test(tokens[verb]?.lower ?? '')) verb -= 1;
  if (/^in$/i.test(tokens[verb]?.lower ?? '') || tokens[verb]?.lower === 'came') verb -= 1;
  const isVerb = happened.test(tokens[verb]?.lower ?? '') || tokens[verb]?.lower === 'came';
  // "Were opened in October": nothing is said of them behind it.
  if (!isVerb || /^(?:did|not|and|or|by|per)$/.test(tokens[verb - 1]?.lower ?? '')) return [];
  // "Went to closed won this month": the name of a state that they came to.
  let state = verb;
  while (happened.test(tokens[state - 1]?.lower ?? '')) state -= 1;
  if (/^(?:to|into|as|stage|status|state)$/.test(tokens[state - 1]?.lower ?? '')) return [];
  const after = slice(mention.to, tokens.length).replace(/^, ?/, '');
  const cuts: Cut[] = [];
  for (let at = verb - 1; at >= Math.max(-1, verb - 8); at -= 1) {
    const token = tokens[at];
    const isBehindComma = token?.kind === 'comma';
    if (isBehindComma) {
      const before = slice(0, at);
      if (before !== '') cuts.push({ rows: slice(at + 1, mention.to), before, after });
      break;
    }
    if (token === undefined || asks.test(token.lower)) break;
    if (token.lower === 'many') {
      if (predicate.test(after) && !/^(?:were|was|are|have|has)$/.test(tokens[verb - 1]?.lower ?? ''))
        cuts.push({ rows: slice(at + 1, mention.to), before: slice(0, at + 1), after });
      break;
    }
    if (!introduces.test(token.lower)) continue;
    const before = slice(0, at);
    if (before !== '') cuts.push({ rows: slice(at + 1, mention.to), before, after });
  }
  return /^(?:and|or|vs|versus|than|compared)\b/i.test(after) ? [] : cuts;
}

function recordsOf(catalogue: Catalogue, plan: (words: string) => PlannedQuestion | null, cut: Cut) {
  const words = cut.rows.replace(article, '');
  const isBare = happened.test(words.split(' ')[0] ?? '');
  const noun = isBare ? nounOf(catalogue, plan(cut.before)) : '';
  if (noun === null) return null;
  const records = recordsPlan(catalogue, plan(`list ${noun} ${words}`.replace(/ {2,}/g, ' ')));
  if (records === null || records.from.guess !== undefined) return null;
  const { time, orderBy, columns, related } = records.plan;
  return time === null || time.kind === 'all' || orderBy.length > 0 || columns.length > 0 || related
    ? null
    : records;
}

/** "Median resolution time of conversations per agent, opened in October": what the figure is about. */
function nounOf(catalogue: Catalogue, planned: PlannedQuestion | null): string | null {
  const metric = catalogue.metrics.get(
    planned?.plan.kind === 'metric' ? (planned.plan.metrics[0] ?? '') : '',
  );
  return (metric && entityOf(catalogue, metric)?.label.many) ?? null;
}

function figureTexts(catalogue: Catalogue, { entity }: ListPlan, { before, after }: Cut): readonly string[] {
  const noun = catalogue.entities.get(entity)?.label.many ?? '';
  const opening = /^(?<ask>.*\b(?:how many|which))(?: of)?$/i.exec(before)?.groups?.['ask'];
  if (opening !== undefined)
    return [`${opening} ${noun} ${after.replace(/^(?:(?:that|which) |then |also )+/i, '')}`];
  if (before === '') {
    const asked = /^(?<ask>how many|which)(?: of (?:them|these|those))? (?<rest>.+)$/i.exec(after)?.groups;
    return asked ? [`${asked['ask'] ?? ''} ${noun} ${asked['rest'] ?? ''}`, after] : [after];
  }
  return [`${before} ${after}`.trim(), `${before} of ${noun} ${after}`.trim()];
}

function liesAhead(time: TimeRange, now: Date): boolean {
  if (time.kind === 'upcoming' || time.kind === 'ahead') return true;
  return time.kind === 'calendar' && time.year !== undefined && time.year > now.getUTCFullYear();
}

/** A figure of rows that have become something, such as won deals. */
const isOfSome = (catalogue: Catalogue, { metrics }: MetricPlan): boolean =>
  metrics.some((id) => {
    const metric = catalogue.metrics.get(id);
    return metric?.type === 'simple' && metric.filters.length > 0;
  });

/** What was asked, of these records alone; null where they have nothing to do with each other. */
function join(
  catalogue: Catalogue,
  asked: PlannedQuestion['plan'],
  rows: ListPlan,
  moment: Parameters<typeof periodCondition>[2],
): { readonly plan: QueryPlan; readonly isOther: boolean } | null {
  if (asked.kind !== 'metric' && asked.kind !== 'list') return null;
  const date = catalogue.dimensions.get(
    rows.timeDimension ?? catalogue.entities.get(rows.entity)?.defaultTime ?? '',
  );
  if (!date || rows.time === null || asked.time !== null) return null;
  if (asked.kind === 'metric' && (asked.compare !== 'none' || asked.part !== undefined)) return null;
  if (asked.subject !== 'none' && rows.subject !== 'none' && asked.subject !== rows.subject) return null;
  const subject = asked.subject === 'none' ? rows.subject : asked.subject;
  const dates = datesOf(catalogue, asked);
  const entities = dates.map(({ entity }) => entity);
  const ways = entities.map((entity) => findWay(catalogue, entity, date));
  const isOwn = entities.every((entity) => entity === rows.entity);
  // Records that the figure's own are parts of, or their very own ones: never those of the customer that both have.
  const isPart = ways.every(
    (way, index) =>
      way !== null &&
      way.entity === rows.entity &&
      (isOwn || isPartOf(catalogue, entities[index] ?? '', rows.entity)),
  );
  if (!isPart || entities.length === 0) return null;
  const said = new Set(asked.where.map((group) => JSON.stringify(group)));
  const others = rows.where.filter((group) => !said.has(JSON.stringify(group)));
  if (dates.every(({ time }) => time === date.id)) {
    // Of rows whose date is still to come nothing has become what the figure counts.
    if (asked.kind === 'metric' && liesAhead(rows.time, moment.now) && isOfSome(catalogue, asked))
      return null;
    return {
      plan: { ...asked, time: rows.time, where: [...asked.where, ...others], subject },
      isOther: !isOwn,
    };
  }
  const period: Filter | null = periodCondition(date.id, rows.time, moment);
  if (period === null) return null;
  const isState = dates.every((one) => one.time === null);
  // A state of those very rows says more than was asked for: "how many deals" alone are the open ones.
  if (isState && isOwn && asked.kind === 'metric') return null;
  const time = asked.kind === 'metric' && !isState ? ({ kind: 'all' } as const) : null;
  const where = [...asked.where, ...others, { any: [period] }];
  return { plan: { ...asked, time, where, subject }, isOther: true };
}

/** Records and the date that each figure of a plan goes by. */
function datesOf(
  catalogue: Catalogue,
  plan: QueryPlan,
): readonly { readonly entity: string; readonly time: string | null }[] {
  if (plan.kind === 'list')
    return [
      {
        entity: plan.entity,
        time: plan.timeDimension ?? catalogue.entities.get(plan.entity)?.defaultTime ?? null,
      },
    ];
  return plan.metrics.flatMap((id) => {
    const metric = catalogue.metrics.get(id);
    return metric
      ? simpleParts(catalogue, metric).map(({ entity, timeDimension }) => ({ entity, time: timeDimension }))
      : [];
  });
}

const isPartOf = (catalogue: Catalogue, entity: string, whole: string): boolean =>
  Object.values(catalogue.entities.get(entity)?.joins ?? {}).some((one) => one.entity === whole);
