import { pastOf } from './past-of.ts';
import { rephrased, type Turn } from './turn.ts';

/**
 * "Did we get more tickets than we solved last week": two figures of the same records, side by side. Whoever asks did both.
 */
function besideEachOther(text: string): string {
  const said =
    /^(?:did|do|have|has|are|were) (?<who>we|i|my team|our team|the team) (?:(?:now|already|still) )?(?<one>[a-z]+) (?:more|fewer|less) (?<noun>[a-z]+s) than (?:we|i|they|it|have|were)(?: have| had| were)? (?<other>[a-z]+)(?: (?:in|them))?(?<rest> .+)?$/i.exec(
      text.replace(/[?.!]+$/, ''),
    )?.groups;
  const { who = '', one = '', noun = '', other = '', rest = '' } = said ?? {};
  if (said === undefined || pastOf(one) === pastOf(other)) return text;
  const whose = /^i$/i.test(who) ? 'my ' : '';
  return `${whose}${noun} ${pastOf(one)} and ${whose}${noun} ${pastOf(other)}${rest}`;
}

const took: readonly (readonly [RegExp, string])[] = [
  [/^(?:solv|resolv|clos|fix|finish)/i, 'resolution time'],
  [/^(?:answer|repl|respond)/i, 'first response time'],
];

/** "Which topic takes me longest to resolve": its time by what is asked for, from that end on. */
function byTimeTaken(text: string): string {
  const said =
    /^(?:which|what) (?<by>(?!(?:agent|engineer|person|people|ticket|case|issue|request|chat|conversation|escalation|incident|deal|lead|one)s?\b)[a-z]+(?: (?!of\b)[a-z]+)?) (?:takes?|took|needs?|needed|requires?) (?<who>me |us |the team )?(?:the )?(?<end>longest|shortest|most time|least time)(?: time)? to (?<verb>[a-z]+)(?<rest>.*)$/i.exec(
      text,
    )?.groups;
  const { by = '', who = '', end = '', verb = '', rest = '' } = said ?? {};
  const figure = took.find(([pattern]) => pattern.test(verb))?.[1];
  if (said === undefined || figure === undefined) return text;
  const whose = /^me /i.test(who) ? 'my ' : '';
  const when = rest
    .replace(/[?.!]+$/, '')
    .replace(/^,? (?=(?:tickets|cases|conversations|chats) (?:opened|solved|closed|resolved)\b)/i, ' of ');
  const isHigh = /^(?:long|most)/i.test(end);
  // "Which categories take longest" are all of them in that order, "which category" is one.
  if (!/s$/i.test(by))
    return `which ${by} has the ${isHigh ? 'longest' : 'shortest'} ${whose}${figure}${when}`;
  return `${whose}${figure}${when} by ${by}, ${isHigh ? 'longest' : 'shortest'} first`;
}

const ends = 'last|latest|newest|most recent|oldest|first|next';

