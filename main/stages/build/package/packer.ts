import type { KindContext, ToolCommand, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Scratch } from '../../tools/with-scratch.ts';

/** What is to be packed; paths are relative to the kind's folder, with forward slashes. */
export interface PackWish {
  /** For archives: what goes in, sorted. */
  readonly files: readonly string[];
  /** For archives: the name without its ending. */
  readonly name: string;
  /** For archives: the folder in it that all files lie in; '' is none. */
  readonly prefix: string;
  /** For `deb`: the folder with `DEBIAN/control`. */
  readonly root: string;
  /** For `rpm`: the spec file. */
  readonly spec: string;
  /** The time that everything in it gets, in seconds since 1970. */
  readonly epoch: number;
}

export interface Packed {
  /** The package, a name in the scratch folder. */
  readonly file: string;
  /** The paths in it, sorted; folders left out. */
  readonly contents: readonly string[];
}

/**
 * Makes a package of one format in an empty folder.
 * @throws PackFailed when the tool said no; AppError `tool-missing`, `kind-failed`
 */
export type Packer = (context: KindContext, wish: PackWish, scratch: Scratch) => Promise<Packed>;

/** What a packing tool found wrong with what it was given. */
export class PackFailed extends Error {
  readonly exitCode: number | null;
  constructor(message: string, exitCode: number | null) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a step of packing. @throws PackFailed with what the tool said */
export async function packWith(context: KindContext, name: string, command: ToolCommand): Promise<ToolExit> {
  const exit = await context.exec(command);
  if (exit.outcome.type === 'succeeded') return exit;
  const lines = `${exit.stderr}\n${exit.stdout}`.split('\n').map((line) => line.trim());
  const said = lines.find((line) => /\berror\b(?! code)/i.test(line)) ?? lines.filter(Boolean).at(-1) ?? '';
  throw new PackFailed(`${name} could not pack it: ${said.slice(0, 300)}`, exit.exitCode);
}

/** @throws AppError `kind-failed` unless there is exactly one */
export function onlyPackage(files: readonly string[], ending: string): string {
  const [first, ...others] = files.filter((file) => file.endsWith(ending));
  if (first !== undefined && others.length === 0) return first;
  const count = first === undefined ? 'no' : 'more than one';
  throw new AppError('kind-failed', `The tool succeeded, but ${count} ${ending} file was made.`);
}
