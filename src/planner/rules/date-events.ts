import type { Catalogue, DimensionDefinition } from '../../catalogue/catalogue.ts';
import type { DateEvent } from '../../catalogue/date-event.ts';

/** Has the dimension one of these declared? Its own name says nothing. */
export const hasEvent = (
  dimension: DimensionDefinition | undefined,
  events: ReadonlySet<DateEvent>,
): boolean => dimension?.event !== undefined && events.has(dimension.event);

/** The same of a dimension by its id; an id that is none has no event. */
export const tells = (
  { dimensions }: Catalogue,
  id: string | null | undefined,
  events: ReadonlySet<DateEvent>,
): boolean => hasEvent(dimensions.get(id ?? ''), events);

/** A day or a moment, not a state. */
export const isDate = (dimension: DimensionDefinition | undefined): boolean =>
  dimension?.type === 'date' || dimension?.type === 'instant';

/** Where a row begins. */
export const beginning: ReadonlySet<DateEvent> = new Set(['begins']);

/** Where a row that goes on has nothing yet. */
export const ending: ReadonlySet<DateEvent> = new Set(['ends']);

/** What is to be done by then. */
export const deadline: ReadonlySet<DateEvent> = new Set(['due']);

/** What is expected for a day and decided on another: once it is decided, the day is no promise. */
export const planned: ReadonlySet<DateEvent> = new Set(['planned']);

/** What is still to come: of "this quarter" the whole is meant, and "in December" is the coming one. */
export const toCome: ReadonlySet<DateEvent> = new Set(['planned', 'due', 'renews', 'expires']);

/** What goes on after its day, unless somebody ends it. */
export const renewals: ReadonlySet<DateEvent> = new Set(['renews']);

/** What is still to come and is no task: once the day is past, nobody waits for it. */
export const comesBySelf: ReadonlySet<DateEvent> = new Set(['planned', 'renews', 'expires']);

/** What lies ahead or behind, as it comes. */
export const mayLieAhead: ReadonlySet<DateEvent> = new Set([...toCome, 'ends']);

/** What is recorded when it happens and so never lies ahead; calls and tasks are planned. */
export const hasBeen: ReadonlySet<DateEvent> = new Set(['begins', 'solved', 'happens']);

/** What may be entered before it takes place: the newest of these that has been is not the latest one. */
export const scheduled: ReadonlySet<DateEvent> = new Set(['scheduled']);

/** What was decided about a record. */
export const decision: ReadonlySet<DateEvent> = new Set(['won', 'closed']);

/** What was brought about and does not come to pass by itself. */
export const success: ReadonlySet<DateEvent> = new Set(['won', 'solved']);

/** After it a record is not worked on any more. */
export const done: ReadonlySet<DateEvent> = new Set([...decision, ...success]);

/** How far a record has come: whoever names one of these has said its state. */
export const progress: ReadonlySet<DateEvent> = new Set([...done, 'replied']);
