import { choice, defineAction, flag, integer, list, text } from '@golden-image/action-kit';

export const definition = defineAction({
  name: 'harden',
  title: 'Harden image',
  description:
    'Brings an image to a security baseline (CIS, ANSSI… from the SCAP Security Guide), scores it honestly and writes the evidence',
  branding: { icon: 'shield', color: 'green' },
  root: true,
  inputs: {
    image: text({ description: 'Image folder, or a disk file (qcow2 or raw)', required: true }),
    profile: list({
      description:
        'Profiles of the content, e.g. `cis_level1_server`, `anssi_bp28_high`, `stig`, `standard`; with several, the image is to meet all of them, and where they differ the first one counts',
      default: 'cis_level1_server',
    }),
    mode: choice(['apply', 'audit', 'plan'], {
      description:
        '`apply` fixes what fails; `audit` only scans and reports; `plan` tries the fixes over a throw-away layer and lists the files that they would change',
      default: 'apply',
    }),
    content: text({
      description:
        'SCAP source datastream: a path, or a URL followed by `#sha256=<digest>`. Default: the SCAP Security Guide that matches the release',
    }),
    tailoring: text({
      description: 'XCCDF tailoring file whose profile extends `profile`. Default: the one for the release',
    }),
    variables: text({
      description:
        'Values of the content, one `name=value` a line, e.g. `var_accounts_tmout=600`; an unknown name is refused with those that exist',
    }),
    waivers: list({
      description: 'YAML files of accepted findings: rule, scope, owner, reason, expires',
    }),
    baseline: text({
      description:
        'Check (and fix) the project’s own rules for images beside the profile: `true`, `false`, or a YAML file that adds to them',
      default: 'true',
    }),
    previous: text({
      description:
        'An earlier result to compare with: `reports/harden.json`, or the image folder that holds it',
    }),
    'min-score': integer({ description: 'Fail below this score, in percent', max: 100 }),
    'fail-on': choice(['low', 'medium', 'high'], {
      description: 'Fail when a rule of this severity or higher fails and is not waived',
    }),
    'install-tools': flag({
      description: 'Install missing host tools with apt-get',
      default: 'true',
    }),
  },
  outputs: {
    score: 'Passed / (passed + failed + not judged) in percent, waived rules left out',
    'raw-score': 'The same with waived rules counted as not passed',
    passed: 'Rules that pass',
    failed: 'Rules that fail and are not waived',
    waived: 'Rules that do not pass and are waived',
    unknown: 'Rules that could not be judged and are not waived',
    'not-applicable': 'Rules that do not apply',
    fixed: 'Rules that did not pass before and pass now',
    regressions: 'Rules that passed in the previous result and do not pass now',
    sha256: 'SHA-256 of the disk as it is now',
    html: 'Path of the report for people',
    arf: 'Path of the results in the asset reporting format, gzip',
    sarif: 'Path of the findings for code scanning',
    json: 'Path of the result for programs, and for the next run as `previous`',
    statement: 'Path of the in-toto statement; empty when none was written',
  },
});
