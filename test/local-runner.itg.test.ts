/** The shipped local runner as a subprocess: every supported feature, every refusal, cancellation, what is left behind. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');
const bundle = path.join(root, 'dist/local-runner/index.js');
const fixture = path.join(root, 'test/fixtures/local-runner/repository');
const SECRET = 'correct-horse-battery';

interface StepResult {
  readonly name: string;
  readonly phase: string;
  readonly outcome: string;
  readonly conclusion: string;
  readonly seconds: number;
  readonly annotations: readonly {
    level: string;
    message: string;
    file?: string;
    line?: number;
    title?: string;
  }[];
}
interface Result {
  readonly conclusion: string;
  readonly inputs: Record<string, unknown>;
  readonly jobs: readonly {
    id: string;
    name: string;
    conclusion: string;
    outputs: Record<string, string>;
    steps: readonly StepResult[];
  }[];
  readonly outputs: readonly { name: string; description: string; value: string }[];
}
interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly result: Result | undefined;
}

const scratch = mkdtempSync(path.join(tmpdir(), 'local-runner-'));
let count = 0;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A git repository with the given files. */
function repository(files: Record<string, string>): string {
  count += 1;
  const folder = path.join(scratch, `repository-${count}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return initialise(folder);
}

function initialise(folder: string): string {
  const git = (...args: string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args]);
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  git('remote', 'add', 'origin', 'https://example.invalid/some-owner/some-repository.git');
  return folder;
}

/** A workflow of one job with the given steps. */
function steps(text: string, job = ''): string {
  return `on: workflow_dispatch\njobs:\n  only:\n    runs-on: any\n${job}    steps:\n${text}`;
}

interface Started {
  readonly child: ChildProcess;
  readonly done: Promise<Run>;
  /** Resolves when the text was printed. */
  readonly printed: (text: string) => Promise<void>;
}

function start(folder: string, args: readonly string[], env: Record<string, string> = {}): Started {
  count += 1;
  const out = path.join(scratch, `out-${count}`);
  const named = args.includes('--out') ? [] : ['--out', out];
  const child = spawn(process.execPath, [bundle, ...args, ...named], {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: path.join(scratch, 'cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const done = new Promise<Run>((resolve) => {
    child.once('close', (code) => {
      const file = path.join(out, 'result.json');
      const result = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : undefined;
      resolve({ code, stdout, stderr, result });
    });
  });
  const printed = async (text: string): Promise<void> => {
    const until = Date.now() + 20_000;
    while (!stdout.includes(text)) {
      if (Date.now() > until) {
        throw new Error(`${text} was not printed:\n${stdout}${stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, done, printed };
}

function run(
  folder: string,
  args: readonly string[] = ['w.yml'],
  env: Record<string, string> = {},
): Promise<Run> {
  return start(folder, args, env).done;
}

function runSteps(text: string, args: readonly string[] = [], job = ''): Promise<Run> {
  return run(repository({ 'w.yml': steps(text, job) }), ['w.yml', ...args]);
}

function annotations(result: Run): string[] {
  return (result.result?.jobs ?? []).flatMap((job) =>
    job.steps.flatMap((step) => step.annotations.map(({ level, message }) => `${level}: ${message}`)),
  );
}

describe('every supported feature', () => {
  let folder: string;
  let first: Run;
  const args = ['.github/workflows/features.yml', '--secret', 'api-token', '--var', 'COLOUR=blue'];
  const env = { API_TOKEN: SECRET };

  beforeAll(async () => {
    folder = path.join(scratch, 'features');
    cpSync(fixture, folder, { recursive: true });
    initialise(folder);
    writeFileSync(path.join(folder, 'folder/untracked.txt'), 'new\n');
    first = await run(
      folder,
      [...args, '--input', 'text=words', '--out', path.join(scratch, 'features-out')],
      env,
    );
    const file = path.join(scratch, 'features-out/result.json');
    first = { ...first, result: JSON.parse(readFileSync(file, 'utf8')) as Result };
  });

  const job = (id: string) => first.result?.jobs.find((item) => item.id === id);
  const outputs = (id: string) => job(id)?.outputs;

  it('succeeds', () => {
    expect(first.stderr).toBe('');
    expect(first.result?.conclusion).toBe('success');
    expect(first.code).toBe(0);
  });

  it('layers env, types inputs and knows runner, job and vars', () => {
    expect(outputs('environment')).toMatchObject({
      levels: 'workflow_dispatch,words,step,step',
      inputs: '{"text":"words","flag":true,"number":3,"choice":"two"}',
      runner: expect.stringMatching(/^Linux (X64|ARM64) true success blue$/),
    });
    expect(job('environment')?.steps.map(({ name }) => name)).toContain('Levels of two');
  });

  it('takes over GITHUB_OUTPUT, GITHUB_ENV, GITHUB_PATH and the summary', () => {
    expect(outputs('environment')).toMatchObject({
      lines: 'first = <<line\n\nEOF_12',
      later: 'a,b,x=y,file',
      path: 'from-path',
    });
    const summary = readFileSync(path.join(scratch, 'features-out/summary.md'), 'utf8');
    expect(summary).toContain('## Environment and outputs\n\n## Heading');
    expect(summary).toContain('from the composite action');
  });

  it('checks out the working tree with untracked files, and never writes to it', () => {
    expect(outputs('environment')?.folder).toBe('folder a.txt b.txt untracked.txt ');
    const status = execFileSync('git', ['-C', folder, 'status', '--porcelain'], { encoding: 'utf8' });
    expect(status).toBe('?? folder/untracked.txt\n');
  });

  it('hashes files as GitHub does', () => {
    // sha256 over the sha256 digests of a.txt and untracked.txt
    const digest = execFileSync(
      'bash',
      [
        '-c',
        '{ sha256sum < folder/a.txt; sha256sum < folder/untracked.txt; } | cut -c1-64 | xxd -r -p | sha256sum',
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(outputs('environment')).toMatchObject({ hash: digest.slice(0, 64), none: '' });
  });

  it('masks secrets, also in base64, keeps them out of outputs and of the inherited environment', () => {
    expect(first.stdout).toContain('the token is ***');
    expect(first.stdout).toContain('inherited: none');
    expect(outputs('environment')).not.toHaveProperty('secret');
    const everything = first.stdout + JSON.stringify(first.result);
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain(Buffer.from(`x${SECRET}`).toString('base64').slice(4, 20));
  });

  it('follows conditions, continue-on-error and time limits', () => {
    expect(outputs('conditions')).toEqual({ outcome: 'failure/success', order: 'success;not-cancelled;' });
    const slow = job('conditions')?.steps.find(({ name }) => name === 'Takes too long');
    expect(slow).toMatchObject({ outcome: 'failure', conclusion: 'success' });
    expect(slow?.seconds).toBeLessThan(10);
    expect(outputs('failing')).toEqual({ after: 'failure' });
    expect(job('failing')?.steps.map(({ conclusion }) => conclusion)).toEqual([
      'failure',
      'skipped',
      'success',
    ]);
    expect(job('environment')?.steps.at(-1)).toMatchObject({ conclusion: 'skipped' });
  });

  it('runs JavaScript actions with pre, post and state, and composite ones', () => {
    expect(outputs('actions')).toEqual({
      javascript: 'hello words in javascript with Node 24',
      composite: 'composed-default-found and hello nested in javascript with Node 24',
      needs: 'success:workflow_dispatch,words,step,step',
    });
    const phases = job('actions')?.steps.filter(({ phase }) => phase !== 'main');
    expect(phases?.map(({ phase }) => phase)).toEqual(['pre', 'post', 'post', 'post']);
    const posts = first.stdout.match(/post of .*/g);
    expect(posts).toEqual([
      'post of nested, pre did not run',
      'post of words, pre did not run',
      // Registered first, by its `pre`.
      'post of some-owner/some-repository, pre ran',
    ]);
    expect(first.stdout).toContain('▸ Greeting\n    hello words\n');
    expect(annotations(first)).toContainEqual(
      expect.stringContaining("warning: Unexpected input(s) 'unexpected'"),
    );
  });

  it('expands matrices', () => {
    const names = first.result?.jobs.filter(({ id }) => id.startsWith('matrix')).map(({ name }) => name);
    expect(names).toEqual(['Matrix alpha more', 'Matrix alpha more', 'Matrix beta', 'Matrix gamma alone']);
    expect(outputs('last')?.matrix).toBe('gamma--alone-3/4');
  });

  it('hands artifacts on: holes stay holes, modes and hidden files are dropped', () => {
    expect(outputs('download')?.files).toBe(
      [
        './all/image/disk.img',
        './all/image/reports/report.txt',
        './all/reports/reports/report.txt',
        './got/disk.img',
        './got/reports/report.txt ',
      ].join(' '),
    );
    expect(Number(outputs('download')?.blocks)).toBeLessThan(1_000);
    const artifacts = path.join(scratch, 'features-out/artifacts');
    expect(readdirSync(artifacts).sort()).toEqual(['again', 'image', 'reports']);
    expect(outputs('download')?.linked).toBe(path.join(artifacts, 'again'));
    // Unchanged since the download: one file on disk. Changed: two.
    const inode = (name: string) => lstatSync(path.join(artifacts, name)).ino;
    expect(inode('again/disk.img')).toBe(inode('image/disk.img'));
    expect(inode('again/reports/report.txt')).not.toBe(inode('image/reports/report.txt'));
    expect(readFileSync(path.join(artifacts, 'image/reports/report.txt'), 'utf8')).toBe('content\n');
  });

  it('calls workflows with inputs, secrets and outputs', () => {
    const length = SECRET.length;
    expect(outputs('calling/answer')?.answer).toBe(
      `workflow_dispatch,words,step,step x 2, ${length} characters, []`,
    );
    expect(first.result?.outputs).toEqual([
      { name: 'first', description: 'The first output', value: 'workflow_dispatch,words,step,step' },
      { name: 'called', description: 'From the called workflow', value: outputs('calling/answer')?.answer },
    ]);
    expect(first.stdout).toMatch(/The first output {2,}workflow_dispatch,words,step,step\n/);
  });

  it('skips jobs whose condition or need says so', () => {
    expect(job('skipped')?.conclusion).toBe('skipped');
    expect(job('after-skipped')?.conclusion).toBe('skipped');
    expect(outputs('last')?.results).toBe('success success success success success');
  });

  it('leaves no workspace behind', () => {
    expect(readdirSync(path.join(scratch, 'features-out')).sort()).toEqual([
      '.local-runner',
      'artifacts',
      'result.json',
      'summary.md',
    ]);
  });

  it('finds caches of earlier runs by key and by prefix', async () => {
    expect(outputs('caching')).toMatchObject({ hit: '', content: '' });
    const only = [...args, '--job', 'caching', '--input'];
    const same = await run(folder, [...only, 'text=words'], env);
    expect(same.result?.jobs[0]?.outputs).toEqual({ hit: 'true', content: 'words' });
    const other = await run(folder, [...only, 'text=others'], env);
    expect(other.result?.jobs[0]?.outputs).toEqual({ hit: 'false', content: 'words' });
    expect(other.result?.jobs.map(({ id }) => id)).toEqual(['caching']);
  });
});

describe('refusals before anything runs', () => {
  const touched = '      - run: touch "$HOME_OF_TEST/ran"\n';
  const cases: readonly [what: string, workflow: string, message: RegExp][] = [
    ['containers', steps(touched, '    container: debian:13\n'), /w\.yml:5: `container` of a job/],
    ['services', steps(touched, '    services:\n      db: {image: x}\n'), /w\.yml:5: `services` of a job/],
    ['docker actions', steps('      - uses: docker://debian:13\n'), /w\.yml:6: .*containers/],
    [
      'unknown actions',
      steps('      - uses: some/other@v1\n'),
      /w\.yml:6: `uses: some\/other@v1` cannot be run/,
    ],
    ['other shells', steps('      - run: x\n        shell: pwsh\n'), /w\.yml:7: the shell "pwsh"/],
    [
      'default shells',
      steps(touched, '    defaults: {run: {shell: python}}\n'),
      /w\.yml:5: the shell "python"/,
    ],
    ['unknown keys', steps('      - run: x\n        runn: y\n'), /w\.yml:7: Unexpected value 'runn'/],
    [
      'unknown needs',
      `${steps(touched)}  second: {needs: nobody, runs-on: x, steps: [{run: x}]}\n`,
      /w\.yml:7: Job 'second' depends on unknown job 'nobody'/,
    ],
    ['broken expressions', steps(`      - run: echo \${{ github. }}\n`), /w\.yml:6: /],
    [
      'unknown contexts',
      steps('      - run: x\n        if: nothing.x\n'),
      /w\.yml:7: Unrecognized named-value: 'nothing'/,
    ],
    [
      'missing actions',
      steps('      - uses: ./actions/none\n'),
      /w\.yml:6: there is no action\.yml in actions\/none/,
    ],
    ['actions outside', steps('      - uses: ./../x\n'), /w\.yml:6: .*leaves the repository/],
    ['old Node', steps('      - uses: ./actions/old\n'), /actions\/old\/action\.yml:4: .*`using: node20`/],
    [
      'docker in an action',
      steps('      - uses: ./actions/docker\n'),
      /actions\/docker\/action\.yml:4: .*`using: docker`/,
    ],
    [
      'inside composite actions',
      steps('      - uses: ./actions/composite\n'),
      /actions\/composite\/action\.yml:6: .*some\/other@v1/,
    ],
    [
      'other repositories',
      steps('      - uses: actions/checkout@v6\n        with: {repository: a/b}\n'),
      /w\.yml:7: `repository: a\/b`/,
    ],
    [
      'unknown inputs of replaced actions',
      steps('      - uses: actions/checkout@v6\n        with: {submodules: true}\n'),
      /w\.yml:7: the input `submodules`/,
    ],
    [
      'other Nodes',
      steps('      - uses: actions/setup-node@v6\n        with: {node-version: 18}\n'),
      /w\.yml:7: .*Node 18 is not here/,
    ],
    [
      'remote workflows',
      'on: push\njobs:\n  a:\n    uses: some/other/.github/workflows/x.yml@v1\n',
      /w\.yml:4: the workflow some\/other/,
    ],
    [
      'workflows that cannot be called',
      'on: push\njobs:\n  a:\n    uses: ./other.yml\n',
      /w\.yml:4: other\.yml cannot be called/,
    ],
    ['YAML that is none', 'on: [\n', /w\.yml:\d+: /],
  ];

  it.each(cases)('%s', async (_what, workflow, message) => {
    const action = (runs: string): string => `name: x\ndescription: x\nruns:\n${runs}`;
    const folder = repository({
      'w.yml': workflow,
      'other.yml': steps(touched),
      'actions/old/action.yml': action('  using: node20\n  main: index.js\n'),
      'actions/docker/action.yml': action('  using: docker\n  image: Dockerfile\n'),
      'actions/composite/action.yml': action('  using: composite\n  steps:\n    - uses: some/other@v1\n'),
    });
    const result = await run(folder, ['w.yml'], { HOME_OF_TEST: folder });
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe('');
    expect(existsSync(path.join(folder, 'ran'))).toBe(false);
  });

  it('shows all of them at once', async () => {
    const result = await runSteps('      - uses: some/other@v1\n      - run: x\n        shell: cmd\n');
    expect(result.stderr.match(/^w\.yml:\d+/gm)).toEqual(['w.yml:6', 'w.yml:8']);
  });
});

describe('usage', () => {
  const declared = `on:
  workflow_dispatch:
    inputs:
      must: {required: true, description: It must}
      flag: {type: boolean}
      number: {type: number}
      choice: {type: choice, options: [one, two]}
jobs: {only: {runs-on: x, steps: [{run: "true"}]}}
`;

  it('names every faulty input', async () => {
    const given = ['flag=maybe', 'number=many', 'choice=three', 'other=x'].flatMap((text) => [
      '--input',
      text,
    ]);
    const result = await run(repository({ 'w.yml': declared }), ['w.yml', ...given]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('There is no input "other"; there are must, flag, number, choice.');
    expect(result.stderr).toContain('The input must is required (It must).');
    expect(result.stderr).toContain('The input flag is true or false, not "maybe".');
    expect(result.stderr).toContain('The input number is a number, not "many".');
    expect(result.stderr).toContain('The input choice is one of one, two, not "three".');
  });

  it.each([
    [[], /No workflow file is given/],
    [['none.yml'], /There is no workflow file none\.yml/],
    [['w.yml', '--bogus'], /--bogus/],
    [['w.yml', '--input', 'must=x', '--job', 'none'], /There is no job "none"[\s\S]*only/],
    [
      ['w.yml', '--input', 'must=x', '--event-name', 'push'],
      /--event-name push: the workflow runs on workflow_dispatch/,
    ],
    [['w.yml', '--input', 'must=x', '--secret', 'NOT_THERE'], /no environment variable NOT_THERE/],
    [['w.yml', '--input', 'must=x', '--out', '.'], /holds something that no earlier run put there/],
  ])('%j', async (args, message) => {
    const result = await run(repository({ 'w.yml': declared }), args);
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(2);
  });

  it('helps, with the inputs of the workflow', async () => {
    const result = await run(repository({ 'w.yml': declared }), ['w.yml', '--help']);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('Usage: local-runner');
    expect(result.stdout).toContain('choice\n      (choice; one of one, two)');
  });

  it('takes an event', async () => {
    const folder = repository({
      'w.yml':
        'on: [push, pull_request]\njobs:\n  a:\n    runs-on: x\n    steps:\n' +
        `      - run: echo "$GITHUB_EVENT_NAME \${{ github.event.number }} $GITHUB_BASE_REF $(cat "$GITHUB_EVENT_PATH")"\n`,
      'event.json': '{"number": 7, "pull_request": {"base": {"ref": "main"}}}',
    });
    const result = await run(folder, ['w.yml', '--event', 'event.json', '--event-name', 'pull_request']);
    expect(result.stdout).toContain('pull_request 7 main {"number":7,');
  });

  it('puts results into out/<time> with a link to the latest', async () => {
    const folder = repository({ 'w.yml': steps('      - run: "true"\n'), '.gitignore': 'out\n' });
    execFileSync(process.execPath, [bundle, 'w.yml'], { cwd: folder });
    expect(existsSync(path.join(folder, 'out/latest/result.json'))).toBe(true);
    expect(readdirSync(path.join(folder, 'out')).sort()).toEqual([
      expect.stringMatching(/^\d{14}$/),
      'latest',
    ]);
  });
});

describe('what steps print', () => {
  it('acts on commands as GitHub does, and on nothing while they are stopped', async () => {
    const result = await runSteps(`      - run: |
          echo '::warning file=a.ts,line=3,title=T%2CU::first%0Asecond'
          echo '  ::notice::indented'
          echo 'text ::error::not at the start'
          echo '::unknown::stays'
          echo '::debug::hidden'
          echo '::stop-commands::a-token-of-this-run'
          echo '::error::stopped'
          echo '##[error]stopped'
          echo '::a-token-of-this-run::'
          echo '##[error]older form'
`);
    expect(result.code).toBe(0);
    expect(result.result?.jobs[0]?.steps[0]?.annotations).toEqual([
      { level: 'warning', message: 'first\nsecond', title: 'T,U', file: 'a.ts', line: 3 },
      { level: 'notice', message: 'indented' },
      { level: 'error', message: 'older form' },
    ]);
    expect(result.stdout).toContain('text ::error::not at the start');
    expect(result.stdout).not.toContain('hidden');
  });

  it.each([
    ['::set-env name=PATH::/tmp', 'GITHUB_ENV'],
    ['::add-path::/tmp', 'GITHUB_PATH'],
    ['::set-output name=x::y', 'GITHUB_OUTPUT'],
    ['::save-state name=x::y', 'GITHUB_STATE'],
    ['::stop-commands::warning', 'nobody can guess'],
  ])('refuses %s', async (command, message) => {
    const result = await runSteps(
      `      - id: bad\n        run: echo '${command}'\n      - if: always()\n        run: echo "[\${{ steps.bad.outputs.x }}] $PATH"\n`,
    );
    expect(result.code).toBe(1);
    expect(annotations(result)).toEqual([expect.stringContaining(message)]);
    expect(result.stdout).toContain('[]');
  });

  it('can command neither the terminal nor a runner around it', async () => {
    const result = await runSteps(`      - run: |
          echo '::stop-commands::a-token-of-this-run'
          echo '::add-mask::runner'
          printf '\\033]52;c;ZXZpbA==\\a\\033[2Jmoved\\033[31mred\\033[0m\\n'
          printf 'a\\r::error::stopped too\\r\\nb\\n'
`);
    expect(result.code).toBe(0);
    const lines = result.stdout.split('\n');
    expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
    expect(result.stdout).toContain('moved\u001b[31mred\u001b[0m');
    expect(result.stdout).not.toMatch(/\u001b(?!\[[0-9;]*m)|\r/);
  });

  it('masks values from the moment they are known, each line of them, and later in the results', async () => {
    const result = await runSteps(`      - run: |
          echo 'early-value' >> "$GITHUB_STEP_SUMMARY"
          echo '::add-mask::early-value'
          echo '::add-mask::line-one%0Aline-two'
          echo 'early-value and line-two'
          printf 'early-'; sleep 0.2; echo 'value in two writes'
`);
    expect(result.stdout).toContain('*** and ***\n');
    expect(result.stdout).toContain('*** in two writes');
    const out =
      readdirSync(scratch)
        .filter((name) => name.startsWith('out-'))
        .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
        .at(-1) ?? '';
    expect(readFileSync(path.join(scratch, out, 'summary.md'), 'utf8')).toContain('***');
  });

  it.each([
    ['echo "no equals" >> "$GITHUB_OUTPUT"', 'neither name=value'],
    ['printf "a<<E\\nopen\\n" >> "$GITHUB_OUTPUT"', 'is not closed'],
    ['echo "NODE_OPTIONS=--require=./x.js" >> "$GITHUB_ENV"', 'NODE_OPTIONS may not be set'],
  ])('refuses what is wrong in a command file: %s', async (script, message) => {
    const result = await runSteps(`      - run: |\n          ${script}\n`);
    expect(result.code).toBe(1);
    expect(annotations(result).join('\n')).toContain(message);
  });
});

describe('a summary that is too long', () => {
  it('is dropped with an error, as on GitHub', async () => {
    const result = await runSteps('      - run: head -c 1100000 /dev/zero >> "$GITHUB_STEP_SUMMARY"\n');
    expect(annotations(result)).toEqual([expect.stringContaining('GitHub takes 1048576 at most')]);
    expect(result.code).toBe(0);
  });
});

describe('failures', () => {
  it('ends with 1, runs always() and post steps, skips the rest and what needs it', async () => {
    const result = await run(
      repository({
        'w.yml': `on: workflow_dispatch
jobs:
  a:
    runs-on: x
    steps:
      - run: exit 4
      - run: echo not-reached
      - if: always()
        run: echo cleaned-up
  b: {needs: a, runs-on: x, steps: [{run: "true"}]}
`,
      }),
    );
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('Process completed with exit code 4.');
    expect(result.stdout).toContain('cleaned-up');
    expect(result.stdout).not.toContain('  not-reached');
    expect(result.result?.jobs.map(({ conclusion }) => conclusion)).toEqual(['failure', 'skipped']);
  });

  it('cancels the rest of a matrix', async () => {
    const result = await runSteps(
      `      - run: test \${{ matrix.n }} != 2\n`,
      [],
      '    strategy: {matrix: {n: [1, 2, 3]}}\n',
    );
    expect(result.code).toBe(1);
    expect(result.result?.jobs.map(({ conclusion }) => conclusion)).toEqual([
      'success',
      'failure',
      'cancelled',
    ]);
  });

  it('ends a job after its time, with always() steps', async () => {
    const result = await runSteps(
      '      - run: sleep 60\n      - run: echo not-run\n      - if: always()\n        run: echo still-run\n',
      [],
      '    timeout-minutes: 0.01\n',
    );
    expect(result.code).toBe(1);
    expect(result.result?.jobs[0]?.conclusion).toBe('cancelled');
    expect(result.stdout).toContain('The job did not end within its time');
    expect(result.stdout).toContain('  still-run');
    expect(result.stdout).not.toContain('  not-run');
  });

  it('fails a step whose expression cannot be evaluated, or whose folder is not there', async () => {
    const bad = await runSteps(`      - run: echo \${{ fromJSON('{') }}\n`);
    expect(bad.code).toBe(1);
    expect(annotations(bad)).toHaveLength(1);
    const missing = await runSteps('      - run: "true"\n        working-directory: nowhere\n');
    expect(annotations(missing)).toEqual([expect.stringContaining('nowhere does not exist')]);
  });

  it('finds no local action before the checkout, as on GitHub', async () => {
    const folder = repository({
      'w.yml': steps('      - uses: ./a\n'),
      'a/action.yml': 'name: x\ndescription: x\nruns: {using: node24, main: i.cjs}\n',
    });
    const result = await run(folder);
    expect(annotations(result)).toEqual([expect.stringContaining('there is no action.yml in ./a')]);
  });
});

describe('the end of a job', () => {
  it('ends the processes that it leaves', async () => {
    const result = await runSteps(
      '      - run: |\n          setsid sleep 987 >/dev/null 2>&1 &\n          echo "pid=$!"; sleep 0.2\n      - run: pgrep -f "sleep 987"\n',
    );
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/Ended the process sleep \(\d+\) that the job left behind/);
    // A killed process is there until it next has the processor.
    const runs = (): boolean => spawnSync('pgrep', ['-f', '^sleep 987$']).status === 0;
    for (let wait = 0; wait < 100 && runs(); wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(runs()).toBe(false);
  });

  it('does not wait for one that holds the output open', async () => {
    const started = Date.now();
    const result = await runSteps('      - run: |\n          sleep 986 &\n          echo done\n');
    expect(result.code).toBe(0);
    expect(Date.now() - started).toBeLessThan(15_000);
  });
});

describe('cancellation', () => {
  const workflow = `on: workflow_dispatch
jobs:
  a:
    runs-on: x
    steps:
      - uses: actions/checkout@v6
      - uses: ./actions/post
      - run: |
          trap 'echo interrupted; exit 1' INT
          echo waiting
          sleep 600 & wait
      - run: echo not-run
      - if: always()
        run: echo always-run \${{ job.status }}
  b: {runs-on: x, steps: [{run: echo next-job}]}
`;
  const files = {
    'w.yml': workflow,
    'actions/post/action.yml':
      'name: x\ndescription: x\nruns: {using: node24, main: main.cjs, post: post.cjs}\n',
    'actions/post/main.cjs': '',
    'actions/post/post.cjs': "console.log('post-run')",
  };

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: interrupts the step, runs always() and post, exits 130',
    async (signal) => {
      const { child, done, printed } = start(repository(files), ['w.yml']);
      await printed('  waiting');
      child.kill(signal);
      const result = await done;
      expect(result.code).toBe(130);
      expect(result.stdout).toMatch(
        / {2}interrupted\n[\s\S]* {2}always-run cancelled\n[\s\S]* {2}post-run\n/,
      );
      expect(result.stdout).not.toContain('  not-run');
      expect(result.stdout).not.toContain('  next-job');
      expect(result.result).toMatchObject({ conclusion: 'cancelled' });
      expect(result.result?.jobs.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'cancelled']);
    },
  );

  it('kills a step that does not listen', async () => {
    const stubborn = steps(
      "      - run: |\n          trap '' INT TERM\n          echo waiting\n          while :; do sleep 1; done\n",
    );
    const { child, done, printed } = start(repository({ 'w.yml': stubborn }), ['w.yml']);
    await printed('  waiting');
    const started = Date.now();
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    const seconds = (Date.now() - started) / 1000;
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(20);
  }, 40_000);

  it('ends everything at once when asked twice', async () => {
    const stubborn = steps(
      "      - run: |\n          trap '' INT TERM\n          echo waiting\n          while :; do sleep 1; done\n      - if: always()\n        run: sleep 600\n",
    );
    const { child, done, printed } = start(repository({ 'w.yml': stubborn }), ['w.yml']);
    await printed('  waiting');
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    const started = Date.now();
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    expect(Date.now() - started).toBeLessThan(8_000);
  }, 40_000);
});
