import { audit } from '../access/audit.ts';
import type { Config } from '../config/load-config.ts';
import { alertSnapshotSchema } from '../domain/alert.ts';
import type { AccountChoice, SimulationRequest, Simulator } from '../interactions/simulate.ts';
import {
  resetSimulation,
  type SimulateDeps,
  type Simulated,
  simulateOutage,
  simulatePulse,
} from '../jobs/simulate.ts';
import { type SimulationView, simulationLine, simulationNext } from '../messages/simulation-message.ts';
import { StoreLockedError } from '../store/errors.ts';
import {
  type AccountAlert,
  listAccountNames,
  listAlertsOfAccounts,
  listHealthNow,
  listSimulationSteps,
} from '../store/simulation-store.ts';
import { fail, type Issue, ok, type Result, UserError } from '../toolkit/issue.ts';
import { analyse } from './analyse.ts';
import { originOf, withDemoZone } from './demo/demo-origin.ts';
import { evaluate } from './evaluate.ts';
import { buildFastPath } from './ingest.ts';
import { type Heed, openHeed } from './open-heed.ts';
import { inStep, type Progress } from './progress.ts';
import { matchAccount } from './simulate-account.ts';

export interface SimulatorDeps {
  readonly heed: Heed;
  /** Channel ids by name without `#`; empty where no platform is connected. */
  readonly channels: ReadonlyMap<string, string>;
  readonly kick: () => void;
  readonly onProgress?: (detail: string) => void;
}

/** Runs of the analyser that a reset waits for at most; rules wait for two before they resolve. */
const MOST_RUNS = 4;
const PAUSE_MS = 500;

/**
 * Simulates over the ordinary path: records are stored, the analyser's functions look at what they touched, the rules
 * judge it and the outbox takes the messages. One simulation at a time.
 */
export function createSimulator(deps: SimulatorDeps): Simulator {
  const { heed, channels, kick } = deps;
  const fastPath = buildFastPath(heed, channels, kick);
  let last: Promise<unknown> = Promise.resolve();
  const look = async ({ touched }: Simulated, key: string): Promise<void> => {
    const looked = await fastPath.submit({ source: 'simulation', key, touched });
    if (looked.kind !== 'analysed') await runAll(deps);
  };
  return {
    run(request, actorId) {
      const next = last.then(async () => {
        const refusal = await refusalFor(heed, request);
        if (refusal !== null) return fail(refusal);
        const account = await chosenAccount(heed, request);
        if (!account.ok) return account;
        return await runOne({ ...deps, look, actorId }, request, account.value);
      });
      last = next.catch(() => undefined);
      return next;
    },
    async panel() {
      const { db } = heed.store;
      if ((await originOf(heed.store)).kind !== 'demo') return null;
      const [health, names, steps] = [
        await listHealthNow(db),
        await listAccountNames(db),
        await listSimulationSteps(db),
      ];
      const broken = new Set(
        steps.flatMap(({ kind, accountId }) => (kind === 'outage' ? (accountId ?? []) : [])),
      );
      return {
        accounts: names
          .flatMap(({ id, name }) => {
            const score = health.get(id);
            return score === undefined || broken.has(id) ? [] : [{ id, name, health: score }];
          })
          .sort((a, b) => b.health - a.health),
        outages: names
          .filter(({ id }) => broken.has(id))
          .map(({ id, name }) => ({ id, name, health: health.get(id) ?? null })),
        pulses: steps.filter(({ kind }) => kind === 'pulse').length,
      };
    },
  };
}

type Account = { readonly id: string; readonly name: string };

interface RunDeps extends SimulatorDeps {
  readonly look: (simulated: Simulated, key: string) => Promise<void>;
  readonly actorId: string | null;
}

