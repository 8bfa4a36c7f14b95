/** Colours follow what the reader's system is set to; nothing is loaded from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --fg: #1c2024; --dim: #60646c; --line: #d9dce1; --bg: #fff; --soft: #f5f6f8;
  --good: #18794e; --bad: #c62a2f; --warn: #8a5300; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6e8eb; --dim: #9ba1a6; --line: #33383d; --bg: #151718; --soft: #1f2224;
  --good: #4cc38a; --bad: #ff8589; --warn: #f1a10d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1100px; padding: 32px 24px 64px; background: var(--bg); color: var(--fg);
  font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 17px; margin: 40px 0 12px; padding-bottom: 6px; border-bottom: 1px solid var(--line); }
h3 { font-size: 14px; margin: 20px 0 8px; }
small, .dim, .more { color: var(--dim); font-weight: 400; font-size: 13px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { color: var(--dim); font-weight: 500; font-size: 12px; white-space: nowrap; }
td.number { white-space: nowrap; }
code, pre { font: 12px/1.5 ui-monospace, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: 10px 12px; border-radius: 6px;
  margin: 6px 0; max-height: 28em; overflow: auto; }
details { margin: 6px 0; } details + table { margin-top: 20px; } summary { cursor: pointer; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0 0; padding: 0; list-style: none; }
.figures li { background: var(--soft); border-radius: 8px; padding: 10px 16px; min-width: 120px; }
.figures b { display: block; font-size: 18px; font-weight: 600; }
.bar { display: inline-block; width: 90px; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden;
  vertical-align: middle; margin-right: 8px; }
.bar i { display: block; height: 100%; background: var(--good); }
@media print { body { max-width: none; padding: 0; } pre { max-height: none; } }
`;
