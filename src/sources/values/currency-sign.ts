/** Signs that stand for one currency; "$", "¥" and "kr" are several countries' and prove nothing. */
const signs: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['₽', 'RUB'],
  ['₩', 'KRW'],
  ['₺', 'TRY'],
  ['₪', 'ILS'],
  ['₫', 'VND'],
  ['₴', 'UAH'],
  ['₦', 'NGN'],
  ['US$', 'USD'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
  ['CA$', 'CAD'],
  ['NZ$', 'NZD'],
  ['HK$', 'HKD'],
  ['R$', 'BRL'],
  ['CN¥', 'CNY'],
  ['JP¥', 'JPY'],
]);

const written = /^[+\-\u2212(]*\s?([A-Z]{1,3}\p{Sc}|[A-Z]{3}|\p{Sc})|\s?([A-Z]{3}|\p{Sc})[\s)]*$/u;
const dollars: ReadonlySet<string> = new Set(['USD', 'AUD', 'CAD', 'NZD', 'HKD', 'SGD', 'TWD', 'MXN']);

/**
 * The currency that an amount names beside its digits: `€ 5`, `USD 45`, `1.200 CHF`.
 *
 * @returns its code, or null when it names none, or a sign of several
 */
export function currencyIn(text: string): string | null {
  const match = written.exec(text);
  const mark = match?.[1] ?? match?.[2];
  if (mark === undefined) return null;
  return signs.get(mark) ?? (/^[A-Z]{3}$/.test(mark) ? mark : null);
}

/** "$" fits every dollar and no euro. */
export function fitsCurrency(text: string, currency: string): boolean {
  const code = currency.trim().toUpperCase();
  const named = currencyIn(text);
  if (named !== null) return named === code;
  if (text.includes('$'))
    return dollars.has(code) || !/^[A-Z]{3}$/.test(code) || code === 'ARS' || code === 'CLP';
  return true;
}
