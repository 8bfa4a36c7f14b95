/** How programs write a text that stands inside of another language; each answers with the forms that differ. */

const UNRESERVED = /[A-Za-z0-9\-_.~]/;
/** What bash puts a backslash before, and that at the beginning of a word alone. */
const UNSAFE_IN_SHELL = /[ !"$&'()*,;<>?[\\\]^`{|}]|^[#~]/g;

/** As URLs and form bodies carry it: `encodeURIComponent`, RFC 3986, `application/x-www-form-urlencoded`, and paths. */
export function urlForms(text: string): string[] {
  const forms: string[] = [];
  for (const isKept of [
    (char: string) => UNRESERVED.test(char),
    (char: string) => UNRESERVED.test(char) || "!'()*".includes(char),
    (char: string) => UNRESERVED.test(char) || char === '/',
    (char: string) => /[A-Za-z0-9\-_.*]/.test(char),
  ]) {
    const encoded = percentEncoded(text, isKept);
    const spaced = encoded.replaceAll('%20', '+');
    forms.push(encoded, spaced, lowerHex(encoded), lowerHex(spaced));
  }
  return forms;
}

function percentEncoded(text: string, isKept: (char: string) => boolean): string {
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const char = String.fromCharCode(byte);
    encoded += byte < 0x80 && isKept(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function lowerHex(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

/** As the inside of a JSON string, also of a JSON string within another, with `\/`, and in ASCII alone. */
export function jsonForms(text: string): string[] {
  const once = jsonInside(text);
  const ascii = once.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [once, ascii, once.replaceAll('/', '\\/'), jsonInside(once)];
}

function jsonInside(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As shells quote it: `'…'` in both ways to write a quote, `"…"`, backslashes (`printf %q`), and `$'…'` (`set -x`). */
export function shellForms(text: string): string[] {
  return [
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll("'", "''"),
    text.replace(/["\\$`]/g, '\\$&'),
    text.replace(/["\\$`!]/g, '\\$&'),
    text.replace(UNSAFE_IN_SHELL, '\\$&'),
    text.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t'),
  ];
}
