// Calls of the page: everything a person does goes through the control API as that person.

/** @returns the answer; throws an Error with the reason in words */
export async function control(verb, body) {
  const response = await fetch(`/_control/${verb}`, { method: 'POST', body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? answer.error ?? `HTTP ${response.status}`);
  return answer;
}

export async function loadState(person) {
  const response = await fetch(`/page/state${person ? `?as=${encodeURIComponent(person)}` : ''}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

/** Listens to live changes; calls `onReady` whenever the stream (re)opens. @returns stops it */
export function listen(person, onReady, onChange, onLost) {
  const source = new EventSource(`/page/events?as=${encodeURIComponent(person)}`);
  source.addEventListener('ready', () => onReady());
  source.addEventListener('message', (event) => onChange(JSON.parse(event.data)));
  source.addEventListener('error', () => onLost());
  return () => source.close();
}
