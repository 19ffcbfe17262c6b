import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { Span } from '../span.ts';
import { type Draft, meaningsOf } from './draft.ts';

const further =
  /^(?:worse|better|higher|lower|above|below|more|less|over|under|beyond|up|down|upwards|downwards)$/;
/** "Or an even worse". */
const between = /^(?:an?|even)$/;

/**
 * "High and up", "medium risk or worse": the values beyond this one, where the catalogue declares them in an order.
 * The words that say so are taken.
 */
export function andBeyond(draft: Draft, span: Span, dimension: string, value: string): readonly string[] {
  const { order, values } = draft.catalogue.dimensions.get(dimension) ?? {};
  const found = order && wordsBeyond(draft, span);
  if (!order || !values || !found) return [];
  for (let index = found.from; index < found.to; index += 1) draft.usedTokens.add(index);
  for (const other of draft.understood.spans) {
    if (other.from >= found.from && other.to <= found.to) draft.used.add(other);
    // "Normal or lower priority".
    const isName = meaningsOf(other, 'dimension').some((one) => isSameWord(draft, one.id, dimension));
    if (other.from === found.to && isName) draft.used.add(other);
  }
  const all = values.map((one) => one.value);
  const place = all.indexOf(value);
  return leadsToFirst(found.way, order) ? all.slice(0, place) : all.slice(place + 1);
}

/** Where "or worse" stands behind a value, or behind the name of its dimension. */
function wordsBeyond(
  { understood: { reading } }: Draft,
  span: Span,
): { readonly from: number; readonly to: number; readonly way: string } | null {
  const wordAt = (index: number): string => reading.tokens[index]?.lower ?? '';
  for (const from of [span.to, span.to + 1, span.to + 2]) {
    if (!/^(?:or|and)$/.test(wordAt(from))) continue;
    let at = from + 1;
    while (between.test(wordAt(at))) at += 1;
    const isComparison = wordAt(at + 1) === 'than';
    if (further.test(wordAt(at)) && !isComparison) return { from, to: at + 1, way: wordAt(at) };
  }
  return null;
}

/** Whether what is worse, or higher, stands before the value or behind it. */
function leadsToFirst(way: string, { worst, highest }: NonNullable<DimensionDefinition['order']>): boolean {
  if (way === 'worse') return worst === 'first';
  if (way === 'better') return worst === 'last';
  const isUp = /^(?:higher|above|more|over|beyond|up|upwards)$/.test(way);
  return isUp === (highest === 'first');
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
