import type { LineChart } from '../../domain/chart-data.ts';
import type { Finding, FindingEvidence } from '../../domain/finding.ts';
import { addDays, asOf, shorten, writeNumber } from '../wording.ts';
import { judgeChange } from './judge-change.ts';
import type { JudgedTrend, TrendSeries, TrendView } from './judge-series.ts';
import { daysOf, type Span, sumOver } from './spans.ts';

const CHART_WEEKS = 26;

interface Told extends TrendView {
  readonly now: Date;
  readonly zone: string;
}

/**
 * A `trend-change` finding for every series that changed, by the comparison that says most: this month so far once
 * enough of its days are whole and there is enough to tell, else the last whole month. An amount is told of only when the orders behind it do not
 * tell the same already, and a product only when it does not just go with all orders.
 *
 * @param judged of one series, as `judgeSeries` gives them
 * @param overall the same for all orders, for a product; empty: not known
 */
export function buildTrendFindings(
  judged: readonly JudgedTrend[],
  told: Told,
  overall: readonly JudgedTrend[] = [],
): readonly Finding[] {
  const counted = judged.filter(({ amount }) => amount === null);
  const kind = (counted.find(({ verdict }) => verdict !== 'too-few') ?? counted[0])?.comparison.kind;
  const current = judged.filter(({ comparison }) => comparison.kind === kind);
  const counts = current.find(({ amount }) => amount === null);
  const all = overall.find(({ comparison, amount }) => comparison.kind === kind && amount === null);
  return current
    .filter(({ verdict }) => verdict === 'up' || verdict === 'down')
    .filter((one) => one === counts || one.verdict !== counts?.verdict)
    .filter((one) => all === undefined || all === counts || !goesWith(one, all, told))
    .map((one) => buildFinding(one, told));
}

/** Whether a change is no more than that of all orders: measured against them, nothing has changed. */
function goesWith(one: JudgedTrend, all: JudgedTrend, { settings }: Told): boolean {
  if (all.verdict !== one.verdict || all.change === null) return false;
  if (one.amount !== null) return true;
  const exposure = (one.countBefore === 0 ? 1 : one.expected / one.countBefore) * (1 + all.change);
  const limits = { leastShare: settings.leastChange, leastCount: settings.leastCount };
  const { dispersion, countBefore, count } = one;
  return judgeChange(countBefore, count, { dispersion, exposure, limits }).verdict !== one.verdict;
}

function buildFinding(one: JudgedTrend, told: Told): Finding {
  const { of, amount, comparison, verdict } = one;
  const isUp = verdict === 'up';
  const currency = amount?.currency ?? null;
  const by = one.change === null ? '' : ` by ${writeNumber(Math.abs(one.change) * 100)} %`;
  const id = of.product === null ? of.series : of.product.id;
  return {
    kind: 'trend-change',
    subject: {
      kind: of.product === null ? 'series' : 'product',
      id: amount === null ? id : `${id}/amount/${currency ?? ''}`,
      label: shorten(of.label, 80),
    },
    accountId: null,
    ownerId: null,
    teamId: null,
    value: Math.round(one.score * 100) / 100,
    observedAt: told.now,
    facts: {
      headline: `${of.label} ${isUp ? 'rose' : 'fell'}${by}`,
      sentence: one.sentence,
      over: `${of.label}: no longer changing`,
      series: of.series,
      product: of.product?.name ?? null,
      comparison: comparison.kind,
      direction: isUp ? 'up' : 'down',
      meaning: of.moreIs === 'neither' ? 'neither' : (of.moreIs === 'good') === isUp ? 'good' : 'bad',
      change: one.change,
      count: one.count,
      expected: Math.round(one.expected * 10) / 10,
      dispersion: Math.round(one.dispersion * 100) / 100,
      amount: amount?.after ?? null,
      amount_before: amount?.before ?? null,
      currency,
    },
    evidence: buildEvidence(one, told),
    chart: buildChart(one, told),
  };
}

/** Both spans, then the weeks before, newest first, at most 20 rows. */
function buildEvidence(one: JudgedTrend, told: Told): FindingEvidence {
  const { comparison, of, amount } = one;
  const values = valuesOf(of, amount?.currency);
  const row = (name: string, span: Span) => [
    name,
    `${span.from} to ${span.to}`,
    daysOf(span).filter(told.isWorkday).length,
    Math.round(sumOver(values, span) * 100) / 100,
  ];
  const formula =
    amount === null
      ? `z = ln((b + 0.5) / (r x (a + 0.5))) / sqrt((1/(a + 0.5) + 1/(b + 0.5)) x phi): a = ${one.countBefore} before, b = ${one.count} now, r = ${writeNumber(one.countBefore === 0 ? 1 : one.expected / one.countBefore, 3)} times as many working days with weekends weighed, phi = ${writeNumber(one.dispersion, 2)} (unrest of the weeks before; 1 = chance alone). Beyond 1.96 it is a change.`
      : 'Days drawn again with replacement 500 times, working days among working days; it is a change when 99 of 100 draws agree.';
  return {
    caption: `${one.sentence} ${formula}`,
    columns: [
      'Span',
      'Days',
      'Working days',
      amount === null ? 'Count' : `Amount ${amount.currency ?? ''}`.trim(),
    ],
    rows: [
      row('Now', comparison.now),
      row('Before', comparison.before),
      ...Array.from({ length: 12 }, (_, index) => {
        const to = addDays(comparison.now.to, -7 * index);
        return row(`Week to ${to}`, { from: addDays(to, -6), to });
      }),
    ],
  };
}

function buildChart(one: JudgedTrend, told: Told): LineChart {
  const { of, comparison, amount } = one;
  const values = valuesOf(of, amount?.currency);
  const first = [...values.keys()].reduce((least, day) => (day < least ? day : least), comparison.now.to);
  const weeks = Array.from({ length: CHART_WEEKS }, (_, index) => {
    const to = addDays(comparison.now.to, -7 * (CHART_WEEKS - 1 - index));
    return { to, from: addDays(to, -6) };
  }).filter(({ to }) => to >= first);
  const direction = one.verdict === 'up' ? 'up' : 'down';
  const changed = one.change === null ? '' : ` ${writeNumber(Math.abs(one.change) * 100)} %`;
  return {
    kind: 'line',
    title: shorten(`${of.label}: ${direction}${changed}`, 80),
    subtitle: `Per week, last ${weeks.length} weeks to ${comparison.now.to}, ${asOf(told.now, told.zone)}`,
    altText: shorten(
      `${one.sentence} Per week: ${weeks.map((week) => writeNumber(sumOver(values, week))).join(', ')}.`,
      2_000,
    ),
    labels: weeks.map(({ to }) => to.slice(5)),
    series: [{ name: shorten(of.label, 40), values: weeks.map((week) => sumOver(values, week)) }],
    format:
      amount === null || amount.currency === null
        ? { kind: 'number', decimals: 0 }
        : { kind: 'money', currency: amount.currency },
  };
}

function valuesOf(series: TrendSeries, currency: string | null | undefined): ReadonlyMap<string, number> {
  return currency === undefined ? series.counts : (series.amounts?.get(currency) ?? new Map());
}