async function runOne(
  deps: RunDeps,
  request: SimulationRequest,
  account: Account | null,
): Promise<Result<SimulationView>> {
  const { heed, onProgress } = deps;
  const { store, clock } = heed;
  const started = clock.now();
  const since = request.kind === 'reset' ? await simulatedSince(heed, account) : started;
  const healthBefore = await listHealthNow(store.db);
  onProgress?.('storing records');
  const simulated = await storeSimulated(heed, request, account);
  if (simulated === null) return fail(nothingToDo(request, account));
  const { accounts } = simulated.touched;
  const alertsBefore = await listAlertsOfAccounts(store.db, accounts, started);
  onProgress?.('analysing');
  await deps.look(simulated, `${request.kind}/${started.toISOString()}`);
  const ending = request.kind === 'reset' ? await settle(deps, accounts, since, started) : 0;
  const alertsAfter = await listAlertsOfAccounts(store.db, accounts, started);
  await audit(store.db, {
    actorId: deps.actorId,
    action: `simulate-${request.kind}`,
    subject: account?.id ?? 'all',
    at: started,
  });
  const { incidents, tickets, surveys, usageDays } = simulated;
  const about = account ?? (request.kind === 'reset' ? await onlyOne(heed, accounts) : null);
  const healthAfter = await listHealthNow(store.db);
  return ok({
    kind: request.kind,
    account: about,
    accounts: accounts.length,
    healthBefore: about === null ? null : (healthBefore.get(about.id) ?? null),
    healthAfter: about === null ? null : (healthAfter.get(about.id) ?? null),
    ...{ incidents, tickets, surveys, usageDays },
    fired: firedSince(alertsBefore, alertsAfter, deps.channels),
    resolved: resolvedSince(alertsBefore, alertsAfter),
    ending,
  });
}

function storeSimulated(
  heed: Heed,
  request: SimulationRequest,
  account: Account | null,
): Promise<Simulated | null> {
  const deps: SimulateDeps = { store: heed.store, clock: heed.clock, zone: heed.config.HEED_TIME_ZONE };
  switch (request.kind) {
    case 'pulse':
      return simulatePulse(deps);
    case 'outage':
      return account === null ? Promise.resolve(null) : simulateOutage(deps, account.id);
    case 'reset':
      return resetSimulation(deps, account?.id ?? null);
  }
}

/** The whole analyser and every rule, as a tick does it. */
async function runAll({ heed, channels, kick }: SimulatorDeps): Promise<void> {
  const { state } = await analyse(heed);
  // Another run is under way; what it writes may have been read before us.
  if (state === 'skipped') await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  await evaluate(heed, channels);
  kick();
}

/**
 * Rules wait for runs of the analyser before they take an alert back, so those runs are made.
 *
 * @returns how many alerts of the simulation are open still
 */
async function settle(deps: RunDeps, accounts: readonly string[], since: Date, now: Date): Promise<number> {
  const { heed, onProgress } = deps;
  for (let run = 0; ; run += 1) {
    const open = (await listAlertsOfAccounts(heed.store.db, accounts, now)).filter(
      ({ state, pendingAt }) => state !== 'resolved' && pendingAt >= since,
    );
    if (open.length === 0 || run === MOST_RUNS) return open.length;
    onProgress?.(`${open.length} to resolve, run ${run + 1} of the analyser`);
    await runAll(deps);
  }
}

async function simulatedSince({ store, clock }: Heed, account: Account | null): Promise<Date> {
  const steps = await listSimulationSteps(store.db);
  const first = steps.find(
    ({ accountId }) => account === null || accountId === null || accountId === account.id,
  );
  return first?.at ?? clock.now();
}

/** A reset of everything that concerned one account is told as the reset of that account. */
async function onlyOne({ store }: Heed, accounts: readonly string[]): Promise<Account | null> {
  const [only, ...others] = accounts;
  if (only === undefined || others.length > 0) return null;
  return (await listAccountNames(store.db)).find(({ id }) => id === only) ?? null;
}

function firedSince(
  before: readonly AccountAlert[],
  after: readonly AccountAlert[],
  channels: ReadonlyMap<string, string>,
): SimulationView['fired'] {
  const fired = (alerts: readonly AccountAlert[]) => alerts.filter(({ state }) => state === 'firing');
  const known = new Set(fired(before).map(({ id }) => id));
  const names = new Map([...channels].map(([name, id]) => [id, `#${name}`]));
  const nameOf = (id: string): string => {
    if (id.startsWith('@')) return 'a direct message';
    return id.startsWith('#') ? id : (names.get(id) ?? 'its channel');
  };
  return fired(after)
    .filter(({ id }) => !known.has(id))
    .map(({ ruleId, snapshot }) => {
      const read = alertSnapshotSchema.safeParse(snapshot);
      const isPosted = read.success && read.data.delivery.held === null;
      return { rule: ruleId, channels: isPosted ? read.data.delivery.conversations.map(nameOf) : [] };
    });
}

