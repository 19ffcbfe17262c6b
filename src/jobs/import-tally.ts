import type { Note, Reject } from '../sources/source-event.ts';

/** Distinct notes that are kept; a file with a different complaint on each row is cut here. */
const NOTE_LIMIT = 200;
/** Rejects in the report; the store keeps more. */
const SHOWN_REJECTS = 100;
/** Rejects in the store. */
const STORED_REJECTS = 10_000;

/** Counts what a reader yields. */
export class ImportTally {
  rowsAccepted = 0;
  rowsRejected = 0;
  linesSkipped = 0;
  readonly files: { file: string; bytes: number; sha256: string }[] = [];
  readonly shownRejects: Reject[] = [];
  private pending: Reject[] = [];
  private savedRejects = 0;
  private readonly noted = new Map<string, Note>();
  private otherNotes = 0;

  get rowsRead(): number {
    return this.rowsAccepted + this.rowsRejected;
  }

  addReject(reject: Reject): void {
    this.rowsRejected += 1;
    if (this.shownRejects.length < SHOWN_REJECTS) this.shownRejects.push(reject);
    if (this.savedRejects + this.pending.length < STORED_REJECTS) this.pending.push(reject);
  }

  addNote(note: Note): void {
    const key = `${note.code}\n${note.file}\n${note.message}`;
    const known = this.noted.get(key);
    if (known) this.noted.set(key, { ...known, count: known.count + note.count });
    else if (this.noted.size < NOTE_LIMIT) this.noted.set(key, note);
    else this.otherNotes += 1;
  }

  get notes(): readonly Note[] {
    const notes = [...this.noted.values()];
    if (this.otherNotes === 0) return notes;
    const message = 'further notes are not listed';
    return [...notes, { code: 'more-notes', file: '', message, count: this.otherNotes }];
  }

  /** Rejects to store next, with the number of the first; null when there are none. */
  takeRejects(): { readonly first: number; readonly rejects: readonly Reject[] } | null {
    if (this.pending.length === 0) return null;
    const taken = { first: this.savedRejects, rejects: this.pending };
    this.savedRejects += this.pending.length;
    this.pending = [];
    return taken;
  }
}
