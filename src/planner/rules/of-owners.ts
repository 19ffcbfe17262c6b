import type { SeenNames } from '../../query/seen-names.ts';

const behindName =
  /(?<![\p{L}'’])(?<name>\p{L}{3,}(?: \p{Lu}\p{L}+)?) (?<rows>accounts|customers|clients)(?![\p{L}])/giu;

/**
 * "Tickets at jonas accounts": the customers of whoever is called so, as "Jonas' accounts" says.
 *
 * @param names what the asker may see by name
 */
export function ofOwners(text: string, names: SeenNames = new Map()): string {
  const people = (names.get('person') ?? []).map((one) => one.toLowerCase());
  return text.replace(behindName, (said: string, name: string, rows: string) => {
    const lower = name.toLowerCase();
    const called = [lower, lower.replace(/s$/, '')];
    const isPerson = people.some((one) => called.some((name) => one === name || one.startsWith(`${name} `)));
    if (!isPerson) return said;
    const own = people.some((one) => one === lower || one.startsWith(`${lower} `)) ? name : name.slice(0, -1);
    return `${own}'s ${rows}`;
  });
}
