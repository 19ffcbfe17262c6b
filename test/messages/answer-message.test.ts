import { describe, expect, it } from 'vitest';
import {
  buildAnswerMessage,
  buildClarifyMessage,
  buildRefusalMessage,
} from '../../src/messages/answer-message.ts';
import type { AnswerView, AnswerViewColumn, AnswerViewMetric } from '../../src/messages/answer-view.ts';

const aMetric = (more: Partial<AnswerViewMetric> = {}): AnswerViewMetric => ({
  id: 'tickets_opened',
  label: 'Tickets opened',
  description: 'Tickets by the time they were opened.',
  unit: 'tickets',
  goodDirection: 'none',
  isMoney: false,
  isCount: true,
  ...more,
});

const numberColumn = (id: string, more: Partial<AnswerViewColumn> = {}): AnswerViewColumn => ({
  id,
  label: 'Tickets opened',
  role: 'metric',
  type: 'number',
  format: { kind: 'number' },
  ...more,
});

const textColumn = (
  id: string,
  label: string,
  type: AnswerViewColumn['type'] = 'text',
): AnswerViewColumn => ({
  id,
  label,
  role: 'dimension',
  type,
  format: null,
});

const aView = (more: Partial<AnswerView> = {}): AnswerView => ({
  question: 'how many tickets were opened in March 2016',
  shape: 'figure',
  columns: [numberColumn('tickets_opened')],
  rows: [[142]],
  truncated: false,
  metrics: [aMetric()],
  noun: { one: 'ticket', many: 'tickets' },
  timeWords: 'in March 2016',
  rangeWords: '1 March 2016 up to and including 31 March 2016, Europe/Berlin',
  comparedRangeWords: null,
  filters: ['Priority is Urgent'],
  scope: 'all tickets',
  rowsRead: 142,
  freshness: ['servicenow 21 Nov 2026, 11:20 Europe/Berlin'],
  planner: 'rules',
  catalogueVersion: 'v',
  notes: [],
  chart: 'auto',
  answerId: 'a',
  zone: 'Europe/Berlin',
  ...more,
});

const textOf = (view: AnswerView): string => buildAnswerMessage(view).text;
const kinds = (view: AnswerView): readonly string[] =>
  buildAnswerMessage(view).blocks.map((block) => block.kind);
const change = (
  value: number,
  before: number | null,
  share: number | null,
  good: 'up' | 'down',
): AnswerView =>
  aView({
    metrics: [aMetric({ goodDirection: good })],
    columns: [
      numberColumn('tickets_opened'),
      numberColumn('tickets_opened__previous', { role: 'comparison' }),
      numberColumn('tickets_opened__change', { role: 'comparison', format: { kind: 'percent' } }),
    ],
    rows: [[value, before, share]],
    timeWords: 'this week',
  });

describe('the sentence of an answer', () => {
  it('says how many, of what and when', () => {
    expect(textOf(aView())).toBe('142 tickets were opened in March 2016.');
    expect(textOf(aView({ rows: [[1]] }))).toBe('1 ticket was opened in March 2016.');
    expect(textOf(aView({ rows: [[0]] }))).toBe('0 tickets were opened in March 2016.');
  });

  it('puts the adjective first where the name of the figure has one', () => {
    const metrics = [aMetric({ id: 'open_deals', label: 'Open deals', unit: 'deals' })];
    expect(
      textOf(aView({ metrics, columns: [numberColumn('open_deals')], rows: [[7]], timeWords: '' })),
    ).toBe('7 open deals right now.');
  });

  it('writes shares, durations and amounts with their unit', () => {
    const figure = (format: AnswerViewColumn['format'], value: number): string =>
      textOf(
        aView({
          metrics: [aMetric({ label: 'Figure', unit: '', isCount: false })],
          columns: [numberColumn('tickets_opened', { format })],
          rows: [[value]],
          timeWords: 'last month',
        }),
      );
    expect(figure({ kind: 'percent' }, 0.9417)).toBe('Figure: 94.2 % last month.');
    expect(figure({ kind: 'duration' }, 7500)).toBe('Figure: 2 h 05 min last month.');
    expect(figure({ kind: 'money', currency: 'USD' }, 2_982_255)).toBe('Figure: $2,982,255 last month.');
  });

  it('says where a figure comes from and whether that is good, in a word and not by colour alone', () => {
    const up = buildAnswerMessage(change(150, 100, 0.5, 'up'));
    expect(up.text).toBe('150 tickets were opened this week, up from 100 (+50 %).');
    expect(up.blocks[0]).toMatchObject({ tone: 'good', word: 'Better' });
    expect(buildAnswerMessage(change(150, 100, 0.5, 'down')).blocks[0]).toMatchObject({
      tone: 'warning',
      word: 'Worse',
    });
    expect(textOf(change(100, 100, 0, 'up'))).toContain('the same as before');
    expect(textOf(change(5, null, null, 'up'))).toContain('no data to compare with');
  });

  it('never makes a zero out of no data', () => {
    const metrics = [aMetric({ label: 'Win rate', unit: '', isCount: false })];
    for (const rows of [[], [[null]]]) {
      const text = textOf(aView({ metrics, rows }));
      expect(text).toBe('There is no data for win rate in March 2016.');
    }
  });

  it('counts none where a count has no rows', () => {
    expect(textOf(aView({ rows: [] }))).toBe('0 tickets were opened in March 2016.');
  });

  it('says that more records exist than it shows', () => {
    const view = aView({
      shape: 'records',
      metrics: [],
      columns: [textColumn('a', 'Number')],
      rows: [['1'], ['2']],
      timeWords: '',
    });
    expect(textOf({ ...view, truncated: true })).toBe('More than 2 tickets match; these are the first 2.');
    const first = { ...view, rows: view.rows.slice(0, 1), truncated: true };
    expect(textOf({ ...first, totals: { count: 6, amounts: [] } })).toMatch(/^.+: the first of 6 tickets\.$/);
    expect(textOf(first)).toMatch(/^.+: one of several tickets\.$/);
    expect(textOf(view)).toBe('2 tickets match.');
    expect(textOf({ ...view, onePer: 'Assignee' })).toBe('2 tickets, one for each assignee.');
    expect(textOf({ ...view, onePer: 'Assignee', truncated: true, totals: { count: 9, amounts: [] } })).toBe(
      '9 tickets, one for each assignee; these are the first 2.',
    );
    expect(textOf({ ...view, rows: [] })).toBe('No tickets match.');
  });

  it('carries the notes, so that they are read in a notification too', () => {
    expect(textOf(aView({ notes: ['I read “tickts” as “ticket”.'] }))).toContain(
      'I read “tickts” as “ticket”.',
    );
  });
});

