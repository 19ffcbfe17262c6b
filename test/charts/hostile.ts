import type { ChartSpec } from '../../src/charts/chart-spec.ts';
import {
  aGaugeChart,
  aHorizontalBarChart,
  aKpiStripChart,
  aLineChart,
  aStackedBarChart,
} from './examples.ts';

/** Specs that break careless drawing code: by name of what is odd about them. */
const long =
  'An extraordinarily long headline about the resolution times of every regional support team that nobody shortened before it was sent to the renderer';
const numbers = { kind: 'number' } as const;
const many = (count: number, value: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => value(index));
const wave = (index: number) => 50 + 30 * Math.sin(index / 20) + (index % 7);

export const hostile: Readonly<Record<string, ChartSpec>> = {
  'line with no points': aLineChart({ labels: [], series: [{ name: 'None', values: [] }], marks: [] }),
  'line with no series': aLineChart({ series: [], marks: [] }),
  'line with gaps only': aLineChart({
    labels: ['Mon', 'Tue'],
    series: [{ name: 'Gaps', values: [null, null] }],
    marks: [],
  }),
  'line with one point': aLineChart({
    labels: ['15 Mar'],
    series: [{ name: 'One', values: [5400] }],
    marks: [],
    band: { name: 'Expected', lower: [3600], upper: [9000] },
  }),
  'line with 400 points': aLineChart({
    labels: many(400, (index) => index).map((index) => `2026-${String((index % 12) + 1).padStart(2, '0')}`),
    series: [{ name: 'Wave', values: many(400, wave) }],
    thresholds: [{ value: 85, label: 'Limit', tone: 'warning' }],
    marks: [],
    format: numbers,
  }),
  'line of zeros': aLineChart({
    labels: ['Mon', 'Tue', 'Wed'],
    series: [{ name: 'Zeros', values: [0, 0, 0] }],
    thresholds: [],
    marks: [],
    format: numbers,
  }),
  'line with negatives': aLineChart({
    labels: ['Q1', 'Q2', 'Q3', 'Q4'],
    series: [{ name: 'Change in ARR', values: [-120_000, -40_000, 65_000, -210_000] }],
    thresholds: [{ value: 0, label: 'No change', tone: 'neutral' }],
    marks: [],
    format: { kind: 'money', currency: 'EUR' },
  }),
  'line with huge values': aLineChart({
    labels: ['a', 'b', 'c'],
    series: [{ name: 'Huge', values: [1e300, -1e300, 3] }],
    thresholds: [{ value: Number.MAX_VALUE, label: 'Sky', tone: 'good' }],
    marks: [],
    format: numbers,
  }),
  'line with 12 series': aLineChart({
    labels: many(24, (index) => index).map((hour) => `${hour}:00`),
    series: many(12, (index) => index).map((index) => ({
      name: `Regional support team number ${index + 1}`,
      values: many(24, (hour) => 20 + 8 * index + 6 * Math.sin((hour + index) / 3)),
    })),
    thresholds: [],
    marks: [],
    format: numbers,
  }),
  'line with long texts': aLineChart({
    title: long,
    subtitle: `${long}, ${long}, as of 15 Mar 2026`,
    labels: [
      'Northern and Western Europe',
      'Middle East, Turkey and Africa',
      'Asia, Pacific and Japan together',
    ],
    series: [{ name: long, values: [0.2, 0.9412, 0.6] }],
    thresholds: [
      { value: 0.95, label: long, tone: 'critical' },
      { value: 0.93, label: 'Warning at 93 %', tone: 'warning' },
    ],
    marks: [{ index: 1, label: long, tone: 'notice' }],
    format: { kind: 'percent' },
  }),
  'stacked bar of zeros': aStackedBarChart({
    labels: ['Mon', 'Tue'],
    series: [{ name: 'Zeros', values: [0, 0] }],
    thresholds: [],
  }),
  'stacked bar with one column': aStackedBarChart({
    labels: ['15 Mar'],
    series: [
      { name: 'Urgent', values: [4] },
      { name: 'Low', values: [12] },
    ],
  }),
  'stacked bar with negatives': aStackedBarChart({
    labels: ['Jan', 'Feb', 'Mar'],
    series: [
      { name: 'New', values: [42_000, 38_000, 51_000], tone: 'good' },
      { name: 'Expansion', values: [12_000, 9_000, 15_500], tone: 'good' },
      { name: 'Churn', values: [-22_000, -61_000, -8_000], tone: 'critical' },
    ],
    thresholds: [],
    format: { kind: 'money', currency: 'USD' },
  }),
  'stacked bar with 400 columns': aStackedBarChart({
    labels: many(400, (index) => index).map((index) => `day ${index}`),
    series: [
      { name: 'Opened', values: many(400, (index) => Math.round(wave(index))) },
      { name: 'Reopened', values: many(400, (index) => index % 9) },
    ],
    thresholds: [{ value: 55, label: 'Capacity', tone: 'neutral' }],
  }),
  'stacked bar with 12 series': aStackedBarChart({
    labels: ['Billing', 'Data loss', 'Performance degradation', 'Authentication and single sign-on', 'Other'],
    series: many(12, (index) => index).map((index) => ({
      name: `Team ${index + 1}`,
      values: many(5, (column) => (index * 7 + column * 3) % 11),
    })),
    thresholds: [],
  }),
  'gauge outside of its range': aGaugeChart({ value: 140, caption: 'Above the scale' }),
  'gauge without bands': aGaugeChart({ bands: [], value: 12, caption: '' }),
  'gauge with long texts': aGaugeChart({
    title: long,
    subtitle: long,
    caption: long,
    value: 123_456_789.12,
    minimum: -1e9,
    maximum: 1e9,
    bands: [{ upTo: 1e9, label: long, tone: 'notice' }],
    format: { kind: 'money', currency: 'EUR' },
  }),
  'gauge with twelve bands': aGaugeChart({
    bands: many(12, (index) => ((index + 1) / 12) * 100).map((upTo, index) => ({
      upTo: index === 11 ? 100 : upTo,
      label: `Band ${index}`,
      tone: 'notice',
    })),
  }),
  'horizontal bar with no bars': aHorizontalBarChart({ bars: [] }),
  'horizontal bar with one bar': aHorizontalBarChart({ bars: [{ label: 'Only', value: 3 }], thresholds: [] }),
  'horizontal bar with 400 bars': aHorizontalBarChart({
    bars: many(400, (index) => index).map((index) => ({ label: `Account ${index}`, value: 400 - index })),
    thresholds: [],
  }),
  'horizontal bar with negatives and zeros': aHorizontalBarChart({
    bars: [
      { label: 'Expansion', value: 84_500, tone: 'good' },
      { label: 'Nothing', value: 0 },
      { label: 'Churn', value: -43_250.5, tone: 'critical', note: 'three accounts' },
    ],
    thresholds: [],
    format: { kind: 'money', currency: 'CHF' },
  }),
  'horizontal bar with long texts': aHorizontalBarChart({
    bars: [
      { label: long, value: 1e300, note: long },
      {
        label: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
        value: 12,
      },
    ],
    thresholds: [
      { value: 4, label: long, tone: 'good' },
      { value: 5, label: long, tone: 'warning' },
      { value: 6, label: long, tone: 'critical' },
    ],
  }),
  'kpi strip with two tiles': aKpiStripChart({ tiles: aKpiStripChart().tiles.slice(0, 2) }),
  'kpi strip with three tiles': aKpiStripChart({ tiles: aKpiStripChart().tiles.slice(0, 3) }),
  'kpi strip with five tiles': aKpiStripChart({
    tiles: [
      ...aKpiStripChart().tiles,
      { label: 'Pipeline this quarter', value: '$2,982,255', change: '+4 %', tone: 'good', history: [1] },
    ],
  }),
  'kpi strip with long texts': aKpiStripChart({
    tiles: [
      { label: long, value: long, change: `down ${long}`, tone: 'critical', history: many(400, wave) },
      { label: '', value: '', change: '', tone: 'neutral', history: [] },
    ],
  }),
  'names with emoji, bidi controls and foreign scripts': aHorizontalBarChart({
    title: '🚨 Accounts \u202eksir ta\u202c at risk 🇩🇪 \u0000<!channel>',
    bars: [
      { label: '日本電気株式会社', value: 20, note: '東京 👍🏽' },
      { label: 'Zoë Müller & Söhne ▲ → ✅', value: 30 },
      { label: 'Ελληνικά Αθήνα', value: 40, note: 'Đặng Thị Hương' },
      { label: 'a\nb\tc\u200b\u2066d\u2069', value: 50 },
      { label: '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 Ž̈̈̈algo', value: 60 },
    ],
    thresholds: [],
  }),
};
