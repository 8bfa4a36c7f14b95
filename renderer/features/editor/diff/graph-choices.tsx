import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { Select } from '#renderer/ui/select.tsx';
import type { ComparedScope } from './comparison.ts';
import styles from './changes-view.module.css';

/** Which stages are drawn. */
export type Extent = 'near' | 'all';

const EXTENTS = [
  { value: 'near', label: 'Near changes' },
  { value: 'all', label: 'All stages' },
] as const;
/** With fewer stages there is nothing to leave out. */
const FEW = 4;

export interface GraphChoicesProps {
  readonly scopes: readonly ComparedScope[];
  readonly scope: ComparedScope;
  readonly onScope: (scope: ComparedScope) => void;
  readonly extent: Extent;
  readonly onExtent: (extent: Extent) => void;
}

/** Whose stages the graph of changes shows, and how many of them. */
export function GraphChoices({ scopes, scope, onScope, extent, onExtent }: GraphChoicesProps) {
  return (
    <>
      {scopes.length > 1 && (
        <div className={styles['picker']}>
          <Select
            label="Pipeline"
            hideLabel
            size="small"
            options={scopes.map((one, index) => ({ value: String(index), label: one.scope ?? 'The file' }))}
            value={String(scopes.indexOf(scope))}
            onValueChange={(index) => onScope(scopes[Number(index)] ?? scope)}
          />
        </div>
      )}
      {scope.stages.length >= FEW && (
        <SegmentedControl
          label="Stages that are drawn"
          options={EXTENTS}
          value={extent}
          onValueChange={onExtent}
        />
      )}
    </>
  );
}
