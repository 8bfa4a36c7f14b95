import { orderEdits } from './edit-list.ts';
import type { TextEdit } from './text-edit.ts';

/** A part of a text that is as it was in the first one (`start` and `end` are of that), or new. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

const lengthOf = (piece: Piece): number => ('text' in piece ? piece.text.length : piece.end - piece.start);

/** Edits of a text and edits of what they make of it, as edits of the first text. */
export function composeTextEdits(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  return orderEdits(text, toEdits(text, cut(piecesOf(text, first), second)));
}

function piecesOf(text: string, edits: readonly TextEdit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push({ start: at, end: edit.start }, { text: edit.text });
    at = edit.end;
  }
  return [...pieces, { start: at, end: text.length }];
}

/** Makes the edits of the text that pieces stand for. */
function cut(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  const rest = [...pieces].reverse();
  let at = 0;
  const takeUpTo = (offset: number, keep: boolean): void => {
    while (at < offset) {
      const piece = rest.pop();
      if (piece === undefined) return;
      const [head, tail] = split(piece, offset - at);
      if (tail !== null) rest.push(tail);
      if (keep) result.push(head);
      at += lengthOf(head);
    }
  };
  for (const edit of edits) {
    takeUpTo(edit.start, true);
    result.push({ text: edit.text });
    takeUpTo(edit.end, false);
  }
  return [...result, ...rest.reverse()];
}

function split(piece: Piece, at: number): readonly [Piece, Piece | null] {
  if (lengthOf(piece) <= at) return [piece, null];
  if ('text' in piece) return [{ text: piece.text.slice(0, at) }, { text: piece.text.slice(at) }];
  return [
    { start: piece.start, end: piece.start + at },
    { start: piece.start + at, end: piece.end },
  ];
}

function toEdits(text: string, pieces: readonly Piece[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let added = '';
  for (const piece of [...pieces, { start: text.length, end: text.length }]) {
    if ('text' in piece) added += piece.text;
    else if (piece.start < piece.end || piece.start === text.length) {
      if (added !== '' || piece.start > at) edits.push({ start: at, end: piece.start, text: added });
      at = piece.end;
      added = '';
    }
  }
  return edits;
}
