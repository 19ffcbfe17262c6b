import { type CueRule, polite, pronoun, setMode, strongly } from './cue-rule.ts';

/** "No, I meant closed", "no wait, last week": what follows takes the place of what was said. */
export const corrections: readonly CueRule[] = [
  {
    pattern:
      /^(?:no|nope|nah|not that|sorry,? no)(?:,? (?:wait|sorry|actually))?[,.!]+\s*(?:(?:i|we) (?:meant?|want(?:ed)?) )?/i,
    says: (found) => {
      strongly('swap')(found);
      found.isReplacing = true;
    },
  },
];

/** Small words at the very beginning. */
export const leads: readonly CueRule[] = [
  {
    pattern:
      /^(?:ok(?:ay)?|right|great|thanks?|thx|thank you|cool|hm+|nice|perfect|good|alright|please|pls|so|well|oh|hey|sorry|um)\b[,.!:]*\s*/i,
    says: () => undefined,
  },
  { pattern: /^(?:now|then|but|next(?=,))\b[,:]?\s+/i, says: strongly() },
  { pattern: /^(?:and|plus|n|&)(?=[\s,:])[,:]?\s+/i, says: strongly('add') },
  {
    pattern: /^also\b[,:]?\s+/i,
    says: (found) => {
      found.isStrong = true;
      setMode(found, 'add');
      found.isWider = true;
    },
  },
];

