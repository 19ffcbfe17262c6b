import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type QuestionFile, readQuestionFile } from './question.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function read(text: string): QuestionFile {
  const folder = mkdtempSync(join(tmpdir(), 'heed-questions-'));
  folders.push(folder);
  const path = join(folder, 'ann-single.yml');
  writeFileSync(path, text);
  return readQuestionFile(path);
}
const mistakes = (text: string): readonly string[] =>
  read(text).issues.map(({ path, message }) => `${path}: ${message}`);

const good = '- { id: a, ask: how many, as: ann, expect: rows, sql: select 1 }\n';

describe('a question file', () => {
  it('gives its questions with what they leave away', () => {
    expect(read(good)).toMatchObject({
      questions: [{ id: 'a', expect: 'rows', ordered: false, also: [] }],
      issues: [],
    });
  });

  it('keeps the good questions beside a bad one', () => {
    const { questions, issues } = read(`${good}- { id: b, ask: how many, as: ann, expect: rows }\n`);
    expect(questions.map(({ id }) => id)).toEqual(['a']);
    expect(issues).toHaveLength(1);
  });

  it.each([
    [
      '- { id: b, ask: x, as: ann, expect: rows }',
      'ann-single.yml b: needs `sql`; see docs/guides/evaluation.md.',
    ],
    [
      '- { ask: x, as: ann }',
      'ann-single.yml entry 1: needs `expect`: rows, chain, clarify, refuse or range.',
    ],
    [
      '- { id: b, ask: x, as: ann, expect: range, from: yesterday, to: null }',
      'ann-single.yml b: `from` must be an instant such as 2026-03-29T00:30:00Z',
    ],
    [
      '- { id: b, ask: x, as: ann, expect: clarify, zone: Berlin }',
      'ann-single.yml b: `zone` is not an IANA time zone; write for example Europe/Berlin',
    ],
    [`${good}${good}`, 'ann-single.yml a: has the id of an earlier question; give it its own.'],
    ['id: a', 'ann-single.yml: must be one list of questions; begin with "- id:".'],
    ['- [', expect.stringMatching(/^ann-single\.yml: cannot be read: /)],
  ])('names file, id and what to do: %s', (text, message) => {
    expect(mistakes(text)).toEqual([message]);
  });
});
