const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;
// Each alternative stops at the next escape character, so that hostile text cannot make it quadratic.
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

function fromCodePoint(code: number): string {
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
}

/** Resolves the five entities of XML and character references. No other entity exists here, whatever a DOCTYPE says. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return fromCodePoint(Number(decimal));
    return hex === undefined ? NAMED[name!]! : fromCodePoint(Number.parseInt(hex, 16));
  });
}

/** The value of an attribute. Node's own reporter escapes quotes twice (`&amp;quot;`, seen in Node 20 to 24). */
export function decodeAttribute(text: string): string {
  return decodeReferences(text).replaceAll('&quot;', '"');
}

/** The text of an element from what stands between its tags: CDATA as it is, comments and inner tags left out. */
export function elementText(raw: string): string {
  let text = '';
  let at = 0;
  while (at < raw.length) {
    const tag = raw.indexOf('<', at);
    if (tag === -1) return text + decodeReferences(raw.slice(at));
    text += decodeReferences(raw.slice(at, tag));
    const isCdata = raw.startsWith('<![CDATA[', tag);
    const end = isCdata ? ']]>' : raw.startsWith('<!--', tag) ? '-->' : '>';
    const close = raw.indexOf(end, tag);
    if (close === -1) return text;
    if (isCdata) text += raw.slice(tag + '<![CDATA['.length, close);
    at = close + end.length;
  }
  return text;
}

/**
 * Takes ANSI sequences and control characters out of what a tool wrote, and copies the rest:
 * a slice would keep the whole report file in memory for as long as one name of it is used.
 */
export function cleanText(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(ANSI, '').replace(CONTROL, '');
  return Buffer.from(plain, 'utf8').toString('utf8');
}

/** Shortens a text to about `max` code units and says how much is gone. */
export function clipText(text: string, max: number, keep: 'start' | 'end'): string {
  if (text.length <= max) return text;
  const note = `[${text.length - max} characters left out]`;
  // A pair of surrogates is never cut in two.
  return keep === 'start'
    ? `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}\n${note}`
    : `${note}\n${text.slice(-max).replace(/^[\udc00-\udfff]/, '')}`;
}
