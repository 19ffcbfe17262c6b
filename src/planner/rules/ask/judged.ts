import type { PlanOption } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { tidy } from '../token.ts';

/** Which end of a ranking a word speaks of. */
export type End = 'best' | 'worst';

/** Words that judge and name nothing that is recorded, by the end of a ranking that they speak of. */
const words: Readonly<Record<End, string>> = {
  best: `great|good|excellent|amazing|awesome|brilliant|fantastic|outstanding|promising|juicy|hot|solid|strong|nice|valuable|
    key|vip|important|interesting|relevant|special|successful|effective|productive|efficient|impressive|attractive|worthwhile|
    healthy|shining|star|best|strongest|finest|crucial|vital|significant|notable|warm|premium|strategic|favou?rite|major|standout`,
  worst: `bad|worst|weakest|poor|terrible|awful|horrible|weak|shaky|risky|dodgy|sketchy|iffy|ugly|nasty|messy|tricky|troubled|troublesome|
    problematic|problem|trouble|worrying|worrisome|concerning|alarming|difficult|hard|tough|painful|annoying|toxic|needy|cold|
    dead|lame|stale|fragile|vulnerable|struggling|suffering|failing|slacking|lagging|underperforming|drowning|bleeding|
    disappointing|hopeless|doubtful|questionable|suspicious|dud|burning|pressing|neglected|endangered|wobbly|sick|unhealthy|
    lazy|unproductive|ineffective|unsuccessful|disastrous|dire|crappy|lousy|serious|severe|hairy|gnarly|spicy`,
};
const phrases: Readonly<Record<End, string>> = {
  best: 'doing (?:really |very )?(?:well|great|good)|worth (?:my|our) (?:time|while)|performing well|in good shape|pull(?:s|ing)? (?:their|its|his|her|our|my) (?:own )?weight',
  worst:
    'doing (?:really |very )?(?:badly|poorly|bad)|in trouble|on fire|off track|going (?:wrong|south|badly)|performing (?:badly|poorly)|falling behind|in bad shape|need(?:s|ing)? help|need(?:s|ing)? (?:some |more )?(?:love|attention)',
};

const wordsOf = (end: End): string =>
  words[end]
    .split(/[\s|]+/)
    .filter((word) => word !== '')
    .join('|');
const ends: readonly End[] = ['best', 'worst'];
const judging = ends.map((end) => ({
  end,
  said: new RegExp(`\\b(?:${phrases[end]}|(?:${wordsOf(end)})s?(?:-looking| looking)?)\\b`, 'i'),
}));

/** What makes records of a kind good or bad, where nothing ranks them: what a button says, and the words in its place. */
const readings: readonly {
  readonly noun: RegExp;
  readonly by: Readonly<Record<End, readonly (readonly [label: string, words: string])[]>>;
}[] = [
  {
    noun: /\b(?:deals?|opps?|opportunit(?:y|ies))\b/i,
    by: {
      best: [
        ['The largest', 'largest'],
        ['Forecast as commit', 'commit'],
        ['The newest', 'newest'],
      ],
      worst: [
        ['Past their close date', 'overdue'],
        ['Stuck in their stage', 'stuck'],
        ['The oldest', 'oldest'],
      ],
    },
  },
  {
    noun: /\b(?:tickets?|cases?)\b/i,
    by: {
      best: [
        ['Priority urgent', 'urgent'],
        ['Of enterprise customers', 'enterprise'],
        ['Escalated', 'escalated'],
      ],
      worst: [
        ['Priority urgent', 'urgent'],
        ['The oldest', 'oldest'],
        ['A negative tone', 'negative'],
        ['Escalated', 'escalated'],
      ],
    },
  },
  {
    noun: /\bleads?\b/i,
    by: {
      best: [
        ['Qualified', 'qualified'],
        ['The newest', 'newest'],
      ],
      worst: [
        ['Unqualified', 'unqualified'],
        ['The oldest', 'oldest'],
      ],
    },
  },
  {
    noun: /\b(?:chats?|conversations?)\b/i,
    by: {
      best: [
        ['The shortest', 'shortest'],
        ['Handled by the bot', 'bot'],
      ],
      worst: [
        ['The longest', 'longest'],
        ['Handed over to a human', 'handed over'],
      ],
    },
  },
  {
    noun: /\b(?:subscriptions?|contracts?)\b/i,
    by: {
      best: [
        ['The largest', 'largest'],
        ['The newest', 'newest'],
      ],
      worst: [
        ['Payment past due', 'past due'],
        ['The smallest', 'smallest'],
      ],
    },
  },
  {
    noun: /\b(?:escalations?|incidents?)\b/i,
    by: {
      best: [],
      worst: [
        ['Critical', 'critical'],
        ['The oldest', 'oldest'],
        ['The newest', 'newest'],
      ],
    },
  },
];

