/**
 * Door of the synthetic world: a made-up company in the file formats that real ones bring. In: a seed, a size and the
 * instant at which it ends. Out: customers.txt, on_call/CE-*.txt, Salesforce exports in sfdc/, daily signals as CSV,
 * and what was planted in truth.json. It never reads a clock: the same request gives the same bytes.
 */

import { buildAccounts } from './accounts.ts';
import { commercePart } from './commerce.ts';
import { riskPart } from './commerce-risk.ts';
import { snapshotsPart } from './commerce-snapshots.ts';
import { conversationsPart } from './conversations.ts';
import { marketingPart } from './marketing.ts';
import { partnersPart } from './partners.ts';
import { buildPeople } from './people.ts';
import { presencePart } from './presence.ts';
import { createRandom } from './random.ts';
import type { WorldBasis, WorldSink, WorldSize } from './world.ts';
import { fillFolder } from './world-folder.ts';
import { createWorldSink } from './world-sink.ts';
import { scaleOf } from './world-sizes.ts';
import type { WorldTruth } from './world-truth.ts';
import { writeCustomers } from './write-customers.ts';
import { writeDeals } from './write-deals.ts';
import { writeEscalations } from './write-escalations.ts';
import { writeSignals } from './write-signals.ts';
import { writeTickets } from './write-tickets.ts';

export type { WorldTruth } from './world-truth.ts';

/** One more part of the world; what it returns stands in truth.json under its name. */
type WorldPart = (basis: WorldBasis, sink: WorldSink) => Promise<Readonly<Record<string, unknown>>>;

/** Parts beside customers, tickets, deals and signals, in the order in which they are written. Add one here. */
const parts: readonly { readonly name: string; readonly write: WorldPart }[] = [
  marketingPart,
  conversationsPart,
  presencePart,
  partnersPart,
  commercePart,
  riskPart,
  snapshotsPart,
];

export interface WorldOptions {
  readonly seed: number;
  readonly size: WorldSize;
  /** The world ends here: nothing in it happened later. */
  readonly asOf: Date;
  readonly outDir: string;
  /** History instead of the size's own; tickets and messages grow with it. */
  readonly days?: number | undefined;
  /** Replace what is in `outDir`; default: refuse a folder that holds something. */
  readonly replaces?: boolean | undefined;
  readonly onRows?: ((rows: number, table: string) => void) | undefined;
  /** When aborted, nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a world; the folder appears whole or not at all.
 *
 * @returns what was planted; also written to truth.json
 * @throws UserError when the folder holds something already
 */
export async function writeWorld(options: WorldOptions): Promise<WorldTruth> {
  return await fillFolder(options.outDir, options.replaces === true, async (folder) => {
    const sink = createWorldSink(folder, options);
    try {
      const truth = await writeEverything(buildBasis(options), sink, () => sink.rows());
      sink.text('truth.json', `${JSON.stringify(truth, null, 2)}\n`);
      return truth;
    } finally {
      await sink.close();
    }
  });
}

/** What every part builds on; exported for tests of single parts. */
export function buildBasis(options: Pick<WorldOptions, 'seed' | 'size' | 'asOf' | 'days'>): WorldBasis {
  const { seed, size, asOf } = options;
  const random = createRandom(seed);
  const scale = scaleOf(size, options.days);
  const people = buildPeople(random.fork('people'), size === 'large');
  const accounts = buildAccounts(random.fork('accounts'), { count: scale.accounts, asOf, people });
  return { seed, size, scale, asOf, accounts, people, random: (part) => random.fork(part) };
}

async function writeEverything(basis: WorldBasis, sink: WorldSink, rows: () => number): Promise<WorldTruth> {
  const customers = await writeCustomers(basis, sink);
  const escalations = writeEscalations(basis, sink);
  const { productVariants, ...deals } = await writeDeals(basis, sink);
  const tickets = await writeTickets(basis, sink);
  const signals = await writeSignals(basis, sink);
  const others: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const { name, write } of parts) others[name] = await write(basis, sink);
  const { nameVariants, ...accounts } = customers;
  return {
    seed: basis.seed,
    asOf: basis.asOf.toISOString(),
    rows: rows(),
    ...accounts,
    ...tickets,
    ...signals,
    ...deals,
    ...escalations,
    nameVariants: { accounts: nameVariants, products: productVariants },
    parts: others,
  };
}
