import { describeRule } from '#test/support/explain/describe-rule.ts';
import { unpinnedImage } from './unpinned-image.ts';

const file = (image: string): string => `stages: { a: { run: make, container: ${image} } }\n`;

describeRule(unpinnedImage, {
  fires: {
    'no version': file('node'),
    'the latest one': file('{ image: "node:latest" }'),
    'a port that is no version': file('"example.org:5000/node"'),
    'a service': 'stages: { a: { run: make, services: { db: { image: postgres } } } }\n',
    'the container of the defaults': 'defaults: { container: node }\nstages: { a: { run: make } }\n',
  },
  quiet: {
    'a version': file('"node:24"'),
    'a digest': file(`"node@sha256:${'0'.repeat(64)}"`),
    'what an expression gives':
      'vars: { tag: "24" }\nstages: { a: { run: make, container: "node:${{ vars.tag }}" } }\n',
  },
});
