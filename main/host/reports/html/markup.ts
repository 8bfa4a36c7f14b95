/** Markup that may stand in the report as it is; everything else is text and is escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | null | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup of a template whose values are escaped: `html\`<td>${name}</td>\``. Null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += textOf(value) + (strings[index + 1] ?? '');
  return new Markup(text);
}

function textOf(value: Part): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(textOf).join('');
  return escapeText(String(value));
}

/** Control characters have no place in a page, and what turns the direction of writing could make it say something else. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The beginning of a text that may be long. */
export const cut = (text: string, chars: number): string =>
  text.length <= chars ? text : `${text.slice(0, chars)}…`;

/** `1 file`, `2 files`. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A moment as people read it, whatever zone it was written in: `2026-11-23 20:03 UTC`. */
export function moment(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Characters that the rows of one section may take, so that a report stays one that can be sent. */
const SECTION_CHARS = 600_000;

/** As many rows as have room, and how many have not. */
export function fitting<Item>(
  items: readonly Item[],
  row: (item: Item) => Markup,
): { readonly rows: readonly Markup[]; readonly left: number } {
  const rows: Markup[] = [];
  let chars = 0;
  for (const item of items) {
    const next = row(item);
    chars += next.text.length;
    if (chars > SECTION_CHARS) break;
    rows.push(next);
  }
  return { rows, left: items.length - rows.length };
}

/** A table of as many items as have room, with a word on the others. */
export function table<Item>(
  heads: readonly string[],
  items: readonly Item[],
  row: (item: Item) => Markup,
  what: string,
): Markup {
  const { rows, left } = fitting(items, row);
  const more =
    left === 0 ? null : html`<p class="more">and ${left} more ${what}; Pipewright has them all.</p>`;
  return html`<table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${more}`;
}

/** A part of the report with its heading; `facts` stand beside it. */
export const section = (title: string, facts: string, ...content: readonly Part[]): Markup =>
  html`<section>
    <h2>${title} <small>${facts}</small></h2>
    ${content}
  </section> `;
