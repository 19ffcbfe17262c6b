import type { Choice } from './choose-metrics.ts';
import type { Draft } from './draft.ts';
import { refuse, Unplannable } from './problem.ts';

export function askMetric(draft: Draft, choice: Choice, tie: number, picks: readonly string[]): Unplannable {
  const candidates = (choice.figures[tie] ?? []).slice(0, 4);
  const options = candidates.flatMap((id) => {
    const chosen = choice.figures.map((ids, index) => (index === tie ? id : (picks[index] ?? ids[0] ?? '')));
    const composed = draft.recompose?.(draft.understood, draft.catalogue, chosen);
    const label = draft.catalogue.metrics.get(id)?.label ?? id;
    return composed?.kind === 'plan' ? [{ label: label.slice(0, 70), plan: composed.plan }] : [];
  });
  const [only] = options;
  if (options.length >= 2 || !only) {
    return options.length >= 2
      ? new Unplannable({ kind: 'ask', question: 'Which figure do you mean?', options })
      : refuse('unclear', 'these words fit several figures', candidates);
  }
  return new Unplannable({ kind: 'ask', question: 'Do you mean this?', options: [only, only] });
}

/** 3/4/2017: every option is the whole question with one of the two days. */
export function askDate(draft: Draft): Unplannable {
  const { understood, catalogue } = draft;
  const options = (understood.time.either ?? []).flatMap(({ label, range }) => {
    const time = { ...understood.time, either: null, range };
    const composed = draft.recompose?.({ ...understood, time }, catalogue);
    return composed?.kind === 'plan' ? [{ label, plan: composed.plan }] : [];
  });
  if (options.length < 2) return refuse('unclear', 'write the date with the month in letters');
  return new Unplannable({ kind: 'ask', question: 'Which day do you mean?', options });
}
