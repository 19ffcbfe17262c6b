import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillFolder } from '../../../src/sources/synthetic/world-folder.ts';
import { createWorldSink } from '../../../src/sources/synthetic/world-sink.ts';
import { writeWorld } from '../../../src/sources/synthetic/write-world.ts';
import { UserError } from '../../../src/toolkit/issue.ts';
import { temporaryFolder, usualEnd } from './world-files.ts';

const request = { seed: 1, size: 'small', asOf: new Date(usualEnd) } as const;

describe('the folder of a world', () => {
  it('is left alone when it holds something, unless it may be replaced', async () => {
    const outDir = join(temporaryFolder(), 'world');
    mkdirSync(outDir);
    writeFileSync(join(outDir, 'notes.txt'), 'mine');
    await expect(writeWorld({ ...request, outDir })).rejects.toThrow(/--force/);
    expect(readdirSync(outDir)).toEqual(['notes.txt']);
    await writeWorld({ ...request, outDir, replaces: true });
    expect(existsSync(join(outDir, 'notes.txt'))).toBe(false);
    expect(existsSync(join(outDir, 'truth.json'))).toBe(true);
  });

  it('does not appear, and nothing beside it, when the work is stopped', async () => {
    const parent = temporaryFolder();
    const controller = new AbortController();
    const stopped = writeWorld({
      ...request,
      size: 'demo',
      outDir: join(parent, 'world'),
      signal: controller.signal,
      onRows: (rows) => {
        if (rows > 2_000) controller.abort(new Error('stopped'));
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('takes away what a killed process left, and refuses while another one writes', async () => {
    const parent = temporaryFolder();
    // No process has this number: Linux counts to 4,194,304.
    mkdirSync(join(parent, 'world.incomplete-9999999'));
    mkdirSync(join(parent, 'world-b.incomplete-9999999'));
    await fillFolder(join(parent, 'world'), false, async () => undefined);
    expect(readdirSync(parent).sort()).toEqual(['world', 'world-b.incomplete-9999999']);
    mkdirSync(join(parent, `world.incomplete-${process.ppid}`));
    await expect(fillFolder(join(parent, 'world'), true, async () => undefined)).rejects.toThrow(UserError);
  });
});

describe('the tables of a world', () => {
  it('quote what CSV needs quoted, and hold every row when nobody waited', async () => {
    const folder = temporaryFolder();
    const sink = createWorldSink(folder);
    const table = sink.table('deep/table.csv', ['a', 'b']);
    for (let row = 0; row < 40_000; row += 1) void table.write([row, 'plain']);
    void table.write(['a,"b"\nc', null]);
    await sink.close();
    const text = readFileSync(join(folder, 'deep/table.csv'), 'utf8');
    expect(text.split('\n').slice(0, 2)).toEqual(['a,b', '0,plain']);
    expect(text.endsWith('39999,plain\n"a,""b""\nc",\n')).toBe(true);
    expect(sink.rows()).toBe(40_001);
  });

  it('belong to one part each', async () => {
    const sink = createWorldSink(temporaryFolder());
    sink.table('a.csv', ['x']);
    expect(() => sink.table('a.csv', ['x'])).toThrow(/two parts/);
    await sink.close();
  });

  it('tell the failure of the disk at the end at the latest', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a.csv'));
    const sink = createWorldSink(folder);
    void sink.table('a.csv', ['x']).write([1]);
    await expect(sink.close()).rejects.toThrow(/EISDIR/);
  });
});
