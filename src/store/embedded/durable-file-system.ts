import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type EmscriptenOptions = Parameters<NodeFS['init']>[1];
type EmscriptenModule = Parameters<NonNullable<EmscriptenOptions['preRun']>[number]>[0];

/** The part of the emscripten file system that is filled in here; its typings leave it out. */
interface NodeBackedFiles {
  readonly filesystems: {
    readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
  };
}

/**
 * PGlite's folder on disk, with fsync. As it comes, the file system layer answers every fsync with success and does
 * nothing, so a power cut can lose or tear committed transactions. With this one and `wal_sync_method=fsync` (the
 * layer's fdatasync is empty too and cannot be replaced) each commit waits for the disk: about 1 ms on an SSD.
 */
export class DurableFileSystem extends NodeFS {
  override async init(pg: PGlite, options: EmscriptenOptions): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), installSync] } };
  }
}

function installSync(module: EmscriptenModule): void {
  const files = module.FS as unknown as NodeBackedFiles;
  files.filesystems.NODEFS.stream_ops.fsync = (stream) => {
    fsyncSync(stream.nfd);
    return 0;
  };
}
