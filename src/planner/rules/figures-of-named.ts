import type { StoredValues } from '../../query/stored-values.ts';
import { escapePattern } from '../../toolkit/escape-pattern.ts';
import { rephrased, type Turn } from './turn.ts';

/** What bare words are figures of, where the one they are asked of is named beside them. */
const figures: readonly {
  readonly dimension: string;
  /** Before the name, and behind it where there are no others. */
  readonly turns: readonly Turn[];
  readonly behind?: readonly Turn[];
}[] = [
  {
    dimension: 'campaign',
    turns: [
      [
        /\bhow many (?:people|contacts|recipients|customers|of them)? ?(?:responded|replied|answered)(?: to it)?\b/gi,
        'campaign responses',
      ],
      [
        /\bhow many (?:people|contacts|recipients|leads)? ?(?:converted|were converted)\b/gi,
        'campaign conversions',
      ],
      [
        /\bhow many (?:messages|mails|e-?mails|people|contacts) (?:were|was|got|have been) (?:sent|reached|contacted)\b/gi,
        'campaign messages',
      ],
      [
        /(?<!\b(?:campaign|survey|nps|csat) )\b(?:responses|response count|replies)\b/gi,
        'campaign responses',
      ],
      [/(?<!\bcampaign )\b(response|conversion) rate\b/gi, 'campaign $1 rate'],
      [/(?<!\b(?:campaign|lead) )\bconversions\b/gi, 'campaign conversions'],
      [
        /(?<!\bcampaign )\b(?:messages|mails|e-?mails)(?: (?:that )?(?:were |was |we )?sent(?: out)?)?\b(?! (?:delivered|read|failed))/gi,
        'campaign messages',
      ],
      // "It cost us a lot" tells; "the cost of it" asks.
      [
        /(?<!\b(?:campaign|it|that|us) )\b(?:costs?|spend|spendings?)(?= (?:of|for|and|vs|versus|plus)\b|\s*[,?.!]|\s*$)/gi,
        'campaign cost',
      ],
    ],
  },
  {
    dimension: 'product',
    behind: [
      [
        /^ sales(?! (?:amount|reps?|teams?|regions?|orders?|cycles?|pipeline|managers?|targets?))(?=$|[\s?.!,])/i,
        ' sales amount',
      ],
    ],
    turns: [
      [
        /^((?:our |the |total |my )*)sales(?= (?:of|for) )(?! (?:of|for) (?:my |our )?(?:team|region))/i,
        '$1sales amount',
      ],
    ],
  },
];

/**
 * "Cost and responses of Backup week": figures of the campaign that is named, where "responses" alone are those to
 * surveys.
 */
export function figuresOfNamed(text: string, stored?: StoredValues): string {
  const lower = text.toLowerCase();
  return figures.reduce((said, { dimension, turns, behind: then = turns }) => {
    const name = (stored?.get(dimension) ?? []).find(
      (value) =>
        value.length > 3 &&
        new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(value.toLowerCase())}(?![\\p{L}\\p{N}])`, 'u').test(
          lower,
        ),
    );
    // "Messages" in the name of the campaign itself stay.
    if (name === undefined) return said;
    const at = said.toLowerCase().indexOf(name.toLowerCase());
    if (at < 0) return said;
    const [before, own, behind] = [
      said.slice(0, at),
      said.slice(at, at + name.length),
      said.slice(at + name.length),
    ];
    return rephrased(before, turns) + own + rephrased(behind, then);
  }, text);
}
