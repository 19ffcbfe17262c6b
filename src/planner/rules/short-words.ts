import type { StoredValues } from '../../query/stored-values.ts';
import { rephrased, type Turn } from './turn.ts';

/** Nouns of the desk without their vowels; other slips are corrected, and told, where spelling is. */
const nouns: readonly (readonly [RegExp, string])[] = [
  [/\bt(?:ckts|kts)\b/gi, 'tickets'],
  [/\btckt\b/gi, 'ticket'],
  [/\b(?:msgs|mssgs|mesgs)\b/gi, 'messages'],
  [/\b(?:msg|mssg)\b/gi, 'message'],
  [/\b(?:custs|cstmrs|custmrs|cust's)\b/gi, 'customers'],
  [/\b(?:cnvos|convs|cnvs|convrs)\b/gi, 'conversations'],
  [/\b(?:escs|escals)\b/gi, 'escalations'],
  [/\bmnths\b/gi, 'months'],
  [/\bmnth\b/gi, 'month'],
];

/** "Hi prio stuff", "low pri tickets": at the beginning "hi" greets unless a priority follows. */
const priorities: readonly Turn[] = [
  [/\bhi(?:gh)?[- ]?(?:prio|pri|priority)\b/gi, 'high priority'],
  [/\blow?[- ](?:prio|pri)\b/gi, 'low priority'],
  [/\b(urgent|normal)[- ](?:prio|pri)\b/gi, '$1 priority'],
  [/\b(by|per) prio\b/gi, '$1 priority'],
  // What is on a desk is tickets.
  [/\b((?:high|low|normal|urgent) priority|urgent) (?:stuff|things|work|items)\b/gi, '$1 tickets'],
];

const openers = ['show', 'list', 'give', 'tell', 'which', 'what', 'count'] as const;
/** Other words that a slip would make of them. */
const realWords: ReadonlySet<string> = new Set(
  'shoe shot slow sow how lit lis lists gie ive hat wat witch wit tel till cont ount cunt court'.split(' '),
);

/** The word a sentence opens with, with one letter left out behind the first, or two of them swapped. */
const slips: ReadonlyMap<string, string> = new Map(
  openers.flatMap((word) =>
    Array.from({ length: word.length - 1 }, (_, at) => at + 1)
      .flatMap((at) => [word.slice(0, at) + word.slice(at + 1), swapped(word, at)])
      .filter((typed) => typed !== word && typed.length >= 3 && !realWords.has(typed))
      .map((typed) => [typed, word] as const),
  ),
);

function swapped(word: string, at: number): string {
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
}

/** Behind an opening word stands whom or what it is about. */
const opening =
  /^((?:please |pls |plz |hi,? |hey,? )*)([a-z]{3,6})(?= (?:me|us|my|our|the|all|a|an|open|top|last|is|are|was|of|\d+)\b)/i;

/** Words in small letters that are the name of something stored stay as they are. */
function isStored(word: string, stored: StoredValues | undefined): boolean {
  const lower = word.toLowerCase();
  for (const values of stored?.values() ?? [])
    if (values.some((value) => value.toLowerCase().split(/\s+/).includes(lower))) return true;
  return false;
}

/** Short words with a slip, which the correction of spelling leaves alone: too many words are near to them. */
export function inFullWords(text: string, stored?: StoredValues): string {
  const begun = text.replace(opening, (whole, before: string, word: string) => {
    const read = slips.get(word.toLowerCase());
    return read === undefined || isStored(word, stored) ? whole : `${before}${read}`;
  });
  const written = nouns.reduce(
    (said, [typed, read]) => said.replace(typed, (word) => (isStored(word, stored) ? word : read)),
    begun,
  );
  return rephrased(written, priorities);
}
