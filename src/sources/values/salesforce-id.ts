/**
 * Salesforce shows an id with 15 case-sensitive characters in reports and with 18 in exports; the last three are a
 * checksum of the capitals (Salesforce Help 000385585). Both name the same record, so the longer form is used.
 *
 * @returns the text itself when it is not shaped like an id
 */
export function canonicalSalesforceId(text: string): string {
  const id = text.trim();
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id)) return id;
  const base = id.slice(0, 15);
  return base + [0, 5, 10].map((start) => checksum(base.slice(start, start + 5))).join('');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

function checksum(five: string): string {
  let bits = 0;
  for (let index = 0; index < 5; index += 1) {
    if (/[A-Z]/.test(five.charAt(index))) bits |= 1 << index;
  }
  return alphabet.charAt(bits);
}
