import path from 'node:path';
import { z } from 'zod';
import { globsSetting, wordSetting } from '../tools/setting-shapes.ts';
import type { Tool } from '../tools/tool.ts';

const npm = (name: string, pkg: string): Tool => ({
  ...{ name, bins: [name], isNodePackage: true },
  install: `npm install --save-dev ${pkg}`,
});

/** A file that a step takes, and what it makes of it; relative to the kind's folder, with forward slashes. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** How a step does its work. */
export interface Processor {
  readonly tool: Tool | null;
  /** What a file's ending becomes; absent: it stays. */
  readonly ending?: string;
  /** Whether a file of the globs is taken at all. */
  readonly takes: (file: string) => boolean;
  /** The arguments of each command; several files may go into one. */
  readonly commands: (pairs: readonly Pair[], args: readonly string[]) => readonly (readonly string[])[];
}

export const PROCESSORS = {
  copy: { tool: null, takes: () => true, commands: () => [] },
  sass: {
    tool: npm('sass', 'sass'),
    ending: '.css',
    // A partial is a part of others.
    takes: (file) => !path.posix.basename(file).startsWith('_'),
    commands: (pairs, args) => [
      ['--no-source-map', ...args, '--', ...pairs.map(({ from, to }) => `${from}:${to}`)],
    ],
  },
  postcss: {
    tool: npm('postcss', 'postcss postcss-cli'),
    takes: () => true,
    commands: (pairs, args) => pairs.map(({ from, to }) => [from, '--output', to, '--no-map', ...args]),
  },
  svgo: {
    tool: npm('svgo', 'svgo'),
    takes: () => true,
    commands: (pairs, args) =>
      pairs.map(({ from, to }) => ['--quiet', ...args, '--input', from, '--output', to]),
  },
} as const satisfies Record<string, Processor>;

export type ProcessorName = keyof typeof PROCESSORS;
const NAMES = Object.keys(PROCESSORS) as [ProcessorName, ...ProcessorName[]];

export const resourceStep = z.strictObject({
  use: z.enum(NAMES).describe('What is done: `copy`, or the tool'),
  from: globsSetting.describe('Globs of the files that it takes'),
  to: wordSetting.describe('The folder for what it makes'),
  args: z.array(z.string()).default([]).describe('More arguments of the tool, as they are'),
});
export type ResourceStep = z.output<typeof resourceStep>;

/** Where each file goes: below `to` as below the part of its glob that has no wildcard. */
export function pairsOf(
  files: readonly string[],
  globs: readonly string[],
  to: string,
  ending?: string,
): Pair[] {
  const bases = globs.filter((glob) => !glob.startsWith('!')).map(baseOf);
  return files.map((from) => {
    const base = bases
      .filter((one) => one === '' || from.startsWith(`${one}/`))
      .sort((a, b) => b.length - a.length)[0];
    const below = base === undefined || base === '' ? from : from.slice(base.length + 1);
    const extension = path.posix.extname(below);
    const name = ending === undefined ? below : below.slice(0, below.length - extension.length) + ending;
    return { from, to: path.posix.join(to, name) };
  });
}

/** The folder in front of the first wildcard. */
function baseOf(glob: string): string {
  const parts = glob.replace(/^\.\//, '').split('/').slice(0, -1);
  const wild = parts.findIndex((part) => /[*?[\]{}()!+@]/.test(part));
  return (wild === -1 ? parts : parts.slice(0, wild)).join('/');
}
