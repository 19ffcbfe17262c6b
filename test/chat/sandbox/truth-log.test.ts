import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TruthEntry } from '../../../src/chat/sandbox/index.ts';
import { createTimestamps, microseconds } from '../../../src/chat/sandbox/state/timestamps.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { aClient, aWorld, texts, tinyPng } from './support.ts';

function aStateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'truth.ndjson');
}

describe('the truth log', () => {
  it('holds every accepted post, update and deletion in order, and nothing that was refused', async () => {
    const world = await aWorld();
    const client = aClient(world.sandbox);
    const channel = world.escalations;
    const metadata = { event_type: 'alert', event_payload: { key: 'a' } };
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'one', metadata });
    await client.chat.postMessage({ channel, text: '' }).catch(() => undefined);
    await client.chat.update({ channel, ts, text: 'two' });
    world.sandbox.control.say(world.maria, channel, 'seen');
    await client.chat.delete({ channel, ts });
    const lines = (await (await fetch(`${world.sandbox.url}/_control/log`)).text()).trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as TruthEntry);
    expect(entries.map(({ sequence, kind, by, message }) => [sequence, kind, by, message.text])).toEqual([
      [1, 'post', 'chat.postMessage', 'one'],
      [2, 'update', 'chat.update', 'two'],
      [3, 'post', 'person', 'seen'],
      [4, 'delete', 'chat.delete', 'two'],
    ]);
    expect(entries[1]?.message).toMatchObject({ channel, ts, metadata });
    expect(await (await fetch(`${world.sandbox.url}/_control/log?since=3`)).text()).toContain('"delete"');
  });

  it('survives a restart with its messages and pictures, even when its last line was cut', async () => {
    const stateFile = aStateFile();
    const first = await aWorld({ stateFile });
    const client = aClient(first.sandbox);
    const uploaded = await client.filesUploadV2({ file: tinyPng, filename: 'chart.png' });
    const id = uploaded.files[0]?.files?.[0]?.id ?? '';
    const image = { type: 'image' as const, alt_text: 'chart', slack_file: { id } };
    const { ts = '' } = await client.chat.postMessage({
      channel: first.escalations,
      text: 'chart',
      blocks: [image],
    });
    await client.chat.update({ channel: first.escalations, ts, text: 'chart, edited' });
    await client.chat.postMessage({ channel: first.escalations, text: 'second' });
    await first.sandbox.close();
    appendFileSync(stateFile, '{"sequence":4,"kind":"po');

    const second = await aWorld({ stateFile });
    expect(texts(second, second.escalations)).toEqual(['chart, edited', 'second']);
    expect((await fetch(`${second.sandbox.url}/page/files/${id}`)).headers.get('content-type')).toBe(
      'image/png',
    );
    const next = await aClient(second.sandbox).chat.postMessage({
      channel: second.escalations,
      text: 'third',
    });
    expect(microseconds(next.ts ?? '')).toBeGreaterThan(microseconds(ts));
    await second.sandbox.close();
    expect(texts(await aWorld({ stateFile }), second.escalations)).toEqual([
      'chart, edited',
      'second',
      'third',
    ]);
  });
});

describe('timestamps', () => {
  it('are unique and increasing in a channel whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 }), (steps) => {
        const clock = fixedClock(new Date('2026-11-20T09:00:00Z'));
        const timestamps = createTimestamps(clock);
        const issued = steps.map((step) => {
          clock.set(new Date(clock.now().getTime() + step));
          return timestamps.next('C1');
        });
        const sorted = [...issued].sort();
        expect(issued).toEqual(sorted);
        expect(new Set(issued).size).toBe(issued.length);
      }),
    );
  });
});
