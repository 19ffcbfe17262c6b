import { type Store, sql } from '../../store/database.ts';
import type { HttpAnswer } from './http-answer.ts';

const PATIENCE_MS = 2_000;

/** `GET /healthz`: this process answers, and its store does. Nothing else is told. */
export async function answerHealth(store: Store): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const asked = sql`select 1`.execute(store.db).then(
    () => true,
    () => false,
  );
  const isReachable = await Promise.race([asked, late]);
  clearTimeout(timer);
  return isReachable
    ? { status: 200, body: JSON.stringify({ status: 'ok', store: 'reachable' }) }
    : { status: 503, body: JSON.stringify({ status: 'unavailable', store: 'not reachable' }) };
}
