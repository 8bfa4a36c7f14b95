import { appendFileSync } from 'node:fs';

// Inputs come as variables, results go to files: nothing has to be installed for that.
const who = process.env['INPUT_WHO-TO-GREET'];
const greeting = `Hello, ${who}`;
console.log(greeting);
if (who === 'nobody') console.log('::warning file=README.md,line=1,title=lonely::There is nobody to greet');
appendFileSync(process.env.GITHUB_OUTPUT, `greeting=${greeting}\n`);
appendFileSync(process.env.GITHUB_STATE, `who=${who}\n`);
appendFileSync(process.env.GITHUB_STEP_SUMMARY, `# ${greeting}\n`);
