import { choice, defineAction, flag, integer, list, secret, text } from '@golden-image/action-kit';

const time = {
  pattern: /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/,
  form: 'a date `2026-12-01` or a time `2026-12-01T12:00:00Z`, in UTC',
};
const name = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9.+_-]{0,62}$/,
  form: 'letters, digits and `.+_-`',
};

export const definition = defineAction({
  name: 'image-lifecycle',
  title: 'Image lifecycle',
  description:
    'Publishes an approved image in a signed catalog, deprecates, retires and revokes it, says when it must be built again, and keeps a verifiable record of all that',
  branding: { icon: 'archive', color: 'blue' },
  inputs: {
    command: choice(
      [
        'publish',
        'deprecate',
        'obsolete',
        'revoke',
        'restore',
        'tick',
        'check-updates',
        'verify',
        'site',
        'export',
      ],
      {
        description:
          'What to do: `publish` an image folder; `deprecate`, `obsolete` or `revoke` a version, or `restore` a deprecated one; `tick` writes down the transitions whose dates have come; `check-updates` says whether images must be built again; `verify` replays the audit log and compares; `site` makes the pages; `export` writes the commands for clouds.',
        required: true,
      },
    ),
    catalog: text({
      description: 'Where the catalog lies: a folder, or `branch:<name>` for a branch of this repository.',
      default: 'branch:image-catalog',
    }),
    image: text({
      description:
        'With `publish` and `restore`: the image folder, or else the name of the image; with `check-updates` and `export`: only this one.',
    }),
    class: choice(['stock', 'custom', 'catalog'], {
      description: 'With `publish`: the class that the image must have. Default: what it has.',
    }),
    family: text({
      description:
        'With `publish`: images of one family replace one another. Default: the name of the image.',
      ...name,
    }),
    version: text({ description: 'The version of the image that is meant.', ...name }),
    successor: text({
      description: 'The version that replaces it: `<image>/<version>`, or a version of the same image.',
      pattern: /^([A-Za-z0-9][A-Za-z0-9.+_-]{0,62}\/)?[A-Za-z0-9][A-Za-z0-9.+_-]{0,62}$/,
      form: '`<image>/<version>` or `<version>`',
    }),
    reason: text({ description: 'Why, in a sentence for the users of the image; it is public.' }),
    'deprecate-at': text({ description: 'When the version becomes deprecated by itself.', ...time }),
    'obsolete-at': text({ description: 'When it becomes obsolete by itself.', ...time }),
    'delete-at': text({ description: 'When its files are deleted; its record stays.', ...time }),
    'retire-family': flag({
      description: 'Allow the family to lose its last available image: it ends.',
      default: 'false',
    }),
    vsa: text({
      description:
        "With `publish` and `restore`: path of the gate's signed verification summary. Default: `release/vsa.intoto.sigstore.json` in the image folder.",
    }),
    'public-key': text({
      description:
        'Public keys to trust, after one another, or the path of a file that holds them: PEM keys of the gate and of the signed evidence; with `verify` the Ed25519 key (PEM or `name+id+key`) of the log and the OpenPGP key of the indices.',
    }),
    key: secret({
      description:
        'Keys that sign, after one another, or the path of a file that holds them: a PEM Ed25519 private key for the audit log and an OpenPGP secret key for the indices.',
    }),
    passphrase: secret({ description: 'Passphrase of `key`, when its keys are encrypted.' }),
    support: choice(['standard', 'lts'], {
      description: 'With `check-updates`: which end of maintenance counts.',
      default: 'standard',
    }),
    'max-age': integer({
      description: 'With `check-updates`: days after which an image is built again.',
      min: 1,
      max: 3650,
    }),
    sources: text({
      description:
        'With `check-updates`: where updates are, lines `deb [signed-by=KEYS] URI SUITE COMPONENT…` or `rpm [signed-by=KEY] URI`. Default: the repositories that the image was built with, in the suites of its release.',
    }),
    'medium-sha256': text({
      description:
        "With `check-updates`: SHA-256 of the vendor's current medium; another one than the image was built from means a rebuild.",
      pattern: /^[0-9a-fA-F]{64}$/,
      form: '64 hexadecimal digits',
    }),
    url: text({
      description:
        'Where the catalog is published: `https://images.example.org`. The log takes its name from it.',
      pattern: /^https?:\/\/[\w.:-]+(\/[\w.~-]+)*\/?$/,
      form: 'an address without query',
    }),
    notify: list({
      description:
        'Whom to tell of transitions: `issue` (one a version, updated), `release` (a note on the release `<image>-<version>`); `feed` (Atom and JSON feeds and `status/<image>.json`, always written).',
      of: ['issue', 'release', 'feed'],
      default: 'feed',
    }),
    token: secret({
      description: 'GitHub token: `contents: write` for a branch and releases, `issues: write` for issues.',
    }),
    people: text({
      description:
        'Where it stands who is behind a pseudonym of the log, apart from the catalog: a file. Default: beside the catalog, or the branch `<branch>-people`.',
    }),
    output: text({
      description: 'With `site` and `export`: the folder to write. Default: `site` or `export`.',
    }),
    'dry-run': flag({ description: 'Say what would be done, and change nothing.', default: 'false' }),
    'install-tools': flag({ description: 'Install missing programs with apt-get.', default: 'true' }),
  },
  outputs: {
    state: 'State of the version after the command.',
    changed: '`true` when the catalog was changed (with `dry-run`: would be).',
    'rebuild-needed':
      'With `check-updates`: `yes`, `no`, or `unknown` when something could not be found out.',
    'next-version':
      'With `check-updates` of one image: a version that a new build may take, `20261201` or `20261201.2`.',
    reasons: 'Why: a JSON array of sentences.',
    'log-index': 'Position in the audit log of the last entry that was added.',
    checkpoint: 'The signed checkpoint of the audit log.',
    site: 'With `site` and `export`: the folder that was written.',
    images:
      'With `check-updates`: a JSON array of `{image, version, rebuildNeeded, securityUpdates}`, for a matrix.',
  },
});
