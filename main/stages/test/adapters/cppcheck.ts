import type { Severity } from '#shared/reports/severity.ts';
import { asOperand } from '../findings/batches.ts';
import { type FilesToCheck, type FileTool, isC } from '../findings/file-tool.ts';
import { asFindings, type FoundProblem } from '../findings/make-report.ts';

/** Between the parts of a line and behind it: characters that stand in no message, and in no file name of a sane person. */
const PART = '\u001f';
const END = '\u001e';

const SEVERITY: Readonly<Record<string, Severity>> = {
  error: 'high',
  warning: 'medium',
  style: 'low',
  performance: 'low',
  portability: 'low',
};

export const CPPCHECK: FileTool<FilesToCheck> = {
  takes: isC,
  adapter: {
    tool: { name: 'cppcheck', bins: ['cppcheck'], install: 'apt install cppcheck' },
    argv: ({ files, args }, { scratch }) => [
      '--quiet',
      '--enable=warning,performance,portability',
      '--inline-suppr',
      `--template=${['{file}', '{line}', '{column}', '{severity}', '{id}', '{message}'].join(PART)}${END}`,
      `--output-file=${scratch}/cppcheck.txt`,
      ...args,
      ...files.map(asOperand),
    ],
    exit: { 0: 'clean' },
    reports: [{ from: { file: 'cppcheck.txt' }, format: readCppcheck, mayBeEmpty: true }],
    checked: () => null,
  },
};

/** Reads what the template made of each problem. */
export function readCppcheck(text: string): ReturnType<typeof asFindings> {
  const problems = text.split(END).flatMap((record): FoundProblem[] => {
    const [file = '', line, column, severity = '', ruleId, ...message] = record.trimStart().split(PART);
    if (ruleId === undefined) return [];
    return [
      {
        ruleId,
        severity: SEVERITY[severity] ?? 'info',
        message: message.join(' '),
        file: file === '' || file === 'nofile' ? null : file,
        line: Number(line),
        column: Number(column),
      },
    ];
  });
  return asFindings('cppcheck', problems);
}
