/** How a file's text differs from what is edited: the editor has LF at the ends of lines and no byte order mark. */
export interface TextForm {
  readonly hasByteOrderMark: boolean;
  /** `mixed`: carriage returns stay in the text, and every line keeps the end that it has. */
  readonly lineEnds: 'lf' | 'crlf' | 'mixed';
}

export interface SourceText {
  readonly text: string;
  readonly form: TextForm;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** A file's text as it is edited; `toFileText` gives back the same file. */
export function toSourceText(fileText: string): SourceText {
  const hasByteOrderMark = fileText.startsWith(BYTE_ORDER_MARK);
  const text = hasByteOrderMark ? fileText.slice(1) : fileText;
  if (!text.includes('\r')) return { text, form: { hasByteOrderMark, lineEnds: 'lf' } };
  const isUniform = !/\r(?!\n)|(?<!\r)\n/.test(text);
  if (!isUniform) return { text, form: { hasByteOrderMark, lineEnds: 'mixed' } };
  return { text: text.replaceAll('\r\n', '\n'), form: { hasByteOrderMark, lineEnds: 'crlf' } };
}

export function toFileText(text: string, { hasByteOrderMark, lineEnds }: TextForm): string {
  const lines = lineEnds === 'crlf' ? text.replaceAll('\n', '\r\n') : text;
  return hasByteOrderMark ? BYTE_ORDER_MARK + lines : lines;
}
