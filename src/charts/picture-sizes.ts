/** Layout sizes; the PNG has twice as many pixels each way. */
export const pictureSizes = {
  /** Lines and columns: 600 wide keeps 15-pixel text readable when a phone shows the picture 360 wide. */
  wide: { width: 600, height: 370 },
  /** A half circle in a wide picture would leave most of it empty. */
  gauge: { width: 400, height: 240 },
} as const;

/** A tall header makes a wide picture taller, so that the plot keeps its room. */
export function wideHeight(headerHeight: number): number {
  return Math.round(Math.max(pictureSizes.wide.height, headerHeight + 260));
}
