import type { Reports } from '#main/engine/ports.ts';
import { collectReports } from './collect.ts';
import { parseReport } from './parse-report.ts';

/** The engine's port: one report of each type per stage, whatever the number of files. */
export function createReports(): Reports {
  return {
    collect: (place, planned, signal) => collectReports(place, planned, signal),
    parse: parseReport,
  };
}
