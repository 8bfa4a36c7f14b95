import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { yamlContextAt } from '../yaml-context.ts';
import { explainPlace } from './explain-place.ts';
import { explanationElement } from './explanation-element.ts';
import type { Surroundings } from './options.ts';

const HOVER_MS = 400;

/** Explains the key, kind or stage under the pointer. */
export const explainOnHover = (surroundings: () => Surroundings): Extension =>
  hoverTooltip(
    ({ state: { doc } }, position) => {
      const context = yamlContextAt(doc, position);
      const { from, to } = context;
      if (position < from || position > to) return null;
      const explanation = explainPlace(context, doc.sliceString(from, to), surroundings());
      if (explanation === null) return null;
      return { pos: from, end: to, above: true, create: () => ({ dom: explanationElement(explanation) }) };
    },
    { hoverTime: HOVER_MS },
  );
