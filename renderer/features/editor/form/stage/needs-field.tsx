import { useState } from 'react';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import { listOf } from '#shared/pipeline/raw-stages.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { stageIdsOf } from '../../document/stage-ids.ts';
import { ChipList } from '../fields/chip-list.tsx';
import { writeTexts } from '../field-place.ts';
import { FieldRow } from '../field-row.tsx';
import { textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import type { SchemaFieldProps } from '../schema-field.tsx';
import { useField, useFieldEdits } from '../use-field.ts';

const NONE: ReadonlySet<string> = new Set();

const selectIds = ({ analysis, scope }: DocumentState): ReadonlySet<string> =>
  analysis === null ? NONE : stageIdsOf(analysis.stages, scope);

/** The stages that this one waits for; one that waits for this one is refused, with the circle that it would make. */
export function NeedsField({ spec, places, bare = false }: SchemaFieldProps) {
  const { isReadOnly, subject } = useFormData();
  const { run } = useFieldEdits();
  const state = useField(places);
  const ids = useDocument(selectIds);
  const [problem, setProblem] = useState<string | null>(null);
  const needs = listOf(state.value).map(textOf);
  const own = places.map(({ path }) => String(path.at(-2)));
  const write = (next: readonly string[]): Promise<void> => {
    const added = next.filter((id) => !needs.includes(id));
    const removed = needs.filter((id) => !next.includes(id));
    const operations = places.flatMap((place): readonly Operation[] => {
      const [first, , ...rest] = place.path;
      const scope = first === 'pipelines' ? String(place.path[1]) : null;
      const target = String((scope === null ? place.path : rest)[1]);
      const isMoved = added.length === 0 && removed.length === 0;
      if (isMoved) return [writeTexts(place, next, true)];
      return [
        ...removed.map((source) => ({ type: 'disconnect', scope, source, target }) as const),
        ...added.map((source) => ({ type: 'connect', scope, source, target }) as const),
      ];
    });
    return run(operations, `Set what ${subject} needs`).then(setProblem);
  };
  return (
    <FieldRow spec={spec} places={places} state={state} problem={problem} bare={bare} group>
      {(ids_) => (
        <ChipList
          control={ids_}
          label="needs"
          texts={needs}
          suggestions={[...ids].filter((id) => !own.includes(id))}
          placeholder={
            state.isMixed ? 'Different values' : needs.length > 0 ? undefined : 'Nothing: it starts at once'
          }
          isReadOnly={isReadOnly}
          onTouch={() => setProblem(null)}
          onChange={write}
        />
      )}
    </FieldRow>
  );
}
