/**
 * What goes wrong on command:
 * - `rate-limited`: 429 before anything happens; `retryAfterSeconds: null` leaves the header out.
 * - `server-error-before` / `server-error-after`: 5xx without / with the call having taken effect.
 * - `drop-before`: the connection is cut and nothing happened; `cut-after`: it happened, then the connection is cut.
 * - `truncate-after`: it happened, half of the answer arrives.
 * - `hang-before` / `hang-after`: no answer at all (until the client gives up).
 * - `html`: a 200 that is a web page; nothing happened.
 * - `error`: `ok: false` with a code; nothing happened.
 * - `delay`: waits, then goes on with the next rule.
 * - `drop-event` / `repeat-event`: only for `event:<type>`: an event gets lost on its first way / is sent twice.
 */
export type FaultAction =
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'server-error-before'; readonly status?: number }
  | { readonly kind: 'server-error-after'; readonly status?: number }
  | { readonly kind: 'drop-before' }
  | { readonly kind: 'cut-after' }
  | { readonly kind: 'truncate-after' }
  | { readonly kind: 'hang-before' }
  | { readonly kind: 'hang-after' }
  | { readonly kind: 'html' }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'drop-event' }
  | { readonly kind: 'repeat-event' };

export const faultKinds: readonly FaultAction['kind'][] = [
  'rate-limited',
  'server-error-before',
  'server-error-after',
  'drop-before',
  'cut-after',
  'truncate-after',
  'hang-before',
  'hang-after',
  'html',
  'error',
  'delay',
  'drop-event',
  'repeat-event',
];

export interface FaultRule {
  /** Method, `upload`, `response_url`, `event:<type>`, `*` for all methods or `event:*`. */
  readonly method: string;
  readonly action: FaultAction;
  /** Only for this channel. */
  readonly channel?: string;
  /** How often it happens; default: always. */
  readonly count?: number;
  /** Chance for each call, 0 to 1; default 1. */
  readonly probability?: number;
}

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  list(): readonly FaultRule[];
  /** The faults that happen to this call: any delays, then at most one other. */
  draw(method: string, channel: string): readonly FaultAction[];
}

/** @param seed makes rules with a probability repeatable */
export function createFaults(seed: number): Faults {
  let rules: { readonly rule: FaultRule; left: number }[] = [];
  const random = randomNumbers(seed);
  return {
    add: (rule) => void rules.push({ rule, left: rule.count ?? Number.POSITIVE_INFINITY }),
    clear() {
      rules = [];
    },
    list: () => rules.filter(({ left }) => left > 0).map(({ rule }) => rule),
    draw(method, channel) {
      const drawn: FaultAction[] = [];
      for (const entry of rules) {
        if (entry.left === 0 || !matches(entry.rule, method, channel)) continue;
        if (random() >= (entry.rule.probability ?? 1)) continue;
        entry.left -= 1;
        drawn.push(entry.rule.action);
        if (entry.rule.action.kind !== 'delay') break;
      }
      return drawn;
    },
  };
}

function matches(rule: FaultRule, method: string, channel: string): boolean {
  if (rule.channel !== undefined && rule.channel !== channel) return false;
  if (rule.method === method) return true;
  return method.startsWith('event:') ? rule.method === 'event:*' : rule.method === '*';
}

/** Numbers in [0, 1) from a 32-bit state (a multiply-and-shift mixer over a Weyl sequence). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
}
