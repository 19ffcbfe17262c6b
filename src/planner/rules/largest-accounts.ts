const count = '(?:\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twenty)';
const customers = '(?:customers?|accounts?|clients?)';
const largest = new RegExp(
  `^(?:(?:who|which|what)(?: are| is)? |list |show (?:me )?|give me )?(?<whose>my |our |the |all )*(?:(?<n>${count}) )?(?:largest|biggest) (?:(?<n2>${count}) )?${customers}(?<rest> .+)$`,
  'i',
);
const told =
  /^ (?:and|with|together with|plus|,) (?:(?:their|its|each one's) (?<figure>[^,?.!]+)|how (?<how>healthy|happy|satisfied) (?:they|it|those) (?:are|is)|how (?<how2>healthy|happy|satisfied) (?:are|is) (?:they|it|those))(?<end>[?.!]*)$/i;

const measured: Readonly<Record<string, string>> = {
  healthy: 'average health score',
  happy: 'average CSAT',
  satisfied: 'average CSAT',
};

/**
 * "Our five largest customers and how healthy they are": how large a customer is tells its revenue, and what is asked
 * besides ranks nobody.
 */
export function byTheirSize(text: string): string {
  const found = largest.exec(text)?.groups;
  const besides = told.exec(found?.['rest'] ?? '')?.groups;
  if (found === undefined || besides === undefined) return text;
  const how = (besides['how'] ?? besides['how2'] ?? '').toLowerCase();
  const figure = besides['figure'] ?? measured[how] ?? '';
  const whose = /\bmy\b/i.test(found['whose'] ?? text.slice(0, 30)) ? 'my ' : '';
  const n = found['n'] ?? found['n2'] ?? '10';
  return figure === '' || /^arr\b/i.test(figure)
    ? text
    : `${whose}ARR and ${figure.replace(/^health score$/i, 'average health score')} by account, top ${n}`;
}
