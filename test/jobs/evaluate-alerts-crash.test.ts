import { beforeAll, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { buildAlertMessage } from '../../src/messages/alert-message.ts';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { type AlertWorld, addPeople, alertWorld, anomalyOf, clockAt } from './alert-world.ts';

const tables = ['alert', 'alert_event', 'outbox', 'finding', 'analysis_run'] as const;

/** Three looks of the analyser: new alerts of several rules, some worse, some over. */
const looks: readonly (readonly Finding[])[] = [
  [clockAt(0.8, {}, 1), clockAt(0.76, {}, 2), clockAt(1.1, {}, 3), anomalyOf(7)],
  [clockAt(0.93, {}, 1), clockAt(1.01, {}, 2), clockAt(1.2, {}, 3), anomalyOf(1)],
  [clockAt(0.95, {}, 1), anomalyOf(9), clockAt(0.8, {}, 4)],
];

class Crash extends Error {}

describeStores('evaluate alerts, stopped anywhere', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await addPeople(store);
  });

  async function emptyWorld(): Promise<AlertWorld> {
    for (const table of tables) await store.db.deleteFrom(table).execute();
    return alertWorld(store);
  }

  /** Plays all looks; the work ends in the middle at the given message, and is done again. */
  async function play(crashAt: number): Promise<{ readonly world: AlertWorld; readonly built: number }> {
    const world = await emptyWorld();
    let built = 0;
    const buildMessage: typeof buildAlertMessage = (view) => {
      built += 1;
      if (built === crashAt) throw new Crash();
      return buildAlertMessage(view);
    };
    for (const findings of looks) {
      await world.analyse(findings);
      await world.evaluate({ buildMessage }).catch(async (error: unknown) => {
        if (!(error instanceof Crash)) throw error;
        await world.evaluate({ buildMessage });
      });
      world.clock.advance(600);
    }
    return { world, built };
  }

  it('ends as if it had run once, wherever it was stopped', async () => {
    const { world, built } = await play(-1);
    const expected = await world.fingerprint();
    expect(built).toBeGreaterThan(8);
    for (let crashAt = 1; crashAt <= built; crashAt += 1) {
      const crashed = await play(crashAt);
      expect(await crashed.world.fingerprint(), `stopped at message ${crashAt}`).toEqual(expected);
    }
  });
});
