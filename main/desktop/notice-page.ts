/** A page without scripts for when ours cannot run. The texts are constants of ours, never input. */
export function noticePage(title: string, text: string, action: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Pipewright</title>
<style>
  :root { color-scheme: light dark; font: 13px/1.5 system-ui, sans-serif; background: #fdfdfe; color: #1d2027; }
  @media (prefers-color-scheme: dark) { :root { background: #17191d; color: #ebedf0; } }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; text-align: center; gap: 8px; }
  h1 { margin: 0; font-size: 16px; } p { margin: 0 0 8px; opacity: 0.75; }
  a { justify-self: center; padding: 6px 12px; border-radius: 6px; background: #4661d3; color: #fff; text-decoration: none; }
</style>
</head>
<body><h1>${title}</h1><p>${text}</p><a href="/">${action}</a></body>
</html>`;
}
