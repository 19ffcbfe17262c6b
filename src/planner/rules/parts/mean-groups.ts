import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import type { MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { smallNumbers } from '../small-numbers.ts';
import { byGroups, figureOfDeed } from './deed-figures.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: MetricPlan;
  readonly from: readonly PlannedQuestion[];
}

type Side = 'above' | 'below' | 'better' | 'worse';

interface Said {
  readonly groups: string;
  readonly side: Side;
  /** How the figure may be called, the likeliest first. */
  readonly figures: readonly string[];
  readonly rest: string;
  /** Of whom the mean is: "their team". */
  readonly within: string | null;
  /** So many times the mean. */
  readonly factor: number;
}

const above =
  'above|over|more than|higher than|greater than|larger than|bigger than|longer than|exceed(?:s|ing)?';
const below = 'below|under|beneath|less than|fewer than|lower than|smaller than|shorter than';
const mean =
  "(?:(?:the|an|our|their|its|overall|company|company-wide|usual) )*(?:(?<whose>team|region|segment|industry)(?:'s)? )?(?:average|mean)";
const ofAll =
  '(?:,? (?:of|for|across|among|in) (?:(?:all|the|their|its|his|her|our|other|everyone|everybody)\\b ?)*(?<within>[a-z]+)?)?';
const times = `(?:(?<times>twice|double|half|\\d(?:\\.\\d)?|${Object.keys(smallNumbers).join('|')})(?: times)? )?`;
const time =
  '(?<rest> (?:(?:over|in|during|for|since|within) (?:the |this |last |past |january|february|march|april|may|june|july|august|september|october|november|december|q\\d|20\\d\\d).*|(?:this|last|so far|today|yesterday)\\b.*))?';
const groups = '(?<groups>(?:my |our |the |all )*[a-z][\\w-]*(?: [\\w-]+){0,3}?)';
const has =
  '(?:(?:that|which|who) )?(?:(?:with|having|have|has|had|are|is|were|was|got|get|showed?|doing|did|do|does|perform(?:ing|ed)?|at) )*';
const figure = "(?<figure>[a-z][\\w '-]*?)";

const quantity = '(?:(?:number|count|amount|volume|total|quantity) of )?';
const deedWords =
  '(?:pays?|paid|spends?|spent|buys?|bought|orders?|ordered|converts?|converted|wins?|won|closes?|closed?|sells?|sold|solves?|solved|resolves?|resolved|opens?|opened|raised?|created?|logs?|logged|sent|handled?|made|generated?|brought|placed|booked|reopened|escalated)';

const forms: readonly RegExp[] = [
  // "Accounts that pay more than the average", "campaigns that convert better than average".
  new RegExp(
    `^${groups} (?:(?:that|which|who|have|has) )*(?<verb>${deedWords}) (?<side>more|less|better|worse|fewer)(?: often)? than ${times}${mean}${ofAll}${time}$`,
    'i',
  ),
  // "Who solved fewer tickets than average", "reps that won more deals than the average of their team".
  new RegExp(
    `^${groups} (?:(?:that|which|who|have|has) )*(?<verb>${deedWords}) (?<side>more|less|fewer) ${figure}(?<restBefore> (?:this|last|in|over|since) [^?]*?)? than ${times}${mean}${ofAll}${time}$`,
    'i',
  ),
  // "Reps below the average win rate", "customers with an above average number of tickets".
  new RegExp(
    `^${groups} ${has}(?:an? )?(?<side>${above}|${below})[ -]${times}${mean} (?:(?:in|on|for|by) )?(?!of\\b|for\\b|across\\b|in\\b|team\\b|this\\b|last\\b)${quantity}${figure}${time}$`,
    'i',
  ),
  // "Engineers with more open tickets than the average of their team", "with a higher win rate than average".
  new RegExp(
    `^${groups} ${has}(?:an? )?(?<side>more|fewer|less|higher|lower|better|worse|larger|smaller|bigger|longer|shorter|greater) ${quantity}${figure}(?<restBefore> (?:this|last|in|over|since) [^?]*?)? than ${times}${mean}${ofAll}${time}$`,
    'i',
  ),
  // "Customers whose MRR is above average", "reps whose win rate is below the average of their team".
  new RegExp(
    `^${groups} (?:whose|where|with|having) (?:the |an? |their )?${quantity}${figure}(?<restBefore> (?:this|last|in|over|since) [^?]*?)?(?: (?:is|are|was|were|lies|stands))? (?<side>${above}|${below}|better than|worse than) ${times}${mean}${ofAll}${time}$`,
    'i',
  ),
];

const opening =
  /^(?:(?:please|pls|so|can you|could you) )*(?:(?:show|list|give|tell|name|find)(?: me| us)? )?(?:(?:are|is) there |do we have |do i have )?(?:(?:which|what|any|all|those|the|of) )*/i;
