import {
  Compartment,
  EditorState,
  RangeSet,
  StateEffect,
  StateField,
  type Extension,
} from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter, lineNumbers } from '@codemirror/view';
import { codeTheme } from './code-theme.ts';
import { languageOf } from './language-of.ts';
import type { LineMark } from './line-mark.ts';

export interface CodeText {
  readonly text: string;
  /** Its name tells the language. */
  readonly path: string;
  /** Names the view. */
  readonly label: string;
  /** In the order of their lines; lines that the text does not have are left out. */
  readonly marks: readonly LineMark[];
  /** The number of the text's first line, for an excerpt; default 1. */
  readonly firstLine?: number;
}

export interface CodeHandle {
  /** Brings a line into the middle and marks it. */
  goTo(line: number): void;
  destroy(): void;
}

const setCurrent = StateEffect.define<number>();

const currentLine = StateField.define({
  create: () => Decoration.none,
  update: (value, { effects, state }) => {
    const effect = effects.find((one) => one.is(setCurrent));
    if (effect === undefined) return value;
    const line = state.doc.line(effect.value);
    return Decoration.set(Decoration.line({ class: 'cm-mark-current' }).range(line.from));
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Note extends GutterMarker {
  readonly #text: string;
  constructor(text: string) {
    super();
    this.#text = text;
  }
  override toDOM(): Text {
    return document.createTextNode(this.#text);
  }
}

class Changed extends GutterMarker {
  override elementClass = 'cm-changed';
}

/** Shows a text for reading, with what is told of its lines. Colours come when the language has been loaded. */
export function mountCode(parent: HTMLElement, code: CodeText): CodeHandle {
  const { text, path, label, marks, firstLine = 1 } = code;
  const language = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        codeTheme,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({
          'aria-label': label,
          role: 'textbox',
          'aria-multiline': 'true',
          tabindex: '0',
        }),
        lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }),
        currentLine,
        language.of([]),
      ],
    }),
  });
  const { doc } = view.state;
  const known = marks.filter(({ line }) => line >= firstLine && line < firstLine + doc.lines);
  view.dispatch({
    effects: StateEffect.appendConfig.of(
      markExtensions(known, (line) => doc.line(line - firstLine + 1).from),
    ),
  });
  let isGone = false;
  void languageOf(path).then((support) => {
    if (!isGone && support !== null) view.dispatch({ effects: language.reconfigure(support) });
  });
  return {
    goTo: (line) => {
      const own = Math.min(Math.max(line - firstLine + 1, 1), doc.lines);
      view.dispatch({
        effects: [setCurrent.of(own), EditorView.scrollIntoView(doc.line(own).from, { y: 'center' })],
      });
    },
    destroy: () => {
      isGone = true;
      view.destroy();
    },
  };
}

function markExtensions(marks: readonly LineMark[], offsetOf: (line: number) => number): Extension {
  const grounds = marks.flatMap(({ line, ground }) =>
    ground === null ? [] : [Decoration.line({ class: `cm-mark-${ground}` }).range(offsetOf(line))],
  );
  const notes = marks.flatMap(({ line, note }) =>
    note === undefined ? [] : [new Note(note).range(offsetOf(line))],
  );
  const changes = marks.flatMap(({ line, isChanged }) =>
    isChanged === true ? [new Changed().range(offsetOf(line))] : [],
  );
  const notesSet = RangeSet.of<GutterMarker>(notes);
  const changesSet = RangeSet.of<GutterMarker>(changes);
  return [
    EditorView.decorations.of(Decoration.set(grounds)),
    notes.length === 0 ? [] : gutter({ class: 'cm-notes', markers: () => notesSet }),
    changes.length === 0 ? [] : gutter({ class: 'cm-changes', markers: () => changesSet }),
  ];
}
