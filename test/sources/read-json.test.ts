import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/sources/json/read-json.ts';
import { memoryInput } from '../../src/sources/text/input-file.ts';
import { collect } from './collect.ts';

async function objectsOf(content: string, name = 't.json', chunkSize = 65_536) {
  const objects: { line: number; list: string | null; value: unknown }[] = [];
  for await (const event of readJson(memoryInput(name, content, chunkSize))) {
    if (event.kind === 'object') objects.push({ line: event.line, list: event.list, value: event.value });
  }
  return objects;
}

/** Reviver: without the characters that the reader takes out of names and texts. */
function asCleaned(_: string, value: unknown): unknown {
  const cleaned = (text: string) => text.replace(/[\0\ufeff]|\p{Surrogate}/gu, '');
  if (typeof value === 'string') return cleaned(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [cleaned(name), inner]));
}

describe('reading JSON', () => {
  it('reads a list, a list in records, and several lists, with the line of each record', async () => {
    expect(await objectsOf('[\n {"a":1},\n {"a":2}\n]')).toEqual([
      { line: 2, list: null, value: { a: 1 } },
      { line: 3, list: null, value: { a: 2 } },
    ]);
    expect(await objectsOf('{"totalSize":1,"done":true,"records":[{"a":{"b":[1,2]}}]}')).toEqual([
      { line: 1, list: 'records', value: { a: { b: [1, 2] } } },
    ]);
    expect(await objectsOf('{"accounts":[{"a":1}],\n"contacts":[{"c":"]}\\""}]}')).toEqual([
      { line: 1, list: 'accounts', value: { a: 1 } },
      { line: 2, list: 'contacts', value: { c: ']}"' } },
    ]);
  });

  it('reads one record a line from .ndjson and rejects a broken line alone', async () => {
    const all = await collect(readJson(memoryInput('t.ndjson', '{"a":1}\n\n{"a":\n{"a":3}')));
    expect([all.accepted, all.skipped, all.rejects.length]).toEqual([2, 1, 1]);
    expect(all.rejects[0]?.line).toBe(3);
  });

  it('rejects a record that is not an object and keeps its neighbours', async () => {
    const all = await collect(readJson(memoryInput('t.json', '[{"a":1}, 7, "x", null, [1], {"a":2}]')));
    expect(all.accepted).toBe(2);
    expect(all.rejects.map((reject) => reject.value)).toEqual(['7', '"x"', 'null', '[1]']);
  });

  it.each([
    ['', 'is empty'],
    ['hello', 'is not a list'],
    ['[{"a":1},', 'cut off'],
    ['{"records":[{"a":"', 'cut off'],
    ['[{"a":1}]\n[{"a":2}]', 'after its end'],
    ['{"a":1}\n{"a":2}', '.ndjson'],
    [']', 'never opened'],
  ])('refuses %j: %s', async (text, message) => {
    const all = await collect(readJson(memoryInput('t.json', text)));
    expect(all.issues[0]?.message).toContain(message);
    expect(all.filesRead).toBe(0);
  });

  it('gives back any list of objects, however it is cut', async () => {
    const list = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        async (objects, wrapped, size) => {
          const wellFormed = JSON.parse(JSON.stringify(objects), asCleaned) as object[];
          const text = JSON.stringify(wrapped ? { done: true, records: wellFormed } : wellFormed, null, 1);
          const read = await objectsOf(text, 't.json', size);
          // A whole number that a double cannot hold comes as text.
          const asText = (_: string, value: unknown): unknown =>
            typeof value === 'number' && Math.abs(value) > 2 ** 53 - 1 && /^-?\d+$/.test(String(value))
              ? String(value)
              : value;
          expect(read.map((one) => one.value)).toEqual(JSON.parse(JSON.stringify(wellFormed), asText));
        },
      ),
      { numRuns: 200, examples: [[[{ '': [{ '\\uD8': null }] }], false, 1]] },
    );
  });

  it('never throws for any text', async () => {
    const text = fc
      .array(fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '1', 'a', '\\', '\n', ' '))
      .map((c) => c.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const all = await collect(readJson(memoryInput('t.json', content)));
        expect(all.filesRead + all.issues.length).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
