type Turn = readonly [RegExp, string];

const number = '\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty';
const records = '(?:[\\w-]+ ){0,2}?[a-z][\\w-]*';
const holders =
  '(?:accounts?|customers?|clients?|companies|company|partners?|agents?|reps?|people|owners?|teams?|engineers?|contacts?|users?)';
const than =
  '(?:(?:more|greater|higher|larger|bigger|less|fewer|lower|smaller) than|over|above|past|under|below|exceeding|at least|at most|exactly)';
const went =
  '(?:(?:that|which|who) )?(?:(?:have|has|had|did|do|does) )?(?:went|go|goes|gone|got|get|came|come|comes|ran|run|rose|landed|ended up|ended|were|was|are|is|stood|stand|sat|climbed|jumped|reached|been|produced?|generated?|recorded?|registered|racked up|accumulated|amassed|caused?|clocked(?: up)?|piled up|counted)(?: (?:in|up|out))?';
const exceeds =
  '(?:(?:that|which|who) )?(?:(?:have|has|had|did) )?(?:exceed(?:ed|s|ing)?|cross(?:ed|es|ing)?|surpass(?:ed|es|ing)?|topp?(?:ed|s|ing))';
const saw =
  '(?:(?:did|do|have|has) )?(?:we|i|they|you) (?:record(?:ed)?|see|saw|seen|count(?:ed)?|have|had|get|got|receive|received|log|logged|register(?:ed)?|noted?)';
const whose = '(?:where|whose|with|for which|having|have|has|had)(?: an?| the| their)?';
const quantity = '(?:number|count|total|amount|volume|quantity|tally)';
/** "A ticket count", where "an ARR total" is an amount. */
const counted = '(?:count|number|tally)';
const being = '(?:(?:is|was|are|were|being|of|at|equals|lies|goes|went|has been|stands at|stood at) )*';
const none = '(?:zero|0|nil|none)\\b';
const unit =
  '(?!(?:%|percent|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|k|m|dollars?|euros?)\\b)';

const turn = (said: string, put: string): Turn => [new RegExp(said, 'gi'), put];

