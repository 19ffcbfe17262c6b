import { formatValue } from '../charts/format-value.ts';
import type { Tone } from '../domain/chart-data.ts';
import { lowerFirst, upperFirst } from '../toolkit/letter-case.ts';
import {
  bucketInWords,
  changeInWords,
  formatCell,
  grainShown,
  timeColumn,
  unknownCell,
} from './answer-cells.ts';
import { endsOfEach, extremes, groupName, highestOfEach, isMixed } from './answer-extremes.ts';
import type { AnswerCell, AnswerView, AnswerViewMetric, Grain } from './answer-view.ts';

export interface Headline {
  readonly text: string;
  readonly tone: Tone;
  readonly word?: string;
}

/** One sentence with the number. Every figure in it stands in the rows. */
export function buildHeadline(view: AnswerView): Headline {
  const headline = factOf(view);
  return view.whose === undefined
    ? headline
    : { ...headline, text: `${headline.text.replace(/\.$/, '')} (${view.whose}).` };
}

function factOf(view: AnswerView): Headline {
  if (view.shape === 'records') return neutral(recordsSentence(view));
  const isGrouped = view.columns.some((column) => column.role === 'dimension' && column.id !== 'currency');
  if (!isGrouped) return figuresSentence(view);
  if (view.rows.length === 0) return neutral(noRows(view));
  return neutral(timeColumn(view) === -1 ? groupsSentence(view) : seriesSentence(view));
}

const neutral = (text: string): Headline => ({ text, tone: 'neutral' });

function recordsSentence(view: AnswerView): string {
  const { noun, rows } = view;
  const when = view.timeWords === '' ? '' : ` ${view.timeWords}`;
  const { skipped } = view;
  if (skipped !== undefined)
    return pageSentence(view, upperFirst(rows.length === 1 ? noun.one : noun.many), when);
  if (rows.length === 0) return `No ${noun.many} match${when}.`;
  const many = rows.length === 1 ? noun.one : noun.many;
  if (view.onePer !== undefined) return onePerSentence(view, view.onePer, when);
  // One that was asked for by its place ("the last order"), of several there are.
  if (view.truncated && rows.length === 1) return firstSentence(view, when);
  const worth = togetherWords(view);
  if (view.truncated)
    return `${view.totals ? formatValue(view.totals.count, { kind: 'number' }) : `More than ${rows.length}`} ${noun.many} match${when}${worth}; these are the first ${rows.length}.`;
  return `${rows.length} ${many} ${rows.length === 1 ? 'matches' : 'match'}${when}${worth}.`;
}

/** "3 tickets last week, one for each assignee." */
function onePerSentence({ rows, noun, truncated, totals }: AnswerView, label: string, when: string): string {
  const all = totals?.count ?? rows.length;
  const many = all === 1 ? noun.one : noun.many;
  const cut = truncated ? `; these are the first ${rows.length}` : '';
  return `${formatValue(all, { kind: 'number' })} ${many}${when}, one for each ${lowerFirst(label)}${cut}.`;
}

/** "Verdant Farms: Renewal and upgrade: the first of 6 deals." */
function firstSentence(view: AnswerView, when: string): string {
  const [column] = view.columns;
  const [cell] = view.rows[0] ?? [];
  const { noun, totals } = view;
  const of = totals ? `the first of ${formatValue(totals.count, { kind: 'number' })}` : 'one of several';
  const place = `${of} ${noun.many}${when}.`;
  if (!column || cell === undefined || cell === null) return upperFirst(place);
  return `${formatCell(view, cell, column)}: ${place}`;
}

/** ", €12,500 and $800 together" */
function togetherWords({ totals }: AnswerView): string {
  const amounts = (totals?.amounts ?? []).map(({ currency, value }) =>
    formatValue(value, currency === null ? { kind: 'number' } : { kind: 'money', currency }),
  );
  return amounts.length === 0 ? '' : `, ${amounts.join(' and ')} together`;
}

/** "Tickets 11 to 20 last week; there are more." */
function pageSentence({ rows, skipped = 0, truncated }: AnswerView, what: string, when: string): string {
  if (rows.length === 0) return `No more than ${skipped} match${when}.`;
  const [first, last] = [skipped + 1, skipped + rows.length];
  return `${what} ${first === last ? first : `${first} to ${last}`}${when}${truncated ? '; there are more' : ', the last'}.`;
}

