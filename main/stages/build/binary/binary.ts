import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../../kind.ts';
import { matchProblems } from '../../matchers/match-problems.ts';
import { MATCHERS } from '../../matchers/matchers.ts';
import { artifactOf } from '../../tools/artifact-of.ts';
import { counted } from '../../tools/counted.ts';
import { findingsForm, metric, metricsForm } from '../../tools/forms.ts';
import { rowByMarks } from '../../tools/row-by-marks.ts';
import { wordSetting } from '../../tools/setting-shapes.ts';
import { failed } from '../../tools/verdict.ts';
import { workspacePath } from '../../tools/workspace-path.ts';
import { sha256Of } from '../built-files.ts';
import { BuildFailed, buildWithCargo, buildWithGo, buildWithNode } from './builders.ts';
import { CARGO, GO, NODE, POSTJECT, programName, targetOf } from './targets.ts';

const BUILDERS = {
  go: { marks: ['go.mod'], build: buildWithGo, matchers: [MATCHERS.go, MATCHERS.gcc] },
  cargo: { marks: ['Cargo.toml'], build: buildWithCargo, matchers: [MATCHERS.rustc] },
  node: { marks: ['package.json'], build: buildWithNode, matchers: [] },
} as const;
type BuilderName = keyof typeof BUILDERS;
const NAMES = Object.keys(BUILDERS) as [BuilderName, ...BuilderName[]];

const settings = z.strictObject({
  tool: z
    .enum(['auto', ...NAMES])
    .default('auto')
    .describe('What builds it; `auto` goes by go.mod, Cargo.toml and package.json')
    .meta({ title: 'Tool' }),
  name: z
    .string()
    .regex(/^\w[\w.+-]*$/, 'must be letters, digits and . + - _')
    .describe('The name of the program, without an ending')
    .meta({ title: 'Name', examples: ['shop'] }),
  entry: wordSetting
    .optional()
    .describe(
      'A package of Go, a program of Cargo, or the script for Node: one CommonJS file that needs no other',
    )
    .meta({ title: 'Entry', examples: ['cmd/shop', 'dist/main.cjs'] }),
  args: z
    .array(z.string())
    .default([])
    .describe('More arguments of `go build` or `cargo build`, as they are')
    .meta({ title: 'Arguments' }),
  targets: z
    .array(z.string().regex(/^[a-z0-9]+\/[a-z0-9]+$/, 'must be like linux/amd64'))
    .default([])
    .describe('For Go: systems to build for, as it names them; empty: where the stage runs')
    .meta({ title: 'Targets', examples: [['linux/amd64', 'windows/amd64']] }),
  out: wordSetting
    .default('dist/bin')
    .describe('The folder for the programs')
    .meta({ title: 'Output folder' }),
  probe: z
    .array(z.string())
    .default(['--version'])
    .describe(
      'Arguments that a program is tried with when it is for this machine; an empty list tries nothing',
    )
    .meta({ title: 'Try with' }),
  'probe-expects': z
    .string()
    .min(1)
    .optional()
    .describe('What it must print then, anywhere in its output')
    .meta({ title: 'Must print', examples: ['1.2.3'] }),
  artifact: z
    .string()
    .min(1)
    .default('binaries')
    .describe('The name of the artifact')
    .meta({ title: 'Artifact' }),
});
type Settings = z.output<typeof settings>;