function resolvedSince(before: readonly AccountAlert[], after: readonly AccountAlert[]): number {
  const open = new Set(before.filter(({ state }) => state !== 'resolved').map(({ id }) => id));
  return after.filter(({ id, state }) => state === 'resolved' && open.has(id)).length;
}

async function chosenAccount(heed: Heed, request: SimulationRequest): Promise<Result<Account | null>> {
  const choice: AccountChoice | null = request.kind === 'pulse' ? null : request.account;
  if (choice === null) return ok(null);
  return matchAccount(await listAccountNames(heed.store.db), choice);
}

const wouldDo: Readonly<Record<SimulationRequest['kind'], string>> = {
  pulse: 'would add an hour of made-up usage, tickets and survey answers to every account',
  outage: 'would add made-up incidents and tickets to an account and change its usage',
  reset: 'would take simulated records away',
};

/** Nobody's real records are ever mixed with made-up ones. */
async function refusalFor(heed: Heed, { kind }: SimulationRequest): Promise<Issue | null> {
  const origin = await originOf(heed.store);
  if (origin.kind === 'demo') return null;
  const why =
    origin.kind === 'empty'
      ? 'this store is empty'
      : `this store holds imported data (source "${origin.source}")`;
  return {
    code: 'not-a-demo',
    path: `simulate ${kind}`,
    message: `This ${wouldDo[kind]}, so it works only in a store that the demo filled, and ${why}. Nothing was changed. Start the demo (npm run demo) and simulate there.`,
  };
}

function nothingToDo({ kind }: SimulationRequest, account: Account | null): Issue {
  const path = `simulate ${kind}`;
  if (kind === 'outage')
    return {
      code: 'already-simulated',
      path,
      message: `${account?.name ?? 'The account'} is in a simulated outage already; end it first: heed simulate reset ${account?.name ?? ''}`,
    };
  const whom = account === null ? 'Nothing is simulated' : `Nothing is simulated for ${account.name}`;
  return { code: 'nothing-simulated', path, message: `${whom}, so there is nothing to put back.` };
}

/**
 * Opens a store for simulating from the command line.
 *
 * @throws UserError when the demo has it open: the embedded store belongs to one process
 */
export async function openForSimulation(config: Config, progress: Progress): Promise<Heed> {
  try {
    return await openHeed(withDemoZone(config), { progress });
  } catch (error) {
    if (!(error instanceof StoreLockedError)) throw error;
    throw new UserError([
      {
        code: error.code,
        path: 'heed simulate',
        message: `${error.message.split(';')[0] ?? ''}: the demo is running. Simulate there: open its page (http://127.0.0.1:4010 unless --port says otherwise), act as the manager, and type /heed simulate … in any channel or use the buttons on Heed's Home tab. From this terminal it works when the demo is stopped, or when both use a DATABASE_URL.`,
      },
    ]);
  }
}

/**
 * One simulation from the command line. Messages wait in the outbox for the service that uses the same database.
 *
 * @throws UserError outside of a demo, for an unknown or ambiguous account, or when there is nothing to do
 */
export async function simulateOnce(
  heed: Heed,
  request: SimulationRequest,
  progress: Progress,
): Promise<{ readonly view: SimulationView; readonly line: string; readonly next: string }> {
  const view = await inStep(
    progress,
    'Simulating',
    async (step) => {
      const simulator = createSimulator({
        heed,
        channels: new Map(),
        kick: () => undefined,
        onProgress: (detail) => step.update(detail),
      });
      const done = await simulator.run(request, null);
      if (!done.ok) throw new UserError(done.issues);
      return done.value;
    },
    ({ kind }) => kind,
  );
  return { view, line: simulationLine(view), next: simulationNext(view) };
}
