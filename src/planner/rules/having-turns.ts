const number = '\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty';
const records = '(?:[\\w-]+ ){0,2}?[a-z][\\w-]*';
const holders =
  '(?:accounts?|customers?|clients?|companies|company|partners?|agents?|reps?|people|owners?|teams?|engineers?|contacts?|users?)';
const overMore =
  '(?:more than|over|above|past|beyond|in excess of|upwards? of|north of|greater than|higher than|larger than|bigger than|exceeding|>)';
const overLess = '(?:less than|fewer than|under|below|beneath|short of|lower than|smaller than|<)';
const went =
  '(?:(?:(?:that|which|who) )?(?:(?:have|has|had|did|do|does) )?(?:went|go|goes|gone|got|get|came|come|comes|ran|run|rose|landed|ended up|ended|were|was|are|is|stood|stand|sat|climbed|jumped|reached|been)(?: (?:in|up|out))?)';
const exceeds =
  '(?:(?:(?:that|which|who) )?(?:(?:have|has|had|did) )?(?:exceed(?:ed|s|ing)?|cross(?:ed|es|ing)?|surpass(?:ed|es|ing)?|topp?(?:ed|s|ing)))';
const made =
  '(?:(?:that|which|who) )?(?:(?:have|has|had|did) )?(?:produced?|generated?|recorded?|registered|racked up|accumulated|amassed|caused?|clocked(?: up)?|piled up|counted)';
const saw =
  '(?:(?:did|do|have|has) )?(?:we|i|they|you) (?:record(?:ed)?|see|saw|seen|count(?:ed)?|have|had|get|got|receive|received|log|logged|register(?:ed)?|note[d]?)';
const quantity = '(?:number|count|total|amount|volume|quantity)';
const unit =
  '(?!(?:%|percent|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|k|m|dollars?|euros?)\\b)';

