import type { Reading } from '../reading.ts';
import type { TimeMention } from '../time/read-time.ts';

/** What may stand between two periods of one figure: "this month and how was it last month", "above or below". */
const between =
  /^(?:and|or|with|over|on|against|to|next|beside|versus|minus|than|then|but|above|below|under|up|down|from|how|what|about|be|is|are|was|were|has|have|had|been|do|does|did|it|that|they|we|the|of|in|as|for|as|also|both|comparison|reference|rather|look|like|and|ahead|behind)$/;
/** Words that only set the one against the other, wherever they stand. */
const talk =
  /^(?:both|delta|gap|differ|difference|variance|contrast|comparison|reference|benchmark|baseline|minus)$/;
/** Where the two stand beside each other, this is how. */
const placing = /^(?:side|together|beside|put|set|next|about|how)$/;
const compares =
  /^(?:compare|compared|comparison|versus|than|difference|differ|delta|gap|variance|contrast|side|higher|lower|better|worse|bigger|smaller|larger|greater|longer|shorter|faster|slower|more|fewer|less|busier|change|changed|which|reference|benchmark|baseline|minus|above|below|against|grow|grew|grown|growth|increase|increased|decrease|decreased|rise|rose|risen|fall|fell|fallen|drop|dropped|decline|declined|improve|improved|worsen|worsened)$/;

/** Tokens that say of two periods only that they are compared. */
export const comparingTalk = (reading: Reading): readonly number[] =>
  reading.tokens
    .filter(({ index, word }) => reading.isFree(index) && talk.test(word))
    .map(({ index }) => index);

/**
 * "Won amount this quarter and last quarter", "was it better this month or last month": two periods with nothing else between
 * them. Either of two is asked for where no word compares them.
 *
 * @returns tokens that say no more than that; null where something else stands between
 */
export function wordsOfPair(
  reading: Reading,
  one: TimeMention,
  other: TimeMention,
): readonly number[] | null {
  const { tokens } = reading;
  const [first, second] = one.from < other.from ? [one, other] : [other, one];
  const joint = tokens.slice(first.to, second.from);
  const words = tokens.map(({ word }) => word);
  const isCompared = words.some((word) => compares.test(word));
  const isJoined = joint.every(({ word, kind }) => kind === 'comma' || between.test(word));
  if (!isJoined || (!isCompared && joint.some(({ word }) => word === 'or'))) return null;
  // Records of both periods are wanted one by one.
  if (!isCompared && (joint.length === 0 || words.includes('list'))) return null;
  const said = tokens.filter(({ word }) => placing.test(word));
  return [...new Set([...joint, ...said].map(({ index }) => index))].filter((index) => reading.isFree(index));
}
