/** Takes output in chunks, and hands on what a filter lets through. */
export interface PieceFilter {
  /** The lines that are to be logged now, each with its end; '' for none. */
  write(chunk: Buffer): string;
  /** What stood behind the last end. */
  end(): string;
}

/**
 * Parts output at line ends, and at lone carriage returns as well, with which programs write over what they have said.
 * @param filter gets a piece without its end; what it answers is a line of the log, null: nothing
 */
export function filterPieces(filter: (piece: string) => string | null): PieceFilter {
  const decoder = new TextDecoder();
  let open = '';
  /** The last piece ended with a carriage return; a line end that follows belongs to it. */
  let isAfterReturn = false;

  function shown(piece: string): string {
    const line = filter(piece);
    return line === null ? '' : `${line}\n`;
  }

  return {
    write(chunk) {
      let text = decoder.decode(chunk, { stream: true });
      if (text === '') return '';
      if (isAfterReturn && text.startsWith('\n')) text = text.slice(1);
      const pieces = (open + text).split(/\r\n|\n|\r/);
      isAfterReturn = text === '' ? false : text.endsWith('\r');
      open = pieces.pop() ?? '';
      return pieces.map(shown).join('');
    },
    end() {
      const rest = open + decoder.decode();
      open = '';
      return rest === '' ? '' : shown(rest);
    },
  };
}
