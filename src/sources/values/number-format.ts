/** Which character separates the decimals; the other one may group thousands. */
export type DecimalStyle = '.' | ',';

/** Groups begin with a digit that counts: 0.125 is an eighth in every country. */
const shapes: Readonly<Record<DecimalStyle, RegExp>> = {
  '.': /^(?:[1-9]\d{0,2}(?:[,'\u2019_ ]\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?$/,
  ',': /^(?:[1-9]\d{0,2}(?:[.'\u2019_ ]\d{3})+|\d+)?(?:,\d*)?(?:[eE][+-]?\d{1,3})?$/,
};

const groupSigns: Readonly<Record<DecimalStyle, RegExp>> = { '.': /[,'\u2019_ ]/g, ',': /[.'\u2019_ ]/g };
const easy = /^-?\d{1,15}(?:\.\d{1,2})?$/;

/**
 * Reads a number as people write it: thousands grouped in threes by comma, point, apostrophe or any blank, a currency
 * sign or code around it, a percent sign (divides by 100), a minus before or behind, accounting brackets. It never
 * guesses between 1.234 and 1,234: the style is declared, and a text that does not follow it is no number.
 *
 * @returns null when the text is not a number in this style
 */
export function parseNumber(text: string, decimal: DecimalStyle): number | null {
  // Most cells by far; a second group of three digits would need a closer look, hence two decimals at most.
  if (decimal === '.' && easy.test(text)) return Number(text) + 0;
  return parseParts(partsOf(text), decimal);
}

/** What each style makes of a text, for a column whose style nobody declared. */
export type NumberReading =
  | { readonly kind: 'number'; readonly value: number }
  /** Both styles read it, and differently. */
  | { readonly kind: 'ambiguous'; readonly point: number; readonly comma: number }
  | { readonly kind: 'none' };

/** Reads a number where both styles, or only one of them, make the same of it. */
export function readNumber(text: string): NumberReading {
  if (easy.test(text)) return { kind: 'number', value: Number(text) + 0 };
  const parts = partsOf(text);
  const point = parseParts(parts, '.');
  const comma = parseParts(parts, ',');
  if (point !== null && comma !== null && point !== comma) return { kind: 'ambiguous', point, comma };
  const value = point ?? comma;
  return value === null ? { kind: 'none' } : { kind: 'number', value };
}

interface NumberParts {
  readonly digits: string;
  readonly negative: boolean;
  readonly percent: boolean;
}

const currencyBefore = /^(?:[A-Z]{1,3}\p{Sc}|[A-Z]{3}|\p{Sc})\s?/u;
const currencyBehind = /\s?(?:[A-Z]{3}|\p{Sc})$/u;

/** Takes off what stands around the digits; each of it once. */
function partsOf(text: string): NumberParts | null {
  let rest = text.replace(/[\u00a0\u2007\u2009\u202f]/g, ' ').trim();
  let minuses = 0;
  const bracketed = /^\((.*)\)$/.exec(rest)?.[1];
  if (bracketed !== undefined) {
    rest = bracketed.trim();
    minuses += 1;
  }
  const takeSign = (): void => {
    const signed = /^([+\-\u2212])\s?(.*)$/.exec(rest);
    if (signed === null) return;
    if (signed[1] !== '+') minuses += 1;
    rest = signed[2] ?? '';
  };
  takeSign();
  const bare = rest.replace(currencyBefore, '').replace(currencyBehind, '');
  if (bare !== rest) {
    rest = bare;
    if (minuses === 0) takeSign();
  }
  const behind = /^(.*\d[.,]?)\s?[-\u2212]$/.exec(rest)?.[1];
  if (behind !== undefined) {
    rest = behind;
    minuses += 1;
  }
  const percent = rest.endsWith('%');
  if (percent) rest = rest.slice(0, -1).trim();
  // "--5" and "(-5)" say it twice: nobody knows what they mean.
  if (minuses > 1 || !/\d/.test(rest)) return null;
  return { digits: rest, negative: minuses === 1, percent };
}

function parseParts(parts: NumberParts | null, decimal: DecimalStyle): number | null {
  if (parts === null) return null;
  const { digits, negative, percent } = parts;
  if (!shapes[decimal].test(digits)) return null;
  // 1,234'567 groups with two signs at once.
  if (new Set(digits.match(groupSigns[decimal])).size > 1) return null;
  const value = Number(digits.replace(groupSigns[decimal], '').replace(',', '.'));
  if (!Number.isFinite(value)) return null;
  const scaled = percent ? value / 100 : value;
  return negative && scaled !== 0 ? -scaled : scaled;
}

const yes: ReadonlySet<string> = new Set(['true', 't', 'yes', 'y', '1', 'on']);
const no: ReadonlySet<string> = new Set(['false', 'f', 'no', 'n', '0', 'off']);

/** Words for yes and no in exports. */
export function parseBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : null;
}
