/** Room for the names of files in one command: far below what a command may have. */
const MAX_CHARS = 60_000;
const MAX_CHARS_ON_WINDOWS = 6_000;

/** Splits a list of file names so that each part fits into one command. A part is never empty. */
export function batchesOf(files: readonly string[], separator: string): readonly (readonly string[])[] {
  const limit = separator === '\\' ? MAX_CHARS_ON_WINDOWS : MAX_CHARS;
  const batches: string[][] = [];
  let chars = Infinity;
  for (const file of files) {
    // Quotes, a blank, a `./`, and each quote inside becomes four characters.
    const size = Buffer.byteLength(file) + 5 + 3 * (file.split("'").length - 1);
    if (chars + size > limit) {
      batches.push([]);
      chars = 0;
    }
    batches.at(-1)?.push(file);
    chars += size;
  }
  return batches;
}

/** A file name that no tool takes for an option, a pattern's prefix or a file of arguments. */
export const asOperand = (file: string): string => (/^[\w.]/.test(file) ? file : `./${file}`);
