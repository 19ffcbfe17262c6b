/** A question about texts, as the list whose texts it takes. */
export interface SummaryForm {
  /** A question for records: "list tickets of Acme this week". */
  readonly listQuestion: string;
}

const polite = '(?:please |kindly |can you |could you |would you |heed,? |hey,? |hi,? )*';
const asksSummary = new RegExp(
  `^${polite}(?:summari[sz]e|sum up|recap|tl;?dr(?: of|:)?|digest|(?:give|show|get|write) (?:me |us )?a(?: quick| short| brief)? (?:summary|recap) of|(?:a |the )?(?:summary|recap) of)\\s+(?:what (?:is|was|happened) in )?(?<records>.+?)(?: please)?[?.!\\s]*$`,
  'iu',
);
const happened = new RegExp(
  `^${polite}(?:(?:tell|show) (?:me|us) )?what(?:(?:'s|s| is| has| have| was)? (?:been )?(?:happened|happening|going on|went wrong|goes on|up)) (?:in|with|on|to|at|about) (?<records>.+?)[?.!\\s]*$`,
  'iu',
);
/** "What does CE-1041 say about the hot shard": it is read as a whole. */
const says = /^what (?:does|do|did) (?<records>\S+) (?:say|tell(?: us| me)?)(?: .+?)?[?.!\s]*$/iu;
const complains =
  /^what(?: is| are|'s| was| were| has| have| do| does| did)? (?<who>.+?) (?:been )?(?:complain(?:ing|s|ed)?|unhappy|upset|angry|annoyed) (?:about|of|with)(?<rest>.*?)[?.!\s]*$/iu;
const complaints =
  /^what (?:are|were) (?<who>.+?)(?:'s|')? (?:main |biggest |top )?complaints(?: about)?(?<rest>.*?)[?.!\s]*$/iu;

const code =
  /^(?:the )?(?:(?:customer )?(?:escalation|ce|ticket|case|issue) )?(?:#\s?)?(?:[A-Za-z]{2,}-\d+|\d+)$/iu;
const records = /\b(?:tickets?|cases?|escalations?|requests?|issues?|ces)\b/iu;
const everybody =
  /^(?:(?:our |the |all |my )?(?:customers?|clients?|accounts?|people|users?|everyone|everybody)|they|folks)$/iu;

/**
 * Recognises questions that want to know what was written: "what is Acme complaining about?", "summarise the last 5
 * tickets of Halden", "what happened in CE-1043?". What the rest means is for the rules to find out.
 *
 * @param text a tidied question
 */
export function findSummaryForm(text: string): SummaryForm | null {
  const summary = asksSummary.exec(text)?.groups?.['records'];
  if (summary !== undefined) return recordsForm(summary);
  // "What happened last week" asks for figures: only records by name or by noun have a story.
  const story = happened.exec(text)?.groups?.['records'];
  if (story !== undefined) return recordsForm(story);
  const told = says.exec(text)?.groups?.['records'];
  if (told !== undefined && code.test(told)) return recordsForm(told);
  const complaint = (complains.exec(text) ?? complaints.exec(text))?.groups;
  const who = complaint?.['who'];
  if (who === undefined) return null;
  const rest = complaint?.['rest'] ?? '';
  return { listQuestion: everybody.test(who) ? `list tickets${rest}` : `list tickets of ${who}${rest}` };
}

function recordsForm(words: string): SummaryForm | null {
  const bare = words.replace(/^(?:all |all of )?(?:the )?/iu, '');
  if (code.test(words)) {
    const named = /^\d|^#/.test(bare) ? `ticket ${bare.replace(/^#\s?/, '')}` : bare.replace('#', '');
    return { listQuestion: `list ${named}` };
  }
  if (!records.test(bare)) return null;
  return { listQuestion: `list ${bare.replace(/\b(?:last|latest|most recent) (?=\d+ )/iu, 'newest ')}` };
}
