/** At this many changes (fired or resolved) within the window, new messages stop and the old one is edited. */
export const flappingChanges = 4;
export const flappingWindowSeconds = 3600;

export function isFlapping(changesWithinWindow: number): boolean {
  return changesWithinWindow >= flappingChanges;
}
