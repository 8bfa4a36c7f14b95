import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { isMissingFile } from '../tools/missing-file.ts';
import { requireTool } from '../tools/require-tool.ts';
import { listOf } from '../tools/setting-shapes.ts';
import type { Tool } from '../tools/tool.ts';
import { failed } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { checkVariable, parseEnvFile } from './env-file.ts';

const DIRENV: Tool = {
  name: 'direnv',
  bins: ['direnv'],
  versionArgs: ['version'],
  install: 'apt install direnv, brew install direnv',
};

/** Larger ones are no files of variables. */
const MAX_BYTES = 1_000_000;

const settingsSchema = z.strictObject({
  files: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .describe('`.env` files; a later one goes before an earlier one')
    .meta({ title: 'Files', 'x-control': 'globs', examples: ['.env', '.env.ci'] }),
  direnv: z
    .boolean()
    .default(false)
    .describe("Takes what `direnv` makes of the folder's `.envrc`, which must be allowed on this machine")
    .meta({ title: 'direnv' }),
  variables: z
    .record(z.string(), z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]))
    .optional()
    .describe('Variables by name; they go before those of files')
    .meta({ title: 'Variables' }),
  required: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .describe('Variables that must be there and not empty, from here or from around')
    .meta({ title: 'Required', examples: ['DATABASE_URL'] }),
  secret: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .describe('Variables whose values are hidden in the log and not handed to other stages')
    .meta({ title: 'Secret' }),
  optional: z
    .boolean()
    .default(false)
    .describe('Files that are not there are no fault')
    .meta({ title: 'May be missing' }),
});
type Settings = z.output<typeof settingsSchema>;

/** Makes the environment of what follows. */
export const envSetup = defineKind({
  id: 'env.setup',
  title: 'Environment',
  summary: 'Reads variables from files or direnv, checks them, and hands them on',
  docs: [
    'Reads `.env` files, then what `direnv` exports, then `variables`, checks names and what is `required`, and hands them on:',
    '',
    '- to **later steps** of the same stage as environment;',
    '- to **later stages** as outputs, which they take with `env: { API_URL: ${{ needs.<stage>.outputs.API_URL }} }`.',
    '',
    'Values of `secret` variables are hidden in the log and are no outputs: keep what is secret in `pipewright secrets`.',
    'Variables with which a file could change which programs run (`LD_PRELOAD`, `NODE_OPTIONS`, …) are refused.',
  ].join('\n'),
  settings: settingsSchema,
  example: { files: ['.env'], variables: { NODE_ENV: 'test' }, required: ['API_URL'] },
  outputs: {
    names: 'The names of all that were set, one to a line',
    '<name>': 'The value of each variable that is not secret, under its own name',
  },
  tools: [DIRENV],
  worksOnFiles: true,
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const values: Record<string, string> = {};
  for (const file of listOf<string>(settings.files)) {
    Object.assign(values, await readVariables(context, file, settings.optional, values));
  }
  if (settings.direnv) Object.assign(values, await readDirenv(context));
  for (const [name, value] of Object.entries(settings.variables ?? {})) {
    checkVariable(name, 'variables');
    values[name] = value;
  }
  const secret = new Set(listOf<string>(settings.secret));
  for (const name of secret) if (values[name] !== undefined) context.mask(values[name]);
  const around: Readonly<Record<string, string>> = { ...context.env, ...values };
  const missing = listOf<string>(settings.required).filter((name) => (around[name] ?? '') === '');
  if (missing.length > 0) {
    return { outcome: failed(`These variables are missing or empty: ${missing.join(', ')}.`) };
  }
  const names = Object.keys(values).sort();
  for (const name of names) context.setEnv(name, values[name]!);
  await context.say(names.length === 0 ? 'no variables' : `variables: ${names.join(', ')}`);
  const shown = Object.entries(values).filter(([name]) => !secret.has(name) && name !== 'PATH');
  return { outcome: SUCCEEDED, outputs: { ...Object.fromEntries(shown), names: names.join('\n') } };
}

async function readVariables(
  context: KindContext,
  file: string,
  isOptional: boolean,
  known: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const { here } = await workspacePath(context, file, 'files');
  let bytes: Buffer;
  try {
    bytes = await readFile(here);
  } catch (error) {
    if (isOptional && isMissingFile(error)) return {};
    throw new AppError('usage', `${file} cannot be read: there is no such file, or it may not be read.`, {
      hint: 'Look at `files`, or set `optional: true` if it need not be there.',
      cause: error,
    });
  }
  if (bytes.length > MAX_BYTES || bytes.includes(0)) {
    throw new AppError('usage', `${file} is no file of variables.`, {
      hint: 'A `.env` file is text of NAME=value.',
    });
  }
  return parseEnvFile(bytes.toString('utf8'), file, { ...context.env, ...known });
}

/** What direnv would change in a shell; what it would remove, and its own variables, are left out. */
async function readDirenv(context: KindContext): Promise<Record<string, string>> {
  const found = await requireTool(context, [DIRENV], 'read .envrc');
  const exit = await context.exec({ argv: [...found.command, 'export', 'json'], silent: 'stdout' });
  if (exit.outcome.type !== 'succeeded') {
    const isBlocked = /is blocked/.test(exit.stderr);
    throw new AppError(
      'kind-failed',
      isBlocked ? '.envrc is not allowed here.' : 'direnv could not read .envrc.',
      {
        hint: isBlocked
          ? 'Look at the file, then run `direnv allow` in the folder, or set DIRENV_CONFIG to a configuration that trusts it.'
          : 'What it said is in the log.',
      },
    );
  }
  const text = exit.stdout.trim();
  const changes = text === '' ? {} : z.record(z.string(), z.string().nullable()).parse(JSON.parse(text));
  const kept = Object.entries(changes).filter(
    (entry): entry is [string, string] => entry[1] !== null && !entry[0].startsWith('DIRENV_'),
  );
  for (const [name] of kept) if (name !== 'PATH') checkVariable(name, '.envrc');
  return Object.fromEntries(kept);
}
