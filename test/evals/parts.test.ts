import { describe, expect, it } from 'vitest';
import { frozenOf } from './evaluate.ts';
import { frozenIds } from './parts.ts';
import { readQuestionFile } from './question.ts';
import { questionFiles } from './question-files.ts';

const ids = Array.from({ length: 60 }, (_, index) => `ann-${index}`);

describe('the frozen part', () => {
  it('is exactly a third, whatever the order', () => {
    const frozen = frozenIds(ids);
    expect(frozen.size).toBe(20);
    expect(frozenIds([...ids].reverse())).toEqual(frozen);
  });

  it('stays nearly the same when a question is added', () => {
    const before = frozenIds(ids);
    const after = frozenIds([...ids, 'ann-60']);
    expect([...before].filter((id) => !after.has(id)).length).toBeLessThanOrEqual(1);
  });

  it('is a third of every set that comes with Heed', () => {
    const files = questionFiles().map(readQuestionFile);
    const frozen = frozenOf(files);
    const questions = files.flatMap((file) => file.questions);
    for (const expect_ of new Set(questions.map((one) => one.expect))) {
      const own = questions.filter((one) => one.expect === expect_);
      const part = own.filter(({ id }) => frozen.has(id));
      expect(part.length).toBe(Math.round(own.length / 3));
    }
  });
});