function figuresSentence(view: AnswerView): Headline {
  const [row, ...others] = view.rows;
  const filled =
    row?.some((value, index) => view.columns[index]?.role === 'metric' && value !== null) ?? false;
  if (!row || !filled) return neutral(noRows(view));
  const sentences = [row, ...others].flatMap((one) => [
    ...ratioSentence(view, one),
    ...(partSentence(view, one) ?? metricSentences(view, one)),
  ]);
  const first = view.metrics[0];
  const change = first
    ? (cellOf(view, row, `${first.id}__change`) ?? cellOf(view, row, `${first.id}__to_target`))
    : null;
  const text = `${sentences.map(upperFirst).join('. ')}.`;
  if (typeof change !== 'number' || !first || first.goodDirection === 'none' || change === 0)
    return neutral(text);
  const isGood = change > 0 === (first.goodDirection === 'up');
  return { text, tone: isGood ? 'good' : 'warning', word: tendency(view, isGood) };
}

function tendency(view: AnswerView, isGood: boolean): string {
  if (view.columns.some(({ id }) => id.endsWith('__to_target'))) return isGood ? 'On target' : 'Off target';
  return isGood ? 'Better' : 'Worse';
}

/** The one figure over the other is what was asked for; both stand behind it. */
function ratioSentence(view: AnswerView, row: readonly AnswerCell[]): readonly string[] {
  const index = ratioAt(view);
  const column = view.columns[index];
  return column ? [`${column.label}: ${formatCell(view, row[index] ?? null, column, row)}`] : [];
}

const ratioAt = (view: AnswerView): number => view.columns.findIndex(({ id }) => id.endsWith('__ratio'));

/** "86.7 %: 13 of 15 (tickets opened in the last 30 days)": the part alone would be taken for the whole. */
function partSentence(view: AnswerView, row: readonly AnswerCell[]): readonly string[] | null {
  const [metric] = view.metrics;
  if (!metric || shareAt(view) === -1) return null;
  const when = view.timeWords === '' ? 'right now' : view.timeWords;
  const of = `${partOfWhole(view, row)} (${lowerFirst(metric.label)} ${when})`;
  const isEmpty = cellOf(view, row, `${metric.id}__of_whole`) === null;
  return [isEmpty ? of : `${written(view, row, shareAt(view))}: ${of}`];
}

/** "13 of 15". */
function partOfWhole(view: AnswerView, row: readonly AnswerCell[]): string {
  const whole = view.columns.findIndex(({ id }) => id.endsWith('__whole'));
  const part = view.columns.findIndex(({ id }) => `${id}__whole` === view.columns[whole]?.id);
  return `${written(view, row, part)} of ${written(view, row, whole)}`;
}

function written(view: AnswerView, row: readonly AnswerCell[], index: number): string {
  const column = view.columns[index];
  return column ? formatCell(view, row[index] ?? null, column, row) : unknownCell;
}

const shareAt = (view: AnswerView): number => view.columns.findIndex(({ id }) => id.endsWith('__of_whole'));

/** The change, where the groups are ordered by it. */
const changeAt = (view: AnswerView): number => view.columns.findIndex(({ id }) => id === view.changeFirst);

/** The column that was asked for, where others stand beside it. */
function askedAt(view: AnswerView): number {
  const beside = [ratioAt(view), shareAt(view), changeAt(view)].find((index) => index !== -1);
  return beside ?? view.columns.findIndex(({ id }) => id === view.metrics[0]?.id);
}

function metricSentences(view: AnswerView, row: readonly AnswerCell[]): readonly string[] {
  return view.metrics.flatMap((metric) => {
    const index = view.columns.findIndex((column) => column.id === metric.id);
    const column = view.columns[index];
    const value = row[index];
    if (!column || value === undefined) return [];
    const written = formatCell(view, value, column, row);
    const said = value === null ? `${metric.label}: no data` : sayFigure(metric, value, written);
    const when = view.timeWords === '' ? (value === null ? '' : ' right now') : ` ${view.timeWords}`;
    return [`${said}${when}${changeWords(view, row, metric, value)}`];
  });
}