/** How many records somebody has, said by a verb, by their number, or by what they lack: "went over 10 tickets". */
const turns: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b(?:in excess of|upwards? of|north of|beyond) (?=\\d|(?:${number}) )`, 'gi'), 'more than '],
  [new RegExp(`\\bgreater than (?=(?:${number}) ${unit}[a-z])`, 'gi'), 'more than '],
  // "The names of accounts with": these accounts.
  [new RegExp(`\\b(?:the )?names? of (?:(?:all|the|our|those) )*(?=${holders}(?<=s)\\b)`, 'gi'), ''],
  // ", so strictly more than 10": said twice.
  [
    new RegExp(
      `\\b(${number})\\b([^?.!]*?),? (?:so|i\\.?e\\.?|that is|meaning|i mean)? ?(?:strictly |really )?(?:more|over|above) (?:than )?\\1(?=\\s*[?.!]*$)`,
      'i',
    ),
    '$1$2',
  ],
  // "Accounts that went over 10 tickets", "crossed 10 tickets", "got past 10": had more than that.
  [
    new RegExp(`(\\b${holders}\\b) ${went} ${overMore} (${number}) ${unit}(?=[a-z])`, 'gi'),
    '$1 with more than $2 ',
  ],
  [
    new RegExp(`(\\b${holders}\\b) ${went} ${overLess} (${number}) ${unit}(?=[a-z])`, 'gi'),
    '$1 with less than $2 ',
  ],
  [
    new RegExp(`(\\b${holders}\\b) ${exceeds} (?:the )?(${number}) ${unit}(?=[a-z])`, 'gi'),
    '$1 with more than $2 ',
  ],
  [
    new RegExp(
      `(\\b${holders}\\b) ${made} (?=(?:${overMore}|${overLess}|at least|at most|exactly) (?:${number}) )`,
      'gi',
    ),
    '$1 with ',
  ],
  // "Accounts where the number of tickets is higher than 10", "whose ticket count exceeded 10".
  [
    new RegExp(
      `(?:where|whose|with|for which|having|that have|who have)(?: an?| the| their)? ${quantity} of (${records}) ?(?:is|was|are|were|being|stood at|stands at|of|lies|goes|went|has been)? (?:${overMore}|(?:that )?exceed(?:s|ed|ing)?) (${number})\\b(?! ?%)`,
      'gi',
    ),
    'with more than $2 $1',
  ],
  [
    new RegExp(
      `(?:where|whose|with|for which|having|that have|who have)(?: an?| the| their)? ${quantity} of (${records}) ?(?:is|was|are|were|being|of|lies|goes|went|has been)? ${overLess} (${number})\\b(?! ?%)`,
      'gi',
    ),
    'with less than $2 $1',
  ],
  [
    new RegExp(
      `(?:where|whose|with|having|have|has|had)(?: an?| the| their)? (${records}) (?:count|number|total|volume|tally) ?(?:is|was|of|being|stood|stands|went|goes)? (?:${overMore}|exceed(?:s|ed|ing)?) (${number})\\b(?! ?%)`,
      'gi',
    ),
    'with more than $2 $1s',
  ],
  // "Whose tickets exceeded 10 last month? by account please".
  [
    new RegExp(
      `^whose (${records}) (?:exceed(?:ed|s)?|(?:went|go|are|were|got|came) (?:in |up )?${overMore}|numbered ${overMore}|passed|crossed|topped) (${number})\\b([^?.!]*)[?.!,]* (?:(?:by|per) (${holders})|which (${holders}))(?: please| pls)?[?.!]*$`,
      'i',
    ),
    'which $4$5 had more than $2 $1$3',
  ],
  // "Did more than 10 tickets come from one account, and which account?"
  [
    new RegExp(
      `^(?:did|do|have|has) ((?:${overMore}|at least|${overLess}) (?:${number}) ${records}) (?:come|came|stem|originate|arrive|go)(?: in)? (?:from|to|at) (?:one|a single|any|any one|the same|some) (${holders})\\b([^?.!]*?),? ?(?:and )?(?:which|what|who)?(?: (?:${holders}|one|is it|was it|are they))*[?.!]*$`,
      'i',
    ),
    'which $2s had $1$3',
  ],
  // "For which accounts did we see no tickets at all", "from which customers we recorded more than 10 tickets".
  [
    new RegExp(
      `\\b(?:for|from|at|with|of|by) which (${holders}) ${saw} (?=(?:no|zero|not a|not one|not any|${overMore}|${overLess}|at least|exactly)\\b)`,
      'gi',
    ),
    'which $1 had ',
  ],
  [
    new RegExp(
      `\\b(?:for|from|at|with|of) which (${holders}) (?:did )?(?:not a single|no|not one) ([a-z]+?)s? (?:come|came|arrive|arrived|was opened|were opened|exist|existed)(?: in| up)?\\b`,
      'gi',
    ),
    'which $1 had no $2s',
  ],
  // "Have nothing in tickets", "had none of the tickets", "went without tickets", "whose number of tickets is zero".
  [
    /\b(?:had|has|have|having|got|with|show|showed|shows) (?:nothing|zilch|nil|naught) (?:in|on|in terms of|by way of|as for|when it comes to) (?:the |any )?(?=[a-z])/gi,
    'had no ',
  ],
  [/\b(has|have|had) (?:0|zero) (?=[a-z]+s\b)/gi, '$1 no '],
  [/\b(?:had|has|have|having|got) none of (?:the |our |all )*(?=[a-z]+s\b)/gi, 'had no '],
  [
    /\b(?:go|goes|went|gone|stayed|remained|made do) (?:entirely |completely |fully )?without (?:any )?(?=[a-z])/gi,
    'had no ',
  ],
  [
    new RegExp(
      `(?:where|whose|with|having)(?: an?| the| their)? ${quantity} of (${records}) (?:is|was|are|were|being|equals|stood at|stands at|at|of) (?:zero|0|nil|none)\\b`,
      'gi',
    ),
    'with no $1',
  ],
  [
    new RegExp(
      `(?:where|whose|with|having|have|has|had)(?: an?| the| their)? (${records}?)s? (?:count|number|total|volume|tally) (?:is |was |of |being |at |equals )*(?:zero|0|nil|none)\\b`,
      'gi',
    ),
    'with no $1s',
  ],
  [
    new RegExp(
      `(\\b${holders}),? (?:where|whose|with) (?:the )?([a-z]+s) (?:is|was|are|were|at|being) (?:zero|0|nil)\\b`,
      'gi',
    ),
    '$1 with no $2',
  ],
  [
    new RegExp(
      `(\\b${holders}\\b) (?:(?:that|which|who) )?(?:(?:were|was|are|is|been|stayed|remained|have been) )?([a-z]+)-free\\b`,
      'gi',
    ),
    '$1 without $2s',
  ],
  [new RegExp(`^(?:which|what) (${holders}) without ([a-z]+s)\\b(?! or\\b)`, 'i'), 'which $1 had no $2'],
  [
    /\b(?:everyone|everybody|anyone|all those|those|all) (?:on|in|from) (?:the|our) (customer|account|client|partner) (?:list|base|book|portfolio) (?:who|that|which|with)\b/gi,
    '$1s who',
  ],
  // "Last month, which accounts had no tickets": when they had none.
  [
    new RegExp(
      `^((?:in|during|over|within|since|for|this|last|yesterday|today)\\b[^,?.!]{0,30}), ((?:which|what) (?:of (?:our|my) )?${holders} (?:had no|with|had|have)\\b[^?.!,]*)[?.!]*$`,
      'i',
    ),
    '$2 $1',
  ],
  [
    /\b(had no [a-z -]+?|without [a-z -]+?) (?:at all|whatsoever)(?=\s*[?.!]*$| (?:this|last|in|since|over|during)\b)/gi,
    '$1',
  ],
];

/** @param text a tidied question */
export const inHavingWords = (text: string): string =>
  turns.reduce((said, [turn, put]) => said.replace(turn, put).replace(/\s+/g, ' '), text);
