import path from 'node:path';
import semver from 'semver';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { NPM } from '../deps/npm/run-npm.ts';
import { defineKind } from '../kind.ts';
import type { KindServices } from '../services.ts';
import { failed } from '../tools/verdict.ts';
import { type InstalledTool, installWithMise, installWithNpm, MISE } from './installers.ts';

const settingsSchema = z.strictObject({
  tool: z
    .string()
    .regex(/^(npm:|[a-z]+:)?@?[A-Za-z0-9][\w.-]*(\/[\w.-]+)*$/, 'It must be the name of a tool or a package.')
    .refine((name) => !name.split('/').includes('..'), 'It must not hold `..`.')
    .describe('The name of the tool, as mise knows it, or of an npm package')
    .meta({ title: 'Tool', examples: ['node', 'prettier'] }),
  version: z
    .union([z.string(), z.number().transform(String)])
    .pipe(z.string().regex(/^[0-9A-Za-z][\w.+-]*$/, 'It must be a version.'))
    .describe('The version; npm wants all three numbers, mise takes `22` for the newest 22')
    .meta({ title: 'Version', examples: ['3.10.1'] }),
  via: z
    .enum(['auto', 'mise', 'npm'])
    .default('auto')
    .describe('What installs it: mise where it is installed, else npm')
    .meta({ title: 'Installed by' }),
  bin: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*$/, 'It must be the name of a program.')
    .optional()
    .describe('The program to check afterwards; the name of the tool unless set')
    .meta({ title: 'Program' }),
  'version-args': z
    .array(z.string())
    .default(['--version'])
    .describe('What makes the program print its version; an empty list leaves the check out')
    .meta({ title: 'Asks for its version' }),
  registry: z
    .string()
    .regex(/^https?:\/\//, 'It must be an address.')
    .optional()
    .describe('The npm registry; the configured one unless set')
    .meta({ title: 'Registry' }),
  scripts: z
    .boolean()
    .default(false)
    .describe('The npm package may run its own scripts while it is installed')
    .meta({ title: 'Scripts of the package' }),
});
type Settings = z.output<typeof settingsSchema>;

/** Installs a tool in one version for what follows. */
export const toolInstall = defineKind({
  id: 'tool.install',
  title: 'Install a tool',
  summary: 'Installs a tool in a given version, and puts it on PATH for the steps that follow',
  docs: [
    'Installs with [mise](https://mise.jdx.dev) where it is on PATH, else as an npm package, into the data folder of Pipewright:',
    'the machine and the project stay as they are, and the next run finds it there. Then it asks the program for its version,',
    'and fails when that is another one.',
    '',
    'PATH is set for the steps that follow in the same stage: write the stage as `steps:` with this kind first. Other stages find',
    'the program below `path`.',
  ].join('\n'),
  settings: settingsSchema,
  example: { tool: 'prettier', version: '3.10.1', via: 'npm' },
  outputs: {
    version: 'The version that is installed',
    path: 'The folder of its programs',
    via: '`mise` or `npm`',
    'was-there': '`true` when an earlier run had installed it',
  },
  tools: [MISE, NPM],
  preview: ({ tool, version, via }) =>
    via === 'mise' ? `mise install ${tool}@${version}` : `npm install ${tool}@${version}`,
  run,
});

async function run(settings: Settings, context: KindContext, services: KindServices): Promise<KindResult> {
  if (!context.runsHere) {
    throw new AppError(
      'usage',
      'tool.install works on this machine alone: its data folder is not where this stage runs.',
      {
        hint: 'Leave `runs-on` and `container` out, or use an image that has the tool.',
      },
    );
  }
  const { installed, via } = await install(settings, context, path.join(services.dataDir, 'tools'));
  for (const dir of installed.dirs) context.addPath(dir);
  const wrong = await checkVersion(settings, context, installed);
  if (wrong !== null) return { outcome: failed(wrong) };
  await context.say(
    `${settings.tool} ${installed.version} ${installed.wasThere ? 'was there already' : `by ${via}`}`,
  );
  return {
    outcome: SUCCEEDED,
    outputs: {
      version: installed.version,
      path: installed.dirs.join(context.paths.delimiter),
      via,
      'was-there': String(installed.wasThere),
    },
  };
}

async function install(
  { tool, version, via, scripts, registry }: Settings,
  context: KindContext,
  toolsDir: string,
): Promise<{ readonly installed: InstalledTool; readonly via: 'mise' | 'npm' }> {
  const wish = { version, scripts, registry: registry ?? null, toolsDir };
  if (via !== 'npm') {
    const installed = await installWithMise(context, { ...wish, tool });
    if (installed !== null) return { installed, via: 'mise' };
    if (via === 'mise') {
      throw new AppError('tool-missing', `No tool is there to install ${tool}: mise was not found.`, {
        hint: `Install it (${MISE.install}), or set \`via: npm\` for an npm package.`,
      });
    }
  }
  const name = tool.replace(/^npm:/, '');
  if (name.includes(':')) {
    throw new AppError('tool-missing', `${tool} needs mise, which was not found.`, {
      hint: `Install it (${MISE.install}).`,
    });
  }
  if (semver.valid(version) === null) {
    throw new AppError('usage', `npm installs a whole version only, and ${version} is none.`, {
      hint: 'Write all three numbers, such as 3.10.1.',
    });
  }
  return { installed: await installWithNpm(context, { ...wish, tool: name }), via: 'npm' };
}

/** What is wrong with what the program says of itself; null: nothing. */
async function checkVersion(
  settings: Settings,
  context: KindContext,
  installed: InstalledTool,
): Promise<string | null> {
  const args = settings['version-args'];
  if (args.length === 0) return null;
  const bin = settings.bin ?? settings.tool.replace(/^.*[/:]/, '');
  const key = Object.keys(context.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const onPath = [...installed.dirs, ...(context.env[key] ? [context.env[key]] : [])].join(
    context.paths.delimiter,
  );
  const exit = await context.exec({ argv: [bin, ...args], env: { [key]: onPath }, silent: 'both' });
  if (exit.outcome.type !== 'succeeded') {
    return `${settings.tool} is installed, but \`${bin} ${args.join(' ')}\` failed. Set \`bin\` to the name of its program.`;
  }
  const said = /\d+(\.\d+)+(-[\w.]+)?/.exec(`${exit.stdout}\n${exit.stderr}`)?.[0];
  const isOther =
    said !== undefined && said !== installed.version && !installed.version.startsWith(`${said}.`);
  return isOther ? `${bin} says that it is ${said}, not ${installed.version}.` : null;
}
