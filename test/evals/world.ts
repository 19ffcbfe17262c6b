import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asker } from '../../src/access/asker.ts';
import { findAskerByName } from '../../src/access/find-asker.ts';
import { analyse } from '../../src/app/analyse.ts';
import { buildWorld } from '../../src/app/demo/build-world.ts';
import { type Heed, openHeed } from '../../src/app/open-heed.ts';
import { type Progress, silentProgress } from '../../src/app/progress.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { copyTestHome, createServerDatabase } from '../support/store.ts';

/** When every question is asked that names no time of its own. */
export const worldNow = new Date('2026-11-20T14:00:00Z');
/** Zone of people without one of their own. */
export const worldZone = 'Europe/Berlin';

/** Who understands the questions: the rules alone, or with the model that the environment names. */
export type PlannerName = 'rules' | 'model';

export interface OpenWorld {
  readonly heed: Heed;
  /** Its folder, removed when it is closed. */
  readonly home: string;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly planner: PlannerName;
  /** Address of a server that databases may be made on; undefined: embedded, in a temporary folder. */
  readonly serverUrl?: string | undefined;
  /** Folder that is laid over the shipped catalogue. */
  readonly catalogue?: string | undefined;
  /** Brings tables of one's own, which must be there before the catalogue that describes them is read. */
  readonly bringTables?: (store: Store) => Promise<void>;
  readonly now?: Date;
  readonly zone?: string;
  /** Home of another world, which is copied instead of an empty one. */
  readonly from?: string;
  readonly progress?: Progress;
}

/**
 * The made-up company that the question sets speak of, analysed: the same on both engines. Building it takes longer than
 * asking; where `HEED_EVAL_WORLD` names a folder, the embedded one is kept there and copied the next time.
 *
 * @throws UserError when no model is configured for the planner `model`
 */
export async function openEvaluationWorld(options: WorldOptions): Promise<OpenWorld> {
  const kept = options.serverUrl === undefined ? process.env['HEED_EVAL_WORLD'] : undefined;
  if (kept !== undefined && existsSync(kept)) return await openEmptyWorld({ ...options, from: kept });
  const world = await openEmptyWorld(options);
  try {
    await buildWorld(world.heed, options.progress ?? silentProgress, { seed: 11, size: 'demo' });
    await analyse(world.heed);
  } catch (error) {
    await world.close();
    throw error;
  }
  if (kept === undefined) return world;
  // Copied when nobody writes to it any more.
  await world.heed.close();
  cpSync(world.home, kept, { recursive: true });
  return await openEmptyWorld({ ...options, from: kept });
}

/** A migrated store with nothing in it, at a clock that stands still. */
export async function openEmptyWorld(options: WorldOptions): Promise<OpenWorld> {
  const home = options.from === undefined ? await copyTestHome() : copyOf(options.from);
  const config = loadConfig(await environment(options, home), home);
  if (!config.ok) throw new UserError(config.issues);
  if (options.bringTables !== undefined) {
    const { DATABASE_URL: databaseUrl } = config.value;
    const store = await openStore({ home, ...(databaseUrl !== undefined && { databaseUrl }) });
    await options.bringTables(store).finally(() => store.close());
  }
  const clock = fixedClock(options.now ?? worldNow);
  const heed = await openHeed(config.value, { clock, progress: options.progress ?? silentProgress });
  return {
    heed,
    home,
    close: async () => {
      await heed.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function copyOf(home: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'heed-world-'));
  cpSync(home, copy, { recursive: true });
  return copy;
}

async function environment(
  { planner, serverUrl, catalogue, zone }: WorldOptions,
  home: string,
): Promise<NodeJS.ProcessEnv> {
  const model = Object.entries(process.env).filter(([name]) => name.startsWith('BEDROCK_'));
  return {
    HEED_HOME: home,
    HEED_LOG_LEVEL: 'warn',
    HEED_TIME_ZONE: zone ?? worldZone,
    ...(planner === 'model' && { ...Object.fromEntries(model), HEED_PLANNER: 'bedrock' }),
    ...(catalogue !== undefined && { HEED_CATALOGUE_DIR: catalogue }),
    ...(serverUrl !== undefined && { DATABASE_URL: await createServerDatabase(serverUrl) }),
  };
}

/**
 * Somebody of the world by the part of their address before the @.
 *
 * @throws UserError when nobody has it
 */
export async function findWorldAsker({ store, config }: Heed, localPart: string): Promise<Asker> {
  const people = await store.db.selectFrom('person').select('email').where('email', 'is not', null).execute();
  const address = people.find(({ email }) => email?.toLowerCase().startsWith(`${localPart.toLowerCase()}@`));
  const found = await findAskerByName(store, address?.email ?? localPart, config.HEED_TIME_ZONE);
  if (!found.ok) throw new UserError(found.issues);
  return found.value;
}
