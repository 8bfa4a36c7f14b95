import path from 'node:path';
import { readSource } from '#main/host/projects/pipeline-files.ts';
import { gitBytes, isGitMissing, isGitRefusal } from '#main/vcs/git-command.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { decodeSource } from '#shared/pipeline/decode-source.ts';
import {
  diffPipelines,
  fieldName,
  isSame,
  type PipelineDiff,
  type StageChange,
} from '#shared/pipeline/diff/diff-pipelines.ts';
import type { FieldChange } from '#shared/pipeline/diff/diff-values.ts';
import { readYaml } from '#shared/pipeline/read-yaml.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Colors } from '../output.ts';

/** Writes what differs in the meaning of two files. Exits with 0 when nothing does, with 1 when something does. */
export async function diffCommand(context: CliContext, before: string, after: string): Promise<ExitCode> {
  const { output } = context;
  const diff = diffPipelines(await readValue(context, before), await readValue(context, after));
  if (output.format !== 'pretty') output.json(diff);
  else for (const line of diffLines(diff, output.colors)) output.line(line);
  if (!isSame(diff)) return EXIT.failed;
  if (output.format === 'pretty') output.note(`${before} and ${after} mean the same.`);
  return EXIT.succeeded;
}

/** A file, or `REV:path` of the project's Git repository. @throws AppError `pipeline-not-found`, `pipeline-invalid` */
async function readValue(context: CliContext, name: string): Promise<unknown> {
  const decoded = decodeSource(await readBytes(context, name));
  if (!decoded.ok)
    throw new AppError('pipeline-invalid', `${name}: ${decoded.message}.`, { hint: decoded.hint });
  const { document, problems, lines } = readYaml(decoded.text);
  const [problem] = problems;
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.start);
    throw new AppError('pipeline-invalid', `${name}:${line}:${col} ${problem.message}.`);
  }
  return document?.toJS() as unknown;
}

async function readBytes({ cwd, projectDir }: CliContext, name: string): Promise<Uint8Array> {
  const file = path.resolve(cwd, name);
  const revision = /^([^:\\]{2,}):(.+)$/.exec(name);
  try {
    return await readSource(file);
  } catch (error) {
    if (revision === null || !(error instanceof AppError) || error.code !== 'pipeline-not-found') throw error;
  }
  try {
    return await gitBytes(['show', `${revision[1]!}:./${revision[2]!}`], { cwd: projectDir });
  } catch (error) {
    if (!isGitRefusal(error) && !isGitMissing(error)) throw error;
    throw new AppError('pipeline-not-found', `There is neither a file ${name} nor such a revision of one.`, {
      hint: 'Name a file, or a file of a Git revision such as `HEAD:pipewright.yml`.',
      cause: error,
    });
  }
}

const SIGNS = { added: '+', removed: '-', renamed: '>', changed: '~' } as const;

/** One line per stage or field, what changed of a stage below it. */
function diffLines({ stages, fields }: PipelineDiff, colors: Colors): readonly string[] {
  return [
    ...fields.map((field) => fieldLine(field, '', colors)),
    ...stages.flatMap((stage) => stageLines(stage, colors)),
  ];
}

function stageLines(stage: StageChange, colors: Colors): readonly string[] {
  const { type, scope, id, from } = stage;
  const name = scope === null ? id : `${scope}/${id}`;
  const paint = { added: colors.green, removed: colors.red, renamed: colors.cyan, changed: colors.yellow }[
    type
  ];
  const words = type === 'renamed' ? `stage ${name} renamed from ${from ?? ''}` : `stage ${name} ${type}`;
  if (type === 'added' || type === 'removed') return [paint(`${SIGNS[type]} ${words}`)];
  return [
    paint(`${SIGNS[type]} ${words}`),
    ...stage.addedNeeds.map((need) => colors.green(`    + needs ${need}`)),
    ...stage.removedNeeds.map((need) => colors.red(`    - needs ${need}`)),
    ...stage.fields.map((field) => fieldLine(field, '    ', colors)),
  ];
}

function fieldLine({ path: steps, before, after }: FieldChange, indent: string, colors: Colors): string {
  const name = fieldName(steps);
  if (before === undefined) return colors.green(`${indent}+ ${name}: ${shown(after)}`);
  if (after === undefined) return colors.red(`${indent}- ${name}: ${shown(before)}`);
  return colors.yellow(`${indent}~ ${name}: ${shown(before)} -> ${shown(after)}`);
}

const MOST_CHARS = 80;

function shown(value: unknown): string {
  const text = typeof value === 'string' && !value.includes('\n') ? value : JSON.stringify(value);
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS - 1)}…` : text;
}
