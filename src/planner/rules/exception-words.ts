/** Ways to say that something does not count. "Without" alone is left: what is without a record is another matter. */
const marker =
  "(?:leaving out|leave out|left out|setting aside|set aside|leaving aside|apart from|aside from|other than|with the exception of|excepting|except(?: for)?|excluding|excl\\.?|exclude|not (?:counting|including)|without counting|don't count|disregarding|disregard|ignoring|ignore|barring|minus(?! (?:(?:the )?(?:last|previous|prior)\\b|yesterday|[a-z]+s (?:opened|solved|closed|won|lost|converted|created|churned|raised|resolved)\\b))|without(?= (?:the ones|those|any of) )|(?:if|when) (?:i|we|you) (?:take out|leave out|exclude|ignore|set aside|take away|drop))";
const lead = '(?:(?:please|and|but|also|so|then|ok|okay|just)[, ]+)*';

/** "Apart from renewals, how many", "if I take out the how-to questions, what": the exception stands before the question. */
const before = new RegExp(
  `^${lead}${marker} (?<what>[^,:;.?!]+)[,:;.] (?:(?:please|then|so),? )*(?<rest>\\S.*?)\\s*(?<end>[?.!]*)$`,
  'i',
);
/** "Leave the billing tickets aside. Median time": said as a request of its own. */
const aside =
  /^(?:(?:please|and|but|just)[, ]+)*(?:leave|leaving|put|putting|set|setting|keep) (?<what>[^,:;.?!]+?) (?:aside|out|to one side|out of it)[,:;.] (?<rest>\S.*?)\s*(?<end>[?.!]*)$/i;
/** "Billing aside, how many", "how many, tickets aside". */
const nounAside = /^(?<what>(?:\S+ ){0,3}\S+) aside[,:;] (?<rest>\S.*?)\s*(?<end>[?.!]*)$/i;
const inside = new RegExp(`(?<=\\S),? (?:but )?${marker} (?=\\S)`, 'gi');
const everythingElse =
  / (?:for|of|in|on) (?:everything else|all (?:the )?(?:others?|rest)|the (?:rest|others))(?=\b)/i;

/** Every exception in one form, behind what is asked: "how many tickets excluding billing". */
export function inExceptionForm(text: string): string {
  const found = before.exec(text)?.groups ?? aside.exec(text)?.groups ?? nounAside.exec(text)?.groups;
  if (found === undefined) return text.replace(inside, ' excluding ');
  const { what = '', rest = '', end = '' } = found;
  return `${rest.replace(everythingElse, '')} excluding ${what}${end}`;
}
