/** A script for Node 20 or newer: follows the links of HTML pages to files below a folder, whose name has no quotes. */
export const linkCheck = (folder: string): string => `
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
const root = '${folder}';
const pages = readdirSync(root, { recursive: true })
  .filter((file) => file.endsWith('.html') && !/(^|[\\\\/])(\\.|node_modules)/.test(file));
const broken = [];
for (const page of pages) {
  const html = readFileSync(path.join(root, page), 'utf8');
  for (const [, link] of html.matchAll(/\\s(?:href|src)="(?![a-z]+:|\\/\\/|\\$)([^"#?]+)/gi)) {
    const from = link.startsWith('/') ? root : path.join(root, path.dirname(page));
    const target = path.join(from, decodeURI(link));
    if (![target, \`\${target}.html\`].some((file) => existsSync(file))) broken.push(\`\${page}: \${link}\`);
  }
}
console.log([\`\${pages.length} pages\`, ...broken].join('\\n'));
if (pages.length === 0 || broken.length > 0) process.exit(1);
`;
