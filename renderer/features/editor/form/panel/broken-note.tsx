import { Callout } from '#renderer/ui/callout.tsx';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';

const selectIsBroken = ({ broken }: DocumentState): boolean => broken !== null;

/** Says why the form cannot be used while the text cannot be read. */
export function BrokenNote() {
  const isBroken = useDocument(selectIsBroken);
  if (!isBroken) return null;
  return (
    <Callout kind="warning" title="The text cannot be read now">
      This is what was read last. Mend the text, and the form can be used again.
    </Callout>
  );
}
