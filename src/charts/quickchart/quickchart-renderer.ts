import { createRequire } from 'node:module';
import type * as QuickChartJs from 'quickchart-js';
import type { ChartRenderer } from '../chart-spec.ts';
import { withDrawableText } from '../chart-text.ts';
import { withinSeconds } from '../within-seconds.ts';
import { type QuickChartHost, requireOwnHost } from './own-host.ts';
import { plainChart } from './plain-config.ts';
import { pngSize } from './png-header.ts';

// The package's types describe its CommonJS build only.
const QuickChart = createRequire(import.meta.url)('quickchart-js') as typeof QuickChartJs.default.default;

export interface QuickChartRendererOptions extends QuickChartHost {
  /** Seconds to wait for a picture (5). */
  readonly capSeconds?: number;
}

/** QuickChart reads bodies up to 100 kB (its JSON parser's default). */
const largestBodyBytes = 95_000;

/**
 * Asks a QuickChart server of our own for pictures. Only `toBinary` is used, which posts: addresses made by
 * `getUrl` carry all figures, and short addresses store them at a third party.
 *
 * `render` rejects when the host does not answer in time, refuses, or answers with something that is no PNG.
 *
 * @throws {UserError} when the host is the public service, or no host name
 */
export function createQuickChartRenderer(options: QuickChartRendererOptions): ChartRenderer {
  const { host, scheme } = requireOwnHost(options);
  const capSeconds = options.capSeconds ?? 5;
  return {
    name: 'quickchart',
    render: async (spec) => {
      // The host's fonts are unknown, so all letters are sent; emoji and control characters are not.
      const { width, height, config } = plainChart(withDrawableText(spec, isLetterOrSign));
      const client = new QuickChart()
        .setHost(host)
        .setScheme(scheme)
        .setWidth(width)
        .setHeight(height)
        .setDevicePixelRatio(2)
        .setBackgroundColor('#ffffff')
        .setFormat('png')
        .setVersion('4')
        .setConfig(JSON.stringify(config));
      const body = { ...client.getPostData(), chart: config };
      if (Buffer.byteLength(JSON.stringify(body)) > largestBodyBytes) {
        throw new Error(`the chart is larger than the ${largestBodyBytes} bytes that QuickChart reads`);
      }
      // The library would send JavaScript source, which the host evaluates; an object is read as data.
      Object.assign(client, { getPostData: () => body });
      const png = await withinSeconds(capSeconds, `QuickChart at ${host}`, client.toBinary());
      const size = pngSize(png);
      if (size === null) throw new Error(`QuickChart at ${host} answered with something that is no PNG`);
      return { png, ...size, altText: spec.altText };
    },
  };
}

function isLetterOrSign(character: string): boolean {
  return /[\p{L}\p{M}\p{N}\p{P}\p{Sc}\p{Sm} ]/u.test(character);
}
