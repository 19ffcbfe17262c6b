/**
 * Secrets by shape, as they appear in error texts, URLs and bodies. Applied to whole log lines on their way out,
 * because redaction by field path misses secrets inside messages and stack traces.
 */
const secretShapes: readonly (readonly [RegExp, string])[] = [
  [/\bxox[a-z]-[A-Za-z0-9-]{6,}/g, 'xox*-***'],
  [/\bxapp-[A-Za-z0-9-]{6,}/g, 'xapp-***'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, 'AKIA***'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}/g, 'jwt-***'],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"]+):[^\s@"]+@/gi, '$1:***@'],
  [/\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi, '$1***'],
  [/(hooks\.slack\.com\/(?:services|actions|commands)\/)[A-Za-z0-9/]+/g, '$1***'],
  // Also inside a JSON string that is itself a string of JSON, where quotes carry backslashes.
  [/((?:secret|password|token|api[_-]?key)\\*"?\s*[:=]\s*\\*"?)[^\s"\\,}]{6,}/gi, '$1***'],
];

/** Replaces everything that looks like a secret. Idempotent. */
export function scrub(text: string): string {
  return secretShapes.reduce((current, [shape, replacement]) => current.replace(shape, replacement), text);
}
