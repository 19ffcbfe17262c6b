import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartImage } from '../charts/chart-spec.ts';
import { createChartRenderer } from '../charts/index.ts';
import type { Config } from '../config/load-config.ts';
import type { ChartSpec } from '../domain/chart-data.ts';
import type { Log } from '../toolkit/log.ts';

/** Draws a chart, or null with a line in the log: nothing ever waits or fails for its picture. */
export type Draw = (spec: ChartSpec) => Promise<ChartImage | null>;

export function createDraw(config: Config, log: Log): Draw {
  const url = config.QUICKCHART_URL === undefined ? null : new URL(config.QUICKCHART_URL);
  const scheme = url?.protocol === 'http:' ? ('http' as const) : ('https' as const);
  const drawer = createChartRenderer(url === null ? {} : { quickchart: { host: url.host, scheme } });
  return async (spec) => {
    const drawn = await drawer.draw(spec);
    if (drawn.image === null)
      log.warn({ chart: spec.kind, errors: drawn.errors }, 'a chart could not be drawn');
    return drawn.image;
  };
}

/** Draws a chart into `<home>/charts` and returns the file; null when it could not be drawn. */
export async function drawToFile(draw: Draw, spec: ChartSpec, home: string): Promise<string | null> {
  const image = await draw(spec);
  if (image === null) return null;
  const folder = join(home, 'charts');
  mkdirSync(folder, { recursive: true });
  const file = join(
    folder,
    `${spec.kind}-${createHash('sha256').update(image.png).digest('hex').slice(0, 12)}.png`,
  );
  writeFileSync(file, image.png);
  return file;
}
