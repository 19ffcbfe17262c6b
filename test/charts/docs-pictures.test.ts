import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCanvasRenderer } from '../../src/charts/canvas/canvas-renderer.ts';
import { pngSize } from '../../src/charts/quickchart/png-header.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { examples } from './examples.ts';

const folder = packagePath('docs', 'charts');
const renderer = createCanvasRenderer();

describe('pictures in docs/charts', () => {
  // Run once with HEED_WRITE_PICTURES=1 after a change of the look, and look at the result.
  it.runIf(process.env['HEED_WRITE_PICTURES'] === '1')('are written on request', async () => {
    mkdirSync(folder, { recursive: true });
    for (const [name, spec] of Object.entries(examples)) {
      writeFileSync(`${folder}/${name}.png`, (await renderer.render(spec)).png);
    }
  });

  it('are one per example, each as large as it is drawn today', async () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
    expect(files.sort()).toEqual(
      Object.keys(examples)
        .map((name) => `${name}.png`)
        .sort(),
    );
    for (const [name, spec] of Object.entries(examples)) {
      const { width, height } = await renderer.render(spec);
      expect(pngSize(readFileSync(`${folder}/${name}.png`))).toEqual({ width, height });
    }
  });
});
