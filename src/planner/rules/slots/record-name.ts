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

/** Where a name that no noun follows is over. */
const over =
  /^(?:the|my|our|this|that|that's|thats|which|who|is|are|was|were|will|at|of|for|from|in|on|with|by|and|or|close|closes|closing|supposed|due|still|again|worth|open|won|lost)$/;

/** What is asked of a deal, before its name. */
const askedOfDeal =
  /\b(?:owns?|owner of|who has|which rep has|amount of|value of|size of|stage (?:of|is)|close date of|next step (?:of|on|for|with)|probability of|when (?:is|does|will|did|should)|how (?:big|much) is|what stage is)(?: (?:the|my|our))?$/;

/**
 * "Who owns the core banking pilot that is still open": two words or more behind "the" or "my" may name a deal, which people
 * leave unsaid where they ask what a deal has.
 */
export function findBareRecordName({ reading }: Understanding): RecordName | null {
  for (const [at, opener] of reading.tokens.entries()) {
    if (!/^(?:the|my|our)$/.test(opener.word)) continue;
    if (!askedOfDeal.test(reading.text.slice(0, opener.start).trim().toLowerCase())) continue;
    const isWhen = /\bwhen (?:is|does|will|did|should)$/i.test(reading.text.slice(0, opener.start).trim());
    if (isWhen && !/\b(?:close|closing|close date)\b/i.test(reading.text)) continue;
    const rest = reading.tokens.slice(at + 1, at + 1 + longest);
    const end = rest.findIndex(({ kind, lower }) => kind !== 'word' || over.test(lower));
    const words = end < 0 ? rest : rest.slice(0, end);
    if (words.length < 2) continue;
    const [first, last] = [words[0]?.start, words.at(-1)?.end];
    const text = reading.text.slice(first, last).replaceAll('"', '');
    const [from, to] = [at + 1, at + 1 + words.length];
    return { text, edit: { from, to, put: [{ kind: 'words', text: `deal "${text}"` }] } };
  }
  return null;
}
