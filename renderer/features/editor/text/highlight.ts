import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** Colours of YAML; what scalars hold has those of `scalar-marks.ts`. */
export const yamlHighlight = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.definition(tags.propertyName), color: 'var(--accent-text)' },
    { tag: [tags.lineComment, tags.comment], color: 'var(--text-faint)', fontStyle: 'italic' },
    { tag: tags.string, color: 'var(--status-succeeded)' },
    { tag: [tags.labelName, tags.typeName, tags.keyword, tags.meta], color: 'var(--status-running)' },
    { tag: [tags.separator, tags.punctuation, tags.bracket], color: 'var(--text-muted)' },
  ]),
);
