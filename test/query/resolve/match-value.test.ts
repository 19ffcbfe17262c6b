import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchValue } from '../../../src/query/resolve/match-value.ts';
import { nearest } from '../../../src/query/resolve/nearest.ts';
import { editDistance } from '../../../src/toolkit/edit-distance.ts';

const stored = [
  'Acme Corp',
  'Acme Foods',
  'Hottechi',
  'GTX Pro',
  'GTX Plus Basic',
  'Billing',
  'billing',
  'North America',
];

describe('finding a word among stored values', () => {
  it.each([
    ['exactly', 'Hottechi', ['Hottechi']],
    ['exactly before anything else', 'billing', ['billing']],
    ['whatever the case', 'hotTECHI', ['Hottechi']],
    ['without its spaces', 'gtxpro', ['GTX Pro']],
    ['in all its spellings', 'BILLING', ['Billing', 'billing']],
    ['by its beginning', 'hott', ['Hottechi']],
    ['by the beginning of a later word', 'america', ['North America']],
    ['with a typing mistake', 'hotechi', ['Hottechi']],
    ['with swapped letters', 'Hottehci', ['Hottechi']],
  ])('finds it %s', (_how, word, values) => {
    expect(matchValue(word, stored)).toMatchObject({ kind: 'found', values });
  });

  it('asks when several different values fit', () => {
    expect(matchValue('acme', stored)).toEqual({ kind: 'several', values: ['Acme Corp', 'Acme Foods'] });
  });

  it('takes the whole value before a beginning of others', () => {
    expect(matchValue('gtx', [...stored, 'GTX'])).toMatchObject({ kind: 'found', values: ['GTX'] });
  });

  it('names the nearest when nothing fits', () => {
    const match = matchValue('hotel', stored);
    expect(match.kind).toBe('none');
    expect(match.kind === 'none' && match.nearest[0]).toBe('Hottechi');
  });

  it.each(['00011849', '11851', 'CE-1041', 'ce1041'])('never takes %j for another number', (word) => {
    const numbers = ['00011809', '00011848', 'CE-1042', 'CE-1141'];
    expect(matchValue(word, numbers)).toEqual({ kind: 'none', nearest: [] });
  });

  it.each([
    ['11852', '00011852'],
    ['#00011852', '00011852'],
    ['ce 1042', 'CE-1042'],
  ])('finds %j however it is written', (word, value) => {
    expect(matchValue(word, ['00011852', '00011853', 'CE-1042'])).toMatchObject({
      kind: 'found',
      values: [value],
    });
  });

  it.each(['', '   ', '%', '--', 'zz'])('finds nothing for %j', (word) => {
    expect(matchValue(word, stored).kind).toBe('none');
  });

  it('never takes short words for typing mistakes of one another', () => {
    expect(matchValue('EU', ['US', 'UK']).kind).toBe('none');
  });

  it('finds every stored value by itself', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 }),
        (values) =>
          values.every((value) => {
            const match = matchValue(value, values);
            return match.kind === 'found' && match.values.length === 1 && match.values[0] === value;
          }),
      ),
    );
  });
});

describe('edit distance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['pririoty', 'priority', 2],
    ['status', 'status', 0],
  ])('between %j and %j is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it('is at most the longer length and zero only for equals', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        return distance <= Math.max(a.length, b.length) && (distance === 0) === (a === b);
      }),
    );
  });

  it('prefers names that contain the word', () => {
    expect(nearest('tickets', ['open tickets', 'packets', 'won deals'], (name) => [name])[0]).toBe(
      'open tickets',
    );
  });
});
