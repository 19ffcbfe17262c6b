import { rephrased, type Turn } from './turn.ts';

const rows =
  '(?:tickets?|cases?|deals?|opportunit(?:y|ies)|opps|escalations?|customer escalations?|incidents?|conversations?|chats?|messages?|leads?|orders?|subscriptions?|customers?|accounts?|clients?|agents?|engineers?|reps?|sales reps?|products?|partners?|campaigns?)';
const named = `((?:[a-z-]+ ){0,3}?${rows})`;
const plural = (noun: string): string => (/s$/i.test(noun) ? noun : noun.replace(/y$/i, 'ie').concat('s'));
const give = '(?:please )?(?:show|give|list|name|find|get|tell|bring|pull)(?: me)?(?: up)?';

const bound = '(more than|over|longer than|at least|less than|under|at most)';
const length = '(\\d+ (?:hours?|days?|weeks?|minutes?))';
const fromOpening =
  '(?:counted )?(?:from|since|after|between) (?:(?:opening|start|the start|the day|when|it|they|their|its|was|were|had been|been|opened|started|creation)[ ,]*)+(?:(?:to|until|till) (?:the |being |they were |it was |they got |their |its )*(?:solved|resolved|resolution|solution|solving|closing|end|closed))?';

/** The noun of what happened on a date, as its verb: "with a solve date in last week". */
const deedOf: readonly (readonly [RegExp, string])[] = [
  [/open|creat|start|rais|begin/i, 'opened'],
  [/solv/i, 'solved'],
  [/resol/i, 'resolved'],
  [/clos/i, 'closed'],
  [/end/i, 'ended'],
];
const deed = (said: string, noun: string): string => {
  const verb = deedOf.find(([one]) => one.test(said))?.[1] ?? said;
  return verb === 'opened' && /campaign|incident/i.test(noun) ? 'started' : verb;
};

/** Rows of which some are named: no grouping by a name. */
export const outOf: Turn = [
  new RegExp(
    `^(?:out of|of|from|among|amongst|from among) (?:all |the |all the |our )?${named}\\b([^,]*?), (?:${give}|which|what)(?: me)? ?(?:all |only )?(?:the ones|those|ones)?(?: are)? ?(?=(?:that|which|who|whose|with|without|having|of|in|on|from|where|for)\\b)`,
    'i',
  ),
  'list $1$2 ',
];

/** What a list is asked for with, and of which rows it is. */