describe('charts and tables of an answer', () => {
  const grouped = (count: number): AnswerView =>
    aView({
      columns: [textColumn('priority', 'Priority'), numberColumn('tickets_opened')],
      rows: Array.from({ length: count }, (_, index) => [`p${index}`, index]),
    });

  it('draws bars for two to twelve groups and shows the numbers beside them', () => {
    expect(kinds(grouped(12))).toEqual(['headline', 'chart', 'table', 'context']);
    expect(kinds(grouped(13))).toEqual(['headline', 'table', 'context']);
    expect(kinds(grouped(1))).toEqual(['headline', 'table', 'context']);
  });

  it('draws nothing for a single number', () => {
    expect(kinds(aView())).toEqual(['headline', 'context']);
  });

  it('draws one line per group over time, with gaps where there is nothing', () => {
    const view = aView({
      columns: [
        textColumn('time', 'Month', 'date'),
        textColumn('priority', 'Priority'),
        numberColumn('tickets_opened'),
      ],
      rows: [
        ['2016-01-01', 'high', 3],
        ['2016-02-01', 'high', 4],
        ['2016-02-01', 'low', 1],
      ],
    });
    const chart = buildAnswerMessage(view).blocks.find((block) => block.kind === 'chart');
    expect(chart?.spec).toMatchObject({
      kind: 'line',
      labels: ['Jan 2016', 'Feb 2016'],
      series: [
        { name: 'high', values: [3, 4] },
        { name: 'low', values: [null, 1] },
      ],
    });
  });

  describe('of a part of a whole', () => {
    const columns = [
      numberColumn('tickets_opened'),
      numberColumn('tickets_opened__whole', { label: 'Tickets opened, of all' }),
      numberColumn('tickets_opened__of_whole', {
        label: 'Tickets opened, share',
        format: { kind: 'percent' },
      }),
    ];

    it('says the share first, and never the part as if it were the whole', () => {
      expect(textOf(aView({ columns, rows: [[13, 15, 13 / 15]] }))).toBe(
        '86.7 %: 13 of 15 (tickets opened in March 2016).',
      );
      expect(textOf(aView({ columns, rows: [[0, 0, null]] }))).toBe('0 of 0 (tickets opened in March 2016).');
    });

    it('says the share of each group', () => {
      const agents = [textColumn('assignee', 'Assignee'), ...columns];
      const rows = [
        ['Aisha Grant', 47, 99, 47 / 99],
        ['Marcus Webb', 1, 4, 0.25],
      ];
      expect(textOf(aView({ columns: agents, rows }))).toBe(
        'Tickets opened, share by assignee in March 2016: Aisha Grant 47.5 % (47 of 99), Marcus Webb 25 % (1 of 4).',
      );
    });
  });

  it('keeps currencies apart: no common axis, each amount with its own sign', () => {
    const view = aView({
      metrics: [aMetric({ isMoney: true, isCount: false, label: 'Open pipeline' })],
      columns: [
        textColumn('stage', 'Stage'),
        textColumn('currency', 'Currency'),
        numberColumn('tickets_opened'),
      ],
      rows: [
        ['Won', 'USD', 10],
        ['Won', 'EUR', 20],
      ],
    });
    const message = buildAnswerMessage(view);
    expect(message.blocks.some((block) => block.kind === 'chart')).toBe(false);
    expect(message.text).toContain('$10');
    expect(message.text).toContain('€20');
  });

  it('shows at most twenty rows and counts the rest', () => {
    const table = buildAnswerMessage(grouped(25)).blocks.find((block) => block.kind === 'table');
    expect(table?.rows).toHaveLength(20);
    expect(table?.omittedRows).toBe(5);
  });

  it('writes instants in the zone of the reader', () => {
    const view = aView({
      shape: 'records',
      metrics: [],
      columns: [textColumn('at', 'Opened', 'instant')],
      rows: [['2026-07-01T22:30:00Z']],
    });
    const table = buildAnswerMessage(view).blocks.find((block) => block.kind === 'table');
    expect(table?.rows[0]?.[0]).toContain('2 Jul 2026, 00:30');
  });
});

