const MAIN = /^pipewright\.ya?ml$/i;
const OTHER = /^\.pipewright\/([^/\\:*?"<>|]+)\.ya?ml$/i;
const BARE = /^[^/\\:*?"<>|]+$/;

export type FileName =
  | { readonly ok: true; readonly file: string }
  | { readonly ok: false; readonly isTaken: boolean; readonly problem: string; readonly hint: string };

/**
 * The file that somebody means who names a new pipeline: `pipewright.yml`, `.pipewright/NAME.yml`, or only `NAME`.
 * @param taken the files that there are, relative to the project; names that differ in case only are the same
 */
export function newFileName(wanted: string, taken: readonly string[]): FileName {
  const file = placeOf(wanted.trim().replaceAll('\\', '/').replace(/^\.\//, ''));
  if (file === null) {
    return {
      ok: false,
      isTaken: false,
      problem: 'A pipeline is pipewright.yml, or a file in .pipewright.',
      hint: 'Write a name such as release.',
    };
  }
  if (taken.some((other) => other.toLowerCase() === file.toLowerCase())) {
    return {
      ok: false,
      isTaken: true,
      problem: `There is a file ${file} already.`,
      hint: 'Choose another name.',
    };
  }
  return { ok: true, file };
}

/** A free name: `pipewright.yml`, else one after the template. */
export function freeFileName(template: string, taken: readonly string[]): string {
  const isMainTaken = taken.some((file) => MAIN.test(file));
  const names = ['', ...Array.from({ length: taken.length + 1 }, (_, index) => `-${index + 2}`)];
  const others = names.map((suffix) => `.pipewright/${template}${suffix}.yml`);
  const free = others.find((file) => newFileName(file, taken).ok) ?? others[0]!;
  return isMainTaken ? free : 'pipewright.yml';
}

function placeOf(wanted: string): string | null {
  if (MAIN.test(wanted)) return wanted;
  const inFolder = OTHER.exec(wanted)?.[1];
  if (inFolder !== undefined) return hasName(inFolder) ? wanted : null;
  if (!BARE.test(wanted)) return null;
  const name = wanted.replace(/\.ya?ml$/i, '');
  return hasName(name) ? `.pipewright/${name}.yml` : null;
}

const hasName = (name: string): boolean => name.trim() !== '' && !/[. ]$/.test(name);
