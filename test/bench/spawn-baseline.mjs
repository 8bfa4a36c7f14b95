// Spawns COUNT empty shells, PARALLEL at a time, and prints the milliseconds. A process of its own, as small as the
// one it is compared with, since starting a process costs more the more memory the starter has.
import { spawn } from 'node:child_process';

let [left, parallel] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
const worker = async () => {
  while (left > 0) {
    left -= 1;
    await new Promise((resolve) => spawn('/bin/sh', ['-c', 'true']).once('exit', resolve));
  }
};
await Promise.all(Array.from({ length: parallel }, worker));
console.log(performance.now() - startedAt);
