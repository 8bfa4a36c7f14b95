import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Lets a stage wait for the test instead of for time. */
export interface Gate {
  /** Shell that waits until the gate is open. */
  readonly wait: string;
  open(): Promise<void>;
}

export function createGate(dir: string, name: string): Gate {
  const file = path.join(dir, `${name}.gate`);
  if (existsSync(file)) throw new Error(`The gate ${name} was made before.`);
  return {
    wait: `while [ ! -e '${file}' ]; do sleep 0.05; done`,
    open: () => writeFile(file, ''),
  };
}
