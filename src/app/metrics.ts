import type { StoredAnswer } from '../interactions/answer-deps.ts';
import type { Spent } from '../planner/model-allowance.ts';

/** What happened since this process started, for a monitoring system to collect. */
export interface Metrics {
  readonly answered: (answer: Pick<StoredAnswer, 'outcome' | 'planner' | 'latencyMs' | 'reason'>) => void;
  readonly spent: (spent: Spent) => void;
  /** @param cache what the cache of answers counted */
  render(cache: { readonly hits: number; readonly misses: number }): string;
}

/** Upper bounds in seconds; 0.3 and 3 are the limits that answers are held to. */
const bounds = [0.05, 0.1, 0.2, 0.3, 0.6, 1, 2, 3, 5, 10, 15];

/**
 * Counters and one histogram in the text format of Prometheus (version 0.0.4). Labels come from closed lists: a model's
 * id or a person's words would make a series each.
 */
export function createMetrics(): Metrics {
  const counters = new Map<string, number>();
  const add = (series: string, by = 1): void => {
    counters.set(series, (counters.get(series) ?? 0) + by);
  };
  const buckets = bounds.map(() => 0);
  let seconds = 0;
  let answers = 0;
  return {
    answered: ({ outcome, planner, latencyMs, reason }) => {
      const took = latencyMs / 1000;
      for (const [index, bound] of bounds.entries())
        if (took <= bound) buckets[index] = (buckets[index] ?? 0) + 1;
      seconds += took;
      answers += 1;
      add(`heed_answers_total{outcome="${outcome}",planner="${plannerLabel(planner)}"}`);
      if (outcome === 'failed' || outcome === 'refused')
        add(`heed_answer_errors_total{code="${codeOf(outcome, reason)}"}`);
    },
    spent: ({ calls, inputTokens, cachedTokens, outputTokens }) => {
      add('heed_model_calls_total', calls);
      add('heed_model_tokens_total{direction="in"}', inputTokens);
      add('heed_model_tokens_total{direction="in_cached"}', cachedTokens);
      add('heed_model_tokens_total{direction="out"}', outputTokens);
    },
    render: ({ hits, misses }) => {
      const histogram = [
        ...bounds.map((bound, index) => `heed_answer_seconds_bucket{le="${bound}"} ${buckets[index] ?? 0}`),
        `heed_answer_seconds_bucket{le="+Inf"} ${answers}`,
        `heed_answer_seconds_sum ${Number(seconds.toFixed(6))}`,
        `heed_answer_seconds_count ${answers}`,
      ];
      const cache = [
        `heed_query_cache_total{result="hit"} ${hits}`,
        `heed_query_cache_total{result="miss"} ${misses}`,
        `heed_query_cache_hit_ratio ${hits + misses === 0 ? 0 : Number((hits / (hits + misses)).toFixed(6))}`,
      ];
      const counted = [...counters].map(([series, count]) => `${series} ${count}`);
      return `${withTypes([...histogram, ...cache, ...counted.sort()]).join('\n')}\n`;
    },
  };
}

const families = [
  ['heed_answer_seconds', 'histogram', 'From question to reply.'],
  ['heed_query_cache_total', 'counter', 'Questions that the cache of answers was asked for.'],
  ['heed_query_cache_hit_ratio', 'gauge', 'Share of them that it answered, since the start.'],
  ['heed_answers_total', 'counter', 'Questions by how they ended and who understood them.'],
  ['heed_answer_errors_total', 'counter', 'Questions without an answer, by the reason.'],
  ['heed_model_calls_total', 'counter', 'Requests to the model.'],
  ['heed_model_tokens_total', 'counter', 'Tokens that the model read and wrote.'],
] as const;

function withTypes(lines: readonly string[]): readonly string[] {
  return families.flatMap(([name, type, help]) => {
    const own = lines.filter((line) => line.startsWith(name));
    return own.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...own];
  });
}

function plannerLabel(planner: string): string {
  if (planner.startsWith('bedrock:')) return 'bedrock';
  return planner === 'rules' || planner === 'verified' ? planner : 'other';
}

/** The word before the colon of a refusal is one of a closed list; what follows is somebody's words. */
function codeOf(outcome: string, reason: string | null): string {
  if (outcome === 'failed') return reason === 'deadline' ? 'deadline' : 'failed';
  return /^[a-z_]{1,20}(?=:)/.exec(reason ?? '')?.[0] ?? 'other';
}