describe('the small print of an answer', () => {
  it('names metric, conditions, range with zone, scope, rows, freshness and planner', () => {
    const last = buildAnswerMessage(aView()).blocks.at(-1);
    const text =
      last?.kind === 'context'
        ? last.content.map((part) => (typeof part === 'string' ? part : '')).join('')
        : '';
    for (const fact of [
      'Tickets opened – Tickets by the time they were opened.',
      'Only where Priority is Urgent.',
      '1 March 2016 up to and including 31 March 2016, Europe/Berlin.',
      'All tickets.',
      '142 rows read.',
      'Data as of servicenow 21 Nov 2026, 11:20 Europe/Berlin.',
      'Understood by rules.',
    ])
      expect(text).toContain(fact);
  });
});

describe('a question back and a refusal', () => {
  it('offers each meaning as a button with its whole plan', () => {
    const message = buildClarifyMessage({
      question: 'Which day do you mean?',
      options: [
        { label: '3 April 2017', value: '{"plan":1}' },
        { label: '4 March 2017', value: '{"plan":2}' },
      ],
      notes: [],
    });
    expect(message.text).toBe('Which day do you mean? 3 April 2017, 4 March 2017');
    const actions = message.blocks.find((block) => block.kind === 'actions');
    expect(actions?.actions).toMatchObject([
      { kind: 'button', action: 'clarify-question', label: '3 April 2017', value: '{"plan":1}' },
      { kind: 'button', action: 'clarify-question', label: '4 March 2017', value: '{"plan":2}' },
    ]);
  });

  it('gives the reason and what can be asked instead, also in plain text', () => {
    const message = buildRefusalMessage({
      reason: 'I do not know “unicorn”.',
      examples: ['how many tickets are open'],
      notes: [],
    });
    expect(message.text).toBe('I do not know “unicorn”. You can ask: how many tickets are open');
    expect(message.blocks[0]).toMatchObject({ kind: 'headline', word: 'No answer' });
  });

  it('offers with one button what can be answered without the words that were not understood', () => {
    const message = buildRefusalMessage({
      reason: 'I do not know “unicorn”.',
      instead: { label: 'open tickets', value: '{"plan":1}' },
      examples: [],
      notes: [],
    });
    expect(message.text).toBe('I do not know “unicorn”. Without that I can answer “open tickets”.');
    const actions = message.blocks.find((block) => block.kind === 'actions');
    expect(actions?.actions).toMatchObject([
      { kind: 'button', action: 'clarify-question', label: 'open tickets', value: '{"plan":1}' },
    ]);
  });
});

describe('a headline of groups', () => {
  const industries = ['Energy', 'Media', 'Retail', 'Gaming', 'Health', 'Food'];
  const grouped = (more: Partial<AnswerView>): AnswerView =>
    aView({
      columns: [textColumn('industry', 'Industry'), numberColumn('tickets_opened')],
      rows: industries.map((name, index) => [name, index + 1]),
      ...more,
    });

  it('names the lowest where the lowest come first, and the highest otherwise', () => {
    expect(textOf(grouped({ direction: 'asc' }))).toContain('lowest is Energy with 1');
    expect(textOf(grouped({ direction: 'desc' }))).toContain('highest is Food with 6');
    expect(textOf(grouped({}))).toContain('highest is Food with 6');
  });

  it('says of counts without rows that there were none, of sums likewise, and of means that nothing is known', () => {
    expect(textOf(grouped({ rows: [] }))).toBe('0 tickets were opened in March 2016.');
    const sum = aMetric({ label: 'Won amount', isCount: false, isSum: true });
    expect(textOf(grouped({ rows: [], metrics: [sum] }))).toBe('Won amount: none in March 2016.');
    expect(textOf(grouped({ rows: [], metrics: [aMetric({ isCount: false })] }))).toMatch(
      /^There is no data/,
    );
  });

  it('does not take “none above the number” for a count of none', () => {
    const text = textOf(grouped({ rows: [], isBounded: true }));
    expect(text).toBe('Tickets opened: none of the groups match in March 2016.');
  });

  it('says whose rows were read', () => {
    expect(textOf(aView({ whose: 'only your own tickets' }))).toBe(
      '142 tickets were opened in March 2016 (only your own tickets).',
    );
  });
});
