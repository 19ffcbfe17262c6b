import type {
  ChartSpec,
  GaugeChart,
  HorizontalBarChart,
  KpiStripChart,
  LineChart,
  StackedBarChart,
} from '../../src/charts/chart-spec.ts';

/** Realistic specs of every kind, for tests, the pictures in docs/charts and whoever needs a chart to show. */

const hours = 3600;
const firstWeek = ['9 Mar', '10 Mar', '11 Mar', '12 Mar', '13 Mar', '14 Mar', '15 Mar'];
const fortnight = [
  ...['2 Mar', '3 Mar', '4 Mar', '5 Mar', '6 Mar', '7 Mar', '8 Mar'],
  ...['9 Mar', '10 Mar', '11 Mar', '12 Mar', '13 Mar', '14 Mar', '15 Mar'],
];

export function aLineChart(overrides: Partial<LineChart> = {}): LineChart {
  return {
    kind: 'line',
    title: 'First response is slower than its 4 h target',
    subtitle: 'Median time to first response, urgent tickets, Europe/Berlin, as of 15 Mar 2026 09:00',
    altText:
      'Median first response of urgent tickets per day: about 2 h until 10 March, 4 h 40 min on 12 March, 5 h 20 min on 15 March; target 4 h.',
    labels: fortnight,
    series: [
      {
        name: 'Median first response',
        values: [2.1, 1.8, 2.4, 2.2, 2.6, 1.4, 1.2, 2.3, 2.7, 3.6, 4.7, 5.9, 5.1, 5.35].map(
          (value) => value * hours,
        ),
      },
    ],
    thresholds: [{ value: 4 * hours, label: 'Target 4 h', tone: 'critical' }],
    marks: [{ index: 11, label: 'Worst day 5 h 54 min', tone: 'critical' }],
    format: { kind: 'duration' },
    ...overrides,
  };
}

export function aVolumeChart(overrides: Partial<LineChart> = {}): LineChart {
  const expected = [42, 44, 45, 43, 40, 18, 16, 43, 45, 46, 44, 41, 19, 17];
  return aLineChart({
    title: 'Tickets opened on 12 March are far above the usual range',
    subtitle: 'Per day, all channels, no data for 13 March, Europe/Berlin, as of 15 Mar 2026 18:00',
    altText: '97 tickets were opened on 12 March; 31 to 57 were expected. There is no data for 13 March.',
    series: [
      { name: 'Opened', values: [40, 47, 43, 45, 38, 20, 15, 44, 41, 49, 97, null, 21, 16] },
      {
        name: 'Answered',
        values: [38, 45, 44, 40, 41, 17, 14, 39, 42, 44, 61, null, 30, 22],
        tone: 'neutral',
      },
    ],
    band: {
      name: 'Expected for the weekday',
      lower: expected.map((value) => value - 13),
      upper: expected.map((value) => value + 13),
    },
    thresholds: [],
    marks: [{ index: 10, label: '97 opened, 44 expected', tone: 'critical' }],
    format: { kind: 'number' },
    ...overrides,
  });
}

export function aStackedBarChart(overrides: Partial<StackedBarChart> = {}): StackedBarChart {
  return {
    kind: 'stacked-bar',
    title: 'Tickets opened by priority',
    subtitle: 'Per day, 9 to 15 March 2026, Europe/Berlin, as of 15 Mar 2026 18:00',
    altText: 'Between 13 and 68 tickets a day were opened; 68 on 12 March, 17 of them urgent.',
    labels: firstWeek,
    series: [
      { name: 'Urgent', values: [4, 3, 5, 17, 8, 1, 0], tone: 'critical' },
      { name: 'High', values: [9, 11, 8, 19, 12, 3, 2], tone: 'warning' },
      { name: 'Normal', values: [21, 18, 22, 24, 19, 7, 8], tone: 'notice' },
      { name: 'Low', values: [8, 7, 9, 8, 6, 4, 3], tone: 'neutral' },
    ],
    thresholds: [{ value: 55, label: 'Capacity 55 a day', tone: 'neutral' }],
    format: { kind: 'number' },
    ...overrides,
  };
}

