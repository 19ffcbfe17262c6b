/**
 * The task's outcome, or a rejection once the time is up. The task itself is not stopped; its late outcome is
 * dropped.
 *
 * @param what subject of the error's sentence, for example `QuickChart at charts.internal`
 */
export async function withinSeconds<T>(seconds: number, what: string, task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}
