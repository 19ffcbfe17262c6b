import { smallNumbers } from '../small-numbers.ts';

/** Which end of a ranking is meant. */
export type End = 'highest' | 'lowest' | 'best' | 'worst' | 'fastest' | 'slowest';

const low =
  /\b(?:lowest|least|fewest|few|smallest|shortest|weakest|quietest|minim\w*|reverse|bottom|last|tail|lower|ascending|asc|behind|trail\w*|lag\w*|foot|rear|weaker|less|fewer)\b|\bfrom (?:the )?(?:low|bottom|small|few)|\blow\w* to\b/i;

/** The end that words speak of. */
export function endOf(words: string): End {
  const own = /\b(best|worst|fastest|slowest|quickest)\b/i
    .exec(words.replace(/\b(?:outperform|outd|surpass)\w*/i, 'best'))?.[1]
    ?.toLowerCase();
  if (own === 'quickest') return 'fastest';
  if (own === 'best' || own === 'worst' || own === 'fastest' || own === 'slowest') return own;
  return low.test(words) ? 'lowest' : 'highest';
}

const was =
  '(?:is|are|was|were|has been|have been|stands?|stood|sits?|sat|came|come|comes|coming|ends?|ended|finish(?:es|ed)?|rank(?:s|ed)?|ranking|placed|land(?:s|ed)?|turned)(?: up| out| in)?';
const all =
  '(?:all(?: of)?(?: the)?(?: others?)?|any(?:one|body)?(?: others?| else)?|every(?:one|body)?(?: others?| else)?|the (?:others|rest|field|pack))';

const ofList =
  '(?: (?:of|in|on) (?:the |our )?(?:list|table|ranking|rankings|leaderboard|chart|standings|pack|pile))?';

/** Who comes first or last: everything that says so with a verb. "Leads" does where it is none of the records. */
export const takesPlace = [
  `(?:on top|ahead(?: of ${all})|behind ${all}|in front|in the lead|in (?:first|last) place|at the (?:very )?(?:top|bottom|head|tail end|lower end|upper end))${ofList}`,
  `${was} (?:the |our )?(?:biggest|largest|smallest|strongest|weakest|busiest|quietest|best|worst)`,
  `${was} (?:(?:right|clearly|still|also) )*(?:on top|first|last|highest|lowest|number one|number 1|no\\.? ?1|#1|top|leading|(?:in|at) the (?:very )?(?:lead|front|top|head|bottom|end|back|rear|foot|tail end|lower end|upper end|top end|bottom end)|in front|in (?:first|top|last) place|ahead(?: of ${all})?|behind ${all}|trailing|lagging(?: behind)?)${ofList}`,
  `(?:leads?|led|tops?|topped|heads?|headed|trails?|trailed)(?: (?:the )?(?:list|table|ranking|chart|field|pack|way|leaderboard|standings))?`,
  `(?:scores?|scored|ranks?|ranked|performs?|performed) (?:the )?(?:highest|best|most|lowest|worst|least|first|last)`,
  `(?:did|does|do) (?:the )?(?:best|worst)`,
  `(?:beats?|outperforms?|outperformed|outdid|outranks?|outranked|surpass(?:es|ed)?) ${all}`,
].join('|');

/** "Leads", which are records as well: whoever does so is asked for or told by a clause. */
export const isBareVerb = /^(?:leads?|led|heads?|tops?|trails?)$/i;

export const about =
  '(?:in|on|for|by|at|when it comes to|in terms of|as (?:to|regards)|regarding|measured by|judged by)(?: the)?(?: (?:list|ranking|table|leaderboard|chart) (?:of|for|by|in|on))?';

export const superlative =
  '(?:highest|lowest|largest|biggest|greatest|smallest|longest|shortest|fewest|least|most|best|worst|strongest|weakest|fastest|slowest)';

export const number = `(?:\\d{1,2}|${Object.keys(smallNumbers).join('|')})`;
/** A group as it may be said: checked against what is known. */
export const group = '(?:[a-z][a-z-]* ){0,2}?[a-z][a-z-]*';
export const polite =
  "(?:(?:please|pls|kindly|now|so|and|hey|hi),? |(?:can|could|would|will|may) (?:you|i|we) |(?:do )?you know |i(?:'d| would)? (?:want|like|need|love)(?: you to)? |(?:let me |to )?(?:tell|show|give|name|list|find|see|know|get|have|pick|identify)(?: me| us)?(?: out)? )*";
