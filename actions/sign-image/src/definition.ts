import { choice, defineAction, flag, list, secret, text } from '@golden-image/action-kit';

export const definition = defineAction({
  name: 'sign-image',
  title: 'Sign image',
  description:
    'Checks the evidence chain of an image, signs the image and its evidence so that anyone can verify them with tools they already have, and verifies what it signed',
  branding: { icon: 'lock', color: 'blue' },
  inputs: {
    image: text({
      description:
        'The image folder that the steps before wrote; or files of one folder, one a line, the disk first.',
      required: true,
    }),
    mode: choice(['sign', 'verify'], {
      description:
        '`sign` writes `signatures/` and `VERIFY.md`; `verify` checks what is there and writes nothing.',
      default: 'sign',
    }),
    method: list({
      description:
        'How to sign: `sigstore-keyless` (bundles by the identity of this job, `id-token: write`), `key` (openssl signatures, and sigstore bundles where nothing signs keyless), `openpgp` (signed checksum lists), `minisign`, `glance` (image properties for OpenStack, with `key`: RSA or EC P-384). Default: every method whose key is given, without `glance`.',
      of: ['sigstore-keyless', 'key', 'openpgp', 'minisign', 'glance'],
    }),
    key: secret({
      description:
        'Private key for `key`: its PEM text, or the path of a file that holds it. EC P-256 or P-384, RSA, or Ed25519 (which signs lists and statements, not the disk).',
    }),
    passphrase: secret({ description: 'Passphrase of `key`, when it is encrypted.' }),
    'openpgp-key': secret({
      description: 'OpenPGP secret key for `openpgp`: its armored text, or the path of a file that holds it.',
    }),
    'openpgp-passphrase': secret({ description: 'Passphrase of `openpgp-key`, when it is encrypted.' }),
    'minisign-key': secret({
      description:
        'Minisign secret key for `minisign`: its two lines, or the path of a file that holds them.',
    }),
    'minisign-passphrase': secret({
      description:
        'Passphrase of `minisign-key`, when it is encrypted; minisign makes this take 1 GiB of memory.',
    }),
    kms: text({
      description:
        'A command that signs instead of `key`, so that the key stays in an HSM or a KMS: it gets the SHA-256 digest in hex as last argument and prints the signature in base64. Words are separated by spaces; no shell is involved. Needs `public-key`.',
    }),
    'sigstore-endpoints': text({
      description:
        'Whose services sign keyless: `public-good`, `github`, or a private instance as lines of `fulcio=URL`, `rekor=URL` (`rekor-v2=URL`) and `tsa=URL`, or the path of a sigstore signing config. All but `public-good` need `trusted-root`. Default: `public-good`; a private repository must choose, because it would be named in a public log.',
    }),
    'timestamp-authority': text({
      description:
        'URL of an RFC 3161 timestamp authority that testifies when each sigstore bundle was signed, also with `key`. Needs a `trusted-root` with its certificates.',
    }),
    'expected-sha256': text({
      description: 'SHA-256 digest that the disk must have; default: what the last evidence says.',
      pattern: /^[0-9a-fA-F]{64}$/,
      form: '64 hexadecimal digits',
    }),
    'require-approval': flag({
      description:
        'Sign (or, with `verify`, prove) only a disk that gate-approval approved: its signed verification summary must be about this very disk, image and version. Needs `approval-key`.',
      default: 'false',
    }),
    vsa: text({
      description:
        "With `require-approval`: path of the gate's signed verification summary. Default: `release/vsa.intoto.sigstore.json` in the image folder.",
    }),
    'approval-key': text({
      description:
        'With `require-approval`: the public key of the gate, in PEM, or the path of a file that holds it.',
    }),
    evidence: list({
      description: 'Names of the statements to sign, without `.json`; default: all in `evidence/`.',
    }),
    annotations: list({
      description:
        'What else to sign about the image: `name=value`, one a line or separated by commas, as annotations of an in-toto release statement.',
    }),
    'upload-attestations': flag({
      description:
        "Store the signed statements in GitHub's attestation API, where `gh attestation verify` finds them; with `sigstore-keyless`, needs `attestations: write`.",
      default: 'false',
    }),
    'github-token': secret({
      description: 'Token for `upload-attestations`: that of the job, `github.token`.',
    }),
    'public-key': text({
      description:
        'With `verify`: the public keys to trust, PEM, OpenPGP and minisign after one another, or the path of a file that holds them. With `kms`: the public key of the command.',
    }),
    identity: text({
      description:
        'With `verify`: who must have signed keyless, exactly (for GitHub the URL of the workflow with its ref), or a regular expression between slashes that must match all of it.',
    }),
    issuer: text({
      description: 'With `verify` and `identity`: the OIDC issuer that vouches for the identity.',
      default: 'https://token.actions.githubusercontent.com',
    }),
    'trusted-root': text({
      description:
        'Path of a sigstore trusted root (`trusted_root.json`, or several, one a line): who vouches for identities and times. Default: that of the public good instance, which is fetched.',
    }),
    'install-tools': flag({
      description: 'Install missing programs with apt-get.',
      default: 'true',
    }),
  },
  outputs: {
    sha256: 'SHA-256 digest of the disk.',
    checksums: 'Paths of the checksum lists, one a line.',
    signatures: 'Paths of the signatures, one a line.',
    bundles: 'Paths of the sigstore bundles, one a line.',
    attestations: 'Paths of the bundles that hold signed statements, one a line.',
    'attestation-urls': 'With `upload-attestations`: where they are to be seen, one a line.',
    methods: 'What signs the disk, in short: `openpgp, sigstore (keyless)`.',
    identity: 'Who signed keyless; empty without.',
    issuer: 'Who vouches for that identity.',
    'trusted-root': 'Path of the trusted root of that issuer, as it was used here.',
    'public-keys': 'Path of a file with the public keys of this run, for `public-key` of later steps.',
    'verify-commands': 'Path of VERIFY.md, with the exact commands for this image.',
  },
});
