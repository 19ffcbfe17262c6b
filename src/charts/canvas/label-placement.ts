/** A rectangle in layout pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Surroundings {
  /** Labels must stay inside. */
  readonly area: Box;
  /** Labels that are drawn already. */
  readonly taken: readonly Box[];
  /** Places of the drawn data that a label should not cover. */
  readonly points: readonly Point[];
}

/**
 * The candidate that covers least: first no other label, then no data; the earlier one wins a tie. Candidates are
 * moved inside the area before they are compared, so a label is never cut off.
 */
export function placeLabel(candidates: readonly Box[], around: Surroundings): Box {
  const inside = candidates.map((box) => moveInside(box, around.area));
  let best = inside[0] ?? { left: 0, top: 0, width: 0, height: 0 };
  let least = Number.POSITIVE_INFINITY;
  for (const box of inside) {
    const covered =
      1000 * around.taken.filter((other) => overlaps(box, other)).length +
      around.points.filter((point) => contains(box, point)).length;
    if (covered < least) {
      least = covered;
      best = box;
    }
  }
  return best;
}

/** Points every few pixels along a path, so that a long straight stretch counts as data too. */
export function alongPath(path: readonly (Point | null)[], everyPixels = 6): readonly Point[] {
  const out: Point[] = [];
  let previous: Point | null = null;
  for (const point of path) {
    if (point !== null) {
      out.push(point);
      if (previous !== null) out.push(...between(previous, point, everyPixels));
    }
    previous = point;
  }
  return out;
}

function between(from: Point, to: Point, everyPixels: number): readonly Point[] {
  const parts = Math.floor(Math.hypot(to.x - from.x, to.y - from.y) / everyPixels);
  return Array.from({ length: Math.max(0, parts - 1) }, (_, index) => {
    const share = (index + 1) / parts;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  });
}

function moveInside(box: Box, area: Box): Box {
  return {
    ...box,
    left: Math.max(area.left, Math.min(box.left, area.left + area.width - box.width)),
    top: Math.max(area.top, Math.min(box.top, area.top + area.height - box.height)),
  };
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

function contains(box: Box, point: Point): boolean {
  return (
    point.x >= box.left &&
    point.x <= box.left + box.width &&
    point.y >= box.top &&
    point.y <= box.top + box.height
  );
}
