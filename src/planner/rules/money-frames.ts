import { rephrased, type Turn } from './turn.ts';

const mrr = '(?:mrr|monthly recurring revenue|recurring revenue)';
const movement: Readonly<Record<string, string>> = {
  churn: 'churned MRR',
  cancellations: 'churned MRR',
  contraction: 'contraction MRR',
  downgrades: 'contraction MRR',
  expansion: 'expansion MRR',
  upgrades: 'expansion MRR',
  new: 'new MRR',
  reactivation: 'reactivation MRR',
};
const kinds = `(${Object.keys(movement).join('|')})`;
const moved = (_said: string, kind = ''): string => movement[kind.toLowerCase()] ?? kind;

/** What recurring revenue gained and lost, and to what. */
const movements: readonly Turn[] = [
  [
    new RegExp(
      `\\b(?:what|how much)(?: ${mrr})? (?:did|has|have|does) ${kinds} (?:cost|costed|eat(?:en)?(?: up)?|take(?:n)?(?: away)?|destroy(?:ed)?)(?: us)?(?: in ${mrr}| of our ${mrr})?(?=[\\s,?.!]|$)`,
      'gi',
    ),
    moved,
  ],
  [
    new RegExp(
      `\\b(?:how much|what)? ?${mrr} (?:that )?(?:(?:we|went|was|has been|have|did|left|disappeared|gained|gain|lost|lose|away|got|get|won|came|come|in) ?)+(?:through|to|by|due to|because of|from|via|with|out of|as) ${kinds}\\b`,
      'gi',
    ),
    moved,
  ],
  [
    new RegExp(
      `\\b(?:did|do|have) we (?:lose|lost|gain|gained) (?:more or less |more |less )?${mrr} (?:through|to|by|due to|because of|from) ${kinds}\\b`,
      'gi',
    ),
    moved,
  ],
  [
    new RegExp(
      `\\b(?:by )?how much (?:${mrr} (?:has |have )?contracted|has ${mrr} contracted|did ${mrr} contract)\\b`,
      'gi',
    ),
    'contraction MRR',
  ],
  [
    new RegExp(
      `\\b(?:total )?${mrr} (?:of|from|in) (?:the )?movements (?:of (?:the )?)?(?:kind|type) ${kinds}\\b`,
      'gi',
    ),
    moved,
  ],
  [new RegExp(`^where did (?:the |our )?(new|expansion) ${mrr} come from\\b`, 'i'), moved],
  // "MRR of the active subscriptions that renew next quarter".
  [
    new RegExp(
      `\\b(?:total |how much )?${mrr} (?:of|from|for|in|on|do) (?:the |our |all )?(?:active )?(?:subscriptions|subs)(?: do we have)? (?:renewing|that renew|which renew|to renew|come up for renewal)\\b`,
      'gi',
    ),
    'MRR renewing',
  ],
  [
    new RegExp(
      `^(?:group|split|take) (?:the |our |all )?(?:active )?(?:subscriptions|subs) renewing (.+?) by (.+?),? and (?:total|sum(?: up)?|add up|show)(?: me)? (?:their|the) ${mrr}[?.! ]*$`,
      'i',
    ),
    'MRR renewing $1 by $2',
  ],
];

/** What was sold, by what it is called where it is asked for in amounts. */
const amounts: readonly Turn[] = [
  [/\b(won|lost|open) (?:deal |deals' )?amounts?\b(?= (?:this|last|per|by|in|of|for|next))/gi, '$1 amount'],
  [/\b(won|lost|open) amounts? per type\b/gi, '$1 amount by deal type'],
  [/\b(?:the )?(?:total |summed |whole )?sales amounts?\b/gi, 'sales'],
  [/\b(?:summed|total|whole) margins?(?: amounts?)?\b|\bmargin amounts?\b/gi, 'margin'],
  // "What each sales team won last quarter, in amount": how much.
  [/,? (?:in|by|as) (?:deal )?amounts?,? (?=(?:next to|beside|compared|and|vs)\b)/gi, ' amount '],
  [/\bpartner[- ]sourced (?:deals?|opportunities)\b/gi, 'partner sourced deals'],
];

export const inMoneyFrames = (text: string): string => rephrased(text, [...movements, ...amounts]);
