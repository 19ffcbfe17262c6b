import { rephrased, type Turn } from './turn.ts';

const number = '(#?\\d{5,}|[a-z]{2,3}-\\d{2,})';
const ticket = '#?(\\d{5,})';
const noun = '(?:the )?(?:ticket |case |escalation )?';
const end = '(?=\\s*[?.!]*$)';
const customer = '(?:customer|client|requester|company)';
const state = '(?:open|closed|solved|resolved|pending|on hold|new|done|fixed|active|unassigned)';

/**
 * What is asked about one record by its number: the record, with what is asked of it. Whether it is still open or mine is
 * no condition that would leave it out.
 */
const turns: readonly Turn[] = [
  // "And where does it stand", "what's the latest on it".
  [
    new RegExp(
      `(?<=${number}.*?),? (?:and )?(?:where does (?:it|that) stand|how does (?:it|that) stand|how is it (?:going|doing)|what(?:'s|s| is) (?:its|the) (?:status|state)|what(?:'s|s| is) the latest(?: on (?:it|that))?)${end}`,
      'gi',
    ),
    '',
  ],
  // "Is 00011849 still open or", "00011854 mine or somebody else's", "is CE-1044 resolved yet".
  [
    new RegExp(
      `^(?:(?:is|was|has) )?${noun}${number} (?:(?:still|already|now|been|yet) )*(?:${state}|mine|with me|assigned to me|one of mine|in my queue)(?: yet| now| already)?(?: or\\b.*)?${end}`,
      'i',
    ),
    '$1 status',
  ],
  // "Who opened 00011852 and at which company are they".
  [
    new RegExp(
      `^who (?:opened|raised|filed|reported|submitted|logged|created|sent) ${noun}${ticket}(?:,? and (?:(?:at|from|for|of|with) )?(?:which|what) ${customer}(?: (?:are|is|do) they(?: (?:at|from|with|work for))?)?)?${end}`,
      'i',
    ),
    'ticket $1 with contact and account',
  ],
  // "What is 00011852 about and who did it come from".
  [
    new RegExp(
      `^what(?:'s|s| is| was) ${noun}${ticket} (?:all )?about(?:,? and (?:who|whom|which ${customer}) (?:did it come from|does it come from|is it from|was it from|it came from|opened it|sent it))?${end}`,
      'i',
    ),
    'ticket $1 with subject, contact and account',
  ],
  // "Was 00011849 solved within SLA", "did 00011849 make its SLA".
  [
    new RegExp(
      `^(?:was|were|has|did|is) ${noun}${number} (?:been )?(?:solved|closed|resolved|answered|replied to|handled|make|meet|made|met|keep|hit)(?: (?:within|in|inside|on))?(?: (?:its|the|our))? (?:slas?|targets?|deadlines?)${end}`,
      'i',
    ),
    'sla clocks of $1',
  ],
  // "Did the customer on 00011847 ever rate us".
  [
    new RegExp(
      `^(?:did|has) (?:the |our )?(?:${customer}|they|anyone|anybody)(?: (?:on|of|in|for|from|behind))? ${noun}${ticket}(?: (?:ever|already|yet))? (?:rate|rated|score|scored|review|reviewed|given|give|leave|left|answer|answered)(?: (?:us|me|it|a|an|any|the|feedback|rating|score|csat|survey|review))*${end}`,
      'i',
    ),
    'survey responses of ticket $1',
  ],
  [
    new RegExp(
      `^(?:how|what) (?:did|was) (?:the )?(?:${customer}|they) (?:rate|score|rating of|score of) ${noun}${ticket}${end}`,
      'i',
    ),
    'survey responses of ticket $1',
  ],
  // Not its contract: what the record itself says.
  [
    new RegExp(
      `(?<=${number}.*?)\\bthe plan\\b(?= |,|[?.!]|$)|\\bthe plan\\b(?= (?:on|for|with|of|about) ${noun}${number})`,
      'gi',
    ),
    'the action plan',
  ],
];

const named = new RegExp(`(?<![\\w-])${number}(?![\\w-])`, 'i');

/** @param text a tidied question */
export function aboutOneRecord(text: string): string {
  if (!named.test(text)) return text;
  return rephrased(text, turns);
}
