import type { ReactNode } from 'react';
import type { FieldPlace } from './field-place.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { EitherField } from './fields/either-field.tsx';
import { LinesField } from './fields/lines-field.tsx';
import { ListField } from './fields/list-field.tsx';
import { MapField } from './fields/map-field.tsx';
import { NamedField } from './fields/named-field.tsx';
import { ObjectFields } from './fields/object-fields.tsx';
import { SecretsField } from './fields/secrets-field.tsx';
import { SwitchField } from './fields/switch-field.tsx';
import { TextField } from './fields/text-field.tsx';
import { TextsField } from './fields/texts-field.tsx';
import { YamlField } from './fields/yaml-field.tsx';
import { useFormData } from './form-data.ts';
import type { FieldSpec } from './schema/field-shape.ts';
import { isOfShape } from './schema/is-of-shape.ts';

export interface SchemaFieldProps {
  readonly spec: FieldSpec;
  /** The same value of each of the things that are edited at once. */
  readonly places: readonly FieldPlace[];
  /** Values of any type may be expressions here, as in the settings of a kind. */
  readonly expressions?: boolean;
  /** The place says what it is: no label of its own. */
  readonly bare?: boolean;
  /** The first of its parts has just been added: it is open. */
  readonly isNew?: boolean;
}

/** The control that fits what a value can be. */
export function SchemaField(props: SchemaFieldProps): ReactNode {
  const { spec, places } = props;
  const { written } = useFormData();
  const { shape } = spec;
  const isWritable = places.every(({ path, value }) => !written.isForeign(path) && isOfShape(shape, value));
  if (!isWritable) return <YamlField {...props} />;
  switch (shape.type) {
    case 'text':
    case 'number':
    case 'duration':
    case 'size':
    case 'scalar':
      return <TextField {...props} shape={shape} />;
    case 'boolean':
      return <SwitchField {...props} />;
    case 'choice':
      return <ChoiceField {...props} shape={shape} />;
    case 'texts':
      if (shape.control === 'secrets') return <SecretsField {...props} />;
      return shape.control === 'chips' ? (
        <TextsField {...props} shape={shape} />
      ) : (
        <LinesField {...props} shape={shape} />
      );
    case 'list':
      return <ListField {...props} shape={shape} />;
    case 'map':
      return shape.value.type === 'object' ? (
        <NamedField {...props} item={shape.value} keyPattern={shape.keyPattern} />
      ) : (
        <MapField {...props} shape={shape} />
      );
    case 'object':
      return <ObjectFields {...props} shape={shape} />;
    case 'either':
      return <EitherField {...props} shape={shape} />;
    case 'yaml':
      return <YamlField {...props} />;
  }
}
