import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { priorities } from '../domain/priority.ts';
import {
  type BusinessCalendar,
  type DayRange,
  type DueBoundary,
  type SlaPolicies,
  type SlaPolicy,
  slaConditionFields,
} from '../domain/sla-policy.ts';
import type { Result } from '../toolkit/issue.ts';
import { parseYaml, readYaml } from './read-yaml.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const DAY_MINUTES = 1_440;

const range = z.string().transform((text, context): DayRange => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  const parts = match?.slice(1).map(Number) ?? [];
  const fromMinute = parts[0]! * 60 + parts[1]!;
  const toMinute = parts[2]! * 60 + parts[3]!;
  if (!match || toMinute > DAY_MINUTES || fromMinute === toMinute) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is not a range of hours; write for example 09:00-17:30, or 22:00-06:00 for a night shift`,
    });
    return z.NEVER;
  }
  // An end before the beginning is on the next day.
  return { fromMinute, toMinute: toMinute > fromMinute ? toMinute : toMinute + DAY_MINUTES };
});

const week = z.strictObject(
  Object.fromEntries(weekdays.map((day) => [day, z.array(range).default([])])) as Record<
    (typeof weekdays)[number],
    z.ZodDefault<z.ZodArray<typeof range>>
  >,
);

const holiday = z.string().refine(isDay, {
  error: 'is not a day; write "2026-04-03", or "12-25" for every year (in quotes)',
});

const calendar = z
  .strictObject({
    id: z.string().min(1),
    zone: z.string().refine(isZone, { error: 'is not an IANA time zone; write for example Europe/Berlin' }),
    open: z.union([z.literal('always'), week]),
    holidays: z.array(holiday).default([]),
    due_at: z.enum(['closing', 'opening']).default('closing'),
  })
  .transform(({ id, zone, open, holidays, due_at: boundary }): BusinessCalendar => {
    const allDay = weekdays.map((): readonly DayRange[] => [{ fromMinute: 0, toMinute: DAY_MINUTES }]);
    const days = open === 'always' ? allDay : weekdays.map((day) => open[day]);
    const hours = { zone, week: days, holidays: new Set(holidays), boundary };
    return { id, ...hours, version: versionOf(hours) };
  });

/** The usual boundary is left out, so that versions of calendars that never named one stay what they were. */
function versionOf({ zone, week, holidays, boundary }: Omit<BusinessCalendar, 'id' | 'version'>): string {
  const parts = [zone, week, [...holidays].sort(), ...(boundary === 'closing' ? [] : [boundary])];
  return hashOf(parts);
}

function hashOf(value: unknown): string {
  const text = JSON.stringify(value, (_key, one: unknown) => (one instanceof Set ? [...one] : one));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** `30 min`, `4 h`, `2 h 30 min`; counted in business time of the policy's calendar. */
const target = z.string().transform((text, context): number => {
  const match = /^(?:(\d+) h)? ?(?:(\d+) min)?$/.exec(text.trim());
  const seconds = Number(match?.[1] ?? 0) * 3_600 + Number(match?.[2] ?? 0) * 60;
  if (match && seconds > 0) return seconds;
  context.addIssue({ code: 'custom', message: `"${text}" is not a target; write for example 30 min, 4 h` });
  return z.NEVER;
});
const targets = z.partialRecord(z.enum(priorities), target).default({});

const policy = z.strictObject({
  id: z.string().min(1),
  when: z.partialRecord(z.enum(slaConditionFields), z.array(z.string()).min(1)).default({}),
  calendar: z.string(),
  first_response: targets,
  next_response: targets,
  update: targets,
  resolution: targets,
  pause_on: z.array(z.enum(['new', 'open', 'pending', 'hold'])).default(['pending']),
  update_pauses: z.boolean().default(true),
  due_at: z.enum(['closing', 'opening']).optional(),
});

const slaFile = z
  .strictObject({
    default_priority: z.enum(priorities).default('normal'),
    report_from_percent: z.number().min(1).max(100).default(50),
    calendars: z.array(calendar).min(1),
    policies: z.array(policy),
  })
  .transform((file, context): SlaPolicies => {
    const calendars = new Map(file.calendars.map((one) => [one.id, one]));
    const policies: SlaPolicy[] = [];
    const boundaries = new Map<string, BusinessCalendar>();
    for (const [index, written] of file.policies.entries()) {
      const chosen = calendars.get(written.calendar);
      if (chosen) policies.push(toPolicy(written, withBoundary(chosen, written.due_at, boundaries)));
      else {
        context.addIssue({
          code: 'custom',
          path: ['policies', index, 'calendar'],
          message: `there is no calendar "${written.calendar}"; there are ${[...calendars.keys()].join(', ')}`,
        });
      }
    }
    checkUnique(file.calendars, 'calendars', context);
    checkUnique(file.policies, 'policies', context);
    return {
      version: hashOf([policies, file.default_priority]),
      policies,
      defaultPriority: file.default_priority,
      reportFromShare: file.report_from_percent / 100,
    };
  });

/** The calendar with the boundary of a policy that wants another; policies that want the same share one. */
function withBoundary(
  chosen: BusinessCalendar,
  boundary: DueBoundary | undefined,
  made: Map<string, BusinessCalendar>,
): BusinessCalendar {
  if (boundary === undefined || boundary === chosen.boundary) return chosen;
  const hours = { ...chosen, boundary };
  const calendar = made.get(chosen.id) ?? { ...hours, version: versionOf(hours) };
  made.set(chosen.id, calendar);
  return calendar;
}

function toPolicy(written: z.output<typeof policy>, chosen: BusinessCalendar): SlaPolicy {
  const when = slaConditionFields.flatMap((field) => {
    const words = written.when[field];
    return words ? [{ field, words: new Set(words.map((word) => word.toLowerCase())) }] : [];
  });
  return {
    id: written.id,
    when,
    calendar: chosen,
    targetSeconds: {
      first_response: written.first_response,
      next_response: written.next_response,
      update: written.update,
      resolution: written.resolution,
    },
    pauseOn: new Set(written.pause_on),
    updatePauses: written.update_pauses,
  };
}

function checkUnique(items: readonly { id: string }[], key: string, context: z.RefinementCtx): void {
  for (const [index, { id }] of items.entries()) {
    if (items.findIndex((item) => item.id === id) === index) continue;
    context.addIssue({ code: 'custom', path: [key, index, 'id'], message: `"${id}" is there twice` });
  }
}

function isDay(text: string): boolean {
  const full = /^\d{2}-\d{2}$/.test(text) ? `2024-${text}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(full)) return false;
  const date = new Date(`${full}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(full);
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Loads `sla.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the policies, or every mistake with file and line
 */
export function loadSlaPolicies(folder: string): Result<SlaPolicies> {
  return readYaml(join(folder, 'sla.yml'), slaFile);
}

/** As `loadSlaPolicies`, from text. */
export function parseSlaPolicies(text: string, shownAs = 'sla.yml'): Result<SlaPolicies> {
  return parseYaml(text, slaFile, shownAs);
}
