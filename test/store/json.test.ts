import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, toJson } from '../../src/store/json.ts';

describe('JSON for the database', () => {
  it.each([
    [undefined, 'null'],
    [null, 'null'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [new Date('2026-01-02T03:04:05Z'), '"2026-01-02T03:04:05.000Z"'],
    ['\u0000', '""'],
    ['\ud800', '"\ufffd"'],
    [{ 'a\u0000': { '\udc00': ['x\u0000y'] } }, '{"a":{"\ufffd":["xy"]}}'],
  ])('writes %j', (value, text) => {
    expect(toJson(value)).toBe(text);
  });

  it('leaves well-formed values as they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\\u(0000|[dD][89a-fA-F])/.test(text));
        expect(toJson(value)).toBe(text);
      }),
    );
  });

  it('never lets NUL or half a surrogate pair through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0xd800, max: 0xdfff }), (text, half) => {
        const broken = `${text}\0${String.fromCharCode(half)}`;
        expect(toJson({ [broken]: broken })).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        const clean = cleanText(broken);
        expect(clean).not.toContain('\0');
        expect(Buffer.from(clean, 'utf8').toString('utf8')).toBe(clean);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});
