/** A number that no source knows, from `catalogue/constants.yml`, by its id. */
export type Constants = ReadonlyMap<string, Constant>;

export interface Constant {
  /** What it is, in the words an answer shows: "minutes saved per conversation the bot handled alone". */
  readonly label: string;
  readonly value: number;
  /** `money` is in the currency of the amounts it meets. */
  readonly unit: string;
}
