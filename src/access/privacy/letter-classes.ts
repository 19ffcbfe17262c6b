import { foldText } from '../../store/suppression-keys.ts';
import { escapePattern } from '../../toolkit/escape-pattern.ts';

/*
 * Patterns that match a name however it is written: any case, with or without accents, ß for ss, ue for ü. They are
 * read by JavaScript and by Postgres alike, so they use nothing that only one of the two knows.
 */

const alphabets: readonly (readonly [number, number])[] = [
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0xc0, 0x24f],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
];

let classes: ReadonlyMap<string, string> | undefined;

/** Every letter that folds to the same one, by that one. */
function letterClasses(): ReadonlyMap<string, string> {
  if (classes) return classes;
  const found = new Map<string, string>();
  for (const [from, to] of alphabets) {
    for (let code = from; code <= to; code += 1) {
      const letter = String.fromCodePoint(code);
      const folded = foldText(letter);
      if (/^\p{L}$/u.test(folded)) found.set(folded, (found.get(folded) ?? '') + letter);
    }
  }
  classes = found;
  return found;
}

const MARKS = '[\u0300-\u036f]*';
const digraphs: Readonly<Record<string, string>> = { ss: 'ßẞ', ae: 'äÄæÆ', oe: 'öÖøØœŒ', ue: 'üÜ' };
const UMLAUT = /[äöü]/i;
/** What may stand between the parts of a double name. */
const INNER = "[-\u2010\u2011\u2013'’`. ()\\[\\]]{0,2}";

/** Pattern of one word of a name. */
export function wordPattern(word: string, options: { readonly capitalFirst?: boolean } = {}): string {
  const letters = [...word.normalize('NFC')];
  let pattern = '';
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? '';
    if (!/[\p{L}\p{N}]/u.test(letter)) {
      pattern += INNER;
      continue;
    }
    const pair = foldText(letter + (letters[index + 1] ?? ''));
    const single = pair.length === 2 ? digraphs[pair] : undefined;
    const umlaut = UMLAUT.test(letter) ? '[eE]?' : '';
    if (single !== undefined && index > 0) {
      pattern += `(?:${lettersOf(pair)}|[${single}])`;
      index += 1;
    } else {
      const capital = index === 0 && options.capitalFirst === true;
      pattern += lettersOf(foldText(letter), capital) + umlaut;
    }
  }
  return pattern;
}

function lettersOf(folded: string, capitalOnly = false): string {
  return [...folded]
    .map((letter) => {
      const known = letterClasses().get(letter) ?? caseClass(letter);
      const shown = capitalOnly ? [...known].filter((one) => one === one.toUpperCase()).join('') : known;
      const chosen = shown === '' ? known : shown;
      return `${[...chosen].length > 1 ? `[${chosen}]` : escapePattern(chosen)}${/\p{L}/u.test(letter) ? MARKS : ''}`;
    })
    .join('');
}

function caseClass(letter: string): string {
  const upper = letter.toUpperCase();
  return upper === letter || [...upper].length > 1 ? letter : letter + upper;
}

/** Pattern of a text whose letters count whatever their case. */
export function caseBlindPattern(text: string): string {
  return [...text]
    .map((letter) => {
      const cased = [...new Set([letter.toLowerCase(), letter.toUpperCase()])].filter(
        (one) => [...one].length === 1,
      );
      return cased.length > 1 ? `[${cased.join('')}]` : escapePattern(letter);
    })
    .join('');
}
