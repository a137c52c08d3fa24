import { describe, expect, it } from '@jest/globals';
import type { SignRequest } from './sign-types.ts';
import { createStatement, predicateTypes } from './statement.ts';
import { quote, type SignedFiles, verifyCommands } from './verify-commands.ts';

const artifact = { name: "the disk's.qcow2", digest: { sha256: 'd'.repeat(64) } };
const identity: NonNullable<SignedFiles['identity']> = {
  subject: 'https://github.com/example/images/.github/workflows/build.yml@refs/heads/main',
  issuer: 'https://token.actions.githubusercontent.com',
  repository: 'https://github.com/example/images',
  root: 'signatures/keys/trusted-root.json',
};
const statement = createStatement({ subject: artifact, predicateType: predicateTypes.spdx, predicate: {} });

function commands(
  tool: 'cosign' | 'gh',
  keyless: Partial<NonNullable<SignRequest['keyless']>>,
  who: Partial<NonNullable<SignedFiles['identity']>> = {},
): readonly string[] {
  const request: SignRequest = {
    ...{ folder: '/image', title: 'image 1', disk: artifact.name, requireMedium: true, evidence: [] },
    keyless: { instance: 'public-good', logged: true, open: () => Promise.reject(), ...keyless },
  };
  const files: SignedFiles = {
    signatures: [],
    bundles: [`signatures/${artifact.name}.sigstore.json`],
    identity: { ...identity, ...who },
    chain: { links: [{ artifact, producedBy: [], about: ['sbom-spdx'] }], origin: 'open', gaps: [] },
    statements: [{ name: 'sbom-spdx', statement }],
  };
  return verifyCommands(request, files).filter((line) => line.startsWith(`${tool} `));
}

describe('the commands for keyless signatures', () => {
  it('bring no root where the client has the one of the instance from elsewhere', () => {
    expect([...commands('cosign', {}), ...commands('gh', {})].join('\n')).not.toContain('trusted-root');
    expect(commands('gh', { instance: 'github', logged: false }).join('\n')).not.toContain('trusted-root');
  });

  it('name the root of every other instance', () => {
    const root = 'signatures/keys/trusted-root.json';
    const own = { instance: 'fulcio.example.org' };
    expect(commands('cosign', own)).toHaveLength(2);
    expect(commands('cosign', own).filter((line) => !line.includes(`--trusted-root ${root}`))).toEqual([]);
    // cosign has the root of the public good instance only.
    expect(commands('cosign', { instance: 'github' })[0]).toContain(`--trusted-root ${root}`);
    expect(commands('gh', own)).toEqual([
      `gh attestation verify 'the disk'\\''s.qcow2' --bundle signatures/sbom-spdx.intoto.sigstore.json --repo example/images --cert-identity ${identity.subject} --custom-trusted-root ${root} --predicate-type ${predicateTypes.spdx}`,
    ]);
  });

  it('ask for timestamps where there is no log', () => {
    expect(commands('cosign', { logged: false })[0]).toContain('--use-signed-timestamps');
    expect(commands('cosign', { logged: true })[0]).not.toContain('--insecure-ignore-tlog');
  });

  it("have GitHub's client only for jobs of GitHub, in a repository of github.com", () => {
    expect(commands('gh', {}, { issuer: 'https://accounts.example.org' })).toEqual([]);
    expect(commands('gh', {}, { repository: undefined })).toEqual([]);
    expect(commands('gh', {}, { repository: 'https://git.example.org/example/images' })).toEqual([]);
  });
});

describe('quote', () => {
  it('leaves plain words, and puts everything else into quotes', () => {
    expect(quote('disk-1.qcow2')).toBe('disk-1.qcow2');
    expect(quote('a b;$(c)')).toBe("'a b;$(c)'");
    expect(quote("it's")).toBe("'it'\\''s'");
    expect(quote('')).toBe("''");
  });
});