const marks = /\b(?:average|mean)\b/i;
/** Another form: a number of its own, a course, the average as the figure itself. */
const otherForm =
  /\b(?:per|each|every|daily|weekly|monthly|moving|rolling)\b|\bby (?:day|week|month|quarter)\b/i;

function read(question: string): Said | null {
  const text = question.replace(/[?!.\s]+$/, '').replace(/[’‘]/g, "'");
  if (!marks.test(text) || otherForm.test(text)) return null;
  const bare = text.replace(opening, '');
  for (const form of forms) {
    const found = form.exec(bare)?.groups;
    const said = found && saidIn(found);
    if (said) return said;
  }
  return null;
}

function saidIn(found: Readonly<Record<string, string | undefined>>): Said | null {
  const { groups = '', verb } = found;
  const deed = verb === undefined ? null : figureOfDeed(verb, groups);
  const said = found['figure'];
  if (said === undefined && deed === null) return null;
  const isNeutral = /^(?:made?|generated?|brought|placed|handled?|booked|sent)$/i.test(verb ?? '');
  const figures =
    said === undefined ? [deed ?? ''] : verb === undefined || isNeutral ? [said] : [`${said} ${verb}`];
  const rest = [found['restBefore'], found['rest']].join(' ').replace(/ {2,}/g, ' ').trim();
  const within = found['whose'] ?? ownGroup(found['within']);
  const factor = factorOf(found['times']);
  if (factor === null || /^(?:average|mean|\d.*)$/i.test(said ?? '')) return null;
  return { groups, side: sideOf(found['side'] ?? ''), figures: [...new Set(figures)], rest, within, factor };
}

const ownGroup = (word: string | undefined): string | null =>
  /^(?:team|region|segment|industry|tier)$/i.test(word ?? '') ? (word ?? null) : null;

function factorOf(said: string | undefined): number | null {
  if (said === undefined) return 1;
  const known = { twice: 2, double: 2, half: 0.5 }[said.toLowerCase()];
  const factor = known ?? smallNumbers[said.toLowerCase()] ?? Number(said);
  return Number.isFinite(factor) && factor > 0 ? factor : null;
}

function sideOf(said: string): Side {
  if (/^better/i.test(said)) return 'better';
  if (/^worse/i.test(said)) return 'worse';
  return new RegExp(`^(?:${below}|fewer|less|lower|smaller|shorter)$`, 'i').test(said) ? 'below' : 'above';
}

/**
 * "Reps below the average win rate", "engineers with more open tickets than the average of their team": each group's figure
 * against the mean of all groups, or of those of the same team.
 *
 * @param question a tidied question
 */
export function planMeanGroups(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  const said = read(question);
  if (said === null) return null;
  const by = byGroups(said.groups);
  for (const figureSaid of said.figures) {
    const core = planWords([figureSaid, by, said.rest].filter((part) => part !== '').join(' '));
    const plan = core?.plan.kind === 'metric' && isOfGroups(catalogue, core.plan) ? core.plan : null;
    const metric = catalogue.metrics.get(plan?.metrics[0] ?? '');
    if (!core || !plan || !metric) continue;
    const within = said.within === null ? null : withinOf(catalogue, plan, said.within, planWords);
    if (said.within !== null && within === null) return null;
    const isUp =
      said.side === 'above' ||
      (said.side !== 'below' && (said.side === 'better') === (metric.goodDirection === 'up'));
    if (metric.goodDirection === 'none' && /^(?:better|worse)$/.test(said.side)) continue;
    return {
      plan: {
        ...plan,
        groupBy: [...plan.groupBy, ...(within === null ? [] : [{ dimension: within }])],
        having: [
          {
            metric: metric.id,
            op: isUp ? 'gt' : 'lt',
            value: said.factor,
            against: 'mean',
            ...(within !== null && { within }),
          },
        ],
        orderBy: [{ by: metric.id, direction: isUp ? 'desc' : 'asc' }],
      },
      from: [core],
    };
  }
  return null;
}

const isOfGroups = (
  catalogue: Catalogue,
  { metrics, groupBy: [group, another], compare, transform, part, having }: MetricPlan,
): boolean =>
  metrics.length === 1 &&
  group !== undefined &&
  another === undefined &&
  group.dimension !== metricTime &&
  /^(?:text|number)$/.test(catalogue.dimensions.get(group.dimension)?.type ?? '') &&
  compare === 'none' &&
  transform === 'none' &&
  having.length === 0 &&
  part === undefined;

/** The dimension of "their team", as the same figure is split by it. */
function withinOf(catalogue: Catalogue, plan: MetricPlan, word: string, planWords: PlanWords): string | null {
  const label = catalogue.metrics.get(plan.metrics[0] ?? '')?.label ?? '';
  const other = planWords(`${label} by ${word}`)?.plan;
  const [group, another] = other?.kind === 'metric' ? other.groupBy : [];
  return group === undefined || another !== undefined ? null : group.dimension;
}
