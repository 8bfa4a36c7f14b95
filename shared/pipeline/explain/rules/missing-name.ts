import type { Rule } from '../explanation.ts';

export const missingName: Rule = {
  code: 'missing-name',
  severity: 'hint',
  summary: 'The pipeline has no name',
  why: 'Runs, notifications and the history show the name of the file instead, which says little where there are several.',
  *find({ pipeline }) {
    if (pipeline.file.name !== undefined) return;
    const name = nameFrom(pipeline.path);
    yield {
      path: [],
      message: 'The pipeline has no name',
      fixes: [
        { title: `Name it “${name}”`, operations: [{ type: 'set-field', path: ['name'], value: name }] },
      ],
    };
  },
};

/** `.pipewright/nightly-build.yml` is the pipeline `Nightly build`. */
function nameFrom(path: string): string {
  const base = path
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.ya?ml$/i, '')
    .replace(/[-_.]+/g, ' ')
    .trim();
  const name = base === '' || base === 'pipewright' ? 'pipeline' : base;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
