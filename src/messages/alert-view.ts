import type { Alert } from '../domain/alert.ts';

/** What the messages about an alert are built from; everything else is in its snapshot. */
export interface AlertView {
  readonly alert: Alert;
  /** Whoever acknowledged, snoozed or was assigned, by person id. */
  readonly people: ReadonlyMap<string, PersonName>;
  /** IANA zone in which times are written. */
  readonly zone: string;
}

export interface PersonName {
  readonly name: string;
  /** Null when the person is not linked to the platform. */
  readonly chatUserId: string | null;
}

/** The name to write for a person; people may have left. */
export function nameOf(view: Pick<AlertView, 'people'>, personId: string | null): string {
  return (personId === null ? undefined : view.people.get(personId)?.name) ?? 'somebody';
}
