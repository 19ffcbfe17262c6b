import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Enough to say later whether this very process still lives, although process ids are used again. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Where `pid` means something: this boot of the machine and this container. Empty where the system tells neither. */
  readonly place: string;
  /** Start of the process in clock ticks since boot; null where the system does not tell. */
  readonly startedTicks: number | null;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), place: currentPlace(), startedTicks: startOf(process.pid) };
}

/** True or false when it can be known from here, undefined for a process of another machine, boot or container. */
export function hasDied(identity: ProcessIdentity): boolean | undefined {
  if (identity.host !== hostname() || identity.place !== currentPlace()) return undefined;
  if (!isAlive(identity.pid)) return true;
  const started = startOf(identity.pid);
  return identity.startedTicks !== null && started !== null && started !== identity.startedTicks;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Boot id and pid namespace (Linux); elsewhere the host name has to do. */
function currentPlace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)); the name in field 2 may hold spaces and brackets. */
function startOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19]);
    return Number.isFinite(ticks) ? ticks : null;
  } catch {
    return null;
  }
}
