/** Numbers that people write as words; "one" is left out, because it mostly counts nothing. */
const words = new Map(
  Object.entries({
    two: 2,
    both: 2,
    twice: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    dozen: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    hundred: 100,
    hundreds: 100,
    thousand: 1000,
    thousands: 1000,
    million: 1_000_000,
    millions: 1_000_000,
    billion: 1_000_000_000,
  }),
);

/**
 * Every number that a text names, in one spelling: `1,043` and `1043` are equal, `12.50` is `12.5`, `three` is `3`.
 *
 * @returns null when it holds numerals that cannot be compared (fractions, other scripts)
 */
export function numbersIn(text: string): ReadonlySet<string> | null {
  const plain = text.normalize('NFKC');
  if (/\p{N}/u.test(plain.replaceAll(/[0-9]/g, ''))) return null;
  const found = new Set<string>();
  for (const [written] of plain.matchAll(/\d+(?:[.,' \u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?/g))
    found.add(spelling(written));
  for (const [word] of plain.toLowerCase().matchAll(/\p{L}+/gu)) {
    const value = words.get(word);
    if (value !== undefined) found.add(String(value));
  }
  return found;
}

function spelling(written: string): string {
  const grouped = /^\d+(?:[.,' \u00a0]\d{3})+$/.test(written);
  const digits = grouped ? written.replaceAll(/\D/g, '') : written.replace(',', '.');
  // Longer than a double holds: ids, which are compared as they stand.
  return digits.replace('.', '').length > 15 ? digits : String(Number(digits));
}
