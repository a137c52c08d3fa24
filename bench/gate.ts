import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startFakeGitHub, WORKFLOW_TOKEN } from '../test/fake-github/src/index.ts';
import type { Bench, BenchContext, Prepared } from './lib/bench.ts';
import { largeChange, MERGE, RUN } from './lib/gate-world.ts';
import { type Measured, measure } from './lib/measure.ts';

const SOURCES = 200;
const COMMITS = 300;
/** Together they are what the goal is set for. */
const FULL_MB = 100;

/** A decision on a large pull request, from the question to GitHub on. */
export const gate: Bench = {
  name: 'gate',
  title: `Deciding on a pull request with ${COMMITS} commits, ${SOURCES} files, ${FULL_MB} MB of reports`,
  what: `The shipped bundle of gate-approval against the fake GitHub of the tests, which answers from this process: ${COMMITS} commits, ${SOURCES} changed files with 500 new lines each; half of the reports is coverage (lcov and Cobertura), half is SARIF with a base to compare with. Nobody else does this, so there is no peer.`,
  tools: [],
  rounds: 3,
  prepare,
};

async function prepare(context: BenchContext): Promise<Prepared> {
  const folderOf = async (megabytes: number): Promise<string> => {
    const folder = path.join(context.folder, `gate-${megabytes}`);
    await mkdir(folder, { recursive: true });
    await writeReports(folder, megabytes);
    return folder;
  };
  const full = await folderOf(FULL_MB);
  return {
    sides: [
      {
        name: 'gate',
        ours: true,
        command: 'gate-approval, mode: merge',
        run: () => decide(context.dist, full),
      },
    ],
    goals: [{ side: 'gate', quantity: 'memory', peers: [], atMost: 300 }],
    growth: async () => {
      const points = [];
      for (const share of [1, 4, 16]) {
        const megabytes = (FULL_MB * share) / 16;
        context.log(`${megabytes} MB of reports`);
        points.push({ ...(await decide(context.dist, await folderOf(megabytes))), x: megabytes });
      }
      return [{ title: 'Reports of 1, 4 and 16 parts', unit: 'MB of reports', points }];
    },
  };
}

/** The bundle as a runner starts it; it fails when the decision is not `approved`. */
async function decide(dist: string, folder: string): Promise<Measured> {
  const world = largeChange(
    COMMITS,
    Array.from({ length: SOURCES }, (_unused, index) => source(index)),
  );
  const github = await startFakeGitHub(world);
  const event = path.join(folder, 'event.json');
  const head = world.repositories[0]?.pulls[1]?.headSha;
  await writeFile(event, JSON.stringify({ pull_request: { number: 7, head: { sha: head } } }));
  try {
    return await measure(process.execPath, [path.join(dist, 'gate-approval/index.js')], {
      cwd: folder,
      env: {
        RUNNER_TEMP: path.join(folder, 'temp'),
        GITHUB_WORKSPACE: folder,
        GITHUB_API_URL: github.url,
        GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
        GITHUB_REPOSITORY: 'acme/images',
        GITHUB_RUN_ID: String(RUN),
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: event,
        GITHUB_REF: 'refs/pull/7/merge',
        GITHUB_SHA: MERGE,
        INPUT_MODE: 'merge',
        INPUT_TOKEN: WORKFLOW_TOKEN,
        INPUT_COVERAGE: 'lcov.info\ncobertura.xml',
        INPUT_SARIF: 'report.sarif',
        'INPUT_SARIF-BASE': 'base.sarif',
      },
    });
  } finally {
    await github.close();
  }
}

function source(index: number): string {
  return `src/file-${index % SOURCES}.ts`;
}

/** A quarter lcov, a quarter Cobertura, a quarter SARIF, and as much for its base. */
async function writeReports(folder: string, megabytes: number): Promise<void> {
  const part = (megabytes * 1e6) / 4;
  const lines = Math.ceil(part / SOURCES / 12);
  await write(path.join(folder, 'lcov.info'), function* () {
    for (let file = 0; file < SOURCES; file += 1) {
      yield `SF:${source(file)}\n`;
      for (let line = 1; line <= lines; line += 1) {
        yield `DA:${line},${line % 9}\n`;
      }
      yield 'end_of_record\n';
    }
  });
  const elements = Math.ceil(part / SOURCES / 36);
  await write(path.join(folder, 'cobertura.xml'), function* () {
    yield '<?xml version="1.0"?>\n<coverage line-rate="0.9"><packages><package name="p"><classes>\n';
    for (let file = 0; file < SOURCES; file += 1) {
      yield `<class filename="${source(file)}"><lines>\n`;
      for (let line = 1; line <= elements; line += 1) {
        yield `<line number="${line}" hits="${line % 7}"/>\n`;
      }
      yield '</lines></class>\n';
    }
    yield '</classes></package></packages></coverage>\n';
  });
  const results = Math.ceil(part / 300);
  for (const name of ['report.sarif', 'base.sarif']) {
    await write(path.join(folder, name), function* () {
      yield '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"linter","rules":[{"id":"rule"}]}},"results":[\n';
      for (let index = 0; index < results; index += 1) {
        yield `${index === 0 ? '' : ',\n'}${JSON.stringify(result(index, source(index)))}`;
      }
      yield ']}]}\n';
    });
  }
}

function result(index: number, uri: string): object {
  return {
    ruleId: 'rule',
    level: 'note',
    message: { text: `Something that could be better, found for the time number ${index}` },
    locations: [
      { physicalLocation: { artifactLocation: { uri }, region: { startLine: index + 1, startColumn: 3 } } },
    ],
    partialFingerprints: { 'primaryLocationLineHash/v1': String(index).padStart(32, '0') },
  };
}

async function write(file: string, parts: () => Generator<string>): Promise<void> {
  const stream = createWriteStream(file);
  let batch = '';
  for (const part of parts()) {
    batch += part;
    if (batch.length > 1 << 18) {
      if (!stream.write(batch)) {
        await once(stream, 'drain');
      }
      batch = '';
    }
  }
  stream.end(batch);
  await once(stream, 'finish');
}
