/** Replaces personal details by placeholders, and puts them back. One mask per request: placeholders count up. */
export interface PersonalMask {
  /** `ask ana@acme.com` -> `ask [email_1]`; the same detail gets the same placeholder. */
  readonly mask: (text: string) => string;
  /** The reverse, for words of the asker that come back inside a plan. */
  readonly restore: (text: string) => string;
}

type DetailKind = 'email' | 'iban' | 'card' | 'phone';

/**
 * Shapes of personal details, in the order in which they are taken. Names are not among them: they have no shape
 * (texts of customers are masked by known names as well, see `interactions/summary`).
 */
const shapes: readonly {
  readonly kind: DetailKind;
  readonly pattern: RegExp;
  readonly holds?: (text: string) => boolean;
}[] = [
  { kind: 'email', pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu },
  // Two letters, two digits and 11 to 30 characters, in groups of four or in one piece (ISO 13616).
  { kind: 'iban', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g, holds: isIban },
  { kind: 'card', pattern: /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]?\d)/g, holds: isCardNumber },
  // International with its prefix; national with a leading zero; North American in groups of 3-3-4.
  {
    kind: 'phone',
    pattern:
      /(?<![\p{L}\p{N}.])(?:(?:\+|00)[1-9][\d ()./-]{6,18}\d|\(?0[1-9]\d{1,4}\)?[ /-][\d /-]{4,12}\d|\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4})(?![\p{L}\p{N}])/gu,
    holds: (text) => digitsOf(text).length >= 8 && digitsOf(text).length <= 15,
  },
];

export function createPersonalMask(): PersonalMask {
  const placeholders = new Map<string, string>();
  const details = new Map<string, string>();
  const counts: Record<DetailKind, number> = { email: 0, iban: 0, card: 0, phone: 0 };
  const placeholderOf = (kind: DetailKind, detail: string): string => {
    const known = placeholders.get(detail);
    if (known !== undefined) return known;
    counts[kind] += 1;
    const placeholder = `[${kind}_${counts[kind]}]`;
    placeholders.set(detail, placeholder);
    details.set(placeholder, detail);
    return placeholder;
  };
  return {
    mask: (text) =>
      shapes.reduce(
        (current, { kind, pattern, holds }) =>
          current.replace(pattern, (detail) =>
            holds?.(detail) === false ? detail : placeholderOf(kind, detail),
          ),
        text,
      ),
    restore: (text) =>
      text.replace(
        /\[(?:email|iban|card|phone)_\d+\]/g,
        (placeholder) => details.get(placeholder) ?? placeholder,
      ),
  };
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** ISO 7064 mod 97-10. */
function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '');
  if (compact.length < 15 || compact.length > 34) return false;
  const turned = `${compact.slice(4)}${compact.slice(0, 4)}`;
  let rest = 0;
  for (const character of turned) {
    for (const digit of Number.parseInt(character, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** The Luhn check of payment cards (ISO/IEC 7812-1). */
function isCardNumber(text: string): boolean {
  const digits = [...digitsOf(text)].reverse().map(Number);
  const total = digits.reduce((sum, digit, index) => {
    if (index % 2 === 0) return sum + digit;
    const doubled = digit * 2;
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return total % 10 === 0;
}
