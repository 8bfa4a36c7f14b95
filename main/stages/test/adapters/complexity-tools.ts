import { z } from 'zod';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { asOperand } from '../findings/batches.ts';
import { endsWith, type FilesToCheck, type FileTool, isC, isPython } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { readCsv } from './csv.ts';
import { readJson } from './json.ts';
import { type Measured, type MeasuredFunction, tooComplex } from './measured.ts';

export function keep(
  measured: Measured,
  tool: string,
  functions: readonly MeasuredFunction[],
): readonly NormalForm[] {
  for (const one of functions) measured.functions.push(one);
  return asFindings(tool, tooComplex(functions, measured.maxComplexity));
}

/** lizard: many languages with one tool. A line of its table is a function. */
export const lizard = (measured: Measured): FileTool<FilesToCheck> => ({
  takes: endsWith(
    ...[
      'c',
      'h',
      'cc',
      'cpp',
      'cxx',
      'hpp',
      'java',
      'cs',
      'js',
      'mjs',
      'cjs',
      'jsx',
      'ts',
      'tsx',
      'py',
      'go',
      'rs',
    ],
    ...['swift', 'kt', 'rb', 'php', 'scala', 'lua', 'm', 'mm'],
  ),
  adapter: {
    tool: { name: 'lizard', bins: ['lizard'], install: 'pipx install lizard' },
    argv: ({ files, args }) => ['--csv', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'clean' },
    reports: [
      {
        from: 'stdout',
        mayBeEmpty: true,
        format: (text) => keep(measured, 'lizard', readLizard(text)),
      },
    ],
    checked: () => null,
  },
});

/** Columns: lines, complexity, tokens, parameters, length, place, file, name, long name, first line, last line. */
export const readLizard = (text: string): readonly MeasuredFunction[] =>
  readCsv(text).flatMap((row) => {
    const [, complexity, , , , , file, name, , line] = row;
    if (file === undefined || name === undefined || !/^\d+$/.test(complexity ?? '')) return [];
    return [{ file, name, line: Number(line), complexity: Number(complexity) }];
  });

const radonSchema = z.record(
  z.string(),
  z.union([
    z.object({ error: z.string() }),
    z.array(
      z.object({
        type: z.string(),
        name: z.string(),
        classname: z.string().optional(),
        lineno: z.number(),
        complexity: z.number(),
      }),
    ),
  ]),
);

export const radon = (measured: Measured): FileTool<FilesToCheck> => ({
  takes: isPython,
  insteadOf: 'complexity of Python',
  adapter: {
    tool: { name: 'radon', bins: ['radon'], install: 'pipx install radon' },
    argv: ({ files, args }) => ['cc', '--json', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean' },
    reports: [{ from: 'stdout', format: (text) => readRadon(measured, text) }],
    checked: () => null,
  },
});

export function readRadon(measured: Measured, text: string): readonly NormalForm[] {
  const functions: MeasuredFunction[] = [];
  for (const [file, blocks] of Object.entries(readJson(text, radonSchema))) {
    if (!Array.isArray(blocks)) measured.unread.push(file);
    else {
      for (const { type, name, classname, lineno, complexity } of blocks) {
        if (type === 'class') continue;
        functions.push({ file, name: classname ? `${classname}.${name}` : name, line: lineno, complexity });
      }
    }
  }
  return keep(measured, 'radon', functions);
}

export const pmccabe = (measured: Measured): FileTool<FilesToCheck> => ({
  takes: isC,
  insteadOf: 'complexity of C',
  adapter: {
    tool: { name: 'pmccabe', bins: ['pmccabe'], install: 'apt install pmccabe' },
    argv: ({ files, args }) => [...args, ...files.map(asOperand)],
    exit: { 0: 'clean' },
    reports: [
      {
        from: 'stdout',
        mayBeEmpty: true,
        format: (text) => keep(measured, 'pmccabe', readPmccabe(text)),
      },
    ],
    checked: () => null,
  },
});

/** `5	6	12	3	20	src/a.c(3): main`: the second number counts each case of a switch, as the other tools do. */
export function readPmccabe(text: string): readonly MeasuredFunction[] {
  const rows = text.matchAll(/^\d+\t(\d+)\t\d+\t(\d+)\t\d+\t(.+?)\(\d+\): (.+)$/gm);
  return Array.from(rows, ([, complexity, line, file, name]) => ({
    file: file ?? '',
    name: name ?? '',
    line: Number(line),
    complexity: Number(complexity),
  }));
}
