import { parsePolicy } from '@golden-image/policy';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readWorkflow } from './workflow-file.ts';
import { auditWorkflow } from './workflows.ts';

const policy = parsePolicy(
  'version: 1\nrepository: {checks: [gate], merge-queue: true, build-runners: [build-hosts]}\n',
  'policy.yml',
);
const PIN = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd';

const rules = (text: string, isPublic = true): string[] =>
  auditWorkflow(readWorkflow('.github/workflows/w.yml', text), policy, isPublic).map(
    ({ rule, level, line }) => `${rule} ${level} ${line}`,
  );

function workflow(on: string, ...steps: readonly string[]): string {
  return [
    'on:',
    `  ${on}:`,
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-24.04',
    '    steps:',
    ...steps.map((step) => `      - ${step}`),
  ].join('\n');
}

describe('untrusted code with secrets', () => {
  it.each([
    [
      'pull_request_target',
      `{ uses: '${PIN}', with: { ref: '\${{ github.event.pull_request.head.sha }}' } }`,
    ],
    ['pull_request_target', `{ uses: '${PIN}', with: { ref: '\${{ github.head_ref }}' } }`],
    [
      'pull_request_target',
      `{ uses: '${PIN}', with: { ref: 'refs/pull/\${{ github.event.number }}/merge' } }`,
    ],
    [
      'pull_request_target',
      `{ uses: '${PIN}', with: { repository: '\${{ github.event.pull_request.head.repo.full_name }}' } }`,
    ],
    ['workflow_run', `{ uses: '${PIN}', with: { ref: '\${{ github.event.workflow_run.head_sha }}' } }`],
    ['issue_comment', "{ run: 'gh pr checkout 5' }"],
    ['issue_comment', "{ run: 'git fetch origin pull/5/head && git checkout FETCH_HEAD' }"],
  ])('%s with %s', (on, step) => {
    expect(rules(workflow(on, step))).toContain('untrusted-checkout error 7');
  });

  it('not in a pull_request run, which has neither, nor of the base', () => {
    const head = `{ uses: '${PIN}', with: { ref: '\${{ github.event.pull_request.head.sha }}' } }`;
    expect(rules(workflow('pull_request', head))).toEqual([]);
    expect(rules(workflow('pull_request_target', `{ uses: '${PIN}' }`))).toEqual([]);
  });
});

describe('texts of outsiders in scripts', () => {
  it.each([
    'github.event.pull_request.title',
    'github.event.issue.body',
    'github.event.comment.body',
    'github.head_ref',
    'github.event.head_commit.message',
    'github.event.pull_request.head.ref',
  ])('%s', (text) => {
    const step = `{ run: 'echo "\${{ ${text} }}"' }`;
    expect(rules(workflow('pull_request', step))).toEqual(['script-injection warning 7']);
    expect(rules(workflow('issue_comment', step))).toContain('script-injection error 7');
    const script = `{ uses: 'actions/github-script@${'a'.repeat(40)}', with: { script: 'f("\${{ ${text} }}")' } }`;
    expect(rules(workflow('pull_request', script))).toEqual(['script-injection warning 7']);
  });

  it('not when passed through the environment, nor what only GitHub writes', () => {
    const env = `{ run: 'echo "$TITLE"', env: { TITLE: '\${{ github.event.pull_request.title }}' } }`;
    expect(
      rules(
        workflow(
          'pull_request',
          env,
          `{ run: 'echo \${{ github.event.pull_request.number }} \${{ github.sha }}' }`,
        ),
      ),
    ).toEqual([]);
  });
});

describe('jobs', () => {
  const gate = (head: string, on = 'pull_request: {}, merge_group: {}'): string =>
    `on: { ${on} }\njobs:\n  gate:\n    runs-on: ubuntu-24.04\n    needs: [test]\n${head}    steps: [{ run: 'true' }]\n`;

  it('a required one that can be skipped', () => {
    expect(rules(gate(''))).toEqual(['skippable-check error 3']);
    expect(rules(gate('    if: success()\n'))).toEqual(['skippable-check error 3']);
    expect(rules(gate('    if: always()\n'))).toEqual([]);
    expect(rules(gate('    if: "!cancelled()"\n'))).toEqual([]);
  });

  it('not a required one that waits for none, nor one that nobody requires', () => {
    expect(rules(gate('').replace('    needs: [test]\n', ''))).toEqual([]);
    expect(rules(gate('').replace('  gate:', '  other:'))).toEqual([]);
  });

  it('a required one by the name that it has on GitHub', () => {
    expect(rules(gate('    name: gate\n').replace('  gate:', '  other:'))).toEqual([
      'skippable-check error 3',
    ]);
    expect(rules(gate('    name: door\n'))).toEqual([]);
  });

  it('not one without a queue to wait for, where there is none', () => {
    const plain = parsePolicy('version: 1\nrepository: {checks: [gate]}\n', 'policy.yml');
    const file = readWorkflow('w.yml', gate('    if: always()\n', 'pull_request: {}'));
    expect(auditWorkflow(file, plain, true)).toEqual([]);
  });

  it('a required one that the merge queue waits for in vain', () => {
    expect(rules(gate('    if: always()\n', 'pull_request: {}'))).toEqual(['no-merge-group error 3']);
  });

  it.each(['self-hosted', '[self-hosted, kvm]', '{ group: build-hosts }', 'build-hosts'])(
    'of pull requests on build hosts: %s',
    (runner) => {
      const text = `on: pull_request\njobs:\n  a:\n    runs-on: ${runner}\n    steps: [{ run: 'true' }]\n`;
      expect(rules(text)).toEqual(['untrusted-on-build-host error 3']);
      // Nobody outside opens pull requests of a private repository.
      expect(rules(text, false)).toEqual([]);
      expect(rules(text.replace('pull_request', 'push'))).toEqual([]);
    },
  );

  it.each(['actions/checkout@v6', 'org/tool/sub@main', 'docker://alpine:3'])(
    'an action by a movable name: %s',
    (uses) => {
      expect(rules(workflow('push', `{ uses: '${uses}' }`))).toEqual(['unpinned-action note 7']);
    },
  );

  it.each([
    PIN,
    `org/tool@${'a'.repeat(64)}`,
    './actions/x',
    '$/actions/x',
    `docker://alpine@sha256:${'a'.repeat(64)}`,
  ])('not %s', (uses) => {
    expect(rules(workflow('push', `{ uses: '${uses}' }`))).toEqual([]);
  });
});

describe('files that are no workflows', () => {
  it.each([
    '',
    '[]',
    'on: [',
    'a: b: c',
    'on: push\njobs: 7',
    'on: push\njobs: {a: 7, b: {steps: 7}, c: {steps: [7]}}',
    '\u0000',
  ])('%j is no crash', (text) => {
    expect(() => rules(text)).not.toThrow();
  });

  it('are said to be unreadable', () => {
    expect(rules('on: [')).toEqual(['unreadable-workflow warning undefined']);
  });

  it('a bomb of aliases ends at once', () => {
    const bomb = `on: push\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, index) => `${key}: &${key} [${`*${'abcdefgh'[index]},`.repeat(9)}]`)
      .join('\n')}\njobs: {a: {runs-on: *h}}\n`;
    const started = performance.now();
    rules(bomb);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('any text is no crash', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'on',
            ':',
            ' ',
            '\n',
            '-',
            'jobs',
            '{',
            '}',
            '[',
            '*a',
            '&a',
            '|',
            '"',
            'steps',
            '\t',
          ),
          maxLength: 60,
        }),
        (text) => {
          rules(text);
        },
      ),
      { numRuns: 500 },
    );
  });
});
