/** Which character separates the decimals; the other one may group thousands. */
export type DecimalStyle = '.' | ',';

const plain: Readonly<Record<DecimalStyle, RegExp>> = {
  '.': /^(?:\d{1,3}(?:[,'\u2019_ ]\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?$/,
  ',': /^(?:\d{1,3}(?:[.'\u2019_ ]\d{3})+|\d+)?(?:,\d*)?(?:[eE][+-]?\d{1,3})?$/,
};

/**
 * Reads a number as people write it: thousands grouped in threes, a currency sign or code around it, a percent sign
 * (divides by 100), a leading minus or accounting brackets. It never guesses between 1.234 and 1,234: the style is
 * declared, and a text that does not follow it is no number.
 *
 * @returns null when the text is not a number in this style
 */
export function parseNumber(text: string, decimal: DecimalStyle): number | null {
  let rest = text.replace(/[\u00a0\u202f]/g, ' ').trim();
  const bracketed = /^\((.*)\)$/.exec(rest)?.[1];
  if (bracketed !== undefined) rest = bracketed.trim();
  rest = rest
    .replace(/^(?:[A-Z]{3}|\p{Sc}|[A-Z]{1,2}\p{Sc})\s?/u, '')
    .replace(/\s?(?:[A-Z]{3}|\p{Sc})$/u, '');
  const signed = /^([+\-\u2212])\s?(.*)$/.exec(rest);
  const negative = bracketed !== undefined || (signed !== null && signed[1] !== '+');
  rest = (signed?.[2] ?? rest).replace(/^\p{Sc}\s?/u, '');
  const percent = rest.endsWith('%');
  if (percent) rest = rest.slice(0, -1).trim();
  if (!/\d/.test(rest) || !plain[decimal].test(rest)) return null;
  const grouping = decimal === '.' ? /[,'\u2019_ ]/g : /[.'\u2019_ ]/g;
  const value = Number(rest.replace(grouping, '').replace(',', '.'));
  if (!Number.isFinite(value)) return null;
  const scaled = percent ? value / 100 : value;
  return negative && scaled !== 0 ? -scaled : scaled;
}

/** Words for yes and no in exports. */
export function parseBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (['true', 't', 'yes', 'y', '1'].includes(word)) return true;
  if (['false', 'f', 'no', 'n', '0'].includes(word)) return false;
  return null;
}
