import type { Tool } from '../../tools/tool.ts';

export const GO: Tool = {
  ...{ name: 'go', bins: ['go'], versionArgs: ['version'] },
  install: 'apt install golang-go, or see go.dev',
};
export const CARGO: Tool = { name: 'cargo', bins: ['cargo'], install: 'see rustup.rs, or apt install cargo' };
export const NODE: Tool = { name: 'node', bins: ['node'], minVersion: '20.0.0', install: 'see nodejs.org' };
export const POSTJECT: Tool = {
  ...{ name: 'postject', bins: ['postject'], isNodePackage: true },
  install: 'npm install --save-dev postject',
};

/** An operating system and a processor, as Go names them: `linux/amd64`. */
export interface Target {
  readonly os: string;
  readonly arch: string;
}

export function targetOf(text: string): Target {
  const [os = '', arch = ''] = text.split('/');
  return { os, arch };
}

/** The name of a program there. @param target null: where the stage runs */
export function programName(name: string, target: Target | null, separator: string): string {
  const isWindows = target === null ? separator === '\\' : target.os === 'windows';
  const suffix = target === null ? '' : `-${target.os}-${target.arch}`;
  return `${name}${suffix}${isWindows ? '.exe' : ''}`;
}
