import type { MetricPlan } from '../../../query/metric-query.ts';
import type { Reading } from '../reading.ts';

/** "find the open tickets for me" asks a favour, and says nothing about whose tickets they are. */
const favour = /^(?:can|could|please|pls|list|show|find|get|give|pull|fetch|tell|check|count|look|run|make)$/;

/** "… for me", "… for me last week": nothing but a time may follow. */
const isLast = (words: readonly string[], index: number): boolean =>
  /^(?:this|last|in|today|yesterday|so|since|now|by|per)?$/.test(words[index + 1] ?? '');

/** "my", "mine", "assigned to me", "do I have", "my team". */
export function readSubject(reading: Reading): MetricPlan['subject'] {
  const words = reading.tokens.map((token) => token.word);
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if ((word === 'my' || word === 'our') && (next === 'team' || next === 'group')) {
      reading.take('subject', [index, index + 1], 'rows of the asker’s team');
      return 'my_team';
    }
    // "each of my reps": the people of the asker's team, each of them.
    if (
      word === 'my' &&
      /^(?:rep|agent|engineer|people|guy|supervisor)$/.test(next ?? '') &&
      /s$|^people$/.test(reading.tokens[index + 1]?.lower ?? '')
    ) {
      reading.take('subject', [index], 'rows of the asker’s team');
      return 'my_team';
    }
    if (word === 'team' && words[index - 1] === 'the' && words[index - 2] === 'my') {
      reading.take('subject', [index], 'rows of the asker’s team');
      return 'my_team';
    }
  }
  for (const [index, word] of words.entries()) {
    const before = words[index - 1] ?? '';
    const isMine = word === 'my' || word === 'mine' || word === 'myself';
    const isI =
      word === 'i' &&
      (/^(?:do|did|have|am|that|which|deal|ticket|account|customer)$/.test(before) ||
        /^(?:own|am|have|close|won|closed)$/.test(words[index + 1] ?? ''));
    const isToMe = word === 'me' && /^(?:to|by|of|with)$/.test(before);
    const isForMe =
      word === 'me' && before === 'for' && isLast(words, index) && !words.some((one) => favour.test(one));
    if (
      isMine ||
      isToMe ||
      isForMe ||
      (isI && !/^(?:want|need|would|like|see|get)$/.test(words[index + 1] ?? ''))
    ) {
      const own = words[index + 1] === 'own' && isI ? [index, index + 1] : [index];
      const assigned = isToMe && /^(?:assigned|owned)$/.test(words[index - 2] ?? '') ? [index - 2] : [];
      reading.take('subject', [...assigned, ...own], 'rows of the asker');
      return 'me';
    }
  }
  return 'none';
}
