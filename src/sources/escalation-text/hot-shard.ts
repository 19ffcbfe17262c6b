import type { HotShard } from '../../domain/records.ts';

/** A name of a cluster, table or shard: no blank, not a word of a sentence, and of a length that ends every search. */
const token = '`?"?([A-Za-z0-9][A-Za-z0-9_.:/-]{0,100}[A-Za-z0-9]|[0-9])`?"?';

/** `Table: orders`, `table = orders`, `table "orders"`; as a last resort `table orders_v2` with a digit or a mark in it. */
function named(kind: string, text: string): string | null {
  const labelled = new RegExp(`(?:^|[^\\w])${kind}(?: (?:id|name))?\\s*[:=]\\s*${token}`, 'i').exec(
    text,
  )?.[1];
  if (labelled !== undefined) return labelled;
  const quoted = new RegExp(`\\b${kind}\\s+[\`"]([\\w.:/-]+)[\`"]`, 'i').exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  const marked = new RegExp(
    `\\b${kind}\\s+(?:id\\s+)?#?([A-Za-z0-9.:/-]{0,100}[0-9_][A-Za-z0-9_.:/-]{0,100})`,
    'i',
  );
  return marked.exec(text)?.[1]?.replace(/[.:]+$/, '') ?? null;
}

const ratios: readonly RegExp[] = [
  /\bskew(?:ed)?(?:\s+(?:ratio|factor))?\s*(?:[:=]|of|is|at)?\s*(\d{1,4}(?:\.\d+)?)\s*[x×]?/i,
  /(\d{1,4}(?:\.\d+)?)\s*[x×]\s+(?:the\s+)?(?:mean|average|median|load|skew)/i,
  /(\d{1,4}(?:\.\d+)?)\s+times\s+(?:the\s+)?(?:mean|average|median|load)/i,
];

/**
 * Reads which shard takes more than its share: cluster, table, shard and skew ratio (load of the shard over the mean
 * load), each where the text names it.
 *
 * @returns null when the text speaks of no shard and no skew
 */
export function readHotShard(text: string): HotShard | null {
  if (!/\b(?:shards?|tablets?|skew\w*|hot[- ]?spots?|partitions?)\b/i.test(text)) return null;
  const shard = named('(?:shard|tablet|partition)', text);
  const ratio = ratios.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  const skewRatio = ratio === undefined ? null : Number(ratio);
  if (shard === null && skewRatio === null) return null;
  return { cluster: named('cluster', text), table: named('table', text), shard, skewRatio };
}
