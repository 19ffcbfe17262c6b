import { rephrased, type Turn } from './turn.ts';

const small = '(\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)';
const units = '(days?|weeks?|months?|quarters?|years?)';
const unit = '(week|month|quarter|year)';
const renewing = '(?:subscriptions?|contracts?|plans?)';

/** A stretch of time that lies ahead, in one way of saying it: "the 90 days ahead of us" are the next 90 days. */
const ahead: readonly Turn[] = [
  [
    new RegExp(
      `\\b(?:between|from) (?:today|now)(?: on)? (?:and|to|until|till|through) (?:in )?${small} ${units}(?: from (?:now|today)| ahead| later| out)?\\b`,
      'gi',
    ),
    'in the next $1 $2',
  ],
  [
    new RegExp(
      `\\b(?:in|over|within|during|for) the ${small} ${units} (?:ahead|to come|that (?:come|follow)|lying ahead|coming)(?: of us| of me)?\\b`,
      'gi',
    ),
    'in the next $1 $2',
  ],
  [
    new RegExp(
      `(?:\\b(?:at most|no more than|not more than|less than|under|within|in less than|max\\.?|maximum)|<=|<|≤) ?${small} ${units} (?:from (?:now|today)|ahead|away)\\b`,
      'gi',
    ),
    'in the next $1 $2',
  ],
  // "Renewals left this year", "still to come this quarter": from now to its end.
  [
    new RegExp(
      `\\b(renewals?|${renewing}|closings?|close dates?|deals)\\b([^.?!]*?) (?:that are |which are |are |do we have |have we got )?(?:still |yet )?(?:to come|left|remaining|outstanding|to go|coming up|ahead) (?:(?:in|for|during|until the end of|till the end of|before the end of) )?(?:this|the) ${unit}\\b`,
      'gi',
    ),
    '$1$2 before the end of the $3',
  ],
  [
    /\b(upcoming|coming|future|next) ((?:\w+ )?renewals|subscriptions|contracts) (?:until|till|up to|through) (?=(?:the )?(?:end|eo[ymq]\b|year|next|\d|[a-z]+ \d))/gi,
    '$2 before ',
  ],
  [/\b(?:before|until|till|by|through) eoy\b/gi, 'before the end of the year'],
  [/\b(?:before|until|till|by|through) eoq\b/gi, 'before the end of the quarter'],
];

/** What has to be renewed renews. */
const renewals: readonly Turn[] = [
  [
    new RegExp(
      `^what(?:'s|s| is| do we have)? (?:still )?(?:left|remaining|outstanding)(?: for us)? to renew (?:in |for )?(?:this|the) ${unit}\\b`,
      'i',
    ),
    'subscriptions that renew before the end of the $1',
  ],
  [
    new RegExp(
      `\\b(${renewing}) (?:(?:that|which) (?:are |will )?|are |will )?(?:due|expir(?:e|es|ing)|laps(?:e|es|ing)|finish(?:ing)?)(?= (?:in|within|over|before|by|until|this|next|during|soon)\\b)`,
      'gi',
    ),
    '$1 renewing',
  ],
  [
    new RegExp(`\\b${small}[- ]days? renewals?(?: (?:list|view|overview|report|calendar|outlook))?\\b`, 'gi'),
    'subscriptions that renew in the next $1 days',
  ],
  [
    /\b(?:will )?(?:have|has|need|needs|are|is|must) (?:to )?be(?:ing)? renewed\b|\b(?:will|must) be renewed\b/gi,
    'renew',
  ],
  [
    /^(?:what|who)(?:'s|s| is| are) (?:up for renewal|renewing|due for renewal|coming up for renewal)\b/i,
    'which subscriptions renew',
  ],
];

/** @param text a question as it was typed */
export const inDueForm = (text: string): string => rephrased(text, [...ahead, ...renewals]);
