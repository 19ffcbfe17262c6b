/**
 * Solves a symmetric positive definite system by Cholesky's decomposition. A direction without any information (a
 * pivot of nothing) gets 0.
 *
 * @param matrix is overwritten
 */
export function solve(matrix: readonly Float64Array[], right: Float64Array): readonly number[] {
  const size = right.length;
  const isFlat: boolean[] = [];
  for (let j = 0; j < size; j += 1) {
    const line = matrix[j]!;
    const before = line[j]!;
    let pivot = before;
    for (let k = 0; k < j; k += 1) pivot -= line[k]! ** 2;
    isFlat.push(pivot <= 1e-12 * Math.max(1e-12, Math.abs(before)));
    line[j] = isFlat[j] ? 1 : Math.sqrt(pivot);
    for (let i = j + 1; i < size; i += 1) {
      const other = matrix[i]!;
      let value = other[j]!;
      for (let k = 0; k < j; k += 1) value -= other[k]! * line[k]!;
      other[j] = isFlat[j] ? 0 : value / line[j]!;
    }
  }
  const forward = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    let value = isFlat[i] ? 0 : right[i]!;
    for (let k = 0; k < i; k += 1) value -= matrix[i]![k]! * forward[k]!;
    forward[i] = isFlat[i] ? 0 : value / matrix[i]![i]!;
  }
  const solution = new Float64Array(size);
  for (let i = size - 1; i >= 0; i -= 1) {
    let value = forward[i]!;
    for (let k = i + 1; k < size; k += 1) value -= matrix[k]![i]! * solution[k]!;
    solution[i] = isFlat[i] ? 0 : value / matrix[i]![i]!;
  }
  return [...solution];
}
