import type { PlanOption } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import type { TraceStep } from '../reading.ts';
import { tidy } from '../token.ts';

/** What is asked back, with a complete plan for each figure that the asker may see. */
export interface OpenFigure {
  readonly question: string;
  readonly options: readonly PlanOption[];
}

type Meant = readonly (readonly [label: string, words: string])[];

const figures: Meant = [
  ['Tickets opened', 'tickets opened'],
  ['Won amount', 'won amount'],
  ['Conversations', 'conversations'],
  ['Average CSAT', 'average csat'],
  ['Open tickets', 'open tickets'],
  ['Open deals', 'open deals'],
];
const people: Meant = [
  ['Open tickets', 'agents with the most open tickets'],
  ['Tickets solved', 'agents with the most tickets solved'],
  ['Won amount', 'reps with the highest won amount'],
  ['Open deals', 'reps with the most open deals'],
];
const newest: Meant = [
  ['Tickets', 'newest tickets'],
  ['Deals', 'newest deals'],
  ['Customer escalations', 'newest escalations'],
  ['Conversations', 'newest conversations'],
];
const growing: Meant = [
  ['Logins to the product', 'customers by logins compared to the 30 days before'],
  ['API calls', 'customers by api calls compared to the 30 days before'],
  ['Health score', 'customers by health score compared to the 30 days before'],
];

const largest: Meant = [
  ['Deals by amount', 'largest deals'],
  ['Customers by ARR', 'top 10 customers by arr'],
  ['Subscriptions by MRR', 'largest subscriptions'],
];

/** "Compare the two teams": of what else can be ranked, the figures that the catalogue ranks it by. */
const sides =
  /^(?:please |can you |could you )?compare (?:(?:the|my|our|all|both|two|three|four) )*(?<sides>teams|regions|segments|industries|reps|agents|products|channels|campaigns|partners|customers|accounts)(?: with each other| to each other)?(?: for me)?(?<rest> .+)?$/i;

const compared =
  /\b(?:compared (?:to|with)|versus|vs\.?|against) (?:the )?(?:last|previous|prior) (?:week|month|quarter|year)\b/i;
const longest = 9;

/**
 * "How many on Tuesday", "how did last month go", "who has the most": every word is known and none names anything that is
 * counted, so it is asked back which figure is meant.
 *
 * @param trace of the reading that found nothing; its times are those of the options
 * @param plan plans a question in other words
 * @returns null when the question is long, or when fewer than two figures can be told
 */
export function askFigure(
  request: PlanRequest,
  trace: readonly TraceStep[],
  plan: (request: PlanRequest) => PlannedQuestion,
): OpenFigure | null {
  const text = tidy(request.question).replace(/[?.!]+$/, '');
  const said = text.split(/\s+/);
  if (said.length < 2 || said.length > longest) return null;
  const groups = sides.exec(text)?.groups;
  if (groups !== undefined) {
    const ranked = plan({
      ...request,
      question: `best ${groups['sides'] ?? ''}${groups['rest'] ?? ''}`,
    }).plan;
    return ranked.kind === 'clarify'
      ? { question: 'Compared by which figure?', options: ranked.options }
      : null;
  }
  // "Are we faster" asks for a time, which these are none of.
  if (/^compare\b|\b(?:faster|slower|quicker)\b/i.test(text)) return null;
  const changed =
    /^(?:which|what) (?:customers|accounts|clients) (?:are|have been|were) (?:growing|shrinking|declining|expanding)\b/i.test(
      text,
    );
  const [meant, question] = changed
    ? [growing, 'Growing or shrinking in what?']
    : /^(?:and )?who\b/i.test(text)
      ? [people, 'By which figure?']
      : /\b(?:largest|biggest|highest|big|large)\b/i.test(text)
        ? [largest, 'The largest of what?']
        : /\b(?:latest|newest|most recent)\b/i.test(text)
          ? [newest, 'The latest of what?']
          : [figures, 'Which figure do you mean?'];
  const when = trace.flatMap(({ rule, words }) => (rule.startsWith('time') ? [words] : [])).join(' ');
  const [beside] = compared.exec(text) ?? [];
  // "Show me the data" asks for nothing at all.
  const asksHow = /^(?:and |so )?how\b/i.test(text);
  if (meant === figures && when === '' && beside === undefined && !asksHow) return null;
  const whose = /\bmy team\b/i.test(text)
    ? ' of my team'
    : /\b(?:i|me|my|mine)\b/i.test(text)
      ? ' of mine'
      : '';
  const options = meant.flatMap(([label, words]) => {
    const asked = `${words}${whose} ${beside ?? when}`.trim();
    const { plan: found, guess, one } = plan({ ...request, question: asked });
    const isWhole = (found.kind === 'metric' || found.kind === 'list') && guess === undefined && !one;
    return isWhole ? [{ label, plan: found }] : [];
  });
  return options.length < 2 ? null : { question, options };
}
