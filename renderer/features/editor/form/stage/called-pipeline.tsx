import { useMemo } from 'react';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import type { FieldPlace } from '../field-place.ts';
import { textOf } from '../field-text.ts';
import { pipelineShapes } from '../schema/pipeline-shapes.ts';
import { SchemaField } from '../schema-field.tsx';
import { calledInputs } from './called-inputs.ts';
import { SettingFields } from './setting-fields.tsx';

const selectRoot = ({ analysis }: DocumentState) => ({ root: analysis?.value ?? null });

export interface CalledPipelineProps {
  /** Of `pipeline`. */
  readonly called: readonly FieldPlace[];
  /** Of `with`. */
  readonly places: readonly FieldPlace[];
}

/** The pipeline that a stage calls, and what it is given: of one of this file, its inputs are known. */
export function CalledPipeline({ called, places }: CalledPipelineProps) {
  const { root } = useDocument(selectRoot);
  const [first] = called;
  const name = textOf(first?.value);
  const names = Object.keys(mappingOf(mappingOf(root)['pipelines']));
  const inputs = useMemo(() => calledInputs(root, name), [root, name]);
  const spec = pipelineShapes().stage.get('pipeline');
  const settings = pipelineShapes().stage.get('with');
  if (spec === undefined || settings === undefined) return null;
  const isOfFile = names.includes(name);
  return (
    <>
      {isOfFile ? (
        <ChoiceField
          spec={{ ...spec, isRequired: true }}
          places={called}
          shape={{ type: 'choice', options: names }}
        />
      ) : (
        <SchemaField spec={spec} places={called} />
      )}
      {isOfFile ? (
        <SettingFields fields={inputs} places={places} title="Inputs" />
      ) : (
        <SchemaField
          spec={{ ...settings, title: 'Inputs', help: 'The values that the called pipeline is given.' }}
          places={places}
        />
      )}
    </>
  );
}
