/** Closes a switch over a union: a new member that is not handled becomes a type error, and a crash with its name. */
export function exhaustive(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