/** What stands before the words that change something, taken off one after the other until none fits. */
export const openings: readonly CueRule[] = [
  {
    // "Break services down by product".
    pattern:
      /^(?:break|split) (?!(?:it|that|this|them|those|these)\b)(.+?) (?:down|up|out)(?=\s+(?:by|per|into)\b)/i,
    says: strongly('swap'),
    keeps: (match) => `${match[1] ?? ''} `,
  },
  { pattern: /^(?:what|how) about\b\s*/i, says: strongly('swap') },
  {
    pattern:
      /^how many of (?:them|those|these|the)\b(?: (?:is|are|was|were|have|has|had|did|do|got|been|came|come|went)\b)*(?: (?:in )?(?:over|via|through)(?= ))?\s+/i,
    says: (found) => {
      strongly('only')(found);
      found.isPointing = true;
      found.isCounted = true;
    },
  },
  {
    pattern:
      /^how many (?:(?:are|is|were|was|have|has|had|did|got)\b ?)(?:(?:been|already|still|not) )*(?!(?:i|we|you|the team)\b)(?=\S)/i,
    says: (found) => {
      strongly('only')(found);
      found.isPointing = true;
      found.isCounted = true;
    },
    keeps: (match) => (/\bnot\b/i.test(match[0]) ? 'not ' : ''),
  },
  {
    pattern:
      /^(?:(?:is|are|was|were|do|does|did|have|has|had) )?(?:there )?(?:any|some|one|all) of (?:them|those|these)\b(?: (?:is|are|was|were|have|has|had|been|already|still)\b)*\s+/i,
    says: (found) => {
      strongly('only')(found);
      found.isPointing = true;
      found.isCounted = true;
    },
  },
  {
    // "Any still open?"
    pattern:
      /^(?:(?:are|is|were|was) )?any(?: of (?:them|those|these))?(?: ones?)? (?:still|yet|already) (?=\S+$)/i,
    says: (found) => {
      strongly('only')(found);
      found.isPointing = true;
      found.isCounted = true;
    },
  },
  {
    // "Which hour was the peak", "which week was the worst": one of those that are shown.
    pattern:
      /^(?:which|what) (?:hour|day|week|month|quarter|one)(?: of (?:them|those|these))? (?:was|is|had|has|were) (?:the )?(?:peak|busiest|top)(?: one)?$/i,
    says: (found) => {
      strongly()(found);
      found.isPointing = true;
      found.asksOne = true;
    },
    keeps: () => 'the highest',
  },
  {
    pattern:
      /^which(?: one)?(?: ones)?(?: of (?:them|those|these))? (is|was|has|had|are|were|have)\b(?: (?:been|still|already|the one|the ones)\b)*\s+/i,
    says: (found, match) => {
      strongly('only')(found);
      found.isPointing = true;
      found.asksWhich = /^(?:is|was|has)$/i.test(match[1] ?? '') ? 'one' : 'several';
    },
  },
  {
    // "Which of the critical ones are …".
    pattern: /^which of (?:the|those|these)(?=\s.*\bones\b)\s+/i,
    says: (found) => {
      strongly('only')(found);
      found.isPointing = true;
      found.asksWhich = 'several';
    },
  },
  {
    pattern: new RegExp(
      `^${polite}(?:show|list|give|see|display|name|get)(?: me)?(?: only| just| all)*(?: of)?(?: the)?(?=\\s.*(?:'s|s'|\\bones)$)\\s+`,
      'i',
    ),
    says: (found) => {
      strongly('only')(found);
      found.toList = true;
      found.isPointing = true;
    },
  },
  {
    pattern:
      /^(?:the )?same(?! (?:period|time|day|week|month|quarter|year|point))(?: (?:thing|question|figure|number|again|chart|breakdown|report))?(?: (?:but|just|only))*(?: (?:for|with|of|on))?\s*/i,
    says: strongly('swap'),
  },
  {
    pattern: /^(?:i meant?|i want(?:ed)?|make that|no,|no wait,?|not that,?|rather|instead,?)\s+/i,
    says: strongly('swap'),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:switch|change|set|move|make|turn)(?: ${pronoun}| the (?:time|period|range|dates?|time ?frame|filter|region|team|grouping|metric))?(?: (?:to|into|over to))?(?:\\s+|$)`,
      'i',
    ),
    says: strongly('swap'),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:filter|narrow|limit|restrict|reduce|zoom|drill|focus|scope)(?: ${pronoun})?(?: (?:down|in|into|to|on|by|for|out))*\\s+`,
      'i',
    ),
    says: strongly('only'),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:break|split|slice|cut|divide|segment|group|bucket)(?: ${pronoun})?(?: (?:down|up|out|further))*(?=\\s+(?:by|per|into|across)\\b)\\s+`,
      'i',
    ),
    says: strongly('add'),
    keeps: () => '',
  },
  {
    pattern: new RegExp(
      `^${polite}(?:show|give|display|do|get|see|view|run|list)(?: me)? ${pronoun}(?! (?:tickets?|customers?|accounts?|deals?|cases?)\\b)(?: (?:again|all))?(?=\\s)\\s+`,
      'i',
    ),
    says: strongly(),
  },
  {
    pattern: /^(?:only|just)\b(?: (?:show|for|the|those|with|count|include|list))*(?:\s+|$)/i,
    says: strongly('only'),
  },
  {
    pattern: /^(?:add|include|including|count)\b(?: in| also)?(?:\s+|$)/i,
    says: (found) => {
      found.isStrong = true;
      setMode(found, 'add');
      found.isWider = true;
    },
  },
  {
    pattern:
      /^(?:remove|drop|hide|ignore|exclude|excluding|leave out|take out|skip|lose|omit|get rid of|minus|except(?: for)?|without|w\/o|not counting)\b\s+/i,
    says: strongly('plain'),
    keeps: () => 'without ',
  },
  {
    pattern:
      /^(?:what )?if (?:i|we|you)(?: only| just)? (?:take|took|look at|looked at|count|counted|use|used|consider)(?: only| just)?\s+/i,
    says: strongly('only'),
  },
  {
    pattern:
      /^(?:what|how) (?:is|are|was|were|does|did|do|about) (?:this|that|the) (?:share|figure|number|rate|value|total|average|count|result)(?: (?:look|looking|doing|do|like))*(?=\s*$|\s+(?:for|in|of|on|at|by|per|with|without|from|since|last|this|today|yesterday|only|then|if|when|among|over|during)\b)\s*/i,
    says: strongly('swap'),
  },
  {
    pattern:
      /^(?:what|how) (?:is|are|was|were|does|did|do) (?:it|that|this|they|those|these)(?: (?:look|looking|doing|do|like))*\s+/i,
    says: strongly(),
  },
];

/** Ends, taken off likewise. */
export const endings: readonly CueRule[] = [
  { pattern: /[\s?.!,]+$/i, says: () => undefined },
  {
    pattern:
      /\s+(?:please|pls|thanks|thank you|again|though|now|then|(?:would|will|can|could) you|if (?:you can|possible))$/i,
    says: () => undefined,
  },
  {
    // "The biggest deal in there": of the rows before.
    pattern: /\s+in (?:there|it)$/i,
    says: (found) => {
      found.isStrong = true;
      found.isPointing = true;
    },
  },
  {
    pattern: /\s+in (?:absolute|plain|real|actual) (?:numbers?|figures|terms|counts?)$/i,
    says: (found) => {
      found.isStrong = true;
      found.transform = 'none';
      // Of a rate the number that is asked for is that of its rows.
      found.isPointing ||= /^(?:and )?how many\b/i.test(found.rest);
    },
  },
  {
    pattern: /\s+(?:of|for) each(?: of (?:them|those|these))?$/i,
    says: (found) => {
      found.isStrong = true;
    },
  },
  {
    // The period of the answer before stays.
    pattern:
      /\s+(?:over|in|for|during|from|at) (?:the )?same (?:time|period|time ?frame|range|dates?|span)$/i,
    says: (found) => {
      found.isStrong = true;
    },
  },
  {
    pattern: /(?:^|\s+)(?:instead|rather)(?: (?:please|then))?$/i,
    says: (found) => {
      strongly('swap')(found);
      found.isReplacing = true;
    },
  },
  {
    pattern: /\s+(?:too|as well|also|additionally)$/i,
    says: (found) => {
      found.isStrong = true;
      setMode(found, 'add');
      found.isWider = true;
    },
  },
  { pattern: /\s+only$/i, says: strongly('only') },
  {
    // "The oldest one", "the open ones".
    pattern: /(?<=\b(?:est|most|recent|last|first|worst|best|\w+est)) one$/i,
    says: (found) => {
      found.isPointing = true;
      found.asksOne = true;
    },
  },
];
