import type { Severity } from '#shared/reports/severity.ts';
import type { FilesToCheck, FileTool } from '../findings/file-tool.ts';

/** A tool that checks the style, and mends it. */
export interface StyleTool extends FileTool<FilesToCheck> {
  /** The arguments with which it mends what it can. Its exit code then says nothing. */
  readonly fix: (settings: FilesToCheck) => string[];
}

/** What linters call an error is no security hole. */
export const asStyle = (severity: Severity): Severity =>
  severity === 'critical' || severity === 'high' ? 'medium' : severity === 'medium' ? 'low' : 'info';

/** A file that is not formatted as it should be. */
export const unformatted = (file: string) => ({
  ruleId: 'format',
  severity: 'medium' as const,
  message: 'It is not formatted as the configuration says.',
  file,
});

export const linesOf = (text: string): readonly string[] => text.split(/\r?\n/).filter((line) => line !== '');
