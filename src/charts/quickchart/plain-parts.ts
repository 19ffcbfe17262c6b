import type { Threshold } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';
import { ink, toneColours, typeSizes } from '../theme.ts';
import type { PlainUnit } from './plain-units.ts';

/** Data only: what JSON can hold. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Constant dashed lines over the whole plot, on a hidden axis from 0 to 1. */
export function thresholdLines(
  thresholds: readonly Threshold[],
  along: 'x' | 'y',
  unit: PlainUnit,
): readonly JsonObject[] {
  return thresholds.map(({ value: raw, label, tone }) => {
    const value = drawableValue(raw) * unit.factor;
    return {
      type: 'line',
      label,
      data:
        along === 'y'
          ? [
              { x: 0, y: value },
              { x: 1, y: value },
            ]
          : [
              { x: value, y: 0 },
              { x: value, y: 1 },
            ],
      ...(along === 'y' ? { xAxisID: 'span' } : { yAxisID: 'span', indexAxis: 'y' }),
      borderColor: toneColours[tone].graphic,
      backgroundColor: ink.paper,
      borderWidth: 2,
      borderDash: [7, 5],
      pointRadius: 0,
      fill: false,
      order: -1,
      stack: `threshold ${label}`,
    };
  });
}

export function options(
  texts: { readonly title: string; readonly subtitle: string },
  hasLegend: boolean,
): JsonObject {
  return {
    responsive: false,
    animation: false,
    layout: { padding: 16 },
    plugins: {
      title: {
        display: true,
        align: 'start',
        text: texts.title,
        color: ink.title,
        font: { size: typeSizes.title },
      },
      subtitle: {
        display: true,
        align: 'start',
        text: texts.subtitle.split('\n'),
        color: ink.quiet,
        font: { size: typeSizes.subtitle },
        padding: { bottom: 10 },
      },
      legend: {
        display: hasLegend,
        align: 'start',
        labels: { color: ink.body, font: { size: typeSizes.small }, boxWidth: 18 },
      },
    },
  };
}

export const wordAxis = {
  grid: { display: false },
  ticks: { color: ink.quiet, font: { size: typeSizes.small }, maxRotation: 0 },
} as const;

export function spanAxis(axis: 'x' | 'y'): JsonObject {
  return { type: 'linear', axis, display: false, offset: false, min: 0, max: 1 };
}

export function valueAxis(unit: PlainUnit, beginAtZero: boolean): JsonObject {
  return {
    beginAtZero,
    grid: { color: ink.grid },
    ticks: { color: ink.quiet, font: { size: typeSizes.small } },
    title: { display: unit.name !== '', text: unit.name, color: ink.quiet },
  };
}

export function scaled(values: readonly (number | null)[], unit: PlainUnit): readonly (number | null)[] {
  return values.map((value) => (value === null ? null : drawableValue(value) * unit.factor));
}
