import { rephrased, type Turn } from './turn.ts';

const clocks = '(?:sla )?clocks';
const percent = '(?:percent(?:age)?|per cent|share|%|proportion|part|fraction|how many percent)';
const period =
  '((?:this|last|(?:in |during |over )?the (?:last|past|previous|current))(?: \\d+)? (?:days?|weeks?|months?|quarters?|years?)|yesterday|today|in [a-z]+)';
const group =
  ',?(?: (?:split|grouped|broken down))? (?:by|per|for (?:each|every)|in (?:each|every)) ((?:ticket )?(?:priority|team|agent|channel|segment|region|tier|account|customer|category))';

/** Shares of clocks, whichever way round they are told. */
const shares: readonly Turn[] = [
  [
    new RegExp(
      `^(?:(?:what|which|show(?: me)?|calculate|give me|for each [a-z]+,?|of all|the|of|:) ?)*${percent}(?: in percent)? of (?:all )?(?:the )?${clocks},?(?: (?:that|which))?(?: were| was| have been)? started ${period},? (?:has been |have been |was |were |is |are |ended up |got |that (?:were|got) )*(?:breached|breaching|missed)${group}[?.! ]*$`,
      'i',
    ),
    'breach rate of sla clocks started $1 by $2',
  ],
  [
    new RegExp(`^${percent} of ${clocks} (?:breached|missed), started ${period}${group}[?.! ]*$`, 'i'),
    'breach rate of sla clocks started $1 by $2',
  ],
  [
    new RegExp(
      `^${clocks} (?:that )?started ${period}: (?:breached|missed) (?:percentage|share|rate)${group}[?.! ]*$`,
      'i',
    ),
    'breach rate of sla clocks started $1 by $2',
  ],
  [
    new RegExp(
      `^of (?:all )?(?:the )?${clocks} (?:that |which )?(?:were )?started ${period},? (?:how many|what) ${percent} (?:have been |were |was |got )?breached${group}[?.! ]*$`,
      'i',
    ),
    'breach rate of sla clocks started $1 by $2',
  ],
  [
    new RegExp(
      `^(?:calculate )?(?:for (?:each|every) ([a-z]+),? )?(?:show |calculate )?(?:the |what )?${percent} of (?:the )?(?:breached ${clocks} among the ${clocks} (?:which|that)|${clocks} that were) started ${period}(?: breached)?[?.! ]*$`,
      'i',
    ),
    (said, by: string | undefined, when = '') => {
      const at = by ?? /\bfor (?:each|every) ([a-z]+)/i.exec(said)?.[1];
      return `breach rate of sla clocks started ${when}${at === undefined ? '' : ` by ${at}`}`;
    },
  ],
];

/** Hours of agents, the other way round. */
const hours: readonly Turn[] = [
  [/\btime (active|idle|away) (?=(?:by|per|of|for each) (?:agent|person|engineer)s?\b)/gi, '$1 time '],
  [
    /\b(which|what) ([a-z]+) have (?:nobody|no one|no owner)(?: on (?:them|it))?(?=[?.! ]*$)/gi,
    '$2 without an owner',
  ],
  [
    /^who has the (least|most) (?:work|to do|on (?:their|his|her) plate)(?: right now| now| at the moment)?[?.! ]*$/i,
    (_said, end = '') => `agents by weighted workload, ${/least/i.test(end) ? 'lowest' : 'highest'} first`,
  ],
  [
    /\b((?:accounts|customers|clients)) (?:that |which )?(?:lost|losing|dropped) (?:the most )?health(?: score)?(?= (?:this|last|in|since|over)\b|[?.! ]*$)/gi,
    '$1 that lost the most health points',
  ],
];

const due =
  '(?:due|falls? due|comes? due|runs? out|expires?|hits? (?:its|the) (?:deadline|target)|is due|has its deadline|that falls due|ends?)';

