import { afterAll } from 'vitest';

type CleanUp = () => unknown;
const cleanUps: CleanUp[] = [];

/** Runs when the test file that is running has ended, the last one first. */
export function afterThisFile(cleanUp: CleanUp): void {
  cleanUps.push(cleanUp);
}

/** Called anew for every test file (`setupFiles`), as files of one process share their modules. */
export function registerCleanUps(): void {
  afterAll(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });
}
