/** What people ask a chatbot to do, and where it is done; the first that fits is said. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/\b(?:acknowledge|ack)\b/, 'Press “Acknowledge” under the alert.'],
  [/\b(?:snooze|mute|pause|silence)\b/, 'Choose how long in “Snooze” under the alert.'],
  [
    /\b(?:every|each) (?:(?:other|working|week)? ?(?:day|morning|evening|week|month|quarter|hour)|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\b(?:daily|weekly|monthly|hourly)\b/,
    'Ask for the figure or the list first; under “More” below its answer is “Add to digest”.',
  ],
  [
    /\b(?:let me know|warn me|alert me|notify me|remind me|ping me|tell me (?:when|if|once)|subscribe|watch)\b/,
    'Ask for the figure first; under “More” below its answer are “Alert me when…” and “Add to digest”.',
  ],
  [
    /\b(?:export|download|csv|excel|spreadsheet|pdf)\b/,
    'Ask for the figure or the list first; under “More” below its answer it can be exported.',
  ],
  [
    /\b(?:assign|reassign|transfer)\w*/,
    '“Assign to me” under an alert takes it; whose a ticket or a deal is is changed in the system that it comes from.',
  ],
  [
    /\b(?:e?mail|message|dm|send|reply|respond|comment|note|post|forward|call|invite|schedule|book|meeting)\b/,
    'Write it in the ticket system, or to the people themselves.',
  ],
  [/\b(?:deals?|opportunit\w+|accounts?|customers?|leads?|contacts?)\b/, 'That is changed in your CRM.'],
  [
    /\b(?:tickets?|cases?|issues?|escalations?|close|reopen|resolve|solve|escalate|merge)\b/,
    'That is done in your ticket system; the figures follow with the next import.',
  ],
];

/** Where a wish that changes something is done instead; for any words, also those of a model. */
export function actionAdvice(wish: string): string {
  const text = wish.toLowerCase();
  const found = advice.find(([pattern]) => pattern.test(text));
  return found?.[1] ?? 'Use the buttons on the alert, or the system it came from.';
}