/** "142 tickets were opened", "7 open deals", "Win rate: 63 %". */
function sayFigure(metric: AnswerViewMetric, value: AnswerCell, written: string): string {
  const label = metric.label;
  if (!metric.isCount || metric.unit === '') return `${label}: ${written}`;
  const unit = value === 1 ? metric.unit.replace(/s$/, '') : metric.unit;
  const plural = metric.unit.toLowerCase();
  const lower = label.toLowerCase();
  const event = lower.startsWith(`${plural} `) ? label.slice(metric.unit.length + 1) : null;
  if (event !== null && /^[a-z]+(?:ed|en|ost|on)$/.test(event))
    return `${written} ${unit} ${value === 1 ? 'was' : 'were'} ${event}`;
  if (lower.endsWith(plural)) {
    const adjective = lowerFirst(label.slice(0, label.length - metric.unit.length));
    return `${written} ${lower === plural ? '' : adjective}${unit}`;
  }
  return `${label}: ${written}`;
}

function changeWords(
  view: AnswerView,
  row: readonly AnswerCell[],
  metric: AnswerViewMetric,
  value: AnswerCell,
): string {
  const previousIndex = view.columns.findIndex((column) => column.id === `${metric.id}__previous`);
  const column = view.columns[previousIndex];
  if (!column) return targetWords(view, row, metric, value);
  const previous = row[previousIndex] ?? null;
  if (previous === null) return ', with no data to compare with';
  const before = formatCell(view, previous, column, row);
  const moved = view.columns.find(({ id }) => id === `${metric.id}__change`);
  const change = moved === undefined ? null : cellOf(view, row, moved.id);
  if (moved === undefined || typeof change !== 'number' || typeof value !== 'number')
    return `, ${before} before`;
  if (value === previous) return `, the same as before`;
  const direction = value > Number(previous) ? 'up' : 'down';
  return `, ${direction} from ${before} (${changeInWords(view, change, moved)})`;
}

/** ", 3 % above the target of 95 %" */
function targetWords(
  view: AnswerView,
  row: readonly AnswerCell[],
  metric: AnswerViewMetric,
  value: AnswerCell,
): string {
  const column = view.columns.find(({ id }) => id === `${metric.id}__target`);
  const target = cellOf(view, row, `${metric.id}__target`);
  const away = cellOf(view, row, `${metric.id}__to_target`);
  if (!column || typeof target !== 'number' || typeof value !== 'number') return '';
  const written = formatCell(view, target, column, row);
  if (value === target) return `, exactly the target`;
  const gap = view.columns.find(({ id }) => id === `${metric.id}__to_target`);
  const distance =
    gap !== undefined && typeof away === 'number' ? ` (${changeInWords(view, away, gap)})` : '';
  return `, ${value > target ? 'above' : 'below'} the target of ${written}${distance}`;
}

function groupsSentence(view: AnswerView): string {
  const [metric] = view.metrics;
  const index = askedAt(view);
  const label = view.columns[index]?.label ?? metric?.label;
  const dimensions = view.columns.filter((column) => column.role === 'dimension' && column.id !== 'currency');
  const by = dimensions.map((column) => lowerFirst(column.label)).join(' and ');
  const when = view.timeWords === '' ? '' : ` ${view.timeWords}`;
  const title = `${label ?? 'Answer'} by ${by}${when}`;
  if (view.skipped !== undefined && view.rows.length > fewGroups)
    return pageSentence(view, `${title}, places`, '');
  if (view.rows.length <= fewGroups)
    return `${title}: ${view.rows.map((row) => groupWithValue(view, row, index)).join(', ')}.`;
  const ranked = extremes(view, index);
  if (!ranked) return `${title}: ${highestOfEach(view, index) ?? `${view.rows.length} rows`}.`;
  return `${title}: ${ranked.word} is ${groupName(view, ranked.row)} with ${ranked.written}.`;
}

/** Up to this many groups fit into the sentence. */
const fewGroups = 5;

function groupWithValue(view: AnswerView, row: readonly AnswerCell[], index: number): string {
  const column = view.columns[index];
  const name = `${groupName(view, row)} ${written(view, row, index)}`;
  if (index === shareAt(view)) return `${name} (${partOfWhole(view, row)})`;
  const beside = view.columns.findIndex(
    ({ id }) => id.startsWith(`${column?.id ?? ''}__`) && /__share$/.test(id),
  );
  return beside === -1 ? name : `${name} (${written(view, row, beside)})`;
}

