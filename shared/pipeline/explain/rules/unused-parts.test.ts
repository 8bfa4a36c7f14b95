import { describeRule } from '#test/support/explain/describe-rule.ts';
import { unusedInput, unusedPipeline, unusedTemplate, unusedVariable } from './unused-parts.ts';

describeRule(unusedInput, {
  fires: {
    'an input that nothing reads':
      'inputs:\n  a: { default: x }\n  b: { default: y }\nstages: { s: { run: "echo ${{ inputs.a }}" } }\n',
    'the only one': 'inputs: { a: { default: x } }\nstages: { s: { run: make } }\n',
    'one of a pipeline':
      'pipelines: { p: { inputs: { a: { default: x } }, stages: { s: { run: make } } } }\nstages: { c: { pipeline: p } }\n',
  },
  quiet: {
    'one that a condition reads':
      "inputs: { a: { default: x } }\nstages: { s: { run: make, if: inputs.a == 'x' } }\n",
    'one by its quoted name':
      'inputs: { a-b: { default: x } }\nstages: { s: { run: "echo ${{ inputs[\'a-b\'] }}" } }\n',
    'all of them together':
      'inputs: { a: { default: x } }\nstages: { s: { run: "echo ${{ toJSON(inputs) }}" } }\n',
  },
});

describeRule(unusedVariable, {
  fires: { 'a value that nothing reads': 'vars: { a: 1 }\nstages: { s: { run: make } }\n' },
  quiet: { 'one that is read': 'vars: { a: 1 }\nstages: { s: { run: "make ${{ vars.a }}" } }\n' },
});

describeRule(unusedTemplate, {
  fires: {
    'a template that nothing extends':
      'templates:\n  a: { timeout: 5m }\n  b: { timeout: 5m }\nstages: { s: { run: make, extends: b } }\n',
  },
  quiet: {
    'one that a template extends':
      'templates:\n  a: { timeout: 5m }\n  b: { extends: [a] }\nstages: { s: { run: make, extends: [b] } }\n',
  },
});

describeRule(unusedPipeline, {
  fires: {
    'a pipeline that nothing calls':
      'pipelines: { p: { stages: { s: { run: make } } } }\nstages: { a: { run: make } }\n',
  },
  quiet: {
    'one that is called':
      'pipelines: { p: { stages: { s: { run: make } } } }\nstages: { a: { pipeline: p } }\n',
  },
});
