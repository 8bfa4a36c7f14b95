import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** The tests drive what is built, so it is built from the sources as they are. */
export default function globalSetup(): void {
  execFileSync(process.execPath, [path.join(import.meta.dirname, '../../build/ensure-built.ts')], {
    stdio: 'inherit',
  });
}
