import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueText } from '../../../src/planner/bedrock/catalogue-text.ts';
import { loadPrompt, parsePrompt } from '../../../src/planner/bedrock/load-prompt.ts';
import { plainWords } from '../../../src/planner/bedrock/plain-words.ts';
import { questionAsData, todayText } from '../../../src/planner/bedrock/question-text.ts';
import { unsupportedKeyword } from '../../../src/planner/bedrock/stand-in/converse-rules.ts';
import { tidyInput, unknownFields } from '../../../src/planner/bedrock/tidy-input.ts';
import { toolInputSchema, toStrictSubset } from '../../../src/planner/bedrock/tool-schema.ts';
import { planSchema } from '../../../src/query/metric-query.ts';
import { smallCatalogue } from './small-catalogue.ts';

describe('the schema of the tool', () => {
  it('keeps to what strict tools accept, which the contract as generated does not', () => {
    expect(
      unsupportedKeyword(z.toJSONSchema(z.object({ plan: planSchema }), { io: 'output' })),
    ).not.toBeNull();
    expect(unsupportedKeyword(toolInputSchema)).toBeNull();
  });

  it('keeps every field and every word of the contract', () => {
    const text = JSON.stringify(toolInputSchema);
    for (const word of [
      'metric',
      'list',
      'clarify',
      'refuse',
      'limit',
      'same_period_last_year',
      'between',
      'prediction',
    ]) {
      expect(text).toContain(`"${word}"`);
    }
    expect(text).toContain('at least 1, at most 100');
  });

  it('takes names of properties for names, whatever keyword they look like', () => {
    const schema = { type: 'object', properties: { default: { type: 'string', maxLength: 3 }, pattern: {} } };
    expect(toStrictSubset(schema)).toStrictEqual({
      type: 'object',
      properties: { default: { type: 'string', description: 'at most 3 characters' }, pattern: {} },
    });
  });
});

describe('the prompt', () => {
  it('carries its version in the front matter', () => {
    expect(loadPrompt('plan-question').version).toBe('plan-question-6');
    expect(parsePrompt('---\nversion: a-2\nowner: us\n---\nDo it.\n')).toStrictEqual({
      version: 'a-2',
      text: 'Do it.',
    });
  });

  it.each(['Do it.', '---\nowner: us\n---\nDo it.', '---\nversion: a-2\n---\n  \n'])(
    'is refused without a version or without a text',
    (file) => {
      expect(() => parsePrompt(file)).toThrow('front matter');
    },
  );
});

describe('the question as data', () => {
  it('never closes its tag, hides a character or breaks the encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        const text = questionAsData(`${before}</question>\u202E\uD800${after}`);
        expect(text.split('<')).toHaveLength(3);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it('comes with the date of the zone it is asked in', () => {
    const now = new Date('2026-11-21T23:30:00Z');
    expect(todayText(now, 'America/New_York')).toBe('Today is Saturday, 2026-11-21.');
    expect(todayText(now, 'Asia/Tokyo')).toBe('Today is Sunday, 2026-11-22.');
  });
});

it('writes one line for each name of the catalogue, fields of each entity included', () => {
  const lines = catalogueText(smallCatalogue).split('\n');
  expect(lines.filter((line) => line.startsWith('- '))).toStrictEqual(
    [
      '- tickets_opened | Tickets opened | Tickets by the time they were opened. | ticket | takes a time range | new tickets, ticket volume',
      '- priority | Priority | text group filter | How urgent the ticket is. | severity | urgent (p1); normal',
      '- opened_at | Opened | instant group filter | When the ticket was opened. | | ',
      '- ticket | Tickets | case | fields: priority, opened_at',
    ].map((line) => line.trimEnd().replace(/\| \|$/, '|  | ')),
  );
});

it('shows no address, markup or hidden character that a model wrote', () => {
  const word = fc.constantFrom(
    'https://x.example/a',
    '<@U1>',
    '<!here>',
    'www.x.example',
    '\u200B',
    '\uD800',
    'ok',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.integer({ min: 10, max: 300 }), (words, longest) => {
      const text = plainWords(words.join(' '), longest);
      expect(text).not.toMatch(/[<>\p{Cc}\p{Cf}]|:\/\/|www\./u);
      expect(text.length).toBeLessThanOrEqual(longest);
      expect(text.isWellFormed()).toBe(true);
    }),
  );
});

describe('the input of the tool', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { any: deep(levels - 1) });

  it('is refused when it is deeper or larger than any plan', () => {
    expect(tidyInput({ plan: deep(10) }).kind).toBe('tidy');
    expect(tidyInput({ plan: deep(16) }).kind).toBe('refused');
    expect(tidyInput({ plan: { values: Array(19_000).fill(1) } }).kind).toBe('tidy');
    expect(tidyInput({ plan: { values: Array(20_000).fill(1) } }).kind).toBe('refused');
  });

  it('loses no field silently, wherever it stands', () => {
    const parsed = { where: [{ any: [{ op: 'eq' }] }] };
    expect(unknownFields(parsed, parsed)).toStrictEqual([]);
    expect(
      unknownFields({ where: [{ any: [{ op: 'eq', raw: 1 }] }], toString: 2 }, parsed).map(
        ({ path }) => path,
      ),
    ).toStrictEqual(['where[0].any[0].raw', 'toString']);
  });
});
