import { pastForms } from './canonical.ts';
import type { Token } from './token.ts';

/** "did we open" names the event "opened"; "how healthy" asks for the health, "how old" for the age. */
export function inEventForm(tokens: readonly Token[]): readonly Token[] {
  const measured = inMeasuredForm(tokens);
  return measured.map((token, index) => {
    // "Have come in" is what came in; where something comes from is another question.
    if (token.word === 'come' && measured[index + 1]?.word === 'in') return { ...token, word: 'opened' };
    // "What did CSAT look like" asks what it was.
    if (token.word === 'look' && measured[index + 1]?.word === 'like') return { ...token, word: silent };
    const going = progressive(measured, index);
    if (going !== null) return { ...token, word: going };
    const past = pastForms[token.word];
    if (past === undefined) return token;
    // "How long did it take to resolve" asks for a time, and nothing that was done.
    const isInfinitive =
      measured[index - 1]?.lower === 'to' && measured.some(({ lower }) => lower === 'take');
    // "Did the win rate drop", "did my open pipeline grow": part of a name, and no verb.
    const isNoun = /^(?:the|a|an|my|our|their|his|her|your|its)$/.test(measured[index - 1]?.lower ?? '');
    if (isInfinitive || isNoun) return token;
    const isAsked = measured.slice(Math.max(0, index - 9), index).some((before) => before.lower === 'did');
    return isAsked ? { ...token, word: past } : token;
  });
}

/** "Are we solving more tickets", "is my team winning fewer deals": what they do is what they did, in a comparison. */
function progressive(tokens: readonly Token[], index: number): string | null {
  const { lower } = tokens[index] ?? { lower: '' };
  if (!lower.endsWith('ing') || !tokens.some(({ word }) => /^(?:more|fewer|less|than|versus)$/.test(word)))
    return null;
  const before = tokens.slice(Math.max(0, index - 4), index).map((token) => token.lower);
  const isDone = before.some((word) => /^(?:am|are|is|was|were|been)$/.test(word));
  if (!isDone || !before.some((word) => /^(?:i|we|they|team|you)$/.test(word))) return null;
  const stem = lower.slice(0, -3);
  const bases = [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')];
  return bases.flatMap((base) => pastForms[base] ?? [])[0] ?? null;
}

/** A word that says nothing any more, because another one says it all. */
const silent = 'of';

/** "How long does it take to …" is the time to …, "how long do … last" their duration, "how old" the age. */
function inMeasuredForm(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    (token, index) =>
      tokens[index - 1]?.word === 'how' && /^(?:healthy|old|long|quick|quickly|fast)$/.test(token.word),
  );
  const asked = tokens[at];
  if (asked === undefined) return tokens;
  const rest = tokens.slice(at + 1);
  const said = (word: RegExp): boolean => rest.some((token) => word.test(token.word));
  const measure = measureOf(asked.word, said);
  if (measure === null) return tokens;
  return tokens.map((token, index) => {
    if (index === at) return { ...token, word: measure };
    if (asked.word !== 'long' || index < at) return token;
    const isVerb =
      /^(?:it|take|taken|took|been)$/.test(token.word) ||
      (/^last(?:ed|ing)?$/.test(token.word) && isVerbHere(tokens[index + 1]));
    return isVerb ? { ...token, word: silent } : token;
  });
}

/** "how long do incidents last" ends with the verb; "last month" is a time. */
const isVerbHere = (after: Token | undefined): boolean =>
  after === undefined || /^(?:on|for|by|per|in|this|average|typically|usually)$/.test(after.word);

function measureOf(word: string, said: (word: RegExp) => boolean): string | null {
  if (word === 'healthy') return 'health';
  if (word === 'old') return said(/^oldest$/) ? null : 'age';
  // "How long have escalations been open": their age so far.
  if (said(/^been$/) && said(/^open$/)) return 'age';
  if (said(/^(?:solve|answer|response|close|win|convert|conversion|fix|wait|waited|waiting)$/)) return 'time';
  return word === 'long' && said(/^(?:last|lasted|take|took)$/) ? 'duration' : null;
}
