import { useState } from 'react';
import { MeasuredList } from '#renderer/ui/measured-list.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { useDocumentActions } from '../document/document-context.ts';
import { ChangeRow } from './change-row.tsx';
import { ChangeTexts } from './change-texts.tsx';
import { ChangeCounts } from './change-counts.tsx';
import { ChangesGraph } from './changes-graph.tsx';
import type { Change, Comparison } from './comparison.ts';
import { GraphChoices, type Extent } from './graph-choices.tsx';
import styles from './changes-view.module.css';

const ROW_HEIGHT = 48;
/** From here on, stages far from any change only stand in the way. */
const MANY_STAGES = 60;
const keyOf = ({ key }: Change): string => key;

export interface ChangesBodyProps {
  readonly comparison: Comparison;
  readonly otherLabel: string;
  readonly onShowText: (offset: number) => void;
}

/** What is chosen: a change, and the stage of a scope on the graph, which may be the same in both texts. */
interface Chosen {
  readonly key: string | null;
  readonly scope: string | null;
  readonly stage: string | null;
}

/** The graph of both texts over the list of changes and what the texts say of the chosen one. */
export function ChangesBody({ comparison, otherLabel, onShowText }: ChangesBodyProps) {
  const { changes, scopes } = comparison;
  const actions = useDocumentActions();
  const [chosen, setChosen] = useState<Chosen>(() => chosenOf(changes[0]));
  const [extent, setExtent] = useState<Extent | null>(null);
  const scope = scopes.find((one) => one.scope === chosen.scope) ?? scopes[0];
  const change = changes.find(({ key }) => key === chosen.key);
  const shownExtent = extent ?? ((scope?.stages.length ?? 0) > MANY_STAGES ? 'near' : 'all');

  const choose = (next: Change): void => {
    setChosen(next.stage === null ? { ...chosen, key: next.key, stage: null } : chosenOf(next));
    if (next.stage === null || next.type === 'removed') return;
    actions.showScope(next.scope);
    actions.select([next.stage], 'command');
  };
  const chooseStage = (stage: string | null): void => {
    const next = changes.find((one) => one.scope === scope?.scope && one.stage === stage && stage !== null);
    if (next !== undefined) choose(next);
    else setChosen({ key: null, scope: scope?.scope ?? null, stage });
  };
  const open = ({ offset }: Change): void => {
    if (offset !== null) onShowText(offset);
  };
  return (
    <Panes id="changes" direction="vertical">
      <Pane id="changes-graph" defaultSize="45%" minSize={120}>
        {scope === undefined ? (
          <p className={styles['quiet']}>Neither text has stages.</p>
        ) : (
          <ChangesGraph
            choices={
              <GraphChoices
                scopes={scopes}
                scope={scope}
                onScope={(next) => setChosen({ key: null, scope: next.scope, stage: null })}
                extent={shownExtent}
                onExtent={setExtent}
              />
            }
            scope={scope}
            changes={changes}
            onlyNear={shownExtent === 'near'}
            selectedId={chosen.stage}
            onSelect={chooseStage}
            onOpen={(stage) => {
              const opened = changes.find((one) => one.scope === scope.scope && one.stage === stage);
              if (opened !== undefined) open(opened);
            }}
          />
        )}
      </Pane>
      <PaneHandle label="Resize graph and texts" />
      <Pane id="changes-texts" minSize={120}>
        <Panes id="changes-list">
          <Pane id="changes-list-rows" fixed defaultSize={260} minSize={180}>
            <ChangeCounts changes={changes} />
            <MeasuredList
              label="Changes"
              rows={changes}
              rowKey={keyOf}
              currentKey={chosen.key}
              estimate={ROW_HEIGHT}
              onSelect={choose}
            >
              {(row) => <ChangeRow change={row} />}
            </MeasuredList>
          </Pane>
          <PaneHandle label="Resize list and texts" />
          <Pane id="changes-list-texts" minSize={200}>
            {change === undefined ? (
              <p className={styles['quiet']}>
                {chosen.stage === null
                  ? 'Choose a change to see both texts of it.'
                  : `${chosen.stage} is the same in both texts.`}
              </p>
            ) : (
              <ChangeTexts
                change={change}
                otherLabel={otherLabel}
                onShowText={change.offset === null ? null : () => open(change)}
              />
            )}
          </Pane>
        </Panes>
      </Pane>
    </Panes>
  );
}

const chosenOf = (change: Change | undefined): Chosen => ({
  key: change?.key ?? null,
  scope: change?.scope ?? null,
  stage: change?.stage ?? null,
});
