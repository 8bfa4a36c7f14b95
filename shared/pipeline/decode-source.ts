import { MAX_FILE_BYTES } from './limits.ts';

/** Every environment that this code runs in has it, though the language's own library does not declare it. */
declare const TextDecoder: new (
  label: string,
  options: { fatal?: boolean; ignoreBOM?: boolean },
) => { decode(bytes: Uint8Array): string };

/** The text of a file, or why it is none and where that shows (1-based; null for the file as a whole). */
export type DecodedSource =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly code: 'file-too-large' | 'binary-file' | 'invalid-encoding';
      readonly message: string;
      readonly hint: string;
      readonly place: { readonly line: number; readonly column: number } | null;
    };

function refuse(
  code: 'file-too-large' | 'binary-file' | 'invalid-encoding',
  message: string,
  hint: string,
  before: string | null = null,
): DecodedSource {
  const place =
    before === null
      ? null
      : { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
  return { ok: false, code, message, hint, place };
}

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** Turns the bytes of a file into text, keeping a byte order mark, so that offsets fit the source. */
export function decodeSource(source: string | Uint8Array): DecodedSource {
  if (source.length > MAX_FILE_BYTES) {
    const limit = `${MAX_FILE_BYTES / 1024 / 1024} MiB`;
    return refuse(
      'file-too-large',
      `The file is larger than ${limit}, the most that a pipeline file may have`,
      'move long scripts into files of their own',
    );
  }
  if (typeof source !== 'string' && isUtf16(source)) {
    return refuse('invalid-encoding', 'The file is encoded in UTF-16, not in UTF-8', 'save it as UTF-8');
  }
  const text =
    typeof source === 'string' ? source : new TextDecoder('utf-8', { ignoreBOM: true }).decode(source);
  const nul = text.indexOf('\0');
  if (nul >= 0)
    return refuse(
      'binary-file',
      'The file is binary: it holds a NUL byte',
      'choose a YAML file',
      text.slice(0, nul),
    );
  if (typeof source !== 'string') {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(source);
    } catch {
      return refuse(
        'invalid-encoding',
        'The file is not valid UTF-8',
        'save it as UTF-8',
        text.slice(0, Math.max(0, text.indexOf('\uFFFD'))),
      );
    }
  }
  return { ok: true, text };
}
