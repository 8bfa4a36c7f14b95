import { isRecord, listOf, own, recordOf, recordsOf, textOf, type JsonRecord } from '../json/json-values.ts';
import type { ToldBill, ToldComponent } from './build-sbom.ts';

/** A CycloneDX bill in JSON. The depth of the document is limited where it is read. */
export function tellJsonBill(bom: JsonRecord): ToldBill {
  const subject = recordOf(own(recordOf(own(bom, 'metadata')), 'component'));
  const subjectName = textOf(own(subject, 'name'));
  const components: ToldComponent[] = [];
  const add = (list: unknown): void => {
    for (const component of recordsOf(list)) {
      components.push(tellComponent(component));
      add(own(component, 'components'));
    }
  };
  add(own(subject, 'components'));
  add(own(bom, 'components'));
  return {
    format: `CycloneDX ${textOf(own(bom, 'specVersion'))?.slice(0, 20) ?? ''}`.trim(),
    subject:
      subjectName === null ? null : { name: fullName(subject), version: textOf(own(subject, 'version')) },
    subjectRef: textOf(own(subject, 'bom-ref')),
    components,
    dependencies: recordsOf(own(bom, 'dependencies')).flatMap((each) => {
      const from = textOf(own(each, 'ref'));
      const to = listOf(own(each, 'dependsOn')).filter((ref) => typeof ref === 'string');
      return from === null ? [] : [{ from, to }];
    }),
  };
}

function tellComponent(component: JsonRecord): ToldComponent {
  return {
    billRef: textOf(own(component, 'bom-ref')),
    name: fullName(component),
    version: textOf(own(component, 'version')),
    purl: textOf(own(component, 'purl')),
    type: textOf(own(component, 'type'))?.slice(0, 50) ?? 'library',
    licenses: licensesOf(own(component, 'licenses')),
    scope: scopeOf(textOf(own(component, 'scope')), recordsOf(own(component, 'properties'))),
  };
}

function fullName(component: JsonRecord): string {
  const parts = [textOf(own(component, 'group')), textOf(own(component, 'name')) ?? '(no name)'];
  return parts.filter((part) => part !== null).join('/');
}

function licensesOf(value: unknown): string[] {
  return recordsOf(value).flatMap((choice) => {
    const license = own(choice, 'license');
    const named = isRecord(license) ? (textOf(own(license, 'id')) ?? textOf(own(license, 'name'))) : null;
    return [textOf(own(choice, 'expression')) ?? named].filter((name) => name !== null);
  });
}

/** Tools for npm say in a property of their own that a package is for development alone. */
export function scopeOf(scope: string | null, properties: readonly JsonRecord[]): ToldComponent['scope'] {
  const isDev = properties.some(
    (property) =>
      own(property, 'name') === 'cdx:npm:package:development' && own(property, 'value') === 'true',
  );
  if (isDev || scope === 'excluded') return 'development';
  return scope === 'required' ? 'runtime' : 'unknown';
}