/** Ways to put a wish at the desk, whatever it is about. */
const turns: readonly Turn[] = [
  // "Tickets where I'm waiting": what follows is told of them. A property behind "where" is a condition.
  [/\b([a-z]+s) where (?=(?:i|we)(?:'m|'re| )(?!is\b))/gi, '$1 that '],
  // "Split my tickets by channel", "group last week's chats by agent".
  [/^(?:please )?(?:split|divide|group|slice)(?: up)? (?=\S.* by \S)/i, 'break down '],
  // "CSAT and number of responses": to the same survey.
  [
    /\b(csat|nps|ces)\b(.*?),? (?:and|with) (?:the )?(?:number|count) of (?:responses|answers|surveys)\b/gi,
    '$1$2 and $1 responses',
  ],
  // "By weekday and hour" is one scale of hours of the week, as in a heat map.
  [
    /\bby (?:week ?day|day of (?:the )?week) and (?:by )?hour(?: of (?:the )?day)?\b/gi,
    'by hour of the week',
  ],
  // "Which conversations got 1 or 2 stars", "who has rated me 5".
  [
    /\b(?:that |which )?(?:got|gets?|received|have|has|had|with|gave (?:me|us)|given|left) (?:only |just )?(\d(?: or \d)*)[ -]stars?\b/gi,
    'rated $1',
  ],
  [
    /^(?:who|which (?:customers?|accounts?|clients?)|(?:has|did) (?:any|some)(?:one|body))(?: has| have| had)? (?:rated?|scored?) (me|us)(?: with)?(?: an?)? (\d(?: or \d)*)(?! ?%)(?= |[?.!]|$)/i,
    '$1 surveys rated $2',
  ],
  [/^me surveys rated\b/i, 'my surveys rated'],
  [/^us surveys rated\b/i, 'surveys rated'],
  // "One-touch tickets" were solved with one reply.
  [/\b(?:one|single)[- ](?:touch|reply|response) (tickets|cases)\b/gi, '$1 solved with at most one reply'],
  // "Rank the team by CSAT, with the number of responses": the people in it.
  [
    /^(?:please )?(?:rank|order|sort) (?:the|my|our) (?:team|agents|engineers|people|reps)(?: members)? (?:by|on) ([^,]+?),? (?:with|and) (?:the |their )?([^,]+?)(?=[?.!]*$)/i,
    '$1 and $2 by agent, highest first',
  ],
  [
    /^(?:please )?(?:rank|order|sort) (?:the|my|our) (?:team|agents|engineers|people)(?: members)? (?:by|on) ([^,]+?)(?=[?.!]*$)/i,
    '$1 by agent, highest first',
  ],
  // "How full is my backlog", "how big is our pipeline": how much it is.
  [
    /^how (?:full|big|large|deep|long) (?:is|was|are|were) (?=(?:my|our|the) (?:\w+ )?(?:backlog|workload)\b)(?!.*\band how\b)/i,
    '',
  ],
  // "Who is the contact on my oldest ticket": that record, with what is asked of it.
  [
    new RegExp(
      `^(?:what|who|which)(?:'s| is| was| were| are) (?:the )?([a-z]+(?: [a-z]+)?) (?:of|on|for|in|behind) ((?:my|our|the) (?:${ends})(?! (?:\\d|two|three|four|five|ten|week|month|day|quarter|year)s?\\b) [^,]+?)(?=[?.!]*$)`,
      'i',
    ),
    '$2 with $1',
  ],
  // "Tickets I solved without a survey, last two weeks": when they were solved, said behind the comma.
  [
    /^(.+?\b(?:[a-z]+ed|won|lost|sent)\b.*?) ((?:without|with no|that (?:have|had|got) no) [^,]+?), ((?:(?:in|over|during|for) )?(?:the )?(?:last|past|previous|this|since|today|yesterday)\b[^,]*?)(?=[?.!]*$)/i,
    '$1 $3 $2',
  ],
  // "Messages that failed to deliver".
  [
    /\b(?:that |which )?fail(?:s|ed|ing)? to (?:be )?(?:deliver(?:ed)?|arrive|send|sent|reach|go out)\b/gi,
    'failed',
  ],
  // "Tickets mentioning failover": in what stands above them.
  [
    /\b((?:tickets?|cases?|escalations?|issues?|requests?)(?: of mine)?) (?:that )?(?:mention(?:s|ing)?|contain(?:s|ing)?|with the words?|talking about|saying) (?:the words? )?["“']?(?!a |an |any |no |more )([\w-]+(?: (?!this|last|since|in|from|for|by|and|or|today|on|with)[\w-]+){0,2})["”']?(?=[?.!,]|$| (?:this|last|since|in|from|for|by|today|on|with)\b)(?! in (?:its|the|their) (?:subject|title|headline))/gi,
    '$1 with "$2" in its subject',
  ],
  // "Do any of my tickets concern Quorum Vault".
  [
    /\b(?:concern|concerns|concerning|deal with|deals with|relate to|relates to|related to|regard) (?=(?:the )?["“]?\p{Lu})/gu,
    'about ',
  ],
];

/**
 * General constructions in which people at a desk ask: a clause behind "where", a ranking of the team, one property of the
 * newest record.
 */
export function inDeskWords(text: string): string {
  return rephrased(byTimeTaken(besideEachOther(text)), turns);
}
