/** `disk`: a commit survives a power cut. `process`: it survives the end of the process, and waits for no disk. */
export type Durability = 'disk' | 'process';
