import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fixedClock, silentLog } from '@golden-image/host';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { NOW } from '../../test/change.ts';
import { collectReportFacts } from './collect-reports.ts';

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'collect-'));
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

it('names the changed files of a package whose report names files from its own folder', async () => {
  await mkdir(path.join(workspace, 'packages/a/coverage'), { recursive: true });
  await writeFile(
    path.join(workspace, 'packages/a/coverage/lcov.info'),
    'SF:src/a.ts\nDA:1,1\nend_of_record\nSF:packages/a/src/b.ts\nDA:1,1\nDA:2,0\nend_of_record\n',
  );
  const reports = { coverageBase: [], sarif: [], sarifBase: [], junit: [] };
  const [fact] = await collectReportFacts(
    { workspace, coverage: ['packages/*/coverage/lcov.info'], ...reports },
    { coverage: { patch: 75 } },
    [{ path: 'packages/a/src/a.ts', lines: [[1, 5]] }, { path: 'packages/a/src/b.ts' }],
    { clock: fixedClock(NOW), log: silentLog, signal: new AbortController().signal },
  );
  expect(fact).toMatchObject({
    kind: 'coverage',
    status: 'pass',
    value: {
      changed: [{ path: 'packages/a/src/b.ts', covered: [], missed: [] }],
      unclear: [{ path: 'packages/a/src/a.ts', reported: 'src/a.ts' }],
    },
  });
});
