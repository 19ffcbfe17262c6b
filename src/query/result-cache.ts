import { createHash } from 'node:crypto';
import type { Asker } from '../access/asker.ts';
import { readDataStamp } from '../store/data-stamp.ts';
import type { Store } from '../store/database.ts';
import type { Clock } from '../toolkit/clock.ts';
import type { Result } from '../toolkit/issue.ts';
import type { AnswerData } from './answer-data.ts';
import type { QueryPlan } from './metric-query.ts';

/** Remembers answers for half a minute, for as long as their data stays the same. */
export interface ResultCache {
  /** Gives the kept answer to the same plan of the same asker, or computes it. Issues are never kept. */
  answer(question: CachedQuestion, compute: () => Promise<Result<AnswerData>>): Promise<Result<AnswerData>>;
  readonly counts: () => { readonly hits: number; readonly misses: number };
}

export interface CachedQuestion {
  readonly plan: QueryPlan;
  readonly asker: Asker;
  readonly zone: string;
  readonly catalogueVersion: string;
  /** Everything else that changes the answer, for example the start of the fiscal year. */
  readonly settings: readonly unknown[];
}

/** Seconds; what people see may be this much older than the data (they see as of when it is). */
const ttlSeconds = 30;
const mostAnswers = 500;

interface Kept {
  readonly until: number;
  readonly answer: Promise<Result<AnswerData>>;
}

/**
 * Keeps answers in this process, by plan, asker and version of the data. The asker is part of the key as a whole
 * (person, role, team), so that nobody is ever given what was computed for somebody else.
 */
export function createResultCache(store: Pick<Store, 'db'>, clock: Clock): ResultCache {
  const kept = new Map<string, Kept>();
  let hits = 0;
  let misses = 0;
  const forgetOldest = (): void => {
    const [oldest] = kept.keys();
    if (kept.size > mostAnswers && oldest !== undefined) kept.delete(oldest);
  };
  return {
    answer: async (question, compute) => {
      const key = keyOf(question, await readDataStamp(store.db));
      const now = clock.now().getTime();
      const found = kept.get(key);
      if (found && found.until > now) {
        hits += 1;
        return found.answer;
      }
      misses += 1;
      const answer = compute();
      // Whoever asks the same meanwhile waits for the same answer.
      kept.delete(key);
      kept.set(key, { until: now + ttlSeconds * 1000, answer });
      forgetOldest();
      const result = await answer.catch((error: unknown) => {
        kept.delete(key);
        throw error;
      });
      if (!result.ok) kept.delete(key);
      return result;
    },
    counts: () => ({ hits, misses }),
  };
}

function keyOf({ plan, asker, zone, catalogueVersion, settings }: CachedQuestion, stamp: string): string {
  const { personId, role, teamId } = asker;
  const parts = [plan, personId, role, teamId, zone, catalogueVersion, settings, stamp];
  return createHash('sha256').update(JSON.stringify(parts, inOrder)).digest('hex');
}

/** Plans from buttons and from planners have their fields in different orders. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
