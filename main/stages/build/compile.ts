import { z } from 'zod';
import type { KindContext, KindResult, ToolExit } from '#main/engine/kind-ports.ts';
import type { Finding } from '#shared/reports/findings.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { matchProblems } from '../matchers/match-problems.ts';
import { MATCHER_NAMES, type MatcherName, MATCHERS } from '../matchers/matchers.ts';
import { artifactOf } from '../tools/artifact-of.ts';
import { counted } from '../tools/counted.ts';
import { findingsForm, metric, metricsForm } from '../tools/forms.ts';
import { requireTool } from '../tools/require-tool.ts';
import { globsSetting, listOf } from '../tools/setting-shapes.ts';
import { failed, judgeFindings, tooManyWarnings } from '../tools/verdict.ts';
import { type BuiltFiles, builtFiles } from './built-files.ts';
import { COMPILER_NAMES, type Compiler, COMPILERS } from './compilers.ts';
import { rowByMarks } from '../tools/row-by-marks.ts';

const settings = z.strictObject({
  tool: z
    .enum(['auto', ...COMPILER_NAMES])
    .default('auto')
    .describe('What compiles; `auto` goes by the files of the folder: Cargo.toml, go.mod, pom.xml, …')
    .meta({ title: 'Compiler' }),
  args: z
    .array(z.string())
    .default([])
    .describe('Arguments of the compiler, as they are: no shell looks at them')
    .meta({ title: 'Arguments', examples: [['--release']] }),
  command: z
    .string()
    .min(1)
    .optional()
    .describe('A script that compiles, instead of a compiler by name')
    .meta({ title: 'Command', 'x-control': 'script', examples: ['npm run build'] }),
  matchers: z
    .array(z.enum(MATCHER_NAMES))
    .optional()
    .describe(
      'Whose errors and warnings to look for in what is printed; default: those of the compiler, or all for a `command`',
    )
    .meta({ title: 'Problem matchers' }),
  outputs: globsSetting
    .optional()
    .describe('Globs of what must be there afterwards; each must find a file')
    .meta({ title: 'Outputs', 'x-control': 'globs', examples: ['dist/**'] }),
  artifact: z
    .string()
    .min(1)
    .optional()
    .describe('Keeps the outputs as an artifact of this name')
    .meta({ title: 'Artifact' }),
  'max-warnings': z
    .int()
    .min(0)
    .optional()
    .describe('More warnings than these fail the stage; absent: any number is fine')
    .meta({ title: 'Warnings at most' }),
});
type Settings = z.output<typeof settings>;

/** Compiles, and turns what the compiler said into findings. */
export const buildCompile = defineKind({
  id: 'build.compile',
  title: 'Compile',
  summary: 'Compiles the project; errors and warnings become findings, declared outputs must be there',
  docs: [
    'Runs the compiler of the project, or `command`, and reads errors and warnings out of what it prints: those of TypeScript,',
    'GCC and clang, javac and Maven, Rust, Go, ESLint, esbuild and CMake. They stand in the findings with file and line.',
    '',
    'It fails when the compiler does, when an error was printed though the exit code was 0, when one of `outputs` is not',
    'there, and with more warnings than `max-warnings`. It leaves the figures `build.errors`, `build.warnings`, and with',
    '`outputs` also `build.files` and `build.bytes`.',
  ].join('\n'),
  settings,
  example: { tool: 'tsc', outputs: 'dist/**/*.js', artifact: 'compiled' },
  outputs: { errors: 'How many errors were printed', warnings: 'How many warnings were printed' },
  reports: ['findings', 'metrics'],
  tools: COMPILER_NAMES.map((name) => COMPILERS[name].tool),
  preview(given) {
    if (given.command !== undefined) return given.command;
    if (given.tool === 'auto') return '';
    const { tool, commands } = COMPILERS[given.tool];
    return commands(given.args)
      .map((args) => [tool.name, ...args].join(' '))
      .join(' && ');
  },
  async run(given, context) {
    const { exits, matchers } = await compile(given, context);
    const text = exits.map(({ stdout, stderr }) => `${stdout}\n${stderr}`).join('\n');
    const used = (given.matchers ?? matchers).map((name) => MATCHERS[name]);
    const findings = matchProblems(text, used, context);
    await context.collectFiles();
    const outputs = listOf(given.outputs);
    const built = outputs.length === 0 ? null : await builtFiles(context, outputs);
    return resultOf(given, context, { findings, built, exit: exits.at(-1) });
  },
});

