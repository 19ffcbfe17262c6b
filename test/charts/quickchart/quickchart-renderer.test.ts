import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChartRenderer } from '../../../src/charts/index.ts';
import { createQuickChartRenderer } from '../../../src/charts/quickchart/quickchart-renderer.ts';
import { toneColours } from '../../../src/charts/theme.ts';
import { aGaugeChart, aHorizontalBarChart, aLineChart, examples } from '../examples.ts';
import { hostile } from '../hostile.ts';
import { decode } from '../pixels.ts';
import { drawAsHost, type PostedChart } from './quickchart-host.ts';

const settings = { host: 'charts.internal:3400', scheme: 'http' } as const;
const host = () => nock('http://charts.internal:3400');

beforeAll(() => {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
});
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

/** A working host; returns the bodies it was sent. */
function workingHost(times = 1): PostedChart[] {
  const posted: PostedChart[] = [];
  host()
    .post('/chart')
    .times(times)
    .reply(200, (_uri, body) => {
      posted.push(body as PostedChart);
      return drawAsHost(body as PostedChart);
    });
  return posted;
}

describe('createQuickChartRenderer', () => {
  it('posts a JSON object in which the chart is an object too, never source text', async () => {
    const posted = workingHost();
    const image = await createQuickChartRenderer(settings).render(aLineChart());
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({
      width: 600,
      height: 370,
      devicePixelRatio: 2,
      backgroundColor: '#ffffff',
      format: 'png',
      version: '4',
    });
    expect(posted[0]?.chart).toMatchObject({ type: 'line', data: {}, options: {} });
    expect(JSON.stringify(posted[0])).not.toMatch(/function|=>|__BEGINFUNCTION__/);
    expect(image).toMatchObject({ width: 1200, height: 740, altText: aLineChart().altText });
  });

  it('keeps source text in a label a label', async () => {
    const posted = workingHost();
    const evil = '__BEGINFUNCTION__(() => process.exit())()__ENDFUNCTION__';
    const spec = aHorizontalBarChart({ bars: [{ label: evil, value: 1 }] });
    await createQuickChartRenderer(settings).render(spec);
    expect(posted[0]?.chart).toMatchObject({ data: { labels: [[`${evil}: 1`]] } });
  });

  it('sends letters of any script, but neither emoji nor bidirectional controls', async () => {
    const posted = workingHost();
    await createQuickChartRenderer(settings).render(
      aGaugeChart({ title: '日本電気 🚨\u202e health', subtitle: '' }),
    );
    expect(posted[0]?.chart).toMatchObject({ options: { plugins: { title: { text: '日本電気 health' } } } });
  });

  it.each(Object.entries({ ...examples, ...hostile }))(
    'sends a config that Chart.js draws without plugins: %s',
    async (_name, spec) => {
      workingHost();
      const image = await createQuickChartRenderer(settings).render(spec);
      expect(image.png.length).toBeGreaterThan(1_000);
    },
  );

  it('has its threshold drawn by the host', async () => {
    workingHost();
    const pixels = await decode(await createQuickChartRenderer(settings).render(aLineChart()));
    const page = { left: 0, top: 120, width: pixels.width, height: 200 };
    expect(pixels.count(page, (colour) => colour === toneColours.critical.graphic)).toBeGreaterThan(800);
  });

  it('puts no figures in an address', async () => {
    const addresses: string[] = [];
    host()
      .post('/chart')
      .reply(200, (uri, body) => {
        addresses.push(uri);
        return drawAsHost(body as PostedChart);
      });
    await createQuickChartRenderer(settings).render(aLineChart());
    expect(addresses).toEqual(['/chart']);
  });

  it('rejects when the host refuses, with its status', async () => {
    host().post('/chart').reply(500, 'no', { 'x-quickchart-error': 'out of paint' });
    await expect(createQuickChartRenderer(settings).render(aLineChart())).rejects.toThrow(
      /500\s+out of paint/,
    );
  });

  it('rejects an answer that is no PNG', async () => {
    host().post('/chart').reply(200, '<html>Sign in</html>');
    await expect(createQuickChartRenderer(settings).render(aLineChart())).rejects.toThrow('no PNG');
  });

  it('rejects when the host is slower than the cap', async () => {
    host().post('/chart').delay(2_000).reply(200, 'late');
    const slow = createQuickChartRenderer({ ...settings, capSeconds: 0.05 }).render(aLineChart());
    await expect(slow).rejects.toThrow('QuickChart at charts.internal:3400 took longer than 0.05 s');
    nock.abortPendingRequests();
  });

  it('does not send a body that the host would not read', async () => {
    const labels = Array.from({ length: 2_000 }, (_, index) => `${index} ${'x'.repeat(60)}`);
    const values = labels.map((_, index) => index);
    const spec = aLineChart({ labels, series: [{ name: 'Many', values }], marks: [] });
    await expect(createQuickChartRenderer(settings).render(spec)).rejects.toThrow('95000 bytes');
  });

  it('refuses the public service before anything is sent', () => {
    expect(() => createQuickChartRenderer({ host: 'quickchart.io' })).toThrow('public service');
  });
});

describe('createChartRenderer', () => {
  it('asks the own host when one is set', async () => {
    workingHost();
    const drawn = await createChartRenderer({ quickchart: settings }).draw(aGaugeChart());
    expect(drawn).toMatchObject({ renderer: 'quickchart', reason: 'first-choice', errors: [] });
  });

  it('draws in process when the host is down, and says why', async () => {
    host().post('/chart').replyWithError('connection refused');
    const drawn = await createChartRenderer({ quickchart: settings }).draw(aGaugeChart());
    expect(drawn).toMatchObject({ renderer: 'canvas', reason: 'primary-failed' });
    expect(drawn.errors[0]).toMatch(/^quickchart: .*connection refused/);
    expect(drawn.image?.png.length).toBeGreaterThan(10_000);
  });

  it('draws in process when no host is set', async () => {
    const drawn = await createChartRenderer().draw(aGaugeChart());
    expect(drawn).toMatchObject({ renderer: 'canvas', reason: 'first-choice' });
  });

  it('refuses to start with the public service', () => {
    expect(() => createChartRenderer({ quickchart: { host: 'www.quickchart.io' } })).toThrow(
      'public service',
    );
  });
});
