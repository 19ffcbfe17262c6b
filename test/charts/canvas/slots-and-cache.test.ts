import { describe, expect, it } from 'vitest';
import { createCanvasRenderer } from '../../../src/charts/canvas/canvas-renderer.ts';
import { imageCache, specHash } from '../../../src/charts/canvas/image-cache.ts';
import { renderSlots } from '../../../src/charts/canvas/render-slots.ts';
import type { ChartImage } from '../../../src/charts/chart-spec.ts';
import { aGaugeChart, aLineChart } from '../examples.ts';

const image = (name: string): ChartImage => ({ png: new Uint8Array(), width: 1, height: 1, altText: name });

describe('renderSlots', () => {
  it('never runs more tasks together than there are slots, and runs all of them', async () => {
    const slots = renderSlots(2);
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        slots.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          done.push(index);
        }),
      ),
    );
    expect(most).toBe(2);
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('frees the slot of a task that fails', async () => {
    const slots = renderSlots(1);
    await expect(slots.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(slots.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});

describe('specHash', () => {
  it('depends on the content, not on the order of keys', () => {
    const spec = aGaugeChart();
    const reversed = Object.fromEntries(Object.entries(spec).reverse()) as unknown as typeof spec;
    expect(specHash(reversed)).toBe(specHash(spec));
    expect(specHash({ ...spec, value: spec.value + 1 })).not.toBe(specHash(spec));
  });
});

describe('imageCache', () => {
  it('draws the same spec once, also while it is being drawn', async () => {
    const cache = imageCache(4);
    let drawings = 0;
    const draw = () => {
      drawings += 1;
      return Promise.resolve(image('gauge'));
    };
    const [one, other] = await Promise.all([
      cache.getOrDraw(aGaugeChart(), draw),
      cache.getOrDraw(aGaugeChart(), draw),
    ]);
    expect(one).toBe(other);
    expect(await cache.getOrDraw(aGaugeChart(), draw)).toBe(one);
    expect(drawings).toBe(1);
  });

  it('drops the longest unused image when it is full', async () => {
    const cache = imageCache(2);
    const drawn: number[] = [];
    const ask = (value: number) =>
      cache.getOrDraw(aGaugeChart({ value }), () => {
        drawn.push(value);
        return Promise.resolve(image(String(value)));
      });
    for (const value of [1, 2, 1, 3, 1, 2]) await ask(value);
    // The second 1 kept it alive when 3 came, so 2 had to be drawn again.
    expect(drawn).toEqual([1, 2, 3, 2]);
  });

  it('tries again after a failure', async () => {
    const cache = imageCache(2);
    await expect(cache.getOrDraw(aGaugeChart(), () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    await expect(cache.getOrDraw(aGaugeChart(), () => Promise.resolve(image('good')))).resolves.toEqual(
      image('good'),
    );
  });
});

describe('createCanvasRenderer', () => {
  it('hands out the remembered image for an equal spec', async () => {
    const renderer = createCanvasRenderer({ cachedImages: 2 });
    const first = await renderer.render(aLineChart());
    expect(await renderer.render(aLineChart())).toBe(first);
    expect(await renderer.render(aLineChart({ title: 'Another' }))).not.toBe(first);
  });
});
