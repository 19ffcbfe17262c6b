import type { Catalogue, DimensionDefinition } from '../../catalogue/catalogue.ts';

const further = /^(?:worse|better|higher|lower|above|below|more|less|up|down|upwards|downwards)$/i;
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * "Medium churn risk or worse", "warning or below": the value and all beyond it, where the values of a dimension are
 * declared in an order. Which dimension is meant is told by its own words, or by the value, if only one has it.
 */
export function withScales(text: string, catalogue: Catalogue): string {
  if (
    !/\bor (?:an? |even )?(?:worse|better|higher|lower|above|below|more|less|up|down|\w+wards)\b/i.test(text)
  )
    return text;
  const found = [...catalogue.dimensions.values()].flatMap((dimension) =>
    readScale(text, dimension, catalogue),
  );
  const most = Math.max(...found.map(({ fit }) => fit));
  const [best, another] = found.filter(({ fit }) => fit === most);
  return best === undefined || another !== undefined ? text : best.text;
}

/** A text in which the words of a scale are written out, and how many words speak for this dimension. */
interface ScaledText {
  readonly text: string;
  readonly fit: number;
}

function readScale(
  text: string,
  dimension: DimensionDefinition,
  catalogue: Catalogue,
): readonly ScaledText[] {
  const { order, values } = dimension;
  if (order === undefined) return [];
  const own = new Set(
    [dimension.label, ...dimension.synonyms]
      .flatMap((name) => name.toLowerCase().split(' '))
      .filter((word) => word !== 'of'),
  );
  const nouns = [...own].map(escaped).join('|');
  const noun = `(?: (?:${nouns}))`;
  for (const [at, { value, label, synonyms }] of values.entries()) {
    for (const said of [label, value, ...synonyms].toSorted((left, right) => right.length - left.length)) {
      const pattern = new RegExp(
        `(?:\\b(?:${nouns})(?: of| is)? ){0,3}\\b${escaped(said)}${noun}{0,3} or (?:an? |even )?(?<way>\\w+)${noun}{0,3}(?: of${noun}{1,2})?(?!\\w)`,
        'i',
      );
      const match = pattern.exec(text);
      const way = match?.groups?.['way'] ?? '';
      if (!match || !further.test(way)) continue;
      const isToFirst = leadsToFirst(way.toLowerCase(), order);
      const kept = isToFirst ? values.slice(0, at + 1).toReversed() : values.slice(at);
      const words = kept.map((one) => fullName(one, own)).join(' or ');
      const homes = [dimension.entity, ...(dimension.also ?? []).map(({ entity }) => entity)];
      const rows = homes.flatMap((id) => Object.values(catalogue.entities.get(id)?.label ?? {}));
      const fit = [...own, ...rows].filter((word) =>
        new RegExp(`\\b${escaped(word)}\\b`, 'i').test(text),
      ).length;
      return [{ text: text.slice(0, match.index) + words + text.slice(match.index + match[0].length), fit }];
    }
  }
  return [];
}

/** "Medium churn risk": what only this dimension calls so, where it has such a name. */
const fullName = (
  { label, synonyms }: DimensionDefinition['values'][number],
  own: ReadonlySet<string>,
): string => {
  const short = label.toLowerCase();
  const isFull = (name: string): boolean =>
    name.startsWith(`${short} `) &&
    name
      .split(' ')
      .slice(1)
      .every((word) => own.has(word));
  return synonyms.find(isFull) ?? short;
};

/** Whether what is worse, or higher, stands before the value or behind it. */
function leadsToFirst(way: string, { worst, highest }: NonNullable<DimensionDefinition['order']>): boolean {
  if (way === 'worse') return worst === 'first';
  if (way === 'better') return worst === 'last';
  const isUp = /^(?:higher|above|more|up|upwards)$/.test(way);
  return isUp === (highest === 'first');
}