/** A question back about a word that judges, with a complete plan for each of its meanings. */
export interface Judged {
  readonly question: string;
  readonly options: readonly PlanOption[];
}

/**
 * "Show me shaky accounts", "which deals look juicy", "who is slacking": nobody recorded what is shaky, but by which figure or
 * state it is meant can be asked back.
 *
 * @param plan plans a question in other words
 * @returns null when no word judges, or when fewer than two meanings can be answered
 */
export function askJudged(
  request: PlanRequest,
  plan: (request: PlanRequest) => PlannedQuestion,
): Judged | null {
  const text = tidy(request.question).replace(/[?.!]+$/, '');
  for (const { end, said } of judging) {
    const match = said.exec(text);
    if (match === null) continue;
    const put = (instead: string): string =>
      text
        .replace(said, instead)
        .replace(
          /\b(?:look|looks|looking|seem|seems|feel|feels|sound|sounds)(?: (?:a bit|rather|quite|really|very|most|the most))? (?=\S)/i,
          'are ',
        )
        .replace(/\b(?:very|really|quite|rather|a bit|somewhat|most|more|the most) (?=\S)/i, '');
    const options = optionsOf(request, end, put, plan);
    if (options.length >= 2) return { question: `What do you mean by “${match[0]}”?`, options };
  }
  return null;
}

/** The word that a plan took for a name although it judges, and nothing that the asker sees is called so. */
export function isJudged({ plan }: PlannedQuestion, { names, stored, catalogue }: PlanRequest): boolean {
  if (plan.kind !== 'list' && plan.kind !== 'metric') return false;
  const isKnown = (id: string, value: string): boolean =>
    [
      ...(stored?.get(id) ?? []),
      ...(catalogue.dimensions.get(id)?.values ?? []).flatMap((one) => [
        one.value,
        one.label,
        ...one.synonyms,
      ]),
    ].some((one) => one.toLowerCase() === value.toLowerCase());
  const taken = plan.where.flatMap(({ any }) =>
    any.flatMap(({ dimension, op, values }) =>
      /^(?:eq|in)$/.test(op) ? values.map(String).filter((value) => !isKnown(dimension, value)) : [],
    ),
  );
  const seen = [...(names?.values() ?? [])].flatMap((some) => [...some].map((one) => one.toLowerCase()));
  return taken.some(
    (value) =>
      judging.some(({ said }) => said.exec(value)?.[0] === value) &&
      !seen.some((name) => name.split(/\s+/).includes(value.toLowerCase())),
  );
}

function optionsOf(
  request: PlanRequest,
  end: End,
  put: (instead: string) => string,
  plan: (request: PlanRequest) => PlannedQuestion,
): readonly PlanOption[] {
  if (readingsOf(request.question, [end]) === null) {
    const ranked = plan({ ...request, question: put(end) }).plan;
    return ranked.kind === 'clarify' ? ranked.options : [];
  }
  return optionsOfRecords(request, [end], put, plan);
}

/** What makes records of the kind that is named good or bad, at either end; none where figures rank them. */
export function optionsOfRecords(
  request: PlanRequest,
  which: readonly End[],
  put: (instead: string) => string,
  plan: (request: PlanRequest) => PlannedQuestion,
): readonly PlanOption[] {
  return (readingsOf(request.question, which) ?? []).flatMap(([label, instead]) => {
    const { plan: found, guess, one } = plan({ ...request, question: put(instead) });
    const isWhole = (found.kind === 'metric' || found.kind === 'list') && guess === undefined && !one;
    return isWhole ? [{ label, plan: found }] : [];
  });
}

function readingsOf(
  question: string,
  which: readonly End[],
): readonly (readonly [label: string, words: string])[] | null {
  const own = readings.find(({ noun }) => noun.test(question));
  return own === undefined ? null : which.flatMap((end) => own.by[end]);
}
