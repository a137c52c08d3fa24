import { choice, defineAction, flag, list, secret, text } from '@golden-image/action-kit';

export const definition = defineAction({
  name: 'gate-approval',
  title: 'Gate approval',
  description:
    'Decides by a policy whether a change may be merged and whether an image may be released; makes GitHub enforce the policy, and audits that it does',
  branding: { icon: 'check-circle', color: 'blue' },
  inputs: {
    mode: choice(['release', 'merge', 'provision', 'audit'], {
      description:
        '`merge`: may this pull request, or this merge group, be merged? `release`: may this image be released? `provision`: make GitHub enforce the policy on the repository. `audit`: compare what is in force with the policy.',
      default: 'release',
    }),
    policy: text({
      description:
        'Path of the policy in the repository. In `merge` mode it is read from the base of the change, whatever is checked out.',
      default: '.image-policy.yml',
    }),
    image: text({ description: 'The signed image folder; `release` needs it unless facts are replayed.' }),
    'public-key': text({
      description:
        'Public keys to trust: PEM (statements and bundles), OpenPGP (checksum lists) and minisign after one another, or the path of a file that holds them.',
    }),
    identity: text({
      description:
        'Who must have signed keyless, exactly (for GitHub the URL of the workflow with its ref), or a regular expression between slashes that must match all of it.',
    }),
    issuer: text({
      description: 'With `identity`: the OIDC issuer that vouches for it.',
      default: 'https://token.actions.githubusercontent.com',
    }),
    'trusted-root': text({
      description:
        'Path of a sigstore trusted root (`trusted_root.json`, or several, one a line): who vouches for identities and times. Default: that of the public good instance, which is fetched.',
    }),
    environment: text({
      description: 'The environment that the release goes to, when the policy has environments.',
    }),
    signing: secret({
      description:
        'Private key that signs the verification summary: PEM text, or the path of a file that holds it. Without it the summary is written as vsa.unsigned.json.',
    }),
    'signing-passphrase': secret({ description: 'Passphrase of `signing`, when it is encrypted.' }),
    facts: text({
      description:
        'Path of a saved facts.json: decide on these facts again. A replay emits no verification summary.',
    }),
    coverage: list({
      description:
        'Coverage reports, paths or globs: lcov, Cobertura, JaCoCo, Clover, Go or Istanbul; the content tells which. `merge` mode, as are the next four.',
    }),
    'coverage-base': list({ description: 'Coverage reports of the base, to see whether coverage drops.' }),
    sarif: list({ description: 'SARIF reports of static analysis, paths or globs.' }),
    'sarif-base': list({ description: 'SARIF reports of the base, to see which findings are new.' }),
    junit: list({ description: 'JUnit reports of tests, paths or globs.' }),
    comment: flag({
      description: 'Put the report on the pull request as one comment that is kept up to date.',
      default: 'false',
    }),
    token: secret({
      description:
        'Token for the API of GitHub. The default may read what a workflow grants it; `provision` and `audit` need one of a GitHub App, or a fine-grained personal access token, with `administration`.',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the runner evaluates it
      default: '${{ github.token }}',
    }),
    'dry-run': flag({
      description: '`provision` only shows what it would change, like a diff.',
      default: 'false',
    }),
    loosen: flag({
      description: '`provision` also takes away what is stricter than the policy.',
      default: 'false',
    }),
    'install-tools': flag({ description: 'Install missing programs with apt-get.', default: 'true' }),
  },
  outputs: {
    decision: '`approved` or `refused`.',
    reasons: 'Why it is refused: a JSON array of sentences, empty when it is approved.',
    report: 'Path of the report in Markdown.',
    facts: 'Path of facts.json, for a replay.',
    vsa: 'Path of the SLSA verification summary; empty when refused.',
    'image-name': 'Name and version of the image.',
    digest: 'Digest of the disk, `sha256:…`.',
    score: 'Hardening score, `97.3 %`.',
    cases: 'Functional cases, `21 passed, 0 failed, 1 skipped, 6 not run`.',
    'audit-sarif': 'Path of what `audit` found, as SARIF for code scanning.',
    signatures: 'What signs the disk, `openpgp, sigstore (keyless)`.',
  },
});
