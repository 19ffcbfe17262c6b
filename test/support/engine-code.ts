import { readFile } from 'node:fs/promises';
import { packagePath } from '../../src/toolkit/package-root.ts';

/** Node has it and its types do not. */
declare const WebAssembly: { compile(code: Uint8Array): Promise<object> };

let kept: Promise<object> | undefined;

/**
 * Keeps the code of the embedded engine in memory for as long as this process lives: its workers share it then.
 * Otherwise each of the hundreds of engines that the tests open compiles and warms up nine megabytes for itself.
 */
export async function keepEngineCode(): Promise<void> {
  kept ??= readFile(packagePath('node_modules', '@electric-sql', 'pglite', 'dist', 'pglite.wasm')).then(
    (code) => WebAssembly.compile(code),
  );
  await kept;
}