export function aGaugeChart(overrides: Partial<GaugeChart> = {}): GaugeChart {
  return {
    kind: 'gauge',
    title: 'Northwind Traders: account health',
    subtitle: '0 to 100, weekly score, as of 15 Mar 2026',
    altText: 'Health of Northwind Traders is 58 of 100, in the Warning band, down 12 in 7 days.',
    value: 58,
    minimum: 0,
    maximum: 100,
    bands: [
      { upTo: 25, label: 'Churn risk', tone: 'critical' },
      { upTo: 50, label: 'Critical', tone: 'critical' },
      { upTo: 70, label: 'Warning', tone: 'warning' },
      { upTo: 85, label: 'Good', tone: 'good' },
      { upTo: 100, label: 'Excellent', tone: 'good' },
    ],
    caption: 'Warning, down 12 in 7 days',
    format: { kind: 'number' },
    ...overrides,
  };
}

export function aHorizontalBarChart(overrides: Partial<HorizontalBarChart> = {}): HorizontalBarChart {
  return {
    kind: 'horizontal-bar',
    title: 'Accounts at risk, lowest health first',
    subtitle: 'Health score 0 to 100, accounts renewing within 90 days, as of 15 Mar 2026',
    altText:
      'Six accounts renewing within 90 days are below 70: Globex 19, Initech 31, Umbrella 38, Northwind 58, Stark 63, Wayne 66.',
    bars: [
      { label: 'Globex Corporation', value: 19, tone: 'critical', note: '$420K, renews 2 Apr' },
      { label: 'Initech', value: 31, tone: 'critical', note: '$96K, renews 18 Apr' },
      { label: 'Umbrella Health Services', value: 38, tone: 'critical', note: '$310K, renews 30 Mar' },
      { label: 'Northwind Traders', value: 58, tone: 'warning', note: '$185K, renews 12 May' },
      { label: 'Stark Łódź Sp. z o.o.', value: 63, tone: 'warning', note: '$74K, renews 1 Jun' },
      { label: 'Wayne Отдел Enterprises', value: 66, tone: 'warning', note: '$128K, renews 20 May' },
    ],
    thresholds: [
      { value: 50, label: 'Critical below 50', tone: 'critical' },
      { value: 70, label: 'Good from 70', tone: 'good' },
    ],
    format: { kind: 'number' },
    ...overrides,
  };
}

export function aKpiStripChart(overrides: Partial<KpiStripChart> = {}): KpiStripChart {
  return {
    kind: 'kpi-strip',
    title: 'Support this morning',
    subtitle: 'Against the same weekday last week, Europe/Berlin, as of 15 Mar 2026 09:00',
    altText:
      'Open escalations 7, up 3, worse. SLA compliance 94.2 %, down 1.8 points, worse. First response 1 h 12 min, down 9 min, better. Tickets today 23, no change.',
    tiles: [
      {
        label: 'Open escalations',
        value: '7',
        change: 'up 3, worse',
        tone: 'critical',
        history: [3, 4, 3, 2, 4, 4, 5, 4, 5, 6, 7],
      },
      {
        label: 'SLA compliance',
        value: '94.2 %',
        change: 'down 1.8 points, below 95 %',
        tone: 'warning',
        history: [0.961, 0.958, 0.962, 0.965, 0.957, 0.96, 0.955, 0.949, 0.951, 0.944, 0.942],
      },
      {
        label: 'First response',
        value: '1 h 12 min',
        change: 'down 9 min, better',
        tone: 'good',
        history: [96, 92, 95, 88, 90, 84, 87, 81, 79, 81, 72],
      },
      {
        label: 'Tickets today',
        value: '23',
        change: 'no change',
        tone: 'neutral',
        history: [22, 25, 19, 24, 27, 21, 23, 22, 25, 23, 23],
      },
    ],
    ...overrides,
  };
}

/** By file name of the picture in docs/charts. */
export const examples: Readonly<Record<string, ChartSpec>> = {
  'line-response-time': aLineChart(),
  'line-ticket-volume': aVolumeChart(),
  'stacked-bar-tickets-by-priority': aStackedBarChart(),
  'gauge-account-health': aGaugeChart(),
  'horizontal-bar-accounts-at-risk': aHorizontalBarChart(),
  'kpi-strip-support': aKpiStripChart(),
};