/** How many records somebody has, said by a verb, by their number, or by what they lack: "went over 10 tickets". */
const turns: readonly Turn[] = [
  turn(
    `\\b(?:in excess of|upwards? of|north of|beyond|past|greater than) (?=(?:${number}) ${unit}[a-z])`,
    'more than ',
  ),
  // "The names of accounts with": these accounts.
  turn(`\\b(?:the )?names? of (?:(?:all|the|our|those) )*(?=${holders}(?<=s)\\b)`, ''),
  // ", so strictly more than 10": said twice.
  turn(
    `\\b(${number})\\b([^?.!]*?),? (?:so|i\\.?e\\.?|that is|meaning|i mean)? ?(?:strictly |really )?(?:more|over|above) (?:than )?\\1(?=\\s*[?.!]*$)`,
    '$1$2',
  ),
  // "Accounts that went over 10 tickets", "customers crossing 10 tickets": had more than that.
  turn(`(\\b${holders}) ${went} (?=${than} (?:${number}) ${unit}[a-z])`, '$1 with '),
  turn(`(\\b${holders}) ${exceeds} (?:the )?(?=(?:${number}) ${unit}[a-z])`, '$1 with more than '),
  // "Accounts where the number of tickets is higher than 10", "with a ticket count above 10".
  turn(
    `${whose}(?: ${quantity} of)? (${records}) ${exceeds} (\\d+)\\b(?! ?%)(?= ?(?:this|last|in|since|[?.!]*$))`,
    'with more than $2 $1',
  ),
  turn(`${whose} ${quantity} of (${records}) ${being}(${than}) (${number})\\b(?! ?%)`, 'with $2 $3 $1'),
  turn(
    `${whose} ((?!an?\\b|the\\b)${records}?)s? ${counted} ${being}(${than}) (${number})\\b(?! ?%)`,
    'with $2 $3 $1s',
  ),
  turn(`${whose} ${quantity} of (${records}) ${being}${none}`, 'with no $1'),
  turn(`${whose} ((?!an?\\b|the\\b)${records}?)s? ${counted} ${being}${none}`, 'with no $1s'),
  turn(
    `(\\b${holders}),? (?:where|whose|with) (?:the )?([a-z]+s) (?:is|was|are|were|at|being) ${none}`,
    '$1 with no $2',
  ),
  turn(`\\bwith (?:higher|greater|larger|bigger) than (?=(?:${number})\\b)`, 'with more than '),
  turn(`\\bwith (?:lower|smaller) than (?=(?:${number})\\b)`, 'with less than '),
  // "Whose tickets exceeded 10 last month? by account please".
  turn(
    `^whose (${records}) (?:exceed(?:ed|s)?|(?:went|go|are|were|got|came) (?:in |up )?(?:over|above|past)|numbered (?:over|above)|crossed|topped) (${number})\\b([^?.!]*)[?.!,]* (?:by|per|which) (${holders})(?: please| pls)?[?.!]*$`,
    'which $4 had more than $2 $1$3',
  ),
  // "Did more than 10 tickets come from one account, and which account?"
  turn(
    `^(?:did|do|have|has) (${than} (?:${number}) ${records}) (?:come|came|stem|originate|arrive|go)(?: in)? (?:from|to|at) (?:one|a single|any|any one|the same|some) (${holders})\\b([^?.!]*?),? ?(?:and )?(?:which|what|who)?(?: (?:${holders}|one|is it|was it|are they))*[?.!]*$`,
    'which $2s had $1$3',
  ),
  // "Did anyone go above 10 tickets? Show me the accounts": these.
  turn(
    `^(?:did|do|does|has|have|had) (?:anyone|anybody|somebody|someone) (?:(?:go|gone|get|got|have|had|come|run|been)(?: (?:in|up))? )?(${than}) (${number}) (${records})\\b([^?.!]*)[?.!,]+ ?(?:if so,? )?(?:(?:show|list|name|give|tell) )?(?:(?:me|us) )?(?:(?:which|what|the|by) )?(${holders})(?: please| only| are they)*[?.!]*$`,
    'which $5 had $1 $2 $3$4',
  ),
  // "For which accounts did we see no tickets at all", "for whom we recorded more than 10".
  turn(
    `\\b(?:for|from|at|with|of|by) which (${holders}) ${saw} (?=(?:no|zero|not a|not one|not any|${than})\\b)`,
    'which $1 had ',
  ),
  turn(
    `\\b(?:for|from|at|with|of) which (${holders}) (?:did )?(?:not a single|no|not one) ([a-z]+?)s? (?:come|came|arrive|arrived|was opened|were opened|exist|existed)(?: in| up)?\\b`,
    'which $1 had no $2s',
  ),
  // "Have nothing in tickets", "had none of the tickets", "went without tickets", "ticket-free".
  turn(
    '\\b(?:had|has|have|having|got|with|show|showed|shows) (?:nothing|zilch|nil|naught) (?:in|on|in terms of|by way of|as for|when it comes to) (?:the |any )?(?=[a-z])',
    'had no ',
  ),
  turn('\\b(has|have|had) (?:0|zero) (?=[a-z]+s\\b)', '$1 no '),
  turn('\\b(?:had|has|have|having|got) none of (?:the |our |all )*(?=[a-z]+s\\b)', 'had no '),
  // "That have no open deal but more than 50k ARR": what they are comes before what they lack.
  turn(
    `(\\b${holders}) (?:(?:that|which|who) )?(?:have|has|had|having|with) (no [a-z][a-z\\d -]{0,60}?),? (?:but|and|yet) (?:(?:with|have|has|having|still) )*(${than} [$€£]?\\d[\\w.,%]*(?: [a-z]+){1,3})(?=\\s*[?.!,]*$)`,
    '$1 with $3 and $2',
  ),
  turn(
    '\\b(?:go|goes|went|gone|stayed|remained|made do) (?:entirely |completely |fully )?without (?:any )?(?=[a-z])',
    'had no ',
  ),
  turn(
    `(\\b${holders}) (?:(?:that|which|who) )?(?:(?:were|was|are|is|been|stayed|remained|have been) )?([a-z]+)-free\\b`,
    '$1 without $2s',
  ),
  turn(`^(?:which|what) (${holders}) without ([a-z]+s)\\b(?! or\\b)`, 'which $1 had no $2'),
  turn(
    '\\b(?:everyone|everybody|anyone|all those|those|all) (?:on|in|from) (?:the|our) (customer|account|client|partner) (?:list|base|book|portfolio) (?:who|that|which|with)\\b',
    '$1s who',
  ),
  // "Last month, which accounts had no tickets": when they had none.
  turn(
    `^((?:in|during|over|within|since|for|this|last|yesterday|today)\\b[^,?.!]{0,30}), ((?:which|what) (?:of (?:our|my) )?${holders} (?:had no|with|had|have)\\b[^?.!,]*)[?.!]*$`,
    '$2 $1',
  ),
  turn(
    '\\b(had no [a-z -]+?|without [a-z -]+?) (?:at all|whatsoever)(?=\\s*[?.!]*$| (?:this|last|in|since|over|during)\\b)',
    '$1',
  ),
];

/** @param text a tidied question */
export const inHavingWords = (text: string): string =>
  turns.reduce((said, [from, put]) => said.replace(from, put).replace(/\s+/g, ' '), text);
