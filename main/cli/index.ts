import process from 'node:process';
import { nodeProblem } from './node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === null) {
  void import('./main.ts').then(({ main }) => main(process.argv.slice(2)));
} else {
  process.stderr.write(`pipewright: ${problem}\n`);
  process.exitCode = 2;
}
