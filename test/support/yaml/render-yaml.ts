import type { Dress, Flow, OddEntry, OddFile, OddItem, OddNode } from './odd-yaml.ts';

/** Writes a file in the style that its parts ask for. Its comments are all different. */
export function renderYaml({ root, newline, bom, head, tail }: OddFile): string {
  const writer = new Writer();
  if ((root.kind === 'map' || root.kind === 'list') && (root.flow !== null || sizeOf(root) === 0)) {
    writer.text += `${writer.flow(root, 0)}\n`;
  } else writer.lines(root, 0);
  const text = head + writer.text.replace(/^\n*/, '');
  const body = tail === '' && text.length % 3 === 0 ? text.replace(/\n$/, '') : text + tail;
  return (bom ? '\uFEFF' : '') + body.replaceAll('\n', newline);
}

const sizeOf = (node: OddNode): number =>
  node.kind === 'map' ? node.entries.length : node.kind === 'list' ? node.items.length : -1;

class Writer {
  text = '';
  #comments = 0;
  readonly #anchors: string[] = [];

  comment(): string {
    this.#comments += 1;
    return `# note ${this.#comments}`;
  }

  /** The entries of a block collection, which begins in the line that is open, or in one of its own. */
  lines(node: OddNode, column: number, isOpen = false): void {
    if (node.kind === 'map') {
      for (const [index, entry] of node.entries.entries()) {
        this.#head(entry.dress, column, isOpen && index === 0);
        this.#entry(entry, column);
      }
    }
    if (node.kind === 'list') {
      for (const [index, item] of node.items.entries()) {
        this.#head(item.dress, column, isOpen && index === 0);
        this.text += '-';
        this.#value(item, column, true);
      }
    }
  }

  #head({ above }: Dress, column: number, isOpen: boolean): void {
    if (isOpen) return;
    for (const line of above) {
      if (line === 'blank') this.text += '\n';
      else if (line === 'blanks') this.text += '   \n';
      else {
        const at = line === 'comment' ? column : line === 'indented' ? column + 2 : Math.max(0, column - 1);
        this.text += `${' '.repeat(at)}${this.comment()}\n`;
      }
    }
    this.text += ' '.repeat(column);
  }

  #entry(entry: OddEntry, column: number): void {
    const key = entry.quote + entry.key + entry.quote;
    this.text += entry.explicit ? `? ${key}\n${' '.repeat(column)}:` : `${key}:`;
    this.#value(entry, column, false);
  }

  #value({ dress, value }: OddItem, column: number, isItem: boolean): void {
    const anchor = dress.anchor && value.kind !== 'alias' ? ` &n${this.#anchors.length + 1}` : '';
    this.text += anchor;
    this.#valueOf(value, dress, column, isItem && anchor === '');
    if (anchor !== '') this.#anchors.push(anchor.slice(2));
  }

  #valueOf(value: OddNode, dress: Dress, column: number, isItem: boolean): void {
    const { indent, padding } = dress;
    const behind = (dress.trailing ? ` ${this.comment()}` : '') + padding;
    if (value.kind === 'block') {
      const explicit = Number(/\d/.exec(value.header)?.[0] ?? indent);
      const lines = value.lines.map((line) => (line === '' ? '' : ' '.repeat(column + explicit) + line));
      this.text += ` ${value.header}${behind}\n${lines.join('\n')}\n`;
    } else if (sizeOf(value) > 0 && (value.kind === 'map' || value.kind === 'list') && value.flow === null) {
      const isCompact = isItem && !dress.trailing;
      const below = value.kind === 'list' && value.indentless && !isItem ? column : column + indent;
      if (isCompact) this.text += ' '.repeat(indent > 4 ? 1 : indent);
      else this.text += `${behind}\n`;
      this.lines(value, isCompact ? column + 1 + (indent > 4 ? 1 : indent) : below, isCompact);
    } else this.text += `${spaced(this.flow(value, column + indent))}${behind}\n`;
  }

  /** A value without lines of a block. @param column where its further lines stand */
  flow(value: OddNode, column: number): string {
    switch (value.kind) {
      case 'plain':
        return value.text;
      case 'single':
        return `'${value.text.replaceAll("'", "''")}'`;
      case 'double':
        return `"${value.text}"`;
      case 'spread':
        return value.quote + value.words.join(`\n${' '.repeat(Math.max(1, column))}`) + value.quote;
      case 'block':
        return '"x\\ny"';
      case 'empty':
        return '';
      case 'alias':
        return this.#anchors.length === 0 ? '' : `*${this.#anchors.at(-1)!} `;
      case 'map':
        return this.#wrap('{', value.entries, '}', value.flow, column, (entry) => {
          const key = entry.quote + entry.key + entry.quote;
          return `${key}:${spaced(this.flow(entry.value, column + 2))}`;
        });
      case 'list':
        return this.#wrap('[', value.items, ']', value.flow, column, (item) =>
          this.flow(item.value, column + 2),
        );
    }
  }

  #wrap<T extends OddItem>(
    open: string,
    items: readonly T[],
    close: string,
    flow: Flow | null,
    column: number,
    write: (item: T) => string,
  ): string {
    if (items.length === 0) return open + close;
    const padding = flow?.padded === true ? ' ' : '';
    if (flow?.spread !== true) {
      return open + padding + items.map(write).join(flow?.tabs === true ? ',\t' : ', ') + padding + close;
    }
    const indent = `\n${' '.repeat(Math.max(1, column))}`;
    const lines = items.map((item, index) => {
      const above = flow.comments && item.dress.above.length > 0 ? indent + this.comment() : '';
      const comma = index < items.length - 1 || flow.trailingComma ? ',' : '';
      const behind = flow.comments && item.dress.trailing ? ` ${this.comment()}` : '';
      return above + indent + write(item) + comma + behind;
    });
    return `${open}${lines.join('')}\n${' '.repeat(Math.max(1, column - 1))}${close}`;
  }
}

const spaced = (text: string): string => (text === '' ? '' : ` ${text}`);