async function compile(
  { tool, command, args }: Settings,
  context: KindContext,
): Promise<{ readonly exits: readonly ToolExit[]; readonly matchers: readonly MatcherName[] }> {
  if (command !== undefined)
    return { exits: [await context.exec({ script: command })], matchers: MATCHER_NAMES };
  const name = tool === 'auto' ? await rowByMarks(context, COMPILERS, 'compile it') : tool;
  const compiler: Compiler = COMPILERS[name];
  const found = await requireTool(context, [compiler.tool], 'compile it');
  const exits: ToolExit[] = [];
  const commands = counted(
    context,
    compiler.commands(args),
    (words) => `${compiler.tool.name} ${words[0] ?? ''}`,
  );
  for (const words of commands) {
    const exit = await context.exec({ argv: [...found.command, ...words] });
    exits.push(exit);
    if (exit.outcome.type !== 'succeeded') break;
  }
  return { exits, matchers: compiler.matchers };
}

interface Compiled {
  readonly findings: readonly Finding[];
  readonly built: BuiltFiles | null;
  readonly exit: ToolExit | undefined;
}

function resultOf(given: Settings, context: KindContext, compiled: Compiled): KindResult {
  const { findings, built } = compiled;
  const errors = findings.filter(({ severity }) => severity === 'high').length;
  const warnings = findings.filter(({ severity }) => severity === 'medium').length;
  const figures = [metric('build.errors', errors, 'count'), metric('build.warnings', warnings, 'count')];
  if (built !== null) {
    figures.push(metric('build.files', built.files.length, 'count', null));
    figures.push(metric('build.bytes', built.bytes, 'bytes'));
  }
  const tools = [...new Set(findings.map(({ tool }) => tool))].map((name) => ({ name, version: null }));
  const outcome = verdictOf(given, compiled, warnings);
  const keeps = given.artifact !== undefined && outcome.type === 'succeeded' && built !== null;
  return {
    outcome,
    reports: [findingsForm(tools, findings), metricsForm(figures)],
    outputs: { errors: String(errors), warnings: String(warnings) },
    artifacts: keeps ? [artifactOf(context, given.artifact ?? '', listOf(given.outputs))] : [],
  };
}

function verdictOf(given: Settings, { findings, built, exit }: Compiled, warnings: number): Outcome {
  if (exit === undefined || exit.outcome.type !== 'succeeded') {
    const first = findings.find(({ severity }) => severity === 'high');
    const code = exit?.exitCode ?? null;
    if (first === undefined) return failed(`The compiler ended with exit code ${code ?? 'unknown'}`, code);
    const place = first.file === null ? '' : `${first.file}${first.line === null ? '' : `:${first.line}`}: `;
    return failed(`It does not compile: ${place}${first.message}`, code);
  }
  const judged = judgeFindings(findings, 'high');
  if (judged.type !== 'succeeded') return judged;
  if (built !== null && built.missing.length > 0) {
    return failed(`It compiled, but nothing matches ${built.missing.join(', ')} of its outputs`);
  }
  const most = given['max-warnings'];
  if (most !== undefined && warnings > most) {
    const first = findings.find(({ severity }) => severity === 'medium');
    return tooManyWarnings(warnings, most, first?.message);
  }
  return judged;
}
