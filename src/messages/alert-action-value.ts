import { z } from 'zod';

/** Names of the actions on alert messages; `interactions` has one verb for each. */
export const alertActions = {
  acknowledge: 'acknowledge-alert',
  snooze: 'snooze-alert',
  unsnooze: 'unsnooze-alert',
  assign: 'assign-alert',
  explain: 'explain-alert',
} as const;

/** How long a snooze of the menu lasts; `tomorrow` is 09:00 of the next day where the person is. */
export const snoozeChoices = ['1h', '4h', 'tomorrow'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

const valueSchema = z.strictObject({
  alertId: z.uuid(),
  /** Version of the alert that the message showed. */
  version: z.int().min(1),
  until: z.enum(snoozeChoices).optional(),
});

/** What a button of an alert carries: ids and a version, never rights. */
export type AlertActionValue = z.infer<typeof valueSchema>;

export function writeAlertActionValue(value: AlertActionValue): string {
  return JSON.stringify(value);
}

/** The value of a click; null for what no button of ours carries. */
export function readAlertActionValue(written: string): AlertActionValue | null {
  let json: unknown;
  try {
    json = JSON.parse(written);
  } catch {
    return null;
  }
  const parsed = valueSchema.safeParse(json);
  return parsed.success ? parsed.data : null;
}
