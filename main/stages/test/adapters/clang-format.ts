import { asOperand } from '../findings/batches.ts';
import { isC } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { hasFile } from './project-file.ts';
import { type StyleTool, unformatted } from './style-tool.ts';

export const CLANG_FORMAT: StyleTool = {
  takes: isC,
  adapter: {
    tool: {
      name: 'clang-format',
      bins: ['clang-format'],
      install: 'apt install clang-format',
      minVersion: '10',
    },
    fits: (context) => hasFile(context, '.clang-format', '_clang-format'),
    argv: ({ files, args }) => ['--dry-run', '--Werror', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stderr', format: readClangFormat, mayBeEmpty: true }],
    checked: () => null,
  },
  fix: ({ files, args }) => ['-i', ...args, ...files.map(asOperand)],
};

/** `src/a.c:3:14: error: code should be clang-formatted [-Wclang-format-violations]`: the first of each file is kept. */
export function readClangFormat(text: string): ReturnType<typeof asFindings> {
  const first = new Map<string, { line: number; column: number }>();
  for (const [, file, line, column] of text.matchAll(
    /^(.+?):(\d+):(\d+): (?:error|warning): code should be clang-formatted/gm,
  )) {
    if (file !== undefined && !first.has(file))
      first.set(file, { line: Number(line), column: Number(column) });
  }
  return asFindings(
    'clang-format',
    [...first].map(([file, place]) => ({ ...unformatted(file), ...place })),
  );
}
