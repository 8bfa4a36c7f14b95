import type { Issue } from '#shared/lib/issue.ts';
import type { Sbom } from '#shared/reports/sbom.ts';
import { createBreather } from '../breather.ts';
import { isRecord, own } from '../json/json-values.ts';
import { readJson } from '../json/read-json.ts';
import { reportIssue } from '../report-issue.ts';
import { looksLikeXml } from '../text/decode-bytes.ts';
import { readXml } from '../xml/read-xml.ts';
import { buildSbom } from './build-sbom.ts';
import { tellJsonBill } from './cyclonedx-json.ts';
import { xmlBillForm } from './cyclonedx-xml.ts';

const HINT = 'CycloneDX 1.2 and later are read, in JSON and in XML';

/** Reads a CycloneDX bill of materials, in JSON or XML by its looks. Rejects with the signal's reason only. */
export async function parseCycloneDx(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly report: Sbom | null; readonly issues: readonly Issue[] }> {
  const refuse = (issue: Issue): { report: null; issues: readonly Issue[] } => ({
    report: null,
    issues: [issue],
  });
  if (looksLikeXml(bytes)) {
    const xml = await readXml(
      bytes,
      name,
      (root) => {
        if (root === 'bom') return xmlBillForm;
        const message = `This is no CycloneDX bill: its root element is <${root.slice(0, 100)}>.`;
        return { issue: reportIssue(name, 'report-not-cyclonedx', message, { hint: HINT }) };
      },
      signal,
    );
    return 'issue' in xml ? refuse(xml.issue) : { report: buildSbom(xml.value), issues: [] };
  }
  const json = await readJson(bytes, name, createBreather(signal));
  if ('issue' in json) return refuse(json.issue);
  if (!isRecord(json.value) || own(json.value, 'bomFormat') !== 'CycloneDX') {
    const isSpdx = isRecord(json.value) && own(json.value, 'spdxVersion') !== undefined;
    const message = isSpdx
      ? 'This is an SPDX bill, which is not read.'
      : 'This is no CycloneDX bill: `bomFormat` does not say so.';
    return refuse(reportIssue(name, 'report-not-cyclonedx', message, { hint: HINT }));
  }
  return { report: buildSbom(tellJsonBill(json.value)), issues: [] };
}
