/** Of the element that has the focus while the canvas is used by keys. */
export const CANVAS_ID = 'editor-canvas-stages';
