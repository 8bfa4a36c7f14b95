import type { DragEvent } from 'react';

const TYPE = 'application/x-pipewright-stage';

/** Makes an element carry one of the palette's items. */
export function startDrag(event: DragEvent, id: string): void {
  event.dataTransfer.setData(TYPE, id);
  event.dataTransfer.effectAllowed = 'copy';
}

/** While something is dragged its content cannot be read, only what type it is of. */
export const isPaletteDrag = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(TYPE);

/** The id of the item that was let go; '' for anything else. */
export const readDragged = ({ dataTransfer }: DragEvent): string => dataTransfer.getData(TYPE);
