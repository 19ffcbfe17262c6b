/** Tells a waiting person what is going on. Every step that takes longer than a second must say so. */
export interface Progress {
  /** Starts a step; `update` replaces its detail, `done` ends it. */
  step(title: string): ProgressStep;
}

export interface ProgressStep {
  update(detail: string): void;
  /** @param detail what came out, for example `2,143 tickets` */
  done(detail?: string): void;
}

export const silentProgress: Progress = { step: () => ({ update: () => undefined, done: () => undefined }) };

/** Runs work as one step; a failure ends the step with its reason. */
export async function inStep<T>(
  progress: Progress,
  title: string,
  work: (step: ProgressStep) => Promise<T>,
  summary: (result: T) => string = () => '',
): Promise<T> {
  const step = progress.step(title);
  try {
    const result = await work(step);
    step.done(summary(result));
    return result;
  } catch (error) {
    step.done('failed');
    throw error;
  }
}
