import { fillerWords } from '../filler-words.ts';
import type { Token } from '../token.ts';
import type { Vocabulary } from '../vocabulary.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** They may stand anywhere inside a saying, and say nothing there. */
const silent = set(`do does did is are was were be been being am have has had having can could get gets got
  getting a an the it there to we us our ours they them you your its their his her usually typically normally generally really
  actually ever already just even also up altogether s`);

/** Of what stands in a gap these go as well: what is left is told behind the figure. */
const dropped =
  set(`do does did is are was were be been being am have has had having can could we us they them
  it there usually typically normally generally really actually ever already just even also`);

/** What turns the sense of a sentence, begins another question or joins another thing is never passed over. */
const barred =
  set(`not no never nobody none without nor neither nothing how what which who whom whose when where why and or
  but plus versus vs than if unless except excluding other because while compare compared more less fewer over under above
  below least exactly`);

export const isSilent = ({ kind, lower }: Token): boolean =>
  kind === 'comma' || (kind === 'word' && silent.has(lower));

export const isDropped = ({ kind, lower }: Token): boolean => kind === 'word' && dropped.has(lower);

const persons = set('i me my mine myself team each every everyone');

const manner = set(`average median typical mean on in at for with from by of during since until today
  yesterday now currently so far right moment`);

/** Whether a word may stand between the words of a saying: a name, a person, a time, or something the catalogue knows. */
export function isPassed(token: Token, { words, storedWords }: Vocabulary, isTime: boolean): boolean {
  if (isTime || token.kind === 'quoted') return true;
  if (token.kind !== 'word' || barred.has(token.lower)) return false;
  return (
    (token.capitalised && token.index > 0) ||
    isSilent(token) ||
    fillerWords.has(token.lower) ||
    persons.has(token.lower) ||
    manner.has(token.lower) ||
    words.has(token.word) ||
    storedWords?.has(token.word) === true
  );
}

const ordinal =
  set(`last latest newest recent oldest earliest first next most fewest least highest lowest biggest largest smallest
  longest shortest best worst top`);

/** Whether a word may stand before the noun of some records: "a high priority ticket". */
export function isAdjective(token: Token, vocabulary: Vocabulary): boolean {
  if (token.kind === 'quoted') return true;
  if (token.kind !== 'word' || barred.has(token.lower) || isSilent(token)) return false;
  // "Had the last incident": one of them is meant, and no figure.
  if (ordinal.has(token.lower)) return false;
  const isSmall = fillerWords.has(token.lower) || manner.has(token.lower);
  return token.lower === 'my' || token.capitalised || (!isSmall && vocabulary.words.has(token.word));
}

/** Small words that stand before a noun and are none of it; what comes in is new, whatever its status. */
export const isArticle = ({ lower }: Token): boolean =>
  /^(?:a|an|the|any|our|their|your|its|all|these|those|that|this|some|new)$/.test(lower);
