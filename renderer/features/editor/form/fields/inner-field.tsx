import { createContext, useContext, type ReactNode } from 'react';
import type { SchemaFieldProps } from '../schema-field.tsx';

/** Stands around a form and makes its fields: fields hold fields of any form, and must not import them. */
export const FieldContext = createContext<((props: SchemaFieldProps) => ReactNode) | null>(null);

/** The field of a part of a value. */
export function InnerField(props: SchemaFieldProps): ReactNode {
  const makeField = useContext(FieldContext);
  if (makeField === null) throw new Error('A field within a field needs a FieldContext around it.');
  return makeField(props);
}
