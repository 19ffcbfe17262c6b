import type { Progress } from '../app/progress.ts';

/** A detail line at most this often where lines cannot be overwritten. */
const quietMs = 5000;

/**
 * Progress for a terminal (one line that changes) or for a file or pipe (a line per step, and one every five seconds
 * inside a long step). Goes to stderr: stdout belongs to answers.
 */
export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  const overwrites = stream.isTTY && process.env['NO_COLOR'] === undefined;
  return {
    step: (title) => {
      const started = Date.now();
      let lastLine = started;
      let ended = false;
      if (overwrites) stream.write(`  … ${title}`);
      return {
        update: (detail) => {
          if (ended) return;
          if (overwrites) stream.write(`\r\u001b[2K  … ${title}: ${detail}`);
          else if (Date.now() - lastLine > quietMs) {
            lastLine = Date.now();
            stream.write(`  … ${title}: ${detail}\n`);
          }
        },
        done: (detail = '') => {
          if (ended) return;
          ended = true;
          const seconds = (Date.now() - started) / 1000;
          const took = seconds >= 0.1 ? ` (${seconds.toFixed(1)} s)` : '';
          const what = detail === '' ? title : `${title}: ${detail}`;
          stream.write(`${overwrites ? '\r\u001b[2K' : ''}  ✓ ${what}${took}\n`);
        },
      };
    },
  };
}
