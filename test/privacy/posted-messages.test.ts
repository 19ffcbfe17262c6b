import { tmpdir } from 'node:os';
import { webApi } from '@slack/bolt';
import { expect, it } from 'vitest';
import { findPerson } from '../../src/access/privacy/find-person.ts';
import { createSandbox } from '../../src/chat/sandbox/index.ts';
import { createSlackPlatform } from '../../src/chat/slack/slack-platform.ts';
import { relayOnce } from '../../src/delivery/relay.ts';
import { beginErasure, runErasure } from '../../src/jobs/erase-person.ts';
import { createOutboxAccess } from '../../src/store/outbox-access.ts';
import { putMessage } from '../../src/store/outbox-store.ts';
import { countMessageStates, listErasures } from '../../src/store/privacy-store.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { silentLog } from '../../src/toolkit/log.ts';
import { openTestStore } from '../support/store.ts';

it('edits what was posted in place, and says which messages were edited (S0-48)', async () => {
  const store = await openTestStore();
  const sandbox = await createSandbox({ limits: { pacing: 'off' } });
  try {
    const channel = sandbox.control.addChannel({ name: 'escalations' }).id;
    const platform = createSlackPlatform({
      client: new webApi.WebClient(sandbox.botToken, {
        slackApiUrl: sandbox.apiUrl,
        retryConfig: { retries: 0 },
        logLevel: webApi.LogLevel.ERROR,
      }),
      linkHosts: [],
      imageWaitMs: 2000,
    });
    const relay = () =>
      relayOnce({
        outbox: createOutboxAccess(store),
        platform,
        draw: async () => null,
        secret: 'a secret of this test',
        policy: { settleSeconds: 0.4, longestWaitSeconds: 0.2 },
        leaseSeconds: 5,
        clockSkewSeconds: 60,
        paceSeconds: 0,
        parallel: 8,
        idleMs: 10,
        log: silentLog,
        random: Math.random,
      });
    await store.db
      .insertInto('contact')
      .values({
        id: '0198c0de-0000-8000-8000-000000000001',
        source: 's',
        source_id: '1',
        name: 'Ana Lopez',
        email: 'ana@acme.example',
      })
      .execute();
    for (const [key, text] of [
      ['a', 'Ana Lopez waits for an answer'],
      ['b', 'Nobody waits'],
    ] as const) {
      const body = { text, blocks: [{ kind: 'paragraph', content: [text] }] };
      await store.transaction((trx) =>
        putMessage(trx, { dedupeKey: key, platform: 'slack', conversation: channel, lane: 'alert', body }),
      );
    }
    while ((await relay()) > 0);
    expect(sandbox.control.messages(channel).map(({ text }) => text)).toEqual([
      'Ana Lopez waits for an answer',
      'Nobody waits',
    ]);

    const found = await findPerson(store.db, 'ana lopez', 'Erased person 0a1b2c3d');
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    const deps = { store, clock: systemClock, home: `${tmpdir()}/no-such-home`, by: 'a test' };
    await runErasure(deps, await beginErasure(deps, found.value));
    const [erasure] = await listErasures(store.db, 'all');
    const ids = erasure?.counts.messages ?? [];
    expect(ids).toHaveLength(1);
    expect(await countMessageStates(store.db, ids)).toEqual({ edited: 0, waiting: 1, givenUp: 0 });
    while ((await relay()) > 0);
    expect(await countMessageStates(store.db, ids)).toEqual({ edited: 1, waiting: 0, givenUp: 0 });
    expect(sandbox.control.messages(channel).map(({ text }) => text)).toEqual([
      'Erased person 0a1b2c3d waits for an answer',
      'Nobody waits',
    ]);
    expect(sandbox.control.log().filter(({ kind }) => kind === 'update')).toHaveLength(1);
  } finally {
    await sandbox.close();
  }
});