/** Clocks of tickets that run out. */
const deadlines: readonly Turn[] = [
  [
    new RegExp(
      `^(?:list |show(?: me)? |give me |which |what )?(?:the |all |every )?tickets?,? (?:have |with |whose |for which |that have |has )?(?:an? |the )?(?:running )?sla(?: clock)?(?: (?:still )?(?:running|ticking))?,? (?:and |that |which |with )?(?:a )?(?:is )?${due}(?: time| date)? (?:in|within|no (?:more|later) than) (?:the )?(?:next |coming )?(\\d+) hours?(?: from now)?[?.! ]*$`,
      'i',
    ),
    'tickets with an SLA clock due in the next $1 hours',
  ],
  [
    /^(?:within|in) the (?:next|coming) (\d+) hours,? (?:on |for |of )?(?:which|what) tickets (?:does|is|do|has) an? (?:running )?sla clock (?:fall due|due|run out|come due|expire)[?.! ]*$/i,
    'tickets with an SLA clock due in the next $1 hours',
  ],
];

/** How something was rated, and how often. */
const ratings: readonly Turn[] = [
  [
    /(?:,| and)*(?: (?:that|which))?(?: (?:were|was|got|been))? (?:escalated|handed over|passed(?: up| on)?) to (?:a |an )?(?:human|person|live agent)\b(?: agent)?,?/gi,
    ' escalated to a human',
  ],
  [
    /\bnps (?:responses|answers|surveys) (?:(?:that |which )?(?:were|was|are|came from) )?detractors?(?:,? (?:i e|ie|that is)?,? ?(?:scored |scores? |at most )?(?:of )?(?:at most 6|0 ?(?:-|–|to) ?6))?/gi,
    'NPS detractors',
  ],
  [
    /\bnps (?:responses|answers|surveys) (?:(?:that|which) )?(?:with (?:an? )?)?(?:scores?|scored|rated|ratings?) (?:of |from |between )?0 ?(?:-|–|to|and|through) ?6\b/gi,
    'NPS detractors',
  ],
  [/\b(?:nps )?detractors?(?: responses)? \(?(?:scores? )?(?:of )?0 ?(?:-|–|to) ?6\)?/gi, 'NPS detractors'],
  [/\b(?:nps )?detractors?,? (?:scored |with )?at most 6\b/gi, 'NPS detractors'],
  [/\bhow many nps detractors\b/gi, 'number of NPS detractors'],
  [
    /\b(conversations|chats)\b(.*?) (?:and |, )?(?:(?:that|which) )?(?:got |has |have |had |with |received |ended up with |the customer rated with )+(?:an? )?csat(?: (?:score|rating))?(?: of)? (at (?:most|least) \d)/gi,
    '$1$2 with a rating of $3',
  ],
  [/\b(conversations|chats)\b(.*?), csat (at (?:most|least) \d)/gi, '$1$2 with a rating of $3'],
  [
    /\btickets ((?:that )?(?:were |we )?solved (?:this|last|in the (?:last|previous)) [a-z]+) (?:that |and |which )?(?:the customer gave |received |got |with |has |have |and )+(?:an? )?csat(?: (?:response|survey))?(?: (?:score|rating|scored))?(?: of)? (at (?:most|least) \d)/gi,
    'tickets $1 with csat score of $2',
  ],
];

