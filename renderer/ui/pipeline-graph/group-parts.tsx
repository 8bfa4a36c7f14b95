import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { countLegs, legCountWords, type LegCounts } from './count-legs.ts';
import { useGraphContext } from './graph-context.ts';
import type { GraphStage, StageGroup } from './graph-stage.ts';
import styles from './stage-node.module.css';

const nothing = (): void => undefined;

/** How the legs of a matrix stand; renders again when a count changes. Null in the graph of a file. */
export function useLegCounts(group: StageGroup | undefined): LegCounts | null {
  const { states } = useGraphContext();
  const subscribe = useCallback((listener: () => void) => states?.subscribe(listener) ?? nothing, [states]);
  // As text, so that equal counts are equal.
  const counted = useSyncExternalStore(subscribe, () =>
    states === null || group === undefined
      ? ''
      : JSON.stringify(countLegs(group.legs.map((leg) => states.read(leg)))),
  );
  return useMemo(() => (counted === '' ? null : (JSON.parse(counted) as LegCounts)), [counted]);
}

/** `3 ✓ 1 ✕ of 4`, in colours. */
export function LegFigures({ counts }: { readonly counts: LegCounts }) {
  const { total, succeeded, failed, running } = counts;
  return (
    <span className={styles['figures']} title={legCountWords(counts)} data-figures>
      {succeeded > 0 && <span data-tone="succeeded">{succeeded} ✓</span>}
      {failed > 0 && <span data-tone="failed">{failed} ✕</span>}
      {succeeded + failed === 0 && (running > 0 ? `${running} of ${total}` : `${total} legs`)}
      {succeeded + failed > 0 && succeeded + failed < total && `of ${total}`}
    </span>
  );
}

/** How far the legs are, as a thin line along the foot of the node. */
export function LegBar({ counts }: { readonly counts: LegCounts }) {
  const parts = [
    ['succeeded', counts.succeeded],
    ['failed', counts.failed],
    ['skipped', counts.other],
    ['running', counts.running],
  ] as const;
  return (
    <span className={styles['bar']} aria-hidden>
      {parts.map(
        ([tone, count]) =>
          count > 0 && (
            <span key={tone} data-tone={tone} style={{ width: `${(100 * count) / counts.total}%` }} />
          ),
      )}
    </span>
  );
}

/** What a screen reader says of a node that can be folded, after its name. */
export function foldWords(group: StageGroup | undefined, canToggle: boolean): string | undefined {
  if (!canToggle || group === undefined || group.legs.length === 0) return undefined;
  return group.isFolded ? 'Space unfolds it' : 'Space folds it';
}

/**
 * Unfolds a matrix into its legs, and folds them again. For the pointer alone, since an option of a listbox has no controls
 * of its own: Space does the same on the selected node.
 */
export function FoldMark({ stage, group }: { readonly stage: GraphStage; readonly group: StageGroup }) {
  const { onToggle } = useGraphContext();
  if (onToggle === null || group.legs.length === 0) return null;
  const label = group.isFolded ? `Unfold ${stage.name}` : `Fold ${stage.name}`;
  return (
    <span
      aria-hidden
      className={styles['fold']}
      title={`${label} (space)`}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(stage.id);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {group.isFolded ? <ChevronsUpDown size={14} /> : <ChevronsDownUp size={14} />}
    </span>
  );
}
