import { Callout } from '#renderer/ui/callout.tsx';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';

const selectBroken = ({ analysis, broken }: DocumentState) => ({
  isBroken: broken !== null,
  /** There is something to show from before. */
  wasRead: analysis !== null,
});

/** Says why the form cannot be used while the text cannot be read. */
export function BrokenNote() {
  const { isBroken, wasRead } = useDocument(selectBroken);
  if (!isBroken) return null;
  return (
    <Callout kind="warning" title="The text cannot be read now">
      {wasRead
        ? 'This is what was read last. Mend the text, and the form can be used again.'
        : 'Mend the text, and its settings stand here.'}
    </Callout>
  );
}
