import { childOf, childrenOf, descend, textOf, type XmlElement } from '../xml/xml-element.ts';
import type { XmlForm } from '../xml/build-tree.ts';
import type { ToldBill, ToldComponent } from './build-sbom.ts';
import { scopeOf } from './cyclonedx-json.ts';

const TEXTS: ReadonlySet<string> = new Set([
  'group',
  'name',
  'version',
  'purl',
  'id',
  'expression',
  'scope',
  'property',
]);
const SKIPPED: ReadonlySet<string> = new Set([
  'externalReferences',
  'hashes',
  'tools',
  'evidence',
  'text',
  'pedigree',
]);

/** A CycloneDX bill in XML. */
export const xmlBillForm: XmlForm<ToldBill> = {
  texts: TEXTS,
  skipped: SKIPPED,
  finish(root) {
    const subject = descend(root, 'metadata', 'component');
    const components: ToldComponent[] = [];
    const add = (parent: XmlElement | undefined): void => {
      const list = parent === undefined ? undefined : childOf(parent, 'components');
      for (const component of list === undefined ? [] : childrenOf(list, 'component')) {
        components.push(tellComponent(component));
        add(component);
      }
    };
    add(subject);
    add(root);
    const graph = childOf(root, 'dependencies');
    return {
      format: 'CycloneDX',
      subject:
        subject === undefined ? null : { name: fullName(subject), version: textOf(subject, 'version') },
      subjectRef: subject?.attribute('bom-ref') ?? null,
      components,
      dependencies: (graph === undefined ? [] : childrenOf(graph, 'dependency')).flatMap((each) => {
        const from = each.attribute('ref');
        const to = childrenOf(each, 'dependency').flatMap((target) => target.attribute('ref') ?? []);
        return from === null ? [] : [{ from, to }];
      }),
    };
  },
};

function tellComponent(component: XmlElement): ToldComponent {
  const properties = childOf(component, 'properties')?.children ?? [];
  return {
    billRef: component.attribute('bom-ref'),
    name: fullName(component),
    version: textOf(component, 'version'),
    purl: textOf(component, 'purl'),
    type: component.attribute('type')?.slice(0, 50) ?? 'library',
    licenses: (childOf(component, 'licenses')?.children ?? []).flatMap((choice) =>
      choice.name === 'expression'
        ? choice.text.trim()
        : (textOf(choice, 'id') ?? textOf(choice, 'name') ?? []),
    ),
    scope: scopeOf(
      textOf(component, 'scope'),
      properties.map((property) => ({ name: property.attribute('name'), value: property.text.trim() })),
    ),
  };
}

const fullName = (component: XmlElement): string =>
  [textOf(component, 'group'), textOf(component, 'name') ?? '(no name)']
    .filter((part) => part !== null)
    .join('/');
