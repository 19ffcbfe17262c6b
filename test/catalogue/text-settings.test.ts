import { describe, expect, it } from 'vitest';
import { loadTextSettings, parseTextSettings } from '../../src/catalogue/text-settings.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

const sound = `tone:
  words: { killer feature: 2.5 }
topics:
  sure_when_right: 0.9
  rules:
    - topic: Billing
      words: [Invoice, credit note]
repeated_questions: { days: 90, least_tickets: 5, likeness: 0.5 }
`;

describe('the settings of the reading of texts', () => {
  it('load from the shipped file, with topics in their order', () => {
    const loaded = loadTextSettings(packagePath('catalogue'));
    expect(loaded.ok && loaded.value.topics.map(({ label }) => label).slice(0, 2)).toEqual([
      'Billing',
      'Access',
    ]);
    expect(loaded.ok && loaded.value.words.size).toBe(0);
  });

  it('read words in lower case, with their weights', () => {
    const parsed = parseTextSettings(sound);
    expect(parsed).toMatchObject({
      ok: true,
      value: { topics: [{ label: 'Billing', words: ['invoice', 'credit note'] }] },
    });
    expect(parsed.ok && parsed.value.words.get('killer feature')).toBe(2.5);
  });

  it.each([
    ['killer feature: 2.5', 'killer feature: 9', /text\.yml:2.*must be from -3 to 3/],
    ['Invoice', '"the whole long sentence"', /text\.yml:7.*one to three words/],
    ['sure_when_right', 'sure_when', /text\.yml:\d+.*sure_when/],
    [
      'repeated_questions',
      '    - topic: billing\n      words: [vat]\nrepeated_questions',
      /text\.yml:8.*stands here twice/,
    ],
  ])('refuse %j written as %j, with the line', (from, to, wanted) => {
    const parsed = parseTextSettings(sound.replace(from, to));
    const told = parsed.ok ? '' : parsed.issues.map(({ path, message }) => `${path} ${message}`).join('\n');
    expect(told).toMatch(wanted);
  });
});
