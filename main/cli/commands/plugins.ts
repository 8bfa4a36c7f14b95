import process from 'node:process';
import { lockPlugin, lookAtPlugin, unlockPlugin, verifyPlugins } from '#main/host/plugins/add-plugin.ts';
import { readPluginLock } from '#main/plugins/lock-file.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type LockedPlugin, PLUGIN_LOCK_FILE, runsAs } from '#shared/plugins/lock.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { plainText } from '../run-output/stage-line.ts';
import { ask } from '../trust/ask.ts';
import { canAsk } from '../trust/ask-about.ts';

export interface AddPluginOptions {
  readonly path?: string;
  readonly network?: boolean;
  readonly secret: readonly string[];
  readonly yes?: boolean;
}

export function listPluginsCommand({ output, projectDir }: CliContext): Promise<ExitCode> {
  const plugins = Object.entries(readPluginLock(projectDir).plugins);
  const rows = plugins.map(([name, plugin]) => ({ name, ...plugin, runs: runsAs(plugin) }));
  if (output.format === 'json') output.json(rows);
  else if (output.format === 'ndjson') for (const row of rows) output.json(row);
  else {
    const width = Math.max(0, ...plugins.map(([name]) => name.length));
    for (const [name, plugin] of plugins) {
      output.line(
        `${output.colors.bold(name.padEnd(width))}  ${plainText(sourceText(plugin))}, ${mayText(plugin)}`,
      );
    }
    if (plugins.length === 0)
      output.note('No plugin was added; add one with `pipewright plugins add NAME SOURCE`.');
  }
  return Promise.resolve(EXIT.succeeded);
}

export async function addPluginCommand(
  context: CliContext,
  name: string,
  source: string,
  { path, network = false, secret: secrets, yes = false }: AddPluginOptions,
): Promise<ExitCode> {
  const { output, projectDir } = context;
  const wish = { name, source, network, secrets, ...(path !== undefined && { path }) };
  const plugin = await lookAtPlugin(await context.dataDir(), projectDir, wish);
  const known = readPluginLock(projectDir).plugins[name];
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(plugin)) {
    output.note(`${name} is locked like that already.`);
    return EXIT.succeeded;
  }
  for (const line of describe(name, plugin, known)) output.error(line);
  if (!yes) {
    if (!canAsk(context)) {
      throw new AppError('not-trusted', `Nobody can be asked whether ${name} may be added.`, {
        hint: 'Look at what it does, then add `--yes`.',
      });
    }
    const answer = await ask(process.stdin, process.stderr, `Add ${name}? [y/n] `, { y: 'yes', n: 'no' });
    if (answer !== 'y') return EXIT.cancelled;
  }
  lockPlugin(projectDir, name, plugin);
  if (output.format !== 'pretty') output.json({ name, ...plugin });
  else output.note(`Locked in ${PLUGIN_LOCK_FILE}; stages use it as plugin:${name}.`);
  return EXIT.succeeded;
}

export function removePluginCommand({ output, projectDir }: CliContext, name: string): Promise<ExitCode> {
  unlockPlugin(projectDir, name);
  output.note(`Removed ${name}.`);
  return Promise.resolve(EXIT.succeeded);
}

export async function verifyPluginsCommand(context: CliContext, name: string | undefined): Promise<ExitCode> {
  const { output, projectDir } = context;
  const dataDir = await context.dataDir();
  const checks = await verifyPlugins(dataDir, projectDir, name, new AbortController().signal);
  if (output.format === 'json') output.json(checks);
  else if (output.format === 'ndjson') for (const check of checks) output.json(check);
  else {
    const { green, red } = output.colors;
    for (const check of checks)
      output.line(
        `${check.name}  ${check.problem === null ? green('is what was locked') : red(plainText(check.problem))}`,
      );
    if (checks.length === 0) output.note('No plugin was added.');
  }
  return checks.every(({ problem }) => problem === null) ? EXIT.succeeded : EXIT.failed;
}

function describe(name: string, plugin: LockedPlugin, known: LockedPlugin | undefined): string[] {
  const { manifest, digest } = plugin;
  const inputs = Object.entries(manifest?.inputs ?? {}).map(
    ([input, about]) =>
      `  ${input}${about?.required === true ? ' (needed)' : ''}  ${about?.description ?? ''}`,
  );
  return [
    `${manifest?.name ?? name}${manifest?.description === undefined ? '' : `: ${manifest.description}`}`,
    `From ${sourceText(plugin)}, ${digest}`,
    ...(inputs.length === 0 ? [] : ['Inputs:', ...inputs]),
    `It ${mayText(plugin)}.`,
    ...(known === undefined ? [] : [`Until now ${known.digest}, which ${mayText(known)}.`]),
  ].map(plainText);
}

function sourceText({ source }: LockedPlugin): string {
  if ('folder' in source) return source.folder;
  if ('npm' in source) return `npm:${source.npm}@${source.version}`;
  if ('image' in source) return `docker://${source.image}`;
  return `${source.git}#${source.commit.slice(0, 12)}${source.path === undefined ? '' : ` ${source.path}`}`;
}

function mayText(plugin: LockedPlugin): string {
  const { network, secrets } = plugin.permissions;
  const how = {
    container: `runs in a container ${network ? 'that reaches the network' : 'without network'}`,
    process: 'runs as a program of this machine, as you',
    steps: 'runs scripts on this machine, as you',
  }[runsAs(plugin)];
  return `${how}, ${secrets.length === 0 ? 'gets no secrets' : `may get secrets in ${secrets.join(', ')}`}`;
}
