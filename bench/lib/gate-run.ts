/** What the benchmark `gate` measures: facts of a large change, its reports, the decision. */
import path from 'node:path';
import { silentLog, systemClock } from '@golden-image/host';
import { decideOnMerge, type Fact } from '@golden-image/policy';
import { changeFacts, commit, user } from '../../packages/policy/test/change.ts';

const [folder = '.', commits = '1', files = '1'] = process.argv.slice(2);
const POLICY = `version: 1
changes: [{paths: ["**"], approvals: {min: 2}}]
quality:
  coverage: {lines: 10, patch: 10}
  findings: {new: {error: 0, warning: 0}}
`;
const paths = Array.from({ length: Number(files) }, (_unused, index) => `src/file-${index}.ts`);
const history = Array.from({ length: Number(commits) }, (_unused, index) =>
  commit(index.toString(16).padStart(40, '0'), user(`author-${index % 20}`)),
);
const change = changeFacts({
  pulls: [{ commits: history, files: paths }],
  run: { createdAt: '2026-01-01T00:00:00Z' },
});
const tested = change.facts.find((fact) => fact.kind === 'run')?.value?.sha ?? '';
const lines: Fact = {
  kind: 'changed-lines',
  status: 'pass',
  source: 'bench',
  time: change.time,
  value: {
    baseSha: tested,
    headSha: tested,
    files: paths.map((file) => ({ path: file, lines: [[1, 500]] })),
  },
};
const ports = { clock: systemClock, log: silentLog, signal: new AbortController().signal };
const { decision } = await decideOnMerge(
  {
    observe: async () => ({ facts: [...change.facts, lines], policyText: POLICY }),
    repository: 'acme/images',
    policy: '.image-policy.yml',
    reports: {
      workspace: folder,
      coverage: ['lcov.info', 'cobertura.xml'],
      coverageBase: [],
      sarif: ['report.sarif'],
      sarifBase: ['base.sarif'],
      junit: [],
    },
    output: path.join(folder, 'out'),
  },
  () => '',
  ports,
);
if (decision.decision !== 'approved') {
  throw new Error(decision.reasons.join('; '));
}