function seriesSentence(view: AnswerView): string {
  const [metric] = view.metrics;
  const index = askedAt(view);
  const time = timeColumn(view);
  const buckets = view.rows.map((row) => String(row[time] ?? ''));
  const grain = grainShown(view, buckets);
  const when = view.timeWords === '' ? '' : ` ${view.timeWords}`;
  const extreme = extremes(view, index);
  const title = `${view.columns[index]?.label ?? metric?.label ?? 'Answer'} by ${grain}${when}`;
  const ends = extreme ? null : endsOfEach(view, index, { time, nameOf: (one) => bucketInWords(one, grain) });
  if (ends !== null) return `${title}: ${ends}.`;
  if (!extreme)
    return `${title}: ${isMixed(view) ? `${view.rows.length} rows, each currency by itself` : 'no data'}.`;
  const mean = meanWords(view, metric?.id ?? '', grain);
  if (mean !== null) return `${title}: ${mean}.`;
  const only = bucketInWords(String(extreme.row[time] ?? ''), grain);
  if (view.rows.length === 1) return `${title}: ${extreme.written} in ${only}.`;
  const latest = latestWords(view, metric?.id ?? '', time, grain);
  return `${title}: ${extreme.word} in ${bucketInWords(String(extreme.row[time] ?? ''), grain)} with ${extreme.written}${latest}.`;
}

/** "12.4 per day in the mean of 20": what was asked for, where a single course has it. */
function meanWords(view: AnswerView, metricId: string, grain: Grain): string | null {
  const index = view.columns.findIndex(({ id }) => id === `${metricId}__mean`);
  const column = view.columns[index];
  const isSingle = view.columns.filter(({ role }) => role === 'dimension').length === 1;
  const row = view.rows.find((one) => typeof one[index] === 'number');
  if (!column || !row || !isSingle) return null;
  return `${formatCell(view, row[index] ?? null, column, row)} per ${grain} on average`;
}

const latestNames: readonly (readonly [RegExp, string])[] = [
  [/__(?:pct_step|step)$/, 'the latest change is'],
  [/__running$/, 'the running total is'],
  [/__moving_avg$/, 'the moving average is'],
];

/** Where a single course has arrived: "; the running total is 412 in Nov 2026". */
function latestWords(view: AnswerView, metricId: string, time: number, grain: Grain): string {
  const isSingle = view.columns.filter(({ role }) => role === 'dimension').length === 1;
  if (!isSingle) return '';
  for (const [pattern, words] of latestNames) {
    const index = view.columns.findIndex(({ id }) => id.startsWith(`${metricId}__`) && pattern.test(id));
    const column = view.columns[index];
    const rows = view.rows.filter((row) => typeof row[index] === 'number');
    const last = rows.toSorted((a, b) => (String(a[time]) < String(b[time]) ? -1 : 1)).at(-1);
    if (column && last)
      return `; ${words} ${formatCell(view, last[index] ?? null, column, last)} in ${bucketInWords(String(last[time]), grain)}`;
  }
  return '';
}

function countOfNone(view: AnswerView): string {
  const [metric] = view.metrics;
  const when = view.timeWords === '' ? ' right now' : ` ${view.timeWords}`;
  return `${metric ? sayFigure(metric, 0, '0') : 'Nothing'}${when}`;
}

/** A count without rows is a count of none, a sum one of nothing; an average without rows is unknown. */
function noRows(view: AnswerView): string {
  const [first] = view.metrics;
  if (!first || !view.metrics.every(({ isCount, isSum }) => isCount || isSum)) return nothingFound(view);
  const when = view.timeWords === '' ? ' right now' : ` ${view.timeWords}`;
  if (view.isBounded) return `${first.label}: none of the groups match${when}.`;
  return first.isCount ? `${countOfNone(view)}.` : `${first.label}: none${when}.`;
}

/** Nothing matched: said as such, never as a zero. */
function nothingFound(view: AnswerView): string {
  const when = view.timeWords === '' ? '' : ` ${view.timeWords}`;
  const what = view.metrics.map((metric) => lowerFirst(metric.label)).join(' or ');
  if (view.isBounded && view.rowsRead > 0) return `${upperFirst(what)}: none of the groups match${when}.`;
  return `There is no data for ${what || 'this question'}${when}.`;
}

function cellOf(view: AnswerView, row: readonly AnswerCell[], id: string): AnswerCell {
  const index = view.columns.findIndex((column) => column.id === id);
  return index === -1 ? null : (row[index] ?? null);
}
