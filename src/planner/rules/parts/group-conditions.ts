import type { Catalogue, MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { entityOf, namesOfEntity } from '../../../catalogue/lookup.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { isCountOf } from '../compose/draft.ts';
import { smallNumbers } from '../small-numbers.ts';
import { wordsOf } from '../vocabulary.ts';
import { groupWords, mayShare } from './group-words.ts';
import { plainFigure } from './plain-figure.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

/** "At least 10 leads": how many of what each group must have. */
interface Least {
  readonly op: 'gt' | 'gte' | 'lt' | 'lte' | 'eq';
  readonly value: number;
  readonly noun: string;
}

const number = `\\d{1,4}|${Object.keys(smallNumbers).join('|')}`;
const ops: readonly (readonly [RegExp, Least['op']])[] = [
  [/^(?:no (?:fewer|less) than|at least|min|minimum(?: of)?|.*(?:\+|more))$/, 'gte'],
  [/^(?:no more than|at most|max|maximum(?: of)?|.*or (?:fewer|less))$/, 'lte'],
  [/^(?:(?:more|greater|higher) than|over|above)$/, 'gt'],
  [/^(?:(?:fewer|less|lower) than|under|below)$/, 'lt'],
  [/^exactly$/, 'eq'],
];
const before =
  'no (?:more|fewer|less) than|(?:more|greater|higher|fewer|less|lower) than|over|above|under|below|at least|at most|exactly|(?:min|max)(?:imum)?(?: of)?';
const noun = '(?<noun>(?:number of )?[a-z][\\w-]*(?: [a-z][\\w-]*){0,2})';
const conditions: readonly RegExp[] = [
  new RegExp(`(?:^|[ (])(?<op>${before}) (?<n>${number}) ${noun}\\)?$`, 'i'),
  new RegExp(`(?:^|[ (])(?<n>${number})(?<op>\\+| (?:or|and) (?:more|fewer|less)) ${noun}\\)?$`, 'i'),
];
/** Durations, money and shares are no numbers of anything. */
const unit =
  /^(?:%|percent|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|times?|points?|stars?|k|m|dollars?|euros?|usd|eur|of (?!them\b).*)\b/i;

/** What only leads to a condition, and the words among them that set it apart from the rows. */
const leading =
  /^(?:with|having|have|has|had|who|that|which|where|there|are|were|is|was|if|they|it|a|those|ones|only|just|but|and|for|showing|show|include|including|considering|counting|keep|please)$/i;
const marks = /^(?:only|just|but|if|where|keep|include|including|considering|counting|showing|show)$/i;

/** A condition at the end of a question, what stands before it, and whether it is said of the groups. */
interface Said {
  readonly core: string;
  readonly least: Least;
  readonly isApart: boolean;
}

function readLeast(text: string): Said | null {
  const match = conditions.map((one) => one.exec(text)).find((one) => one !== null);
  const { op = '', n = '', noun: said = '' } = match?.groups ?? {};
  if (!match || unit.test(said)) return null;
  const sign = ops.find(([words]) => words.test(op.trim().toLowerCase()))?.[1];
  const value = smallNumbers[n.toLowerCase()] ?? Number(n);
  const opened = withoutLead(text.slice(0, match.index + (match[0].startsWith('(') ? 1 : 0)));
  if (sign === undefined || opened === null || opened.core === '') return null;
  return { ...opened, least: { op: sign, value, noun: said.replace(/^number of /i, '') } };
}

/** "…, but only sources with": the words between the figures and what is said of their groups. */
function withoutLead(text: string): { readonly core: string; readonly isApart: boolean } | null {
  const words = text.trim().split(/\s+/);
  let [isLed, isApart] = [false, false];
  for (;;) {
    const last = words.at(-1) ?? '';
    const only = [words.at(-2), words.at(-3)].findIndex((word) =>
      /^(?:only|just|for|keep)$/i.test(word ?? ''),
    );
    if (leading.test(last)) {
      isLed = true;
      isApart ||= marks.test(last);
      words.pop();
    } else if (isLed && only !== -1 && /^[a-z]+$/i.test(last)) words.splice(-1 - only);
    else if (isLed && /,$/.test(words.at(-2) ?? '') && /^[a-z]+s$/i.test(last)) words.pop();
    else break;
  }
  const core = words.join(' ');
  const isCut = /[,;:(–—-]$/.test(core);
  if (!isLed && !isCut) return null;
  return { core: core.replace(/[\s,;:(–—-]+$/, ''), isApart: isApart || isCut };
}

/**
 * "Leads by source with conversion rate, only sources with at least 10 leads", "NPS by segment, more than 10 answers": a
 * number of records that each group must have. It belongs to the figure that counts them, which stands beside the others.
 */
export function planLeast(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const said = readLeast(question.replace(/[?!.\s]+$/, ''));
  const core = said && planWords(said.core);
  if (!said || core?.plan.kind !== 'metric' || core.plan.groupBy.length === 0) return null;
  const { plan } = core;
  if (plan.part !== undefined || plan.transform !== 'none') return null;
  const counted = countOfGroups(catalogue, plan, said, planWords);
  if (counted === null) return null;
  const { op, value } = said.least;
  const metrics = [...new Set([...plan.metrics, counted.id])];
  return {
    plan: { ...plan, metrics, having: [...plan.having, { metric: counted.id, op, value }] },
    from: [core],
  };
}

/** The figure that is compared: one of those that are asked for, the rows behind them, or another count of each group. */
function countOfGroups(
  catalogue: Catalogue,
  plan: MetricPlan,
  { least, isApart }: Said,
  planWords: PlanWords,
): MetricDefinition | null {
  const figures = plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []);
  const own = figures.filter((one) => isCount(one) && isCalled(catalogue, one, least.noun));
  if (own[0] !== undefined) return own[0];
  for (const figure of figures) {
    const rows = entityOf(catalogue, figure);
    const isRows = rows !== null && namesOfEntity(rows).some((name) => isSame(name, least.noun));
    const isAnswers = !isCount(figure) && answers.test(least.noun);
    const count = isRows || isAnswers ? countBehind(catalogue, figure) : null;
    if (count !== null) return count;
  }
  // "Tickets by agent with more than 2 replies" may speak of each ticket.
  const isOfGroups = isApart || plan.having.length > 0;
  if (!isOfGroups || answers.test(least.noun)) return null;
  const rows = figures[0] === undefined ? null : entityOf(catalogue, figures[0]);
  const names = [least.noun, ...(rows === null ? [] : [`${rows.label.one} ${least.noun}`])];
  for (const name of names) {
    const found = countByGroups(catalogue, plan, name, planWords);
    if (found !== null) return found;
  }
  return null;
}

function countByGroups(
  catalogue: Catalogue,
  plan: MetricPlan,
  name: string,
  planWords: PlanWords,
): MetricDefinition | null {
  const { groupBy, where, time } = plan;
  const by = groupWords(catalogue, groupBy);
  const other = plainFigure(by === null ? null : planWords(`number of ${name} by ${by}`))?.plan;
  const isSaid = (key: 'where' | 'time', own: unknown): boolean =>
    JSON.stringify(other?.[key]) === JSON.stringify(own);
  if (other === undefined || JSON.stringify(other.groupBy) !== JSON.stringify(groupBy)) return null;
  if ((other.where.length > 0 && !isSaid('where', where)) || (other.time !== null && !isSaid('time', time)))
    return null;
  const metric = catalogue.metrics.get(other.metrics[0] ?? '');
  return metric !== undefined && isCount(metric) && mayShare(catalogue, plan, metric) ? metric : null;
}

const answers = /^(?:answers?|responses?|ratings?|surveys?|votes?|scores?|data points|of them)$/i;

/** A number of records, or of what they are the sum of: the conversions of campaigns. */
const isCount = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' &&
  (/^count/.test(metric.measure.aggregate) ||
    (metric.measure.aggregate === 'sum' && metric.format.kind === 'number'));

/** "Responses" are the responses to a survey of which the figure is the number; "leads" those that are counted. */
function isCalled(catalogue: Catalogue, metric: MetricDefinition, said: string): boolean {
  const rows = entityOf(catalogue, metric);
  const words = wordsOf(said);
  return (
    [metric.label, ...metric.synonyms].some((name) =>
      isSame(wordsOf(name).slice(-words.length).join(' '), said),
    ) ||
    (rows !== null &&
      isCountOf(catalogue, metric, rows.id) &&
      namesOfEntity(rows).some((name) => isSame(name, said)))
  );
}

const isSame = (one: string, other: string): boolean => wordsOf(one).join(' ') === wordsOf(other).join(' ');

/** The number of the very rows that a mean is made of, or of which a rate is a part. */
function countBehind(catalogue: Catalogue, figure: MetricDefinition): MetricDefinition | null {
  if (figure.type === 'ratio') {
    const whole = catalogue.metrics.get(figure.denominator);
    return whole !== undefined && isCount(whole) ? whole : null;
  }
  if (figure.type !== 'simple') return null;
  const rows = ({ entity, timeDimension, filters }: SimpleMetric): string =>
    JSON.stringify([
      entity,
      timeDimension,
      filters.filter(
        ({ op, dimension }) => op !== 'is_not_null' || !isMeasured(catalogue, figure, dimension),
      ),
    ]);
  const [only, another] = [...catalogue.metrics.values()].filter(
    (one): one is MetricDefinition & SimpleMetric =>
      one.type === 'simple' &&
      one.hidden !== true &&
      one.measure.aggregate === 'count' &&
      rows(one) === rows(figure),
  );
  return only && !another ? only : null;
}

/** A mean leaves out what has no value anyway. */
const isMeasured = (catalogue: Catalogue, { measure }: SimpleMetric, id: string): boolean =>
  catalogue.dimensions.get(id)?.path === measure.path;
