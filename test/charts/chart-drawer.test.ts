import { describe, expect, it } from 'vitest';
import { withFallback } from '../../src/charts/chart-drawer.ts';
import type { ChartImage, ChartRenderer } from '../../src/charts/chart-spec.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { aGaugeChart } from './examples.ts';

const image: ChartImage = { png: new Uint8Array([1]), width: 2, height: 2, altText: '' };

/** A renderer that answers as told and counts how often it was asked. */
function aRenderer(name: string, render: () => Promise<ChartImage>): ChartRenderer & { asked: () => number } {
  let count = 0;
  return {
    name,
    asked: () => count,
    render: () => {
      count += 1;
      return render();
    },
  };
}

const good = (name = 'good') => aRenderer(name, () => Promise.resolve(image));
const down = (name = 'down') => aRenderer(name, () => Promise.reject(new Error('connection refused')));
const silent = () => aRenderer('silent', () => new Promise(() => undefined));

describe('withFallback', () => {
  it('takes the first choice and leaves the fallback alone', async () => {
    const fallback = good('fallback');
    const drawn = await withFallback(good('primary'), fallback).draw(aGaugeChart());
    expect(drawn).toEqual({ image, renderer: 'primary', reason: 'first-choice', errors: [] });
    expect(fallback.asked()).toBe(0);
  });

  it('takes the fallback when the primary is down', async () => {
    const drawn = await withFallback(down(), good('fallback')).draw(aGaugeChart());
    expect(drawn).toEqual({
      image,
      renderer: 'fallback',
      reason: 'primary-failed',
      errors: ['down: connection refused'],
    });
  });

  it('takes the fallback when the primary never answers', async () => {
    const drawn = await withFallback(silent(), good('fallback'), { capSeconds: 0.02 }).draw(aGaugeChart());
    expect(drawn).toMatchObject({
      renderer: 'fallback',
      errors: ['silent: renderer silent took longer than 0.02 s'],
    });
  });

  it('gives null and every error when all fail', async () => {
    const drawn = await withFallback(silent(), down(), { capSeconds: 0.02 }).draw(aGaugeChart());
    expect(drawn).toEqual({
      image: null,
      renderer: null,
      reason: 'all-failed',
      errors: ['silent: renderer silent took longer than 0.02 s', 'down: connection refused'],
    });
  });

  it('does not throw for a renderer that throws before it returns a promise', async () => {
    const broken = aRenderer('broken', () => {
      throw new TypeError('bad spec');
    });
    expect(await withFallback(broken, null).draw(aGaugeChart())).toMatchObject({
      image: null,
      errors: ['broken: bad spec'],
    });
  });

  it('leaves a failed primary alone for a while, then asks it again', async () => {
    const clock = fixedClock(new Date('2026-03-15T09:00:00Z'));
    const primary = down();
    const drawer = withFallback(primary, good('fallback'), { restSeconds: 30, clock });
    await drawer.draw(aGaugeChart());
    clock.advance(29);
    expect(await drawer.draw(aGaugeChart())).toMatchObject({ reason: 'primary-resting', errors: [] });
    expect(primary.asked()).toBe(1);
    clock.advance(2);
    expect(await drawer.draw(aGaugeChart())).toMatchObject({ reason: 'primary-failed' });
    expect(primary.asked()).toBe(2);
  });

  it('asks a lone renderer every time, however often it failed', async () => {
    const primary = down();
    const drawer = withFallback(primary, null);
    await drawer.draw(aGaugeChart());
    await drawer.draw(aGaugeChart());
    expect(primary.asked()).toBe(2);
  });
});
