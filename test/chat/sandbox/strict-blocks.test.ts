import { describe, expect, it } from 'vitest';
import { aClient, aWorld } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const long = (length: number) => 'x'.repeat(length);
const section = (text = 'hi') => ({ type: 'section', text: mrkdwn(text) });
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const cell = (text = 'x') => ({ type: 'raw_text', text });
const rows = (count: number, columns = 2) =>
  Array.from({ length: count }, () => Array.from({ length: columns }, () => cell()));
const line = (more: object = {}) => ({
  type: 'data_visualization',
  title: 'Tickets',
  chart: {
    type: 'line',
    series: [{ name: 'open', data: [{ label: 'Mon', value: 1 }] }],
    axis_config: { categories: ['Mon'] },
    ...more,
  },
});
const select = (more: object = {}) => ({
  type: 'static_select',
  action_id: 'pick',
  placeholder: plain('Pick'),
  options: [{ text: plain('One'), value: '1' }],
  ...more,
});
const actions = (...elements: object[]) => ({ type: 'actions', elements });

/** Blocks that Slack refuses, and what it says. */
const badBlocks: readonly (readonly [string, readonly object[], string])[] = [
  [
    '51 blocks',
    Array.from({ length: 51 }, () => ({ type: 'divider' })),
    'no more than 50 items allowed [json-pointer:/blocks]',
  ],
  ['an unknown block', [{ type: 'gauge' }], 'unsupported type: gauge [json-pointer:/blocks/0/type]'],
  ['a block without a type', [{}], 'missing required field: type [json-pointer:/blocks/0]'],
  [
    'a section of 3,001 characters',
    [section(long(3001))],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'an empty section text',
    [section('')],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a section without text and fields',
    [{ type: 'section' }],
    'missing required field: text or fields [json-pointer:/blocks/0]',
  ],
  [
    'eleven fields',
    [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('f')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a field of 2,001 characters',
    [{ type: 'section', fields: [mrkdwn(long(2001))] }],
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'a header of 151 characters',
    [{ type: 'header', text: plain(long(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a header in mrkdwn',
    [{ type: 'header', text: mrkdwn('*hi*') }],
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  [
    'eleven context elements',
    [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('c')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    '26 buttons',
    [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `go${index}` })))],
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  ['no buttons', [actions()], 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
  [
    'two buttons with one id',
    [actions(button(), button())],
    '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'a button label of 76 characters',
    [actions(button({ text: plain(long(76)) }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a button value of 2,001 characters',
    [actions(button({ value: long(2001) }))],
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'a button in a style of its own',
    [actions(button({ style: 'success' }))],
    'must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'an action id of 256 characters',
    [actions(button({ action_id: long(256) }))],
    'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
  ],
  [
    'a field nobody knows',
    [actions(button({ colour: 'red' }))],
    'invalid additional property: colour [json-pointer:/blocks/0/elements/0/colour]',
  ],
  [
    'a menu without options',
    [actions(select({ options: undefined }))],
    'must provide either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
  ],
  [
    '101 options',
    [
      actions(
        select({
          options: Array.from({ length: 101 }, (_, index) => ({ text: plain('o'), value: `${index}` })),
        }),
      ),
    ],
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'an option value of 151 characters',
    [actions(select({ options: [{ text: plain('o'), value: long(151) }] }))],
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    'an initial option that is no option',
    [actions(select({ initial_option: { text: plain('Two'), value: '2' } }))],
    'initial option is not among the options [json-pointer:/blocks/0/elements/0/initial_option]',
  ],
  [
    'six overflow options',
    [
      actions({
        type: 'overflow',
        action_id: 'more',
        options: Array.from({ length: 6 }, (_, index) => ({ text: plain('o'), value: `${index}` })),
      }),
    ],
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'an image without alt text',
    [{ type: 'image', image_url: 'https://example.com/a.png' }],
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'an image with two sources',
    [
      {
        type: 'image',
        alt_text: 'a',
        image_url: 'https://example.com/a.png',
        slack_file: { id: 'F0123456789' },
      },
    ],
    'must provide either `image_url` or `slack_file` [json-pointer:/blocks/0]',
  ],
  [
    'a file that does not exist',
    [{ type: 'image', alt_text: 'a', slack_file: { id: 'F0123456789' } }],
    'invalid slack file [json-pointer:/blocks/0/slack_file]',
  ],
  [
    'two blocks with one id',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
  ],
  [
    '101 table rows',
    [{ type: 'table', rows: rows(101) }],
    'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
  ],
  [
    '21 table columns',
    [{ type: 'table', rows: rows(1, 21) }],
    'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
  ],
  [
    'an empty table cell',
    [{ type: 'table', rows: [[cell('')]] }],
    'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
  ],
  [
    'two tables',
    [
      { type: 'table', rows: rows(1) },
      { type: 'table', rows: rows(1) },
    ],
    'only_one_table_allowed [json-pointer:/blocks]',
  ],
  [
    'a table of 10,001 characters',
    [{ type: 'table', rows: Array.from({ length: 5 }, () => [cell(long(2001))]) }],
    'all cells together must be less than 10001 characters [json-pointer:/blocks/0/rows]',
  ],
  [
    'a data table without a caption',
    [{ type: 'data_table', rows: rows(2) }],
    'missing required field: caption [json-pointer:/blocks/0]',
  ],
  [
    'a data table of its header only',
    [{ type: 'data_table', caption: 'c', rows: rows(1) }],
    'no fewer than 2 items allowed [json-pointer:/blocks/0/rows]',
  ],
  [
    'a ragged data table',
    [{ type: 'data_table', caption: 'c', rows: [...rows(1), [cell()]] }],
    'must have as many cells as the header row [json-pointer:/blocks/0/rows/1]',
  ],
  [
    'a chart title of 51 characters',
    [{ ...line(), title: long(51) }],
    'must be less than 51 characters [json-pointer:/blocks/0/title]',
  ],
  [
    'three charts',
    [line(), line(), line()],
    'no more than 2 data_visualization blocks allowed [json-pointer:/blocks]',
  ],
  [
    'a series that misses a category',
    [line({ axis_config: { categories: ['Mon', 'Tue'] } })],
    'labels must match the categories [json-pointer:/blocks/0/chart/series/0/data]',
  ],
  [
    'a pie with a slice of nothing',
    [
      {
        type: 'data_visualization',
        title: 'Pie',
        chart: { type: 'pie', segments: [{ label: 'a', value: 0 }] },
      },
    ],
    'must be a number greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]',
  ],
  [
    'markdown of 12,001 characters in two blocks',
    [
      { type: 'markdown', text: long(12000) },
      { type: 'markdown', text: 'x' },
    ],
    'all markdown blocks together must be less than 12001 characters [json-pointer:/blocks]',
  ],
  [
    'an alert, which only modals show',
    [{ type: 'alert', text: plain('a') }],
    'unsupported type: alert [json-pointer:/blocks/0/type]',
  ],
];

describe('blocks', () => {
  it.each(badBlocks)('refuses %s', async (_name, blocks, message) => {
    const world = await aWorld();
    const client = aClient(world.sandbox);
    const post = client.apiCall('chat.postMessage', { channel: world.escalations, text: 'hi', blocks });
    await expect(post).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: expect.arrayContaining([`[ERROR] ${message}`]) },
      },
    });
    expect(world.sandbox.control.log()).toEqual([]);
  });

  it('takes one message with a block of every kind', async () => {
    const world = await aWorld();
    const client = aClient(world.sandbox);
    const blocks = [
      { type: 'header', text: plain('Header') },
      { ...section(), accessory: button() },
      { type: 'section', fields: [mrkdwn('*a*'), plain('b')] },
      { type: 'divider' },
      {
        type: 'context',
        elements: [mrkdwn('c'), { type: 'image', alt_text: 'a', image_url: 'https://example.com/a.png' }],
      },
      actions(button(), select(), {
        type: 'overflow',
        action_id: 'more',
        options: [{ text: plain('o'), value: '1' }],
      }),
      {
        type: 'table',
        rows: [
          [cell('Name'), cell('Value')],
          [cell('a'), { type: 'raw_number', value: 3, text: '3' }],
        ],
      },
      { type: 'data_table', caption: 'c', rows: rows(3), page_size: 5 },
      line(),
      { type: 'markdown', text: '**bold**' },
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'rich', style: { bold: true } }] },
        ],
      },
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'fb',
            positive_button: { text: plain('Good'), value: 'up' },
            negative_button: { text: plain('Bad'), value: 'down' },
          },
        ],
      },
    ];
    await client.apiCall('chat.postMessage', { channel: world.escalations, text: 'hi', blocks });
    expect(await client.apiCall('blocks.validate', { blocks })).toMatchObject({ ok: true });
    expect(world.sandbox.control.messages(world.escalations)[0]?.blocks).toHaveLength(blocks.length);
  });

  it('are checked by blocks.validate with a pointer, a code and a sentence', async () => {
    const world = await aWorld();
    const call = aClient(world.sandbox).apiCall('blocks.validate', {
      message: { blocks: [{ type: 'gauge' }] },
    });
    await expect(call).rejects.toMatchObject({
      data: {
        error: 'invalid_message',
        errors: [
          {
            pointer: '/message/blocks/0/type',
            code: 'failed_constraint',
            message: 'unsupported type: gauge',
          },
        ],
      },
    });
  });
});
