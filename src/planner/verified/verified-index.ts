import type { Catalogue } from '../../catalogue/catalogue.ts';
import { type QueryPlan, queryPlanSchema } from '../../query/metric-query.ts';
import { filtersOfPlan, relatedOf } from '../../query/plan-conditions.ts';
import { type Token, tidy, tokenise } from '../rules/token.ts';

/** A word of a wording as it must be said, or a place for a name or a period. */
export type Piece =
  | { readonly kind: 'word'; readonly key: string }
  | { readonly kind: 'slot'; readonly name: string };

/** One wording of a verified question. */
export interface Wording {
  readonly pieces: readonly Piece[];
  /** The plan with its slots still open. */
  readonly plan: Readonly<Record<string, unknown>>;
}

export interface VerifiedIndex {
  /** Wordings without slots by their words. */
  readonly exact: ReadonlyMap<string, Wording>;
  /** The same without words of politeness; absent where two questions become one. */
  readonly near: ReadonlyMap<string, Wording | null>;
  readonly withSlots: readonly Wording[];
  /** Words that typing mistakes are corrected to. */
  readonly words: ReadonlySet<string>;
}

/** Slot for a period; every other slot is named like the dimension it fills. */
export const timeSlot = 'time';

const slotPattern = /\{([a-z][a-z0-9_]{0,62})\}/g;

/** Words that ask for an answer and say nothing about it. */
const polite = new Set(
  `please kindly hey hi hello thanks thank heed me us can could would you show tell give let know see we want need like to
  the a an our is are was were what`.split(/\s+/),
);

const built = new WeakMap<Catalogue, VerifiedIndex>();

/** Verified questions of a catalogue that it can answer; those about what a role may not see are left out. */
export function verifiedIndexOf(catalogue: Catalogue): VerifiedIndex {
  const known = built.get(catalogue);
  if (known) return known;
  const index = buildIndex(catalogue);
  built.set(catalogue, index);
  return index;
}

function buildIndex(catalogue: Catalogue): VerifiedIndex {
  const exact = new Map<string, Wording>();
  const near = new Map<string, Wording | null>();
  const withSlots: Wording[] = [];
  for (const { question, plan } of wordingsOf(catalogue)) {
    const pieces = piecesOf(question);
    const wording = { pieces, plan };
    const keys = pieces.flatMap((piece) => (piece.kind === 'word' ? [piece.key] : []));
    if (keys.length < pieces.length) {
      withSlots.push(wording);
      continue;
    }
    exact.set(keys.join(' '), wording);
    const short = withoutPoliteness(keys).join(' ');
    const other = near.get(short);
    if (short !== '') near.set(short, other === undefined || samePlan(other, wording) ? wording : null);
  }
  const all = [...exact.values(), ...withSlots].flatMap(({ pieces }) => pieces);
  const words = new Set(all.flatMap((piece) => (piece.kind === 'word' ? [piece.key] : [])));
  return { exact, near, withSlots, words };
}

const samePlan = (left: Wording | null, right: Wording): boolean =>
  left !== null && JSON.stringify(left.plan) === JSON.stringify(right.plan);

function* wordingsOf(
  catalogue: Catalogue,
): Generator<{ readonly question: string; readonly plan: Readonly<Record<string, unknown>> }> {
  for (const metric of catalogue.metrics.values())
    if (metric.hidden !== true)
      for (const question of metric.verifiedQuestions)
        yield { question, plan: { kind: 'metric', metrics: [metric.id] } };
  for (const { questions, plan } of catalogue.verified) {
    if (!isAnswerable(catalogue, plan)) continue;
    for (const question of questions) yield { question, plan };
  }
}

/** Every name of the plan is in this catalogue; a role's own catalogue lacks some. */
function isAnswerable(catalogue: Catalogue, written: Readonly<Record<string, unknown>>): boolean {
  const plan = planWith(written, sampleSlots(written));
  if (!plan) return false;
  const named = plan.kind === 'metric' ? plan.groupBy.map(({ dimension }) => dimension) : plan.columns;
  const filtered = filtersOfPlan(plan).map(({ dimension }) => dimension);
  const hasRows =
    plan.kind === 'list'
      ? catalogue.entities.has(plan.entity)
      : plan.metrics.every((id) => catalogue.metrics.has(id));
  const hasOthers = relatedOf(plan).every(({ entity }) => catalogue.entities.has(entity));
  return (
    hasRows &&
    hasOthers &&
    [...named, ...filtered].every((id) => id === timeSlot || catalogue.dimensions.has(id))
  );
}

/** Something of the right kind in every slot, to see whether a plan is one. */
export function sampleSlots(written: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    [...slotsIn(written)].map((name) => [name, name === timeSlot ? { kind: 'all' } : 'x'] as const),
  );
}

/** Names of `$slot` in a plan. */
export function slotsIn(written: unknown): ReadonlySet<string> {
  if (typeof written === 'string') return new Set(written.startsWith('$') ? [written.slice(1)] : []);
  if (typeof written !== 'object' || written === null) return new Set();
  return new Set(Object.values(written).flatMap((one) => [...slotsIn(one)]));
}

/** A plan with its slots filled; null when the contract refuses it. Only whole values are replaced. */
export function planWith(written: unknown, filled: ReadonlyMap<string, unknown>): QueryPlan | null {
  const fill = (one: unknown): unknown => {
    if (typeof one === 'string' && one.startsWith('$')) return filled.get(one.slice(1)) ?? one;
    if (Array.isArray(one)) return one.map(fill);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, fill(value)]));
  };
  const parsed = queryPlanSchema.safeParse(fill(written));
  return parsed.success ? parsed.data : null;
}

/** Words and slots of a wording in order. */
export function piecesOf(question: string): readonly Piece[] {
  return question.split(slotPattern).flatMap((part, index): Piece[] => {
    if (index % 2 === 1) return [{ kind: 'slot', name: part }];
    return spoken(tokenise(tidy(part))).map((token) => ({ kind: 'word', key: keyOf(token) }));
  });
}

export const spoken = (tokens: readonly Token[]): readonly Token[] =>
  tokens.filter((token) => token.kind !== 'comma');

/** Two quoted names are two words; everything else is compared in its one form. */
export const keyOf = (token: Token): string => (token.kind === 'quoted' ? `"${token.lower}"` : token.word);

export const withoutPoliteness = (keys: readonly string[]): readonly string[] =>
  keys.filter((key) => !polite.has(key));
