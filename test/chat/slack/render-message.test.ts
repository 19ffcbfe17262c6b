import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../src/chat/sandbox/rules/block-rules.ts';
import { renderMessage } from '../../../src/chat/slack/render/render-message.ts';
import type { ChartSpec } from '../../../src/domain/chart-data.ts';
import type { Block, Inline, Message } from '../../../src/messages/message.ts';

const chart: ChartSpec = {
  kind: 'horizontal-bar',
  title: 'Open escalations',
  subtitle: 'as of 09:00',
  altText: 'Two escalations are open.',
  bars: [{ label: 'Acme', value: 2 }],
  format: { kind: 'number' },
};

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<!channel>',
    '<@U123ABC>',
    '<https://evil.example|Acme>',
    '&lt;',
    '*_`~',
    '\u202egnp',
    '',
    'A'.repeat(4000),
    '\ud83d',
    '\u0000\u200b',
    ' ',
    '👩‍👩‍👧',
  ),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  nasty,
  fc.record({ kind: fc.constantFrom('strong' as const, 'emphasis' as const, 'code' as const), text: nasty }),
  fc.record({
    kind: fc.constant('person' as const),
    chatUserId: fc.constantFrom(null, 'U0ABC', '<!here>'),
    name: nasty,
  }),
  fc.record({
    kind: fc.constant('link' as const),
    url: fc.constantFrom('https://crm.example/1', 'https://evil.example', 'javascript:alert(1)'),
    text: nasty,
  }),
);
const tone = fc.constantFrom(
  'neutral' as const,
  'good' as const,
  'notice' as const,
  'warning' as const,
  'critical' as const,
);
const table = fc.integer({ min: 1, max: 25 }).chain((width) =>
  fc.record({
    kind: fc.constant('table' as const),
    caption: nasty,
    columns: fc.array(fc.record({ label: nasty }), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(nasty, { minLength: width, maxLength: width }), { maxLength: 130 }),
  }),
);
const button = fc.record({
  kind: fc.constant('button' as const),
  action: fc.constantFrom('explain-alert', 'ask'),
  label: nasty,
  value: fc.string({ minLength: 1, maxLength: 200 }),
});
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record(
    { kind: fc.constant('headline' as const), text: nasty, tone, word: fc.constant('Critical') },
    { requiredKeys: ['kind', 'text', 'tone'] },
  ),
  fc.record({ kind: fc.constant('paragraph' as const), content: fc.array(inline, { maxLength: 8 }) }),
  fc.record({ kind: fc.constant('context' as const), content: fc.array(inline, { maxLength: 8 }) }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: fc.string({ minLength: 1, maxLength: 30 }), value: nasty }), {
      maxLength: 14,
    }),
  }),
  table,
  fc.constant({ kind: 'chart' as const, spec: chart }),
  fc.record({ kind: fc.constant('actions' as const), actions: fc.array(button, { maxLength: 30 }) }),
  fc.constant({ kind: 'divider' as const }),
);

/** All texts that Slack reads as markup; plain_text and raw_text are shown as they are. */
function markup(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markup);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  const own = (type === 'mrkdwn' || type === undefined) && typeof text === 'string' ? [text] : [];
  return [...own, ...Object.values(value).flatMap(markup)];
}

describe('messages in Block Kit', () => {
  it('keep every limit of Slack and mention nobody by accident, whatever customers write', () => {
    fc.assert(
      fc.property(nasty, fc.array(block, { maxLength: 60 }), fc.boolean(), (text, blocks, home) => {
        const rendered = renderMessage(
          { text, blocks },
          [{ imageId: 'F0123456789' }],
          ['crm.example'],
          home ? 'home' : 'message',
        );
        expect(checkBlocks(JSON.parse(JSON.stringify(rendered.blocks)), home ? 'home' : 'message')).toEqual(
          [],
        );
        const wire = markup(rendered).join('\n');
        expect(wire).not.toMatch(/<!(channel|here|everyone)/);
        expect(wire.match(/<@[^>]*>/g) ?? []).toSatisfy((all: string[]) =>
          all.every((mention) => mention === '<@U0ABC>'),
        );
        expect(wire.match(/<https?:[^|>]*/g) ?? []).toSatisfy((all: string[]) =>
          all.every((link) => link === '<https://crm.example/1'),
        );
        expect(wire).not.toContain('javascript:');
      }),
      { numRuns: 1000 },
    );
  });

  it('shows a headline with mark and word, so that colour is never alone (S4-41)', () => {
    const message: Message = {
      text: 'x',
      blocks: [{ kind: 'headline', text: 'SLA breached', tone: 'critical', word: 'Critical' }],
    };
    expect(renderMessage(message, [], []).blocks).toEqual([
      {
        type: 'header',
        text: { type: 'plain_text', text: ':red_circle: Critical: SLA breached', emoji: true },
      },
    ]);
  });

  it('describes a chart in words when its picture could not be uploaded', () => {
    const rendered = renderMessage({ text: 'x', blocks: [{ kind: 'chart', spec: chart }] }, [null], []);
    expect(JSON.stringify(rendered.blocks)).toContain('Two escalations are open.');
  });

  it('says how many rows and parts were left out', () => {
    const rows = Array.from({ length: 150 }, (_, index) => [`row ${index}`]);
    const message: Message = {
      text: 'x',
      blocks: [{ kind: 'table', caption: 'All', columns: [{ label: 'Name' }], rows, omittedRows: 10 }],
    };
    expect(JSON.stringify(renderMessage(message, [], []).blocks)).toContain('61 more rows not shown.');
  });
});
