/** A number that no source knows, from `catalogue/constants.yml`, by its id. */
export type Constants = ReadonlyMap<string, Constant>;

export interface Constant {
  /** What it is, in the words an answer shows: "minutes saved per conversation the bot handled alone". */
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** Of a constant whose unit is `money`; null for all others. */
  readonly currency: string | null;
}
