import { rephrased, type Turn } from '../turn.ts';
import type { KnownWords } from './known-words.ts';

/** What a figure does, or we do with it: it says no more than "is". */
const turns: readonly Turn[] = [
  // "What win rate did we reach", "what CSAT have we achieved".
  [
    /^((?:.{3,30}, )?(?:what|which|how (?:high|low|good|much)(?: a| an)?)) (?!of\b)(\S.*?) (?:did|do|have|had|has) (?:we|you|our team|the team) (?:reach(?:ed)?|achieved?|hit|attain(?:ed)?|score[d]?|record(?:ed)?|manag(?:e|ed)|post(?:ed)?|see|seen|clock(?:ed)?|arrived? at|come in at)(?=[\s?.!,;]|$)/i,
    '$1 is $2',
  ],
  // "What value did CSAT have", "which number does ARR show".
  [
    /\b(?:what|which) (?:value|number|figure|level|score|reading) (?:did|does|do|has|had) (?:the |our )?(\S.*?) (?:have|show|take|reach|get|hit|stand at)(?=[\s?.!,;]|$)/i,
    'what is $1',
  ],
  // "How long was our resolution time", "how quick is first response time".
  [
    /^((?:.{3,30}, )?)how (?:long|short|quick|fast|slow) (?:is|are|was|were) (?=(?:the |our |my )?(?:\S+ ){0,4}?(?:time|duration|length|age)\b)/i,
    '$1what is ',
  ],
  // "How many do we have on record as created", "tickets that were added".
  [
    /\b(?:that )?(?:(?:do|did|does) (?:we|you) (?:have|hold|show) |(?:we|you) (?:have|hold) |(?:is|are|was|were) )?(?:on|in) (?:the |our )?(?:record|file|books|system|database)s?(?: as)?(?= (?:being )?(?:created|opened|raised|logged|new|solved|closed|won|lost|sent)\b)/gi,
    'were',
  ],
  [
    /\b(?:got|get|getting) (?=(?:created|opened|raised|logged|added|reported|solved|closed|resolved|escalated|reopened)\b)/gi,
    'were ',
  ],
  [
    /\b(how many|which|what|number of|count of) (.+?) (?:were|was|have been|got|are|has been) added\b(?! (?:to|by)\b)/gi,
    '$1 $2 were created',
  ],
  // "In the last 30 days: API calls?": when, and of what.
  [
    /^((?:in|on|during|for|over|since|from) [^:,?.!]{2,40}|(?:last|this|past) [a-z]+|yesterday|today): ([^:,?.!]+)[?.!]*$/i,
    '$2 $1',
  ],
  // "What's the tally of tickets", "the amount of tickets that we received": how many there are.
  [/\b(?:tally|quantity|total number|overall number|sheer number) of (?=[a-z])/gi, 'number of '],
  // Of what is sold "the amount" is money.
  [
    /(?<=^|\bthe )amount of (?=(?:new |incoming )?(?!deals|opps|opportunities|orders|sales|subscriptions|invoices|payments|renewals|discounts|credits|refunds|quotes)[a-z]+s(?: (?:that|which|we|in|last|this|since|today|yesterday|created|opened|received|over|during|from)\b|[?.!]*$))/gi,
    'number of ',
  ],
  [/\b(?:what|how much)(?:'s| is| was) the (?=number of )/gi, ''],
];

/** Each keeps the figure alone, and is left as it is where nothing of the kind is named. */
const ofFigures: readonly RegExp[] = [
  // "What was the level of win rate", "any number for CSAT", "the current state of SLA compliance".
  /^(?:(?:what|how)(?:'s| is| was| are| were) |(?:show|give|tell)(?: me| us)? |(?:is|are) there )?(?:the |any |some |our )?(?:current state|(?:current |latest |present )?(?:level|standing|reading|figures?|numbers|data|result|number(?= (?:for|on) ))) (?:of|for|on) (?:the |our )?(?<of>\S.*)$/i,
  // "What did our resolution time come to", "how did CSAT turn out", "where did win rate end up in October".
  /^(?<when>[^,]{3,30}, )?(?:what|how|where)(?: (?:high|low|much|well))? (?:did|does|do|has|have|had|is|was) (?:the |our )?(?<of>\S.*?) (?:c[ao]me to|amount(?:ed)? to|add(?:ed)? up to|sum(?:med)? up to|work(?:ed)? out (?:to|at)|r[au]n(?: up)? (?:to|at)|end(?:ed)? up|turn(?:ed)? out|c[ao]me out|pan(?:ned)? out|shape(?:d)? up|finish(?:ed)?|land(?:ed)?|clock(?:ed)? in|settled?|stood)(?: to be)?(?: at| on)?(?<rest>(?: .*)?)$/i,
  // "How good was the win rate", "how big is our pipeline".
  /^how (?:good|bad|well|strong|weak|healthy|big|small|low) (?:is|are|was|were) (?:the |our )?(?<of>(?!.* and (?:how|what|which|who)\b)\S.*)$/i,
  // "What kind of win rate did we have".
  /^(?:what|which) (?:kind|sort|type) of (?<of>\S.*?) (?:did|do|have|had) (?:we|you) (?:have|had|got|get|see|reach)(?<rest>(?: .*)?)$/i,
  // "How much won amount came in last week".
  /^how much (?<of>\S.*?) (?:came in|come in|did we (?:make|get|bring in|book|see|take in))(?<rest>(?: .*)?)$/i,
];

/** @param text a tidied question */
export function inPlainVerbs(text: string, known: KnownWords): string {
  const said = rephrased(text, turns);
  return ofFigures.reduce(
    (words, pattern) => {
      const { of = '', rest = '', when = '' } = pattern.exec(words.replace(/[?.!]+$/, ''))?.groups ?? {};
      return of !== '' && known.opensWithMetric(of) ? `${when}${of}${rest}` : words;
    },
    inRecords(said, known),
  );
}

/** "Ticket intake", "popped up", "how many did we add": records come in in many ways. */
function inRecords(text: string, { isRecord }: KnownWords): string {
  return text
    .replace(/\b(how many|number of|count of) (?:different|distinct|unique) (?=[a-z])/gi, '$1 ')
    .replace(/\b([a-z]+) (?:intake|inflow|influx)\b/gi, (all, record: string) =>
      isRecord(record) ? `number of ${record}s created` : all,
    )
    .replace(
      /\b(how many [a-z]+) (?:(?:were|got|have been) registered|(?:popped|turned|cropped|showed) up|(?:rolled|poured|flowed|trickled|streamed|flooded) in)\b/gi,
      '$1 came in',
    )
    .replace(
      /\b(how many [a-z]+ (?:did|have|do) (?:we|i)) (?:end up with|add|added|ended up with)\b/gi,
      '$1 get',
    )
    .replace(
      /^(?:the )?sum of (?:all )?(?:the |our )?([a-z]+) (?=(?:that |which )?(?:came|were|got|arrived|we)\b)/i,
      (all, record: string) => (isRecord(record) ? `number of ${record} ` : all),
    );
}
