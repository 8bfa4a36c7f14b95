/**
 * Reads JSON as editors write it for people: with comments, commas after the last entry, and perhaps a byte order mark.
 * @throws {SyntaxError}
 */
export function parseJsonc(text: string): unknown {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[^]*?\*\//g, (_all, quoted?: string) => quoted ?? ' ');
  return JSON.parse(
    plain.replace(/("(?:\\.|[^"\\])*")|,(?=\s*[\]}])/g, (_all, quoted?: string) => quoted ?? ''),
  );
}
