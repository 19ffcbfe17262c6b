/** Why an item was not stored, for the program or person who sent it. */
export interface ItemError {
  /** 0-based place in `items`, or among the lines of NDJSON. */
  readonly index: number;
  /** As the sender wrote it; null when it is about the whole item. */
  readonly field: string | null;
  readonly reason: string;
  readonly whatToDo: string;
}
