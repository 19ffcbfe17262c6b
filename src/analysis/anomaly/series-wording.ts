import type { AnomalySeries } from '../../domain/anomaly-settings.ts';
import { writeDuration, writeNumber } from '../wording.ts';
import type { JudgedPoint } from './detect-anomalies.ts';
import { sustainedPoints } from './fit-baseline.ts';
import type { HourBucket } from './hour-buckets.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A value as people write it: `31`, `2.4%`, `1 h 05 min`. */
export function writeValue(value: number, { kind }: AnomalySeries): string {
  if (kind === 'share') return `${writeNumber(value * 100, 1)}%`;
  if (kind === 'time') return writeDuration(value);
  return writeNumber(value);
}

/** `18-31`: of counts the whole ones within the expected interval. */
export function writeBand(point: JudgedPoint, series: AnomalySeries): string {
  if (series.kind === 'count') {
    const from = Math.ceil(point.lower);
    return `${writeNumber(from)}-${writeNumber(Math.max(from, Math.floor(point.upper)))}`;
  }
  const separator = series.kind === 'time' ? ' to ' : '-';
  return `${writeValue(point.lower, series)}${separator}${writeValue(point.upper, series)}`;
}

/** `usual for Tuesday 14:00: 18-31` */
export function usualFor(bucket: HourBucket, point: JudgedPoint, series: AnomalySeries): string {
  return `usual for ${bucketName(bucket, series)}: ${writeBand(point, series)}`;
}

/** Why a value within its own band is told of. */
export function togetherWords(point: JudgedPoint): string {
  if (!point.isSustained) return '';
  const direction = point.score > 0 ? 'above' : 'below';
  return `. The last ${sustainedPoints} hours together are far ${direction} what is usual`;
}

/** `Tuesday 14:00`, of a day `Tuesday`. */
export function bucketName(bucket: HourBucket, { grain }: AnomalySeries): string {
  const weekday = weekdays[Math.floor(bucket.hourOfWeek / 24)] ?? '';
  return grain === 'day' ? weekday : `${weekday} ${clock(bucket)}`;
}

/** `Tue 14:00`, of a day `Tue 14 Apr`. */
export function shortBucketName(bucket: HourBucket, { grain }: AnomalySeries): string {
  const weekday = (weekdays[Math.floor(bucket.hourOfWeek / 24)] ?? '').slice(0, 3);
  if (grain === 'hour') return `${weekday} ${clock(bucket)}`;
  const day = new Date(bucket.localDay * 86_400_000);
  return `${weekday} ${day.getUTCDate()} ${day.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' })}`;
}

function clock(bucket: HourBucket): string {
  return `${String(bucket.hourOfDay).padStart(2, '0')}:00`;
}
