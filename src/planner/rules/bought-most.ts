import type { StoredValues } from '../../query/stored-values.ts';

const buyers =
  /^(who|(?:which|what)(?: of)?(?: my| our| the)? (?:customers?|accounts?|clients?|compan(?:y|ies))) (?:has |have )?(?:bought|ordered|purchased) the most (.+)$/i;

/**
 * "Who bought the most extra nodes this quarter": of a product the units count, where the orders would say how often.
 *
 * @param text a tidied question
 * @param stored the names of products that the asker may see
 */
export function inUnitsBought(text: string, stored?: StoredValues): string {
  const said = buyers.exec(text);
  if (said === null) return text;
  const [, who = '', rest = ''] = said;
  const product = (stored?.get('product') ?? []).find((name) => startsWith(rest, name));
  if (product === undefined) return text;
  const of = /\b(my|our)\b/i.exec(who)?.[1];
  const tail = rest.slice(product.length).replace(/^s\b/i, '');
  return `top customers by units of ${product}${tail}${of?.toLowerCase() === 'my' ? ' of my customers' : ''}`;
}

const startsWith = (text: string, name: string): boolean =>
  text.slice(0, name.length).toLowerCase() === name.toLowerCase() &&
  /^s?(?![\p{L}\d])/u.test(text.slice(name.length));
