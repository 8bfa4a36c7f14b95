import type { Extension } from '@codemirror/state';
import { hoverTooltip, type Tooltip } from '@codemirror/view';
import { yamlContextAt } from '../yaml-context.ts';
import { explainExpression } from './explain-expression.ts';
import { explainPlace, type Explanation } from './explain-place.ts';
import { explanationElement } from './explanation-element.ts';
import type { Surroundings } from './options.ts';

const HOVER_MS = 400;

/** Explains the key, kind, stage or name of an expression under the pointer. */
export const explainOnHover = (surroundings: () => Surroundings): Extension =>
  hoverTooltip(
    ({ state: { doc } }, position) => {
      const context = yamlContextAt(doc, position);
      const { at, from, to } = context;
      if (position < from || position > to) return null;
      const around = surroundings();
      const text = doc.sliceString(from, to);
      if (at !== 'key' && at !== 'none') {
        const found = explainExpression(text, position - from, context, around);
        if (found !== null) return tooltipOf(from + found.start, from + found.end, found.explanation);
      }
      const explanation = at === 'text' ? null : explainPlace(context, text, around);
      return explanation === null ? null : tooltipOf(from, to, explanation);
    },
    { hoverTime: HOVER_MS },
  );

const tooltipOf = (pos: number, end: number, explanation: Explanation): Tooltip => ({
  pos,
  end,
  above: true,
  create: () => ({ dom: explanationElement(explanation) }),
});
