import type { Span } from '../match-vocabulary.ts';
import { type Draft, meaningsOf } from './draft.ts';

const worseWords = /^(?:worse|higher|above|up|upwards|more|over|beyond)$/;
const betterWords = /^(?:better|lower|below|down|less|under)$/;
const severe = /^(?:urgent|critical|severe|sev ?1|p1|high|highest|churn[ -]risk)$/i;

/** "High and up", "medium risk or worse": the values on that side of an order that is told from its worst or its best end. */
export function andBeyond(draft: Draft, span: Span, dimension: string, value: string): readonly string[] {
  const { catalogue, understood, usedTokens } = draft;
  const { tokens } = understood.reading;
  const at = [span.to, span.to + 1].find(
    (index) =>
      /^(?:or|and)$/.test(tokens[index]?.word ?? '') &&
      (worseWords.test(tokens[index + 1]?.lower ?? '') || betterWords.test(tokens[index + 1]?.lower ?? '')),
  );
  const order = (catalogue.dimensions.get(dimension)?.values ?? []).map((one) => one.value);
  const [first = '', last = ''] = [order[0], order.at(-1)];
  const isFalling = severe.test(first);
  if (at === undefined || isFalling === severe.test(last)) return [];
  usedTokens.add(at).add(at + 1);
  for (const other of understood.spans) {
    if (other.from === at + 1 && other.to === at + 2) draft.used.add(other);
    // "Normal or lower priority".
    const isName = meaningsOf(other, 'dimension').some((one) => isSameWord(draft, one.id, dimension));
    if (other.from === at + 2 && isName) draft.used.add(other);
  }
  const place = order.indexOf(value);
  const isUp = worseWords.test(tokens[at + 1]?.lower ?? '');
  return isUp === isFalling ? order.slice(0, place) : order.slice(place + 1);
}

/** "status new" of leads: every kind of record calls its own column so. */
export function isSameWord({ catalogue, entity }: Draft, said: string, dimension: string): boolean {
  if (said === dimension) return true;
  const [one, other] = [catalogue.dimensions.get(said), catalogue.dimensions.get(dimension)];
  return (
    one !== undefined &&
    other !== undefined &&
    other.entity === entity &&
    one.path === other.path &&
    one.path !== 'name'
  );
}
