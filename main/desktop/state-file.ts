import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { INITIAL_STATE, windowStateSchema, type WindowState } from './window-state.ts';

/** The window's remembered state. A file that cannot be read or makes no sense counts as none: it is a convenience. */
export function readWindowState(file: string): WindowState {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return INITIAL_STATE;
  }
}

/** Replaces the file as a whole; synchronous, because it is also written while the application quits. */
export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(state));
  renameSync(partial, file);
}
