import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readDefinition } from './read.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'definition-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MINIMAL = 'name: debian-13\nversion: "1"\ndistribution: debian\nrelease: "13"\n';

function write(text: string): string {
  const file = path.join(folder, 'image.yml');
  writeFileSync(file, text);
  return file;
}

/** The architecture that this host does not have. */
const OTHER = process.arch === 'arm64' ? 'amd64' : 'arm64';

describe('readDefinition', () => {
  it('reads the files that lie beside it', async () => {
    writeFileSync(path.join(folder, 'banner'), 'hello\n');
    const loaded = await readDefinition(write(`${MINIMAL}files: [{path: /etc/issue, source: banner}]\n`));
    expect(loaded.suite).toBe('trixie');
    expect(loaded.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Buffer.from(loaded.files[0]?.content ?? []).toString()).toBe('hello\n');
  });

  it.each([
    ['a source outside its folder', 'files: [{path: /etc/x, source: ../x}]'],
    ['a source that is a link', 'files: [{path: /etc/x, source: link}]'],
    ['a source that is not there', 'files: [{path: /etc/x, source: nothing}]'],
    [
      'a repository whose key is not there',
      'repositories: [{uri: "https://a", suites: [x], components: [main], key: k}]',
    ],
    [
      'a repository whose key lies elsewhere',
      'repositories: [{uri: "https://a", suites: [x], components: [main], key: ../k}]',
    ],
    ['neither source nor content', 'files: [{path: /etc/x}]'],
    ['both source and content', 'files: [{path: /etc/x, source: banner, content: y}]'],
  ])('refuses %s', async (_what, line) => {
    rmSync(path.join(folder, 'link'), { force: true });
    symlinkSync('/etc/passwd', path.join(folder, 'link'));
    await expect(readDefinition(write(`${MINIMAL}${line}\n`))).rejects.toMatchObject({
      code: expect.stringMatching(/invalid-definition|path-escapes/),
    });
  });

  it.each([
    ['distribution: ubuntu', 'release: 13'],
    // Its release is Debian's here.
    ['distribution: rhel', 'release: 13'],
    [
      `architecture: ${OTHER}\ndisk: {filesystem: xfs}`,
      `disk.filesystem: xfs on a host that is not ${OTHER}`,
    ],
    ['architecture: arm64\nsource: installer', 'source: installer, for arm64'],
    ['architecture: arm64\nformats: [ova]', 'formats: ova, for arm64'],
  ])('refuses by name what is not there yet: %s', async (line, name) => {
    const text = line.startsWith('distribution')
      ? MINIMAL.replace('distribution: debian', line)
      : `${MINIMAL}${line}`;
    await expect(readDefinition(write(`${text}\n`))).rejects.toMatchObject({
      code: 'not-implemented',
      message: expect.stringContaining(name),
    });
  });

  it('gives arm64 the firmware that its machines have', async () => {
    const { definition } = await readDefinition(write(`${MINIMAL}architecture: arm64\n`));
    expect(definition).toMatchObject({ architecture: 'arm64', firmware: 'uefi' });
    await expect(
      readDefinition(write(`${MINIMAL}architecture: arm64\nfirmware: bios\n`)),
    ).rejects.toMatchObject({ code: 'invalid-definition', message: expect.stringContaining('BIOS') });
  });

  it('refuses a Debian repository without suites; RPM repositories have none', async () => {
    const repository = 'repositories: [{uri: "https://example.org/r", key: banner}]\n';
    await expect(readDefinition(write(`${MINIMAL}${repository}`))).rejects.toMatchObject({
      code: 'invalid-definition',
      message: expect.stringContaining('suites'),
    });
    const alma = MINIMAL.replace('distribution: debian', 'distribution: almalinux').replace('"13"', '"9"');
    writeFileSync(path.join(folder, 'banner'), 'x');
    const { repositories } = await readDefinition(write(`${alma}${repository}`));
    expect(repositories[0]).toMatchObject({ suites: [], signedMetadata: true });
  });

  it('says when there is no such file', async () => {
    await expect(readDefinition(path.join(folder, 'none.yml'))).rejects.toMatchObject({
      code: 'definition-unreadable',
    });
  });
});