/** From which moment to which something took. */
const lengths: readonly Turn[] = [
  [
    /\b(?:start|open|opening|opened)[- ]to[- ](?:resolution|resolved|close|closed|solved|finish|end) (?:time|duration|length)\b/gi,
    'resolution time',
  ],
  [
    /\b(?:duration|time|length)(?: (?:it took|that it took))?,? ?(?:\(?(?:from|between|measured from) )?(?:their |the |its )?(?:start|opening|creation|begin(?:ning)?)(?: date)? (?:to|until|till|and|through) (?:their |the |its )?(?:resolution|close|closing|solution|end)\)?,?/gi,
    'resolution time',
  ],
  [/\btime it (?:took|takes|has taken) to (?:resolve|solve|close) (?:the |our )?/gi, 'resolution time of '],
  [/\bresolution time of (?=(?:by|per|for (?:each|every)|,)\b)/gi, 'resolution time '],
  // "Avg resolution time per priority, customer escalations resolved last quarter".
  [
    /^((?:average|avg|mean|median|total|number of|p90)\b[^,:]*?) (?:by|per|for each) ([a-z]+(?: [a-z]+)?), (?:only )?((?:[a-z]+ )?(?:tickets|cases|incidents|escalations|conversations|deals|orders|subscriptions|messages)) (?:(?:that|which) (?:were |was )?)?((?:opened|solved|resolved|closed|created|started|won|lost|sent) .+?)[?.! ]*$/i,
    '$1 of $3 $4 by $2',
  ],
  [
    /^((?:average|avg|mean|median|total|number of|p90)\b[^,:]*?), (?:only )?((?:[a-z]+ )?(?:tickets|cases|incidents|escalations|conversations|deals|orders|subscriptions|messages)) (?:(?:that|which) (?:were |was )?)?((?:opened|solved|resolved|closed|created|started|won|lost|sent) .+?)[?.! ]*$/i,
    '$1 of $2 $3',
  ],
  // "For incidents resolved last month, what is the mean time to resolution?"
  [
    /^for (?:all |the )?((?:[a-z]+ )?(?:tickets|cases|incidents|escalations|conversations|deals|orders|subscriptions|messages) (?:opened|solved|resolved|closed|created|started|won|lost|sent) [a-z ]+?),? (?:what (?:is|was|are|were)|show(?: me)?|give me|tell me) (?:the )?((?:average|avg|mean|median|total|number of)\b[^,?.!]*)[?.! ]*$/i,
    '$2 of $1',
  ],
  // "Take the escalations we resolved last quarter and show the mean resolution time by priority".
  [
    /^take (?:all |the |all the |our )?(.+?),? and (?:then )?(?:show|average|give|compute|calculate|work out|tell)(?: me)? (?:the |their )?(.+?)(?: (?:by|per|for each) ([a-z ]+?))?[?.! ]*$/i,
    (said, rows = '', figure = '', by?: string) =>
      `${/\band (?:then )?average /i.test(said) ? 'average ' : ''}${figure} of ${rows}${by === undefined ? '' : ` by ${by}`}`,
  ],
];

const someone = "(\\p{Lu}\\p{L}+(?: \\p{Lu}[\\p{L}'-]+)?)";