const requests: readonly Turn[] = [
  outOf,
  // "Tickets we solved": who did it is told by whom they belong to.
  [
    new RegExp(
      `(\\b${rows}) (?:that |which )?(?:we|we've|we have|our team|the team) (?:have |had |has )?(solved|resolved|closed|opened|won|lost|cancelled|sold|sent|received)\\b`,
      'gi',
    ),
    '$1 $2',
  ],
  [
    /\b(?:tickets|deals|conversations|incidents|cases|customers|accounts)\b[^?.!]*? having (?=(?:more|less|fewer|at|over|under|no|a|an)\b)/gi,
    (said) => said.replace(/ having $/i, ' with '),
  ],
  // "Show me every ticket we solved", "give me any account that …".
  [
    new RegExp(`^${give} (?:each and every|every single|every|each|any) ${named}\\b`, 'i'),
    (_said, noun = '') => `list ${plural(noun)}`,
  ],
  [
    new RegExp(
      `^${give} (?:us )?(?:the list of|a list of)? ?(?:all |all the |the |our )?(?=${named}\\b)`,
      'i',
    ),
    'list ',
  ],
  [
    new RegExp(
      `^(?:i (?:need|want|would like|'d like)(?: to see)?) (?:the list of|a list of)? ?(?:all |all the |the |our )?(?=${named}\\b)`,
      'i',
    ),
    'list ',
  ],
  // "…, which tickets are these?"
  [
    new RegExp(
      `^(.+?): (?:which|what) ${named} (?:are|were|is) (?:these|those|they|this|that|it)[?.! ]*$`,
      'i',
    ),
    (_said, conditions = '', noun = '') => `${noun} ${conditions}`,
  ],
  // "With an opening date in this week", "whose resolution fell in the last month", "with a start within the past 30 days".
  [
    new RegExp(
      `\\b${named}\\b((?: (?!with\\b|whose\\b)[\\w'-]+){0,4}?) (?:with (?:an? |the |their )?|whose |for which (?:the )?|where (?:the )?)(open(?:ing|ed)?|creation|creat(?:e|ed)|start(?:ing|ed)?|solv(?:e|ed|ing)|resolution|resolved|clos(?:e|ed|ing|ure)|end(?:ing)?)(?: (?:date|time|day))?(?: (?:falls?|fell|is|was|lies|lay))? ?(?:in|within|during|on|of) (?:the )?(?=(?:this|last|past|previous|current|january|february|march|april|may|june|july|august|september|october|november|december|year|month|q[1-4])\\b)`,
      'gi',
    ),
    (said, noun = '', more = '', date = '') =>
      /deal|opportunit|opp\b|opps/i.test(noun) && /clos/i.test(date)
        ? said
        : `${noun}${more} ${deed(date, noun)} `,
  ],
  [/\b(?:this|the) current (week|month|quarter|year)\b/gi, 'this $1'],
  // "That they be solved is missing": no such date yet.
  [
    /,? (?:(?:that|which|who) )?(?:are|is|have|has|remain|remains|stay|stays)? ?(?:still )?(?:not|n't) (?:yet )?(?:been )?(solved|resolved)(?: yet| so far| as of now| to date)?(?=[\s,?.!]|$)/gi,
    ' un$1',
  ],
  [
    /,? (?:(?:that|which|who) )?(?:are |is |have |has |still |yet )*(?:waiting|left|outstanding|remaining|yet|due|still) to be (solved|resolved)\b/gi,
    ' un$1',
  ],
  [/,? (?:(?:that|which) )?(?:remain|remains|are still|stay|are|is) (unresolved|unsolved)\b/gi, ' $1'],
  [
    /,? (?:whose|with|the) resolution (?:is |being )?(?:still )?(?:outstanding|missing|pending|open)\b/gi,
    ' unresolved',
  ],
  [
    /,? (?:(?:that|which|and) )?(?:with|have|has|having|without)? ?(?:no|any|a|without a) (resolution|solution)(?: (?:yet|so far|as of now|to date))?(?=[\s,?.!]|$)(?! time)/gi,
    (said, what = '') =>
      /\b(?:no|without)\b/i.test(said)
        ? /sol/i.test(what) && /^solution/i.test(what)
          ? ' unsolved'
          : ' unresolved'
        : said,
  ],
  // "Incidents unresolved": what they are stands before them.
  [
    new RegExp(
      `(?<![\\w'])((?:(?!(?:the|many|all|which|what|how|our|my|list|show|every|any|those|of|and|with)\\b)[a-z]+ )?${rows})((?: (?!un(?:re)?solved)[\\w'.-]+){0,6}?),? (?:and )?(?:are )?(unresolved|unsolved)(?=[\\s,?.!]|$)`,
      'i',
    ),
    (said, noun = '', more = '', state = '') =>
      /\b(?:or|by|un(?:re)?solved|which|what)\b/i.test(noun) ? said : `${state} ${noun}${more}`,
  ],
  [
    /\bsorted from the (oldest|newest|longest|shortest|highest|lowest)(?: [a-z]+)? to the (?:oldest|newest|longest|shortest|highest|lowest), (?:which |what )?(.+?)[?.! ]*$/i,
    '$2, $1 first',
  ],
  [
    /,? (?:beginning|starting|headed) (?:with|by|from) the (?:one that (?:started|was opened|opened|began) )?(earliest|oldest|newest|latest|longest-running|longest)(?: one| started| opened)?(?=[?.! ]*$)/i,
    ', $1 first',
  ],
  [
    /[,?.;]? (?:put |with |listed with |and put )?the (earliest|oldest|newest|latest|longest|longest-running)(?: started| opened| running)?(?: ones?)? (?:on|at the) top\b/gi,
    ', $1 first',
  ],
  [/, (?:earliest|longest-running|longest running) first\b/gi, ', oldest first'],
  // "Neither solved nor replied to", "still waiting for a first reply".
  [
    /,? (?:(?:that|which) )?(?:are |is |were )?neither (solved|resolved) nor (?:replied to|answered)(?: for (?:a|the) first time)?(?=[\s,?.!]|$)/gi,
    ' un$1 without a first reply',
  ],
  [
    /,? (?:and )?(?:(?:that|which) )?(?:(?:are|is) )?(?:still )?(?:wait|waits|waiting|await|awaiting)(?: for)? (?:an?|the|their|its) (?:first )?(?:reply|response|answer)\b/gi,
    ' without a first reply',
  ],
  [
    /,? (?:for which|where|whose) (?:the )?first (?:reply|response) (?:is|has been) (?:still )?(?:missing|outstanding)\b/gi,
    ' without a first reply',
  ],
  [/,? no first (?:reply|response)(?: (?:yet|so far))?(?=[,:?.! ]|$)/gi, ' without a first reply'],
  [/\b(?:and |with )*an? reopen count of ((?:at least|at most|more than|over) \d+)/gi, 'with $1 reopens'],
  // "More than 7 days from opening to being solved", "needed over 7 days from the day they were opened".
  [
    new RegExp(
      `,? (?:(?:which|that|and|for which) )?(?:only )?(?:(?:solving|resolving) )?(?:took|needed|required|lasted)(?: us)?(?: for)? ${bound} ${length}(?: to (?:solve|resolve|be solved|be resolved|get solved|close))?(?:,? ${fromOpening})?(?=[?.!,]|$)`,
      'gi',
    ),
    ' that took $1 $2 to resolve',
  ],
  [
    new RegExp(
      `(?<=\\b(?<!un)(?:solved|resolved)\\b.*),? (?:were |was |got |only )*(?:(?:solved|resolved) )?(?:only )?${bound} ${length},? ${fromOpening}(?=[?.!,]|$)`,
      'gi',
    ),
    ' that took $1 $2 to resolve',
  ],
];

/** Every other way to ask for rows, as their name and what is true of them. */
export const inRequestWords = (text: string): string => rephrased(text, requests);
