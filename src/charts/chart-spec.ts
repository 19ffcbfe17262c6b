import type { ChartSpec } from '../domain/chart-data.ts';

export type * from '../domain/chart-data.ts';

/** A drawn chart. */
export interface ChartImage {
  readonly png: Uint8Array;
  /** Pixels, at twice the layout size. */
  readonly width: number;
  readonly height: number;
  readonly altText: string;
}

/** Port of a renderer; `canvas` draws in process, `quickchart` asks an own host. */
export interface ChartRenderer {
  readonly name: string;
  render(spec: ChartSpec): Promise<ChartImage>;
}