/** Whose rows, told before or behind them. */
const owners: readonly Turn[] = [
  [
    new RegExp(
      `^${someone}, ((?:un(?:re)?solved |open |my )?(?:tickets|cases|conversations|chats|deals|opportunities|leads)\\b.+?)(?:, list)?[?.! ]*$`,
      'u',
    ),
    '$2 of $1',
  ],
  [new RegExp(`^assignee ${someone}, (.+)$`, 'iu'), 'tickets assigned to $1, $2'],
  [
    /^(unresolved|unsolved|open) (tickets|cases|conversations|chats) ((?:that |which )?(?:were )?(?:opened|started) (?:this|last) [a-z]+) with (\p{Lu}\p{L}+ \p{Lu}\p{L}+) as (?:the )?agent(?: and are still)?/iu,
    '$1 $2 of $4 $3',
  ],
  [/\bon (\p{Lu}\p{L}+ \p{Lu}\p{L}+)'s (?:plate|desk|list|name)\b/gu, 'of $1'],
];

/** What is missing. */
const missing: readonly Turn[] = [
  [
    /,? (?:(?:that|which|and) )?(?:(?:with|have|has|having|where|for which|whose|of which) )?(?:(?:nobody|no one) (?:has )?(?:filled|filling|fill) in (?:the |a )|(?:a )?blank |(?:an )?empty |no |the |without (?:a )?|nothing as )(root cause|action plan|impact|next step)(?: (?:was|is|has been|were))?(?: (?:noted|missing|empty|blank|filled in|given|recorded|entered|left blank))?(?=[?.!,]|$)/gi,
    ' without a $1',
  ],
  [/,? with nobody filling in (?:the|a) (root cause|action plan)\b/gi, ' without a $1'],
  [
    /\b(customers|accounts)(?: (?:who|that|which|for whom|with whom|whose))?,? (?:have not|haven't|has not|hasn't|did not|didn't|no one) (?:logged|signed) in(?: even once| once| at all)? (?=(?:in|over|within|during|for|since)\b)/gi,
    '$1 without logins ',
  ],
  [
    /^who (?:hasn't|has not|didn't|did not) (?:logged|log|signed) in(?: even once| once| at all)? (in|over|within|during|for|since) (.+?)(?:[?.,] ?(?:customers|accounts)(?: please| only)?)?[?.! ]*$/i,
    'customers without logins $1 $2',
  ],
  [
    /\b(customers|accounts) (?:for whom|with) no logins? (?:was|were|has been|have been)?(?: recorded)? ?(?=(?:in|over|within|during)\b)/gi,
    '$1 without logins ',
  ],
  [
    /\b(customers|accounts) whose (?:total )?(?:number of )?logins (?:(?:in|over|within|during) )?(.+?) (?:is|was|were|are|equals) (?:zero|0|nil)\b/gi,
    '$1 without logins in $2',
  ],
  [
    /^(?:which |what |list |show me )?(?:the )?products (?:did not|didn't|were not|weren't|have not|haven't) (?:sell|sold|been sold|be sold|sold once)(?: at all| even once| once)?,? /i,
    'products without sales ',
  ],
  [
    /^(?:which |what )?products (?:did )?(?:nobody|no one|no customer) (?:bought|buy|ordered|order|purchased)(?: at all)? /i,
    'products without sales ',
  ],
  [
    /\bproducts (?:for which there (?:was|were) no sales?|without (?:a single|any|one|even one) sales?|with(?:out)? (?:not )?a single sale|whose (?:number of )?sales(?: transactions)?)\b/gi,
    'products without sales',
  ],
  [/\bproducts without sales (.+?) (?:was|were|is) (?:zero|0|nil)\b/gi, 'products without sales $1'],
];

/** Agents and how they spent their time. */
const presence: readonly Turn[] = [
  [
    /^(?:which |what |list |show(?: me)? |give me |who (?:sat|was|were)|every |all |the )*(?:the |all |every )*(?:agents?|engineers?|people)? ?(?:who|that)? ?(?:sat |were |was |spent |have been |has been |had been )*(?:(idle|away|active) )?(?:for )?(more than|over|longer than|at least|above) (\d+) hours?(?: (?:altogether|in total|in sum|all in all|overall))?(?: (idle|away|active))?(?: (?:altogether|in total|in sum|all in all|overall))? (yesterday|today|this week|last week|last month|this month)(?:[?.,] ?agents(?: only| please)?)?[?.! ]*$/i,
    (said, one: string | undefined, how = '', n = '', two: string | undefined, when = '') => {
      const state = one ?? two;
      return state === undefined
        ? said
        : `agents with ${state.toLowerCase()} time over ${n} hours ${when}`.replace(
            'over',
            /least/i.test(how) ? 'of at least' : 'over',
          );
    },
  ],
  [
    /\bagents (?:that|who|which)? ?idled (?:for )?(?:more than|over|longer than) (\d+) hours(?: in (?:sum|total))? (yesterday|today|last week|this week)\b/gi,
    'agents with idle time over $1 hours $2',
  ],
  [
    /\bagents with more than (\d+) hours of (idle|away|active) time(?: in total)?(?: (yesterday|today|last week|this week))?/gi,
    'agents with $2 time over $1 hours $3',
  ],
  [/^(yesterday|today|last week): (?:show |list )?(?:the )?(agents with .+?)[?.! ]*$/i, '$2 $1'],
  [
    /\bagents whose (idle|away|active) time (yesterday|today|last week) (?:added up to|came to|totalled|summed up to|was|amounted to) (?:more than|over|above) (\d+) hours/gi,
    'agents with $1 time over $3 hours $2',
  ],
];

export const inServiceFrames = (text: string): string =>
  rephrased(text, [
    ...hours,
    ...presence,
    ...missing,
    ...ratings,
    ...lengths,
    ...shares,
    ...deadlines,
    ...owners,
  ]);
