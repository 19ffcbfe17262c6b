import type { Log } from '../../toolkit/log.ts';
import type { ModelAllowance, Spent } from '../model-allowance.ts';
import type { FailureName } from './outcome.ts';

interface Asking {
  readonly allowance?: ModelAllowance;
  readonly personId: string | null;
  readonly day: string;
  readonly expected: Pick<Spent, 'inputTokens' | 'outputTokens'>;
  readonly log: Log;
}

type Allowed<T> =
  | { readonly kind: 'asked'; readonly value: T }
  /** Nothing was asked: the cap is reached, or the account could not be read. */
  | { readonly kind: 'over_allowance' | 'failed' };

/** Outcomes after which the service has read the request and bills it, but never said how much it was. */
const unheard: ReadonlySet<string> = new Set<FailureName>([
  'deadline',
  'cancelled',
  'answer_too_big',
  'unreadable_answer',
]);

/**
 * Asks a model on somebody's account: nothing is asked that could pass the cap, and what was asked is booked, whatever
 * came of it. An account that cannot be reached is no reason to ask without one.
 */
export async function withinAllowance<T extends { readonly usage: Spent; readonly outcome: string }>(
  { allowance, personId, day, expected, log }: Asking,
  ask: () => Promise<T>,
): Promise<Allowed<T>> {
  if (allowance === undefined) return { kind: 'asked', value: await ask() };
  const held = await allowance.hold(personId, day, expected).catch((error: unknown) => {
    log.warn({ error: String(error).slice(0, 300) }, 'the account of model tokens could not be read');
    return 'failed' as const;
  });
  if (held === 'failed') return { kind: 'failed' };
  if (held === null) return { kind: 'over_allowance' };
  const value = await ask();
  const { usage } = value;
  const lost = unheard.has(value.outcome) ? expected.inputTokens : 0;
  // What was set aside stays set aside when this fails: the cap is reached early, not passed.
  await held.settle({ ...usage, inputTokens: usage.inputTokens + lost }).catch((error: unknown) => {
    log.warn({ error: String(error).slice(0, 300) }, 'what a model took could not be booked');
  });
  return { kind: 'asked', value };
}