/** Makes programs that run without their source. */
export const buildBinary = defineKind({
  id: 'build.binary',
  title: 'Binary',
  summary: 'Builds an executable with Go, Cargo or Node, tries it, and keeps it with its hash',
  docs: [
    'Builds with `go build` (for several systems at once), with `cargo build --release`, or puts a script into a copy of the Node that',
    'the stage has: a single executable application.',
    '',
    'A program for this machine is tried: it fails unless it ends with exit code 0 and prints `probe-expects`. The outputs have the',
    'file and its SHA-256, and the figure `binary.bytes` its size.',
  ].join('\n'),
  settings,
  example: { tool: 'node', name: 'shop', entry: 'dist/main.cjs', 'probe-expects': '1.2.3' },
  outputs: {
    file: 'The first program, relative to the stage’s folder',
    sha256: 'Its SHA-256, in hex',
    files: 'All programs, with commas between them',
  },
  reports: ['findings', 'metrics'],
  tools: [GO, CARGO, NODE, POSTJECT],
  worksOnFiles: true,
  async run(given, context) {
    const tool = given.tool === 'auto' ? await rowByMarks(context, BUILDERS, 'build it') : given.tool;
    refuseTargets(tool, given);
    const out = await workspacePath(context, given.out, 'out');
    const entry = given.entry === undefined ? null : await entryOf(tool, given.entry, context);
    await mkdir(out.here, { recursive: true });
    const names: string[] = [];
    try {
      const targets = given.targets.length === 0 ? [null] : given.targets.map(targetOf);
      const nameOf = (target: (typeof targets)[number]): string =>
        programName(given.name, target, context.paths.separator);
      for (const target of counted(context, targets, (one) => `building ${nameOf(one)}`)) {
        const name = nameOf(target);
        const place = {
          seen: `${out.seen}${context.paths.separator}${name}`,
          here: path.join(out.here, name),
        };
        await BUILDERS[tool].build(context, { ...given, entry, out: place, target });
        names.push(`${out.relative}/${name}`);
      }
    } catch (error) {
      if (error instanceof BuildFailed) return brokenBuild(tool, context, error);
      throw error;
    }
    return tryAndKeep(given, context, names);
  },
});

function refuseTargets(tool: BuilderName, { targets }: Settings): void {
  if (targets.length === 0 || tool === 'go') return;
  throw new AppError('usage', `\`targets\`: ${tool} builds only for where the stage runs.`, {
    hint: 'Leave `targets` out, and run the stage on each system.',
  });
}

/** What Cargo calls a program is no path. */
async function entryOf(tool: BuilderName, entry: string, context: KindContext): Promise<string> {
  return tool === 'cargo' ? entry : (await workspacePath(context, entry, 'entry')).relative;
}

function brokenBuild(tool: BuilderName, context: KindContext, { message, exit }: BuildFailed): KindResult {
  const text = `${exit.stdout}\n${exit.stderr}`;
  const findings = matchProblems(text, BUILDERS[tool].matchers, context);
  const [first] = findings;
  return {
    outcome: failed(first?.message ?? message, exit.exitCode),
    reports: [findingsForm([{ name: tool, version: null }], findings)],
  };
}

async function tryAndKeep(
  given: Settings,
  context: KindContext,
  names: readonly string[],
): Promise<KindResult> {
  const [first = ''] = names;
  let bytes = 0;
  for (const name of names) bytes += (await stat(path.join(context.cwd, name))).size;
  return {
    outcome: await probe(given, context, first),
    reports: [metricsForm([metric('binary.bytes', bytes, 'bytes')])],
    outputs: {
      file: first,
      sha256: await sha256Of(path.join(context.cwd, first)),
      files: names.join(','),
    },
    artifacts: [artifactOf(context, given.artifact, names)],
  };
}

async function probe(given: Settings, context: KindContext, name: string): Promise<Outcome> {
  // A program for another system cannot be tried here.
  if (given.probe.length === 0 || given.targets.length > 0) return SUCCEEDED;
  const program = [context.seen.cwd, ...name.split('/')].join(context.paths.separator);
  const exit = await context.exec({ argv: [program, ...given.probe] });
  const call = `${path.posix.basename(name)} ${given.probe.join(' ')}`;
  if (exit.outcome.type !== 'succeeded') {
    return failed(
      `It was built, but \`${call}\` ended with exit code ${exit.exitCode ?? 'unknown'}`,
      exit.exitCode,
    );
  }
  const expected = given['probe-expects'];
  if (expected === undefined || `${exit.stdout}\n${exit.stderr}`.includes(expected)) return SUCCEEDED;
  const said = exit.stdout.trim().split('\n')[0]?.slice(0, 100) ?? '';
  return failed(`\`${call}\` printed ${JSON.stringify(said)}, and not ${expected}`);
}
