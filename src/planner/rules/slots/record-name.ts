import { meaningsOf } from '../compose/draft.ts';
import type { Edit } from '../edit.ts';
import { fillerWords } from '../filler-words.ts';
import type { Understanding } from '../understand.ts';

/** Records that people call by a part of their name, words of the language as it is. */
const called: ReadonlySet<string> = new Set(['opportunity', 'campaign', 'incident']);
const longest = 5;

export interface RecordName {
  readonly text: string;
  readonly edit: Edit;
}

/**
 * "the payments ledger deal": words between "the" or "my" and one record may be its name, whatever else they mean. Whoever
 * runs the plan finds out whether any is called so.
 */
export function findRecordName({ reading, spans }: Understanding): RecordName | null {
  for (const span of spans) {
    const at = span.to - 1;
    const noun = reading.tokens[at];
    const isRecord = meaningsOf(span, 'entity').some(({ id }) => called.has(id));
    if (!isRecord || noun === undefined || /s$/.test(noun.lower)) continue;
    for (let from = at - 1; from >= Math.max(0, at - longest); from -= 1) {
      const opener = reading.tokens[from - 1];
      if (opener === undefined || !/^(?:the|my|our|this|that)$/.test(opener.word)) continue;
      const words = reading.tokens.slice(from, at);
      if (words.every((token) => fillerWords.has(token.word) || token.kind !== 'word')) break;
      const text = reading.text.slice(words[0]?.start, words.at(-1)?.end).replaceAll('"', '');
      return { text, edit: { from, to: at + 1, put: [{ kind: 'words', text: `${noun.text} "${text}"` }] } };
    }
  }
  return null;
}
