/**
 * What a picture shows, free of any renderer: plain data, no functions, so that it can be stored, hashed, sent to an
 * own QuickChart host or drawn in process. Thresholds are data (drawn as datasets), because annotation plugins differ
 * between renderers.
 */
export type ChartSpec = LineChart | StackedBarChart | GaugeChart | HorizontalBarChart | KpiStripChart;

/** How a value is written on axes and labels. */
export type ValueFormat =
  | { readonly kind: 'number'; readonly decimals?: number }
  | { readonly kind: 'percent' }
  | { readonly kind: 'money'; readonly currency: string }
  | { readonly kind: 'duration' };
// percent: 0-1 shares. duration: seconds.

/** Meaning of a colour; the theme maps it, and every use also carries a word (colour is never alone). */
export type Tone = 'neutral' | 'good' | 'notice' | 'warning' | 'critical';

interface ChartBase {
  /** Headline of the picture, at most 80 characters. */
  readonly title: string;
  /** Second line: what is counted, range, zone; ends with "as of …". */
  readonly subtitle: string;
  /** The numbers in words, for screen readers and clients without images; at most 2,000 characters. */
  readonly altText: string;
}

export interface Threshold {
  readonly value: number;
  readonly label: string;
  readonly tone: Tone;
}

export interface LineChart extends ChartBase {
  readonly kind: 'line';
  /** Category labels, formatted by the caller in the reader's zone; one per point. */
  readonly labels: readonly string[];
  readonly series: readonly {
    readonly name: string;
    /** One value per label; null leaves a gap. */
    readonly values: readonly (number | null)[];
    readonly tone?: Tone;
  }[];
  /** Expected range drawn as a band behind the lines; one pair per label. */
  readonly band?: {
    readonly name: string;
    readonly lower: readonly (number | null)[];
    readonly upper: readonly (number | null)[];
  };
  readonly thresholds?: readonly Threshold[];
  /** Points to mark, by index in `labels` of the first series, with a short label. */
  readonly marks?: readonly { readonly index: number; readonly label: string; readonly tone: Tone }[];
  readonly format: ValueFormat;
}

export interface StackedBarChart extends ChartBase {
  readonly kind: 'stacked-bar';
  readonly labels: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly tone?: Tone;
  }[];
  readonly thresholds?: readonly Threshold[];
  readonly format: ValueFormat;
}

export interface GaugeChart extends ChartBase {
  readonly kind: 'gauge';
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Ascending, half-open from the previous `upTo`; the last one ends at `maximum`. */
  readonly bands: readonly { readonly upTo: number; readonly label: string; readonly tone: Tone }[];
  /** Small text under the number, for example `Warning, down 12 in 7 days`. */
  readonly caption: string;
  readonly format: ValueFormat;
}

export interface HorizontalBarChart extends ChartBase {
  readonly kind: 'horizontal-bar';
  readonly bars: readonly {
    readonly label: string;
    readonly value: number;
    readonly tone?: Tone;
    readonly note?: string;
  }[];
  readonly thresholds?: readonly Threshold[];
  readonly format: ValueFormat;
}

export interface KpiStripChart extends ChartBase {
  readonly kind: 'kpi-strip';
  /** Two to five tiles. */
  readonly tiles: readonly {
    readonly label: string;
    /** Already formatted, for example `94.2 %`. */
    readonly value: string;
    /** Word and sign, for example `up 12 %, good`. */
    readonly change: string;
    readonly tone: Tone;
    readonly history: readonly number[];
  }[];
}
