import { describe, expect, it } from '@jest/globals';
import { jsonSchema, parseDefinition } from './parse.ts';
import { nearest } from './suggest.ts';

const MINIMAL = 'name: debian-13\nversion: "1"\ndistribution: debian\nrelease: "13"\n';

function problem(text: string): string {
  try {
    parseDefinition(text, 'image.yml');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

describe('parseDefinition', () => {
  it('fills in what is not said', () => {
    expect(parseDefinition(MINIMAL, 'image.yml')).toMatchObject({
      class: 'stock',
      architecture: 'amd64',
      source: 'medium',
      firmware: 'both',
      disk: { size: '4GiB', filesystem: 'ext4', partitions: [] },
      'cloud-init': { datasources: ['NoCloud', 'ConfigDrive'] },
      formats: ['qcow2'],
    });
  });

  it('suggests the key that was meant, with its line and column', () => {
    expect(problem(`${MINIMAL}pakages:\n  add: [curl]\n`)).toContain(
      'image.yml:5:1: unknown key "pakages", did you mean "packages"?',
    );
    expect(problem(`${MINIMAL}disk:\n  szie: 4GiB\n`)).toContain(
      'image.yml:6:3: unknown key "szie", did you mean "size"?',
    );
    expect(problem(`${MINIMAL}disk:\n  partitions:\n    - mount: /\n      sise: 2GiB\n`)).toContain(
      'image.yml:8:7: unknown key "sise", did you mean "size"?',
    );
  });

  it('says what is missing and where a value is wrong', () => {
    expect(problem('name: x\n')).toContain('version is missing');
    expect(problem(`${MINIMAL}firmware: bois\n`)).toContain('image.yml:5:11: firmware');
    expect(problem('name: [x\n')).toMatch(/image\.yml:\d+:\d+: /);
    expect(problem(`${MINIMAL}name: twice\n`)).toMatch(/image\.yml:5:1: .*unique/);
  });

  it.each([
    ['a path that leaves the image', 'files:\n  - {path: /etc/../../x, content: y}\n'],
    ['a relative path', 'files:\n  - {path: etc/x, content: y}\n'],
    ['a path with a line break', 'files:\n  - {path: "/etc/x\\ny", content: y}\n'],
    ['a package that is an option', 'packages: {add: ["-o=x"]}\n'],
    ['a package with shell syntax', 'packages: {add: ["curl;reboot"]}\n'],
    ['a kernel parameter with an expansion', 'kernel: {command-line: ["x=$(reboot)"]}\n'],
    ['a kernel parameter with a quote', 'kernel: {command-line: ["a\'b"]}\n'],
    ['a time zone that is a path', 'timezone: ../../etc/shadow\n'],
    ['a unit with a space', 'services: {enable: ["a b.service"]}\n'],
    ['a locale with a quote', 'locale: "C.UTF-8\'"\n'],
    ['a name with a slash', 'class: ../x\n'],
    ['a mirror with a space', 'mirror: "http://x y"\n'],
    ['a security mirror that is a file', 'security-mirror: file:/srv/debian\n'],
    [
      'a repository that is no URL',
      'repositories: [{uri: "ftp://x", suites: [a], components: [b], key: k}]\n',
    ],
    [
      'a suite with an option',
      'repositories: [{uri: "http://x", suites: ["[trusted=yes]"], components: [b], key: k}]\n',
    ],
    ['a snapshot that is no time', 'snapshot: yesterday\n'],
  ])('refuses %s', (_what, text) => {
    expect(problem(`${MINIMAL}${text}`)).toMatch(/image\.yml:\d+:\d+: /);
  });

  it('refuses aliases that multiply', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(', ')}]`)
      .join('\n')}\n`;
    expect(problem(bomb)).not.toBe('accepted');
  });
});

describe('jsonSchema', () => {
  it('has a description for editors and every field closed', () => {
    const schema = jsonSchema() as { properties: Record<string, { additionalProperties?: boolean }> };
    expect(Object.keys(schema.properties)).toContain('cloud-init');
    expect(schema.properties.disk?.additionalProperties).toBe(false);
  });
});

describe('nearest', () => {
  it('finds swapped, missing and wrong letters, and nothing far away', () => {
    const keys = ['packages', 'partitions', 'size'];
    expect(nearest('pacakges', keys)).toBe('packages');
    expect(nearest('siz', keys)).toBe('size');
    expect(nearest('zzzzzz', keys)).toBeUndefined();
  });
});
